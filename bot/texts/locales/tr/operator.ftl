### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Bu botu artık kullanamazsınız.{ $reason }
banned-until = Bu botu şu zamana kadar kullanamazsınız: { $until } UTC.{ $reason }
refused-banned = Bu botu şu anda kullanamazsınız.
refused-maintenance = Bakımdayım. { $sentence }
refused-model-off = { $model } kapalı. { $sentence }
failure-switched-off = { $model } kapalı. Başka bir model seçin.
reason-switched-off = operatör kapattı
operator-message =
    <b>Botun operatöründen bir mesaj:</b>
    { $words }

## Buttons

button-period-today = Bugün
button-period-week = 7 gün
button-period-month = 30 gün
button-chart = 📈 Grafik
button-models = Modeller
button-audit = Kayıt
button-pause = ⏸ Botu duraklat
button-resume = ▶️ Sürdür
button-ban = 🚫 Engelle
button-ban-days = { $days ->
    [one] 🚫 { $days } gün
   *[other] 🚫 { $days } gün
}
button-unban = Engeli kaldır
button-exempt = Sınırsız
button-limits-default = Varsayılan sınırlar

## Statistics

admin-usage = <b>{ $since } UTC tarihinden beri</b>
admin-paused = ⏸ <b>Bot duraklatıldı:</b> { $sentence }
admin-requests = <b>İstekler:</b> { $counts }
admin-pictures = <b>Görseller:</b> { $counts }
admin-people = <b>Kişiler:</b> { $active } etkin, { $new } yeni
admin-times = <b>Bekleme (p50 / p95):</b> { $wait } · <b>Çizim:</b> { $draw }
admin-seconds = { $seconds } sn
admin-models = <b>Modeller:</b> { $counts }
admin-chats = <b>Sohbetler:</b> { $counts }
admin-cost = <b>Maliyet:</b> { $total } { $counts }
admin-own-keys = <b>Kendi anahtarlarıyla:</b> { $counts }
admin-failures = <b>Hatalar:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = bekliyor
outcome-drawing = çiziliyor
outcome-drawn = çizildi
outcome-delivered = gönderildi
outcome-failed = başarısız
outcome-cancelled = iptal edildi
outcome-undeliverable = gönderilemiyor

## Models and the log

