### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } bir sorun yaşadı. Yeniden deneyin veya başka bir model seçin.
failure-refused = { $model } bu promptu reddetti. Promptu değiştirin veya başka bir model seçin.
failure-refused-detail = { $model } reddetti: “{ $detail }” Promptu değiştirin veya başka bir model seçin.
failure-quota = { $model } ücretsiz sınırına ulaştı. Daha sonra deneyin veya başka bir model seçin.
failure-quota-minutes = { $minutes ->
    [one] { $model } ücretsiz sınırına ulaştı. Bir dakika sonra deneyin veya başka bir model seçin.
   *[other] { $model } ücretsiz sınırına ulaştı. { $minutes } dakika sonra deneyin veya başka bir model seçin.
}
failure-quota-hours = { $hours ->
    [one] { $model } ücretsiz sınırına ulaştı. Bir saat sonra deneyin veya başka bir model seçin.
   *[other] { $model } ücretsiz sınırına ulaştı. { $hours } saat sonra deneyin veya başka bir model seçin.
}
failure-payment = { $model } için kredi bitti; bot sahibinin yükleme yapması gerekiyor. Şimdilik başka bir model seçin.
failure-content = { $model } bunu çizmez: Modelin içerik kurallarına aykırı. Promptu değiştirmeyi deneyin.
failure-content-detail = { $model } bunu çizmez: “{ $detail }” Promptu değiştirmeyi deneyin.
failure-length = Bu prompt { $model } için çok uzun. Kısaltın veya başka bir model seçin.
failure-parameter = { $model } bu ayarları desteklemiyor. Ayarları /settings ile değiştirin veya başka bir model seçin.
failure-parameter-detail = { $model } bu ayarları desteklemiyor: { $detail }. Ayarları değiştirin veya başka bir model seçin.
failure-model-not-found = { $model } artık sunucusunda yok; bot sahibinin adını kontrol etmesi gerekiyor. Şimdilik başka bir model seçin.
failure-unauthorized = { $model } API anahtarını reddetti; bot sahibinin kontrol etmesi gerekiyor. Şimdilik başka bir model seçin.
failure-cancelled = { $model } bu görseli iptal etti. Yeniden deneyin veya başka bir model seçin.
failure-unavailable = { $model } modeline şu anda ulaşılamıyor. Birkaç dakika sonra deneyin veya başka bir model seçin.
failure-bad-answer = { $model } geçersiz bir görsel gönderdi. Yeniden deneyin veya başka bir model seçin.
failure-no-picture = { $model } görsel üretmeden bitirdi. Yeniden deneyin veya başka bir model seçin.
failure-other-server = { $model } sunucusu doğru yanıt vermiyor; bot sahibinin adresi kontrol etmesi gerekiyor. Şimdilik başka bir model seçin.
failure-queue-deadline = { $model } çok yoğun: Sırada çok uzun beklediniz. Daha sonra deneyin veya başka bir model seçin.
failure-deadline = { $model } çok uzun sürdü. Yeniden deneyin veya başka bir model seçin.
failure-daily-cost = Burada duruyorum: Bir deneme daha, bugün için kalan hakkınızdan pahalı. Ücretsiz modeller çalışmaya devam ediyor.
failure-daily-cost-all = Burada duruyorum: Bir deneme daha, bugünkü ortak bütçeden kalandan pahalı. Ücretsiz modeller çalışmaya devam ediyor.
failure-model-gone = { $model } artık burada sunulmuyor. Başka bir model seçin.
failure-input-picture = Kaynak görselinizi açamadım. Fotoğraf olarak yeniden gönderin.
failure-delivery = Görsel hazır ama Telegram kabul etmedi. Yeniden deneyin veya daha küçük bir boyut isteyin.
failure-no-rights = Orada mesaj gönderme iznim yok. Bir yöneticiden bana mesaj ve fotoğraf izni vermesini isteyin, sonra yeniden deneyin.
failure-cache-chat = Buraya görsel koyamıyorum: botun sahibinin görsel sohbetini kontrol etmesi gerekiyor.
failure-internal = Bende bir şeyler ters gitti. Lütfen yeniden deneyin.

