### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = İptal
button-again = 🔁 Tekrar
button-vary = 🎲 Varyasyon
button-model = 🧠 Model
button-copy = 📋 Prompt
button-retry = 🔁 Yeniden dene
button-draw-now = 🎨 Şimdi çiz
button-more = ⋯ Diğer
button-same-seed = 🌱 Aynı seed, başka model
# $size: in pixels, like 2048×2048
button-bigger = 🔍 2× boyut: { $size }
button-shorten = ✂️ Kısalt

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = Sırada: { $place }
progress-queued-next = Sıradaki sizinki
progress-queued-unknown = Sırada
progress-starting = Başlıyor…
progress-drawing = Çiziliyor
# $place: the position in the queue of the model's server
progress-drawing-queued = Modelin sırasında: { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Yeniden deneniyor ({ $attempt }. deneme)
progress-sending = Görsel gönderiliyor
progress-sending-video = Video gönderiliyor
# $done of $total pictures are drawn
progress-done = { $done }/{ $total } hazır
# $time: minutes and seconds, like 1:30
progress-eta = yaklaşık { $time } kaldı

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Model bekleniyor
status-loading = Model yükleniyor
status-drawing = Çiziliyor
status-finishing = Tamamlanıyor
# Like the steps of a diffusion run
status-step = Adım { $step }/{ $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Bu model şunları yok sayıyor: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = seed { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = { $model } yerine: { $reason }
caption-failed = { $count ->
    [one] { $count } görsel başarısız: { $reason }
   *[other] { $count } görsel başarısız: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Bu model şunları yok sayıyor: { $names }
# $number: of the picture in the grid
caption-full = Görsel { $number }

## The end without a picture

cancelled = İptal edildi.
ended-delivered = Bu tamamlandı; görsel bu sohbette.
ended-failed = Bu görsel başarısız oldu.
ended-cancelled = Bu görsel iptal edildi.
ended-undeliverable = Başarısız oldu: Görsel gönderilemedi.

## When there is nothing to draw yet

imagine-usage =
    Ne çizeyim? Promptu komuttan sonra yazın:

    <code>/imagine { $example }</code>

    Ya da metnini çizdirmek için bir mesajı <code>/imagine</code> ile yanıtlayın.
imagine-caption-usage =
    Güzel fotoğraf! Onu bir promptla yanıtlayın:

    <code>/imagine { $example }</code>
example-prompt = taze karda uyuyan kızıl tilki, yumuşak sabah ışığı
# $words: of the prompt, in quotation marks
status-unknown-words = Bu model şunları çizemiyor: { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Aynı seed

## Edit

button-edit = ✏️ Düzenle
# $link: marks the question, so that the answer is known
edit-ask = Neyi <a href="{ $link }">değiştireyim</a>? Bu mesajı talimatınızla yanıtlayın.
edit-words-needed = Neyin değişeceğini bana yazıyla söyleyin.

## Words without a reply

button-new-instead = 🆕 Bunun yerine yeni görsel
progress-changes = Son görsel değiştiriliyor
# $words: of the picture that is changed
progress-changes-words = Son görsel değiştiriliyor: “{ $words }”

## A photo without words

photo-menu = { $count ->
    [one] Güzel fotoğraf! Onunla ne yapayım? Bir düğmeye dokunun veya fotoğrafı bir promptla yanıtlayın.
   *[other] Güzel fotoğraflar! Onlarla ne yapayım? Bir düğmeye dokunun veya birini bir promptla yanıtlayın.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = değişim { $share }

## Masks

caption-mask-stretched = Maskenin biçimi görselden farklıydı, görsele göre esnetildi.

## Back to the picture before

button-parent = ↩️ Geri
# The line of facts of a picture that is shown once more
caption-again = yeniden gösterildi
parent-grid = Bundan önceki ızgara. O görselden devam etmek için bir numaraya dokunun veya ızgarayı yanıtlayın.
press-parent-gone = Bundan önceki görsel artık bende yok.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Promptu geliştir
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Kendi promptunuzla çizildi: Çevrilemedi.
caption-unhelped-enhance = Kendi promptunuzla çizildi: Geliştirilemedi.
prompts-own = Promptunuz:
prompts-drawn = Çizilen prompt:
prompts-negative = Negatif prompt:
button-describe = 📝 Betimle
button-upscale = 🔍 Büyüt
button-cutout = ✂️ Arka planı sil
button-video = 🎬 Canlandır
button-draw-described = 🎨 Bunu çiz
described =
    Bu görsel için bir prompt:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Hangisiyle? { $total } seçenek var.
upscale-usage = Bir fotoğrafı <code>/upscale</code> ile yanıtlayın, onu büyüteyim.
cutout-usage = Bir fotoğrafı <code>/cutout</code> ile yanıtlayın, arka planını kaldırayım.
task-off = Bunu burada yapamıyorum: botun sahibi bunun için bir model ayarlamamış.
describe-usage = Bir fotoğrafı <code>/describe</code> ile yanıtlayın, onu çizecek bir prompt yazayım.
describe-off = Burada görselleri betimleyecek bir model yok: Bot sahibi bunun için bir model ayarlamamış.
animate-usage =
    Tek bir görseli <code>/animate</code> ile yanıtlayın, hareket etsin. Nasıl olacağını komuttan sonra yazın:

    <code>/animate { $example }</code>
animate-example = yavaş yakınlaşma, süzülen bulutlar
animate-off = Burada görselleri canlandıracak bir model yok: Bot sahibi bunun için bir model ayarlamamış.
describe-looking = Bakıyorum…
describe-picture = Bu görseli açamadım. Fotoğraf olarak yeniden gönderin.
describe-blocked = Bu görseli burada betimleyemem: Betimlemede engellenmiş kelimeler var.
describe-failed = Bu görseli şu anda betimleyemedim. Birkaç dakika sonra yeniden deneyin.
describe-too-many = Çok sayıda görsel betimlettiniz. Bir saat sonra yeniden deneyin.
describe-budget = Bugün bunun için hakkınız kalmadı. Daha sonra deneyin.

## A picture file that says how it was made

button-draw-again = 🔁 Yeniden çiz
recipe-found = Bu dosyada nasıl yapıldığı yazıyor. Promptu:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Yeniden çiz</b>, { $label } modelini kullanır.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Bu checkpoint veya model bende yok. <b>Yeniden çiz</b>, { $label } modelini kullanır.

## Voice messages

voice-understood = 🎤 Şunu anladım: <i>{ $words }</i>
voice-off = Burada sesli mesaj dinleyemiyorum: botun sahibi bunun için bir sunucu kurmamış. Lütfen promptunuzu yazın.
voice-too-long = Bu sesli mesaj benim için çok uzun (en fazla { $minutes } dakika). Birkaç cümleyle söyleyin.
voice-too-large = Bu sesli mesaj benim için çok büyük (en fazla 20 MB).
voice-gone = Bu sesli mesajı Telegram’dan alamadım. Lütfen yeniden gönderin.
voice-nothing = Bu sesli mesajda hiç söz duymadım. Mikrofona yaklaşıp deneyin ya da promptunuzu yazın.
voice-failed = Bu sesli mesajı şu anda anlayamadım. Birkaç dakika sonra yeniden deneyin ya da promptunuzu yazın.
voice-too-many = Çok sayıda sesli mesaj gönderdiniz. Bir saat sonra yeniden deneyin ya da promptunuzu yazın.
