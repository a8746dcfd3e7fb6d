### What the admins of a group choose for it, with /group.

group-menu =
    <b>Grup ayarları</b>
    Bu ayarlar gruptaki herkes için geçerlidir.
channel-menu =
    <b>Kanal ayarları</b>
    Bu ayarlar bu kanaldaki gönderiler için geçerlidir.
group-privacy =
    Gizlilik modu açık: Burada yalnızca komutları ve bana verilen yanıtları görüyorum, <code>@{ $username } bir tilki</code> gibi mesajları görmüyorum. Bunun da çalışması için beni yönetici yapın.
group-only-groups = Bu, gruplar içindir: Beni bir gruba ekleyin ve /group komutunu orada gönderin.
group-admins-only = Bunu yalnızca bu grubun yöneticileri değiştirebilir.

group-who = Kimler çizebilir
group-models = Modeller
group-default = Varsayılan model
group-cooldown = Bekleme süresi
group-spoiler = Spoiler
group-language = Dil
group-posts = Gönderiler için çiz

group-hint-who = Bu grupta benden kimler görsel isteyebilir.
group-hint-models = İşaretli modellere bu grupta izin var. Değiştirmek için dokunun.
group-hint-default = Kendisi model seçmemiş üyeler için kullanılan model.
group-hint-cooldown = Her üyenin iki görsel arasında ne kadar bekleyeceği. Yöneticiler beklemez.
group-hint-language = Herkesin gördüklerinin dili. Menüler her üyenin kendi dilinde kalır.

group-who-everyone = herkes
group-who-admins = yalnızca yöneticiler
group-who-people = kişiler, kanallar değil
group-models-all = hepsi
group-default-operator = botun varsayılanı
group-language-each = her üyenin kendi dili
group-button-all = Hepsine izin ver
group-button-operator = Botun varsayılanı

value-none = yok
value-seconds = { $count ->
    [one] { $count } saniye
   *[other] { $count } saniye
}
value-minutes = { $count ->
    [one] { $count } dakika
   *[other] { $count } dakika
}
