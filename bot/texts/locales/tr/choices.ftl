### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Örnekleyici
setting-scheduler = Zamanlayıcı
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Büyütücü

## In the settings

button-search = 🔎 Ara
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Yalnızca { $label } için. Listedeki ad sayısı: { $total }
choices-loras = Aynı anda en fazla { $limit }. <i>Ara</i> ile ağırlık da verebilirsiniz: <code>detail:0.7</code>
choices-unreadable = { $label } listesini şu anda okuyamıyorum. Lütfen daha sonra tekrar deneyin.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: hangisi? <a href="{ $link }">Bu mesajı</a> adıyla veya adının bir parçasıyla yanıtlayın.
choices-found = Uyan ad sayısı: { $total }. Birine dokunun veya daha ayrıntılı yanıtlayın.
choices-nothing = “{ $words }” diye bir şey yok. En yakınları:
choices-too-many = Sınır bu: aynı anda { $limit } LoRA. Önce birini kaldırın.
# $words: the trigger words of a LoRA
choices-words = Prompt’unuza eklenir: <code>{ $words }</code>
choices-often = Öğrendiği görsellerde sık geçer: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = bir checkpoint’in adı veya <code>auto</code>
expected-sampler = bir örnekleyicinin adı veya <code>auto</code>
expected-scheduler = bir zamanlayıcının adı veya <code>auto</code>
# $expected: the range of weights
expected-lora = bir LoRA’nın adı, isterseniz ağırlığıyla (<code>detail:0.7</code>; { $expected }), en fazla beş, veya <code>none</code>
expected-vae = bir VAE’nin adı veya <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } modelinde bu yok: <code>{ $flag } { $name }</code>. En yakını: { $near }
refused-choice-none = { $model } modelinde bu yok: <code>{ $flag } { $name }</code>. Listesi boş.
