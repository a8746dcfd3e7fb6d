### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Favorilerinize eklendi. Onları /history içinde görebilirsiniz.
favourite-removed = Favorilerinizden çıkarıldı.
button-favourites = ★ Favoriler
button-all-pictures = Tüm görseller
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Favorileriniz</b> <code>{ $words }</code>, en yeniler önce. Seçenekler için bir numaraya dokunun.
history-no-favourites = Henüz favori yok. Bir görselin altındaki ☆ düğmesine dokunun.

command-export = Verilerimi dışa aktar
export-in-private = Lütfen /export komutunu özel sohbetimizde gönderin.
export-wait = Az önce bir dışa aktarma aldınız. Lütfen bir dakika sonra yeniden deneyin.
export-empty = Henüz dışa aktarılacak bir şey yok. Başlamak için bana bir prompt gönderin.
export-file = { $count ->
    [one] Promptlarınız ve seçenekleriniz: { $count } görsel.
   *[other] Promptlarınız ve seçenekleriniz: { $count } görsel.
}
export-more = { $part }. bölüm, diğer görsellerinizle.
export-pictures = { $count ->
    [one] { $count } görseliniz hâlâ Telegram’da.
   *[other] { $count } görseliniz hâlâ Telegram’da.
} Izgaradaki tek görseller, onları açtıysanız sayılır.
button-export-pictures = { $count ->
    [one] 🖼 { $count } görsel gönder
   *[other] 🖼 { $count } görsel gönder
}
export-sent = { $count ->
    [one] { $count } görsel gönderildi.
   *[other] { $count } görsel gönderildi.
}
export-lost = { $count ->
    [one] { $count } görsel artık Telegram’da yok.
   *[other] { $count } görsel artık Telegram’da yok.
}
export-left = { $count ->
    [one] { $count } görsel daha var.
   *[other] { $count } görsel daha var.
}