## One draw of several failed: the same, short, for the caption

reason-provider-error = modelde sorun çıktı
reason-refused = model reddetti
reason-quota = ücretsiz sınıra ulaşıldı
reason-payment = kredi bitti
reason-content = modelin içerik kurallarına aykırı
reason-parameter = model bu ayarları desteklemiyor
reason-model-not-found = model sunucusunda yok
reason-unauthorized = API anahtarı reddedildi
reason-cancelled = model iptal etti
reason-unavailable = modele ulaşılamıyor
reason-bad-answer = geçersiz yanıt
reason-no-picture = yanıtta görsel yok
reason-other-server = adresinde yanlış sunucu var
reason-queue-deadline = sıra çok uzun
reason-deadline = çok uzun sürdü
reason-daily-cost = bugünlük hak bitti
reason-daily-cost-all = bugünkü ortak bütçe bitti
reason-model-gone = model artık sunulmuyor
reason-input-picture = kaynak görsel açılamadı
reason-delivery = Telegram kabul etmedi
reason-no-rights = orada mesaj izni yok
reason-cache-chat = görsel sohbetine ulaşılamıyor
reason-internal = bende bir şeyler ters gitti

## Not accepted

refused-too-old = Üzgünüm, bunu gönderdiğinizde çevrimdışıydım. Şimdi çizeyim mi?
refused-prompt-empty = Ne çizeyim? Promptu komuttan sonra yazın: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = “{ $model }” diye bir model yok. Mevcut olanlar: { $valid }
refused-model-unavailable = { $model } şu anda kullanılamıyor. /model ile başka birini seçin.
refused-no-input-picture = { $model } kaynak görsel (image-to-image) desteklemiyor. /model ile başka bir model seçin veya görselsiz isteyin.
refused-parameter = Bu modelle olmuyor: { $detail }.
refused-queue-full = { $limit ->
    [one] Zaten bekleyen { $limit } görseliniz var. Biraz bekleyin veya iptal edin: /cancel
   *[other] Zaten bekleyen { $limit } görseliniz var. Biraz bekleyin veya birini iptal edin: /cancel
}
refused-daily-limit = { $limit ->
    [one] Günlük { $limit } görsel sınırına ulaştınız. Daha sonra deneyin.
   *[other] Günlük { $limit } görsel sınırına ulaştınız. Daha sonra deneyin.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Bu, { $model } ile { $cost } tutuyor, bugün için { $left } hakkınız kaldı. Ücretsiz modeller çalışmaya devam ediyor.
refused-daily-cost-all = Bu, { $model } ile { $cost } tutuyor; bugünkü ortak bütçede bu kadar kalmadı. Ücretsiz modeller çalışmaya devam ediyor.
refused-credits = Bu, { $model } ile { $cost } tutuyor; { $left } krediniz kaldı. Kredi satın alın ya da ücretsiz bir model seçin.
refused-blocked-words = Bunu burada çizemem: Promptta engellenmiş kelimeler var. Lütfen başka türlü yazın.
refused-model-not-allowed = Bu grupta { $model } modeline izin yok. İzin verilenler: { $allowed }
refused-admins-only = Bu grupta yalnızca yöneticiler çizebilir. Beni özel sohbette kullanabilirsiniz.
refused-no-channels = Bu grupta kanal adına çizim yapılamaz. Kendi adınızla yazın.
refused-cooldown = { $seconds ->
    [one] Bekleme süresi: { $seconds } saniye sonra yeniden çizebilirsiniz.
   *[other] Bekleme süresi: { $seconds } saniye sonra yeniden çizebilirsiniz.
}
refused-cooldown-long = { $minutes ->
    [one] Bekleme süresi: { $minutes } dakika sonra yeniden çizebilirsiniz.
   *[other] Bekleme süresi: { $minutes } dakika sonra yeniden çizebilirsiniz.
}
refused-request-gone = Bu görsel artık bende yok. Lütfen /imagine ile yeniden isteyin.

## Everything else

error-internal = Bende bir şeyler ters gitti. Lütfen yeniden deneyin.
error-storage = Veritabanım şu anda kullanılamıyor. Bunu mümkün olan en kısa sürede yapacağım.
error-not-allowed = Bu bot özeldir. Sahibinden erişim isteyin, kimliğiniz: <code>{ $id }</code>.
error-input-size = Bu görsel benim için çok büyük (en fazla 20 MB). Fotoğraf olarak gönderin.
error-not-a-picture = Kaynak görsel olarak fotoğraf kullanabilirim ama bunu kullanamam.

failure-out-of-memory = { $model } için bellek yetmedi. Daha küçük bir boyut veya daha az adım isteyin ya da başka bir model seçin.
failure-too-large = Büyütülünce bu görsel fazla büyük olur. Daha küçük bir görsel gönderin.
failure-bad-video = { $model } geçersiz bir video gönderdi. Yeniden deneyin veya başka bir model seçin.
failure-video-too-long = { $model } videosu gönderilemeyecek kadar uzun.
failure-video-too-large = { $model } videosu Telegram için fazla büyük.
failure-no-video = { $model } video yerine görsel gönderdi. Bu model görselleri canlandıramıyor.
failure-request-failed = { $model } bu isteği işleyemiyor. Boyutu, adım sayısını veya promptu değiştirin ya da başka bir model seçin.
failure-no-workers = Şu anda hiçbir { $model } sunucusu bunu çizemiyor. Daha sonra deneyin, daha küçük bir boyut isteyin veya başka bir model seçin.
reason-out-of-memory = bellek yetmedi
reason-too-large = büyütülen görsel fazla büyük olur
reason-bad-video = geçersiz video
reason-video-too-long = video fazla uzundu
reason-video-too-large = video fazla büyüktü
reason-no-video = video yerine görsel
reason-request-failed = model bu isteği işleyemiyor
reason-no-workers = uygun sunucu yok

error-storage-picture = Veritabanım şu anda kullanılamıyor. Görseliniz mümkün olan en kısa sürede çizilecek.

# Below a failure: what the operator finds in the log
failure-number = İstek { $number }

refused-too-many-pictures = { $limit ->
    [one] { $count } görsel verdiniz, { $model } ise yalnızca bir tane kabul ediyor. Sayıyı azaltın veya başka bir model seçin.
   *[other] { $count } görsel verdiniz, { $model } ise en fazla { $limit } tane kabul ediyor. Sayıyı azaltın veya başka bir model seçin.
}
refused-pictures-limit = { $count } görsel verdiniz; en fazla { $limit } olabilir.
press-pictures-gone = Bu görseller artık bende yok. Lütfen yeniden gönderin.
error-album-mixed = Kaynak görsel olarak fotoğraf kullanabilirim ama bu albümde başka bir şey de var. Lütfen yalnızca fotoğrafları gönderin.

refused-no-mask = { $model } maske desteklemiyor. Başka bir model seçin veya neyin değişeceğini yazıyla söyleyin.
refused-no-fill = { $model } görselleri genişletemiyor. Başka bir model seçin.
refused-too-large = Büyütülünce bu görsel { $megapixels } megapiksel olur; en fazla { $limit } olabilir. Daha küçük bir görsel deneyin.
error-album-hidden = Bu grupta Telegram bana albümün tamamını değil, yalnızca komutun olduğu fotoğrafı gösteriyor. Albümü mesajlarımdan birine yanıt olarak gönderin veya bir yöneticiden beni burada yönetici yapmasını isteyin.
failure-blocked-words = Bunu burada çizemem: Çevrilen promptta engellenmiş kelimeler var. Lütfen başka türlü yazın.
reason-blocked-words = promptta engellenmiş kelimeler var
