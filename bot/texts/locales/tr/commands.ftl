### The command menu, and what /start and /help say.

command-imagine = Metinden görsel oluştur
command-history = Görselleriniz
command-forget = Verilerimi sil
command-model = Model seç
command-settings = En boy oranı, adım, seed, dil…
command-group = Grup ayarları (yöneticiler)
command-cancel = Bir görseli iptal et
command-help = Yardım
command-balance = Kredileriniz
command-buy = Kredi satın al
command-paysupport = Ödeme yardımı
command-terms = Satış koşulları

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Metinden görsel çizerim. Bana “taze karda uyuyan kızıl tilki” gibi bir prompt gönderin ve görselin oluşmasını izleyin.

    Beni bir gruba ekleyin, orada herkes /imagine ile çizebilsin.
# On the bot's page, at most 120 characters.
bot-short-description = Prompt gönderin, görsel alın. Gruplarda da çalışır: /imagine

start =
    Merhaba { $name }! Metinden görsel çizerim.

    Ne görmek istediğinizi yazmanız yeterli, örneğin:

    <code>{ $example }</code>

    Ya da düğmeye dokunun, bunu çizeyim. Daha fazlası: /help
start-group =
    Merhaba! Metinden görsel çizerim. Burada herkes şunu kullanabilir:

    <code>/imagine { $example }</code>
button-example = 🎨 Çiz

help =
    <b>Çizim</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] Bu sohbette komut yazmanız gerekmez.
       *[no] Gruplarda komut gerekir.
    } Bir görselimi değiştirmek için onu yeni bir promptla yanıtlayın. Bir mesajın metnini çizdirmek için onu <code>/imagine</code> ile yanıtlayın. Kaynak görsel olarak kullanmak için açıklamasında <code>/imagine</code> olan bir fotoğraf gönderin (model destekliyorsa).

    <b>Seçenekler</b>, promptun herhangi bir yerinde
    <code>--ar 16:9</code> en boy oranı
    <code>--size 1024x768</code> piksel olarak boyut
    <code>--n 4</code> görsel sayısı, 1 ile 9 arası
    <code>--no metin, insan</code> negatif prompt: görselde olmaması gerekenler
    <code>--seed 7</code> aynı seed ve prompt, aynı görsel
    <code>--steps 20</code> daha çok adım: daha çok ayrıntı, daha çok süre
    <code>--cfg 4.5</code> guidance: prompta ne kadar sıkı uyulacağı
    <code>--model { $model }</code> bu görsel için model
    <code>--style oil</code> stil; bkz. /settings içinde Stil
    <code>{ "{" }kızıl, mavi{ "}" } tilki</code> her seçenek için bir görsel

    <b>Komutlar</b>
    /model: model seçme
    /settings: varsayılanlarınız ve dil
    /history: görselleriniz; aramak için <code>/history tilki</code>
    /cancel: görselinizi iptal etme
    /export: promptlarınızı ve görsellerinizi alma
    /forget: verilerinizi silme

    Geçerli model: { $label }.

cancel-done = İptal edildi.
cancel-nothing = Burada iptal edilecek bir şey yok.
cancel-ended = Bu görsel zaten tamamlandı.
cancel-not-yours = Yalnızca isteyen kişi veya bir yönetici iptal edebilir.
cancel-unknown = Bu görseli tanımıyorum. İptal etmek için görseli /cancel ile yanıtlayın.

press-not-yours = Bu sizin görseliniz değil. Kendinizinkini oluşturmak için /imagine gönderin.
press-menu-not-yours = Bu menü başkasının. Kendinizinki için { $command } gönderin.
press-outdated = Bu düğme çok eski. Lütfen komutu yeniden gönderin.
press-accepted = Hemen!
press-once = Zaten üzerindeyim.
press-sending = Gönderiyorum!
press-picture-gone = Tam boyutlu görselin süresi doldu. Yenisini çizmek için “Tekrar” düğmesine dokunun.
press-stopping = İptal ediliyor…
press-not-allowed = Bu bot özeldir.
command-unknown = Bu komutu bilmiyorum. Bkz. /help
# The message has other buttons by now
press-button-gone = O düğme artık yok. Lütfen şu anda görünenleri kullanın.
# To the operators. $old and $new: ids
operator-chat-moved = ALLOWED_CHATS içindeki bir grup süper gruba dönüştü; id değişti: <code>{ $old }</code> → <code>{ $new }</code>. Grup çalışmaya devam ediyor; lütfen yeni id değerini ALLOWED_CHATS içine yazın.
command-describe = Fotoğraf için prompt yaz
command-upscale = Fotoğrafı büyüt
command-cutout = Fotoğrafın arka planını kaldır
command-animate = Bir görseli canlandır (yanıtlayarak)
command-export = Verilerimi dışa aktar
command-admin = İstatistikler, kişiler, modeller (operatörler)
command-report = Bir görseli bildir (onu yanıtlayarak)
command-broadcast = Herkese mesaj gönder (operatörler; mesajı yanıtlayarak)
command-key = Kendi API anahtarınızla çizin
