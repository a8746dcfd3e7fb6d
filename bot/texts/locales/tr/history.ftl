### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Görselleriniz</b>, en yeniler önce. Seçenekler için bir numaraya dokunun.
    Arama: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <code>{ $words }</code> içeren <b>görselleriniz</b>, en yeniler önce. Seçenekler için bir numaraya dokunun.
history-example = tilki
history-empty = Henüz görsel yok. Başlamak için bana bir prompt gönderin.
history-nothing-found = “{ $words }” ile eşleşen görsel yok. Tümü: /history
history-in-private = Görselleriniz yalnızca size özeldir. Lütfen /history komutunu özel sohbetimizde gönderin.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Bu görsel artık geçmişinizde yok.
button-newer = ‹ Daha yeni
button-older = Daha eski ›
button-full = 🖼 Tam boyut

forget-question =
    <b>Tüm verileriniz silinsin mi?</b>
    Devam eden görsellerinizi iptal edip ayarlarınızı, promptlarınızı ve geçmişinizi sileceğim. Sohbetlerdeki görseller kalır ama düğmeleri artık çalışmaz. Bu işlem geri alınamaz.
forget-in-private = Lütfen /forget komutunu özel sohbetimizde gönderin.
forget-done = Verileriniz silindi. Yeniden başlamak için bana bir prompt göndermeniz yeterli.
forget-kept = Hiçbir şey silinmedi.
button-forget = 🗑 Her şeyi sil
button-keep = Vazgeç
