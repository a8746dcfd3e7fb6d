### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Bilinmeyen seçenek: <code>{ $flag }</code>. Seçenekler: { $known }
prompt-unknown-flag-suggestion = Bilinmeyen seçenek: <code>{ $flag }</code>. Bunu mu demek istediniz: <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> iki kez kullanılmış.
prompt-missing-value = <code>{ $flag }</code> için bir değer gerekli: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> geçerli değil. Gereken: { $expected }.
prompt-too-long = Bu prompt çok uzun: { $length } karakter, sınır ise { $limit }. Lütfen kısaltın.
# $end: the last words that would be drawn
prompt-shorter = Sığacak şekilde kesebilirim; şöyle biterdi: “… { $end }”

## What a flag expects; $expected is a list or a range

expected-model = bir model kimliği: { $expected }
expected-ar = bir en boy oranı: { $expected }
expected-size = piksel olarak genişlik ve yükseklik: { $expected }
expected-no = görselde olmaması gerekenler
expected-seed = bir sayı, { $expected }
expected-steps = bir sayı, { $expected }
expected-cfg = bir sayı, { $expected }
expected-n = bir sayı, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Öncekilerle birlikte çok uzun oluyor: { $length } karakter, en fazla { $limit } olabilir. Lütfen /imagine ile, her şeyi söyleyen tek bir promptla yeniden başlayın.

expected-strength = kaynak görselin ne kadar değişeceği, { $expected }
expected-new = değer yok
expected-mask = değer yok
expected-zoom = ne kadar fazlasının görüneceği, { $expected }
expected-pan = genişletilecek taraf: { $expected }

mask-missing = Maskeyi görsel olarak gönderin: açıklamasına <code>--mask</code> yazın ve değişecek görseli onunla yanıtlayın. Beyaz değişir, siyah kalır.
mask-alone = Bu maskenin değiştireceği bir görsel yok. Bir görseli onunla yanıtlayın; ızgaraysa önce bir numaraya dokunup gelen görseli yanıtlayın.
mask-words = Orada ne olması gerektiğini de açıklamaya yazın: <code>--mask kırmızı şapka</code>
extend-mask = Ya <code>--mask</code> ya da <code>--zoom</code> ve <code>--pan</code> kullanın, ikisini birden değil.
extend-alone = Genişletilecek görseli bununla yanıtlayın; ızgaraysa önce bir numaraya dokunup gelen görseli yanıtlayın.
extend-words = Görselin çevresinde ne olduğunu da yazın: <code>{ $flags } karlı bir orman</code>

expected-enhance = { $expected }