admin-switches = { $count ->
    [one] <b>Modeller:</b> { $count } tanesi açık. Değiştirmek için dokunun. Üyelere nedenini söylemek için: <code>/admin off MODEL cümle</code>
   *[other] <b>Modeller:</b> { $count } tanesi açık. Değiştirmek için dokunun. Üyelere nedenini söylemek için: <code>/admin off MODEL cümle</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = “{ $model }” adlı bir model yok.
admin-audit = <b>Operatörlerin yaptıkları</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (yapan: { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>30 gündeki istekler:</b> { $counts }
admin-person-cost = <b>Maliyet:</b> 24 saatte { $day }, 30 günde { $month }
admin-person-exempt = Sınırsız.
admin-person-limits = Kendi günlük sınırları: { $limit } istek, maliyet { $cost }
admin-person-banned = 🚫 Engelli, bitiş: { $until }; { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d neden</code>
    <code>/admin limit { $id } 50 1.5</code> (günlük istek ve maliyet)
    <code>/admin message { $id } metin</code>
admin-for-good = süresiz
admin-banned = { $id } engellendi. Bitiş: { $until }.
admin-ban-oneself = Kendinizi engelleyemezsiniz.
admin-ban-operator = Bu bir operatör. Önce kimliğini ADMIN_IDS içinden çıkarın.
admin-nobody = { $who } adlı kimseyi tanımıyorum. Kimliği kullanın veya iletilmiş bir mesajı yanıtlayın.
admin-hidden = Telegram bu mesajı kimin yazdığını gizliyor. Kimliği kullanın.
admin-message-sent = Gönderildi.
admin-message-failed = Gönderilemedi: { $reason }
admin-orders = Şunlardan birini gönderin:
    <code>/admin</code>
    <code>/admin 12345</code> veya <code>@name</code>, ya da iletilmiş bir mesajı /admin ile yanıtlayın
    <code>/admin ban 12345 7d neden</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 metin</code>
    <code>/admin off MODEL cümle</code>, <code>/admin on MODEL</code>
    <code>/admin pause cümle</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Bildir
button-reports = 🚩 Bildirimler: { $count }
button-report-delete = 🗑 Sil
button-report-ban = 🚫 Sil ve engelle
button-report-dismiss = Reddet
report-taken = Teşekkürler. Birisi bu görsele bakacak.
report-known = Bu görsel zaten bildirilmiş.
report-too-many = Bugünlük bu kadar. Lütfen kalanını yarın bildirin.
report-nothing = Bir görselimi /report ile yanıtlayın.
report-card =
    🚩 <b>Bildirildi:</b> istek { $request } ({ $model }), isteyen { $person }, sohbet { $chat }, bildiren { $by }
    { $prompt }
report-in-group =
    🚩 <b>Bir üye bildirdi:</b> { $prompt }
    { $link }
report-deleted = Silindi.
report-banned = Silindi, sahibi engellendi.
report-dismissed = Reddedildi.
report-decided = Birisi zaten karar verdi.
report-gone = Bu görsel artık yok.

## Output check

failure-output-refused = Bu prompttan çıkanı gösteremem. Promptu değiştirmeyi deneyin.
failure-output-unchecked = Görseller şu anda denetlenemiyor, bu yüzden onları gösteremem. Lütfen daha sonra deneyin.
reason-output-refused = gösterilemez
reason-output-unchecked = denetlenemedi

## Broadcasts

button-broadcast-test = Bana gönder
button-broadcast-start = ▶️ Başlat
button-broadcast-pause = ⏸ Duraklat
button-broadcast-stop = ⏹ Durdur
button-broadcasts-off = 🔕 Böyle mesajlar istemiyorum
button-broadcasts-on = 🔔 Böyle mesajları yine al
broadcasts-off = Artık böyle mesajlar almayacaksınız.
broadcasts-on = Böyle mesajları yine alacaksınız.
broadcast-usage = Mesajı <code>/broadcast 30</code> ile yanıtlayın: Son 30 günde beni kullanan herkes bir kopyasını alır.
broadcast-nobody = Kimse almazdı: Bu sürede kimse etkin değildi.
broadcast-draft = { $count ->
    [one] Bu mesajı { $count } kişi alacak. Önce kendinize gönderin, sonra başlatın.
   *[other] Bu mesajı { $count } kişi alacak. Önce kendinize gönderin, sonra başlatın.
}
broadcast-tested = Size gönderildi.
broadcast-test-failed = Kopyalanamıyor: { $reason }
broadcast-running = 📣 Gönderiliyor. Gönderilen: { $sent }, beni engelleyen: { $gone }, başarısız: { $failed }
broadcast-paused = ⏸ Duraklatıldı. Gönderilen: { $sent }, beni engelleyen: { $gone }, başarısız: { $failed }
broadcast-stopped = ⏹ Durduruldu. Gönderilen: { $sent }, beni engelleyen: { $gone }, başarısız: { $failed }
broadcast-done = ✅ Bitti. Gönderilen: { $sent }, beni engelleyen: { $gone }, başarısız: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } on dakikadır çalışmıyor.
alert-unauthorized = ⚠️ { $model } API anahtarını reddetti.
alert-key-refused = ⚠️ { $model }, { $key } API anahtarını reddetti. Diğer anahtarlar çalışmaya devam ediyor.
alert-payment = ⚠️ { $model } için kredi bitti.
alert-cost = ⚠️ Bugünkü ortak bütçenin %{ $percent } kadarı harcandı (DAILY_COST).
alert-disk = ⚠️ Diskte %{ $percent } yer kaldı.
alert-webhook = ⚠️ Güncellemeler gelmiyor olabilir: { $reason }.
alert-migration = ⚠️ Veritabanını daha yeni bir sürüm yükseltti. Bu süreci o sürümle yeniden başlatın.

## Credits

admin-person-credits = <b>Kredi:</b> satın alınan { $paid }, bugün ücretsiz { $free }, ayrılan { $held }
button-refund = ↩️ { $stars } ⭐ iade et ({ $at })
button-refund-sure = ↩️ Evet, { $stars } ⭐ iade et
admin-refund-sure = { $id } kişisine { $stars } ⭐ iade edilsin mi? { $credits } kredi geri alınır; satın alınandan { $left } kalır.
# Behind admin-refund-sure
admin-refund-subscription = Abonelik de böylece biter: Telegram onu yenilemez.
admin-refund-unknown = Böyle bir ödeme yok.
admin-refund-known = Bu ödeme zaten iade edildi ya da ediliyor.
admin-refund-asked = Telegram’dan { $id } kişisine { $stars } ⭐ iade etmesini istiyorum. Sonucu yazarım.
admin-refund-done = ↩️ { $id } kişisine { $stars } ⭐ iade edildi.
admin-refund-delayed = ⚠️ { $id } kişisine { $stars } ⭐ henüz iade edilemiyor. Denemeyi sürdürüyorum. { $reason }
admin-refund-refused = ⚠️ Telegram { $id } kişisine { $stars } ⭐ iade etmiyor; kredileri geri verildi. { $reason }
operator-payment-banned = ⚠️ { $id } yasaklı ama yine de { $stars } ⭐ ödedi. Krediler onun. İade için: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } bilmediğim bir şey için { $stars } ⭐ ödedi. İade için: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id }, CREDITS artık ayarlı olmadığı hâlde { $stars } ⭐ ödedi. Krediler onun. İade için: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Bir ödeme hakkında</b>, gönderen { $id }: { $words }
    Yanıtlamak için: <code>/admin message { $id } metin</code>
