### A person's own settings.

settings-menu =
    <b>Ayarlarınız</b>
    Her sohbette tüm görselleriniz için geçerlidir. Yazdığınız seçenekler önceliklidir.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Bugün ücretli modeller için kalan: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } bunu yok sayıyor.

setting-model = Model
setting-aspect-ratio = En boy oranı
setting-steps = Adım
setting-guidance = Guidance (CFG)
setting-negative = Negatif prompt
setting-seed = Seed
setting-count = İstek başına görsel
setting-document = Dosya olarak gönder
setting-spoiler = Spoiler
setting-language = Dil
setting-width = Genişlik
setting-height = Yükseklik
setting-image = Kaynak görsel
setting-strength = Değişim gücü

hint-aspect-ratio = Genişliğin yüksekliğe oranı.
hint-steps = Daha çok adım: daha çok ayrıntı, daha çok süre.
hint-guidance = Prompta ne kadar sıkı uyulacağı. Düşük daha serbest, yüksek daha katıdır.
hint-negative = Görsellerinizde olmaması gerekenler.
hint-seed = Aynı seed ve prompt aynı görseli verir.
hint-count = Tek seferde kaç görsel.
hint-document = Dosya her pikseli korur. Fotoğraf hemen görünür.
hint-spoiler = Görselleriniz, biri dokunana kadar bulanık görünür. Dosyalar bulanıklaştırılamadığı için fotoğraf olarak gönderilir.
hint-language = Sizinle konuştuğum dil.

value-auto = otomatik
value-random = rastgele
value-nothing = yok
value-yes = evet
value-no = hayır
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = Telegram’daki gibi

button-back = ‹ Geri
button-close = Kapat
button-reset = Tümünü sıfırla
button-type = ✏️ Gir
button-clear = Temizle
button-random = 🎲 Rastgele

settings-saved = Kaydedildi.
settings-reset = Ayarlar sıfırlandı.
settings-closed = Ayarlar kapatıldı.
settings-bad-value = Bu değer burada geçerli değil.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = Görsellerinizde neler olmasın? <a href="{ $link }">Bu mesajı</a> negatif promptunuzla yanıtlayın.
settings-ask-seed = Hangi seed? <a href="{ $link }">Bu mesajı</a> 0 ile { $limit } arasında bir sayıyla yanıtlayın.
settings-negative-saved = Negatif prompt: { $value }
settings-negative-cleared = Negatif prompt silindi.
settings-negative-too-long = { $limit ->
    [one] Çok uzun: Sınır { $limit } karakter. Lütfen daha kısa yanıtlayın.
   *[other] Çok uzun: Sınır { $limit } karakter. Lütfen daha kısa yanıtlayın.
}
settings-seed-saved = Seed: { $value }.
settings-seed-cleared = Seed yine rastgele.
settings-seed-bad = Bu bir seed değil. Lütfen 0 ile { $limit } arasında bir sayıyla yeniden yanıtlayın.
settings-no-person = Yalnızca kişisel hesapların ayarları olur; siz ise kanal veya anonim yönetici olarak yazıyorsunuz. Kendi adınıza yazın veya komuta <code>--ar 16:9</code> gibi seçenekler ekleyin.
settings-text-needed = Lütfen metinle yeniden yanıtlayın.

## Follow-up words, and strength

setting-follow-up = Sonraki metinler
hint-follow-up = Özel sohbette yanıt olmayan bir sonraki metninizin anlamı. Otomatik: düzenleyebilen bir model 15 dakikadan yeni görseli değiştirir, diğerleri yenisini çizer. --new her zaman yenisini başlatır.
value-follow-up-auto = otomatik
value-follow-up-change = son görseli değiştir
value-follow-up-new = yeni görsel başlat
hint-strength = Kaynak görselin ne kadar değişeceği: düşük değer korur, yüksek değer yok sayar.
setting-mask = Maske
setting-expand = Genişletme
## Prompt help

setting-translate = Promptları çevir
setting-enhance = Promptları geliştir
hint-translate = Modelin anlamadığı dillerdeki promptlar onun için çevrilir.
hint-enhance = Bir sohbet modeli, çizimden önce promptlarınıza ayrıntı ekler.
