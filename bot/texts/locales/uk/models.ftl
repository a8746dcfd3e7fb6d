### Choosing a model.

model-menu =
    <b>Виберіть модель</b>
    Зараз: { $label }
model-menu-default = <b>Виберіть модель</b>
    Зараз: { $label } (типова)
model-menu-picture =
    <b>Виберіть модель</b>
    Зараз: { $label }
    Вибір діє для всіх нових картинок. Щоб намалювати цією моделлю картинку вище, натисніть «Намалювати».
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } зараз не працює: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } с
model-minutes = ~{ $minutes } хв
# $cost: an amount in the operator's own unit
model-price = за { $cost }
button-model-instead = Поки взяти { $label }
model-menu-empty = Моделей поки немає. Їх має додати власник бота.
model-set = Модель: { $label }.
model-already = { $label } уже вибрано.
model-reset = Знову типова модель: { $label }.
model-unknown = Моделі «{ $model }» немає. Доступні: { $valid }
model-gone = Цієї моделі тут більше немає.
button-model-default = Типова модель
button-redraw = 🎨 Намалювати: { $label }
button-previous = ‹
button-next = ›
