### /key: insanların modeller için getirdiği anahtarlar.

# $model: the id of a model; $valid: ids of models
key-help =
    Kendi API anahtarınızla çizin: <code>/key { $model } ANAHTARINIZ</code>
    Kaldırmak için: <code>/key { $model } off</code>

    Anahtarınız şifreli saklanır, yalnızca kendi hizmetine gönderilir ve asla gösterilmez. Onunla çizilen görsellerin ücreti oradaki hesabınızdan alınır.

    Anahtar kabul eden modeller: { $valid }
key-usage = Anahtarı modelden sonra yazın: <code>/key { $model } ANAHTARINIZ</code>. Kaldırmak için: <code>/key { $model } off</code>
key-unknown = “{ $wanted }” anahtar kabul etmiyor. Kabul eden modeller: { $valid }
# $host: the server to which the key goes
key-malformed = Bu, { $host } için bir anahtara benzemiyor. Boşluksuz olarak yeniden kopyalayın.
key-other-service = Bu bir { $service } anahtarına benziyor. Burada { $host } adresine giderdi, bu yüzden saklamadım.
key-kept =
    🔑 { $host } anahtarınız şifreli olarak saklandı. Yalnızca orada, şunlarla çizmek için kullanılır: { $models }

    Bu görsellerin ücreti hesabınızdan alınır. Anahtarı kaldırmak için: <code>/key { $model } off</code>
key-removed = { $host } anahtarınız silindi.
key-none-there = { $host } için anahtarınız yok.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), { $added } tarihinde eklendi: orada reddedildi. Başka bir anahtar gönderin veya bunu kaldırın.
    [unreadable] 🔑 { $models } ({ $host }): artık okunamıyor. Yeniden gönderin veya kaldırın.
   *[works] 🔑 { $models } ({ $host }), { $added } tarihinde eklendi
}
key-nothing-takes-one = Burada hiçbir model kendi anahtarınızı kabul etmiyor.
key-off = Bu bot kişisel API anahtarı kabul etmiyor.
key-in-private = Anahtarlar özel sohbetimize aittir. Bu mesajda bir anahtar varsa yenisini oluşturun: başkaları görmüş olabilir.
key-unreadable = Bu komutu artık okuyamıyorum. Lütfen yeniden gönderin.
key-not-deleted = ⚠️ Mesajınızı silemedim. Lütfen kendiniz silin: anahtar içinde.

failure-own-key-refused = { $model } anahtarınızı reddetti ya da anahtarın bu modele erişimi yok. /key ile başka bir anahtar gönderin veya başka bir model seçin.
failure-own-key-quota = { $model } hesabınızda kredi veya kota kalmadı. Yükleme yapın veya başka bir model seçin.
failure-own-key-gone = { $model } anahtarınız artık burada değil. /key ile yeniden gönderin veya başka bir model seçin.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } bunu sizin için çizemedi. Nedenini görmek için özel sohbetimizde yeniden isteyin.
reason-own-key-refused = anahtarınız reddedildi
reason-own-key-quota = hesabınızda kredi kalmadı
reason-own-key-gone = anahtarınız artık burada değil
reason-own-key = ayrıntılar özel sohbette
