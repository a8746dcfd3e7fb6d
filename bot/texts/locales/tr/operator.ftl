### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Bir resmi bildir (yanıtlayarak)
banned = Bu botu artık kullanamazsınız.{ $reason }
banned-until = Bu botu { $until } UTC tarihine kadar kullanamazsınız.{ $reason }
refused-banned = Bu botu şu anda kullanamazsınız.
refused-maintenance = Bakımdayım. { $sentence }
refused-model-off = { $model } kapalı. { $sentence }
failure-switched-off = { $model } kapalı. Başka bir model seçin.
reason-switched-off = operatör tarafından kapatıldı
operator-message =
    <b>Botun operatöründen bir mesaj:</b>
    { $words }
failure-output-refused = Bu prompttan çıkan sonucu gösteremem. Başka türlü ifade edin.
failure-output-unchecked = Resimler şu anda denetlenemiyor, bu yüzden gösteremem. Lütfen daha sonra deneyin.
reason-output-refused = gösterilemez
reason-output-unchecked = denetlenemedi
button-report = 🚩 Bildir
button-reports = 🚩 Bildirimler: { $count }
button-report-delete = 🗑 Sil
button-report-dismiss = Reddet
report-taken = Teşekkürler. Bu resme bakılacak.
report-known = Bu resim zaten bildirildi.
report-too-many = Bugünlük bu kadar. Diğerlerini yarın bildirin.
report-nothing = Resimlerimden birini /report ile yanıtlayın.
report-in-group =
    🚩 <b>Bir üye bildirdi:</b> { $prompt }
    { $link }
report-deleted = Silindi.
report-dismissed = Reddedildi.
report-decided = Karar zaten verildi.
report-gone = Bu resim artık yok.
button-broadcasts-off = 🔕 Böyle mesajlar istemiyorum
button-broadcasts-on = 🔔 Böyle mesajları yine al
broadcasts-off = Artık böyle mesajlar almayacaksınız.
broadcasts-on = Böyle mesajları yine alacaksınız.
