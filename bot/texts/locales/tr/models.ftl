### Choosing a model.

model-menu =
    <b>Model seçin</b>
    Geçerli: { $label }
model-menu-default = <b>Model seçin</b>
    Geçerli: { $label } (varsayılan)
model-menu-picture =
    <b>Model seçin</b>
    Geçerli: { $label }
    Bu, tüm yeni görseller için geçerlidir. Yukarıdaki görseli bu modelle çizmek için “Çiz” düğmesine dokunun.
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } çalışmıyor: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } sn
model-minutes = ~{ $minutes } dk
# $cost: an amount in the operator's own unit
model-price = ücret { $cost }
button-model-instead = Şimdilik { $label }
model-menu-empty = Henüz model yok. Bot sahibinin bir tane eklemesi gerekiyor.
model-set = Model seçildi: { $label }.
model-already = { $label } zaten seçili.
model-reset = Yeniden varsayılan model: { $label }.
model-unknown = “{ $model }” diye bir model yok. Mevcut olanlar: { $valid }
model-gone = Bu model artık burada sunulmuyor.
button-model-default = Varsayılanı kullan
button-redraw = 🎨 Çiz: { $label }
button-previous = ‹
button-next = ›
