### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Чекпоінт
setting-sampler = Семплер
setting-scheduler = Планувальник
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Апскейлер

## In the settings

button-search = 🔎 Пошук
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Лише для { $label }. Назв у списку: { $total }
choices-loras = Не більше { $limit } одночасно. Через <i>Пошук</i> можна задати й вагу: <code>detail:0.7</code>
choices-unreadable = Не можу зараз прочитати список { $label }. Спробуйте пізніше.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: яка назва? <a href="{ $link }">Дайте відповідь на це повідомлення</a> назвою або її частиною.
choices-found = Назв, що підходять: { $total }. Торкніться потрібної або дайте відповідь ще раз, точніше.
choices-nothing = Назви «{ $words }» немає. Найближчі:
choices-too-many = Це межа: LoRA одночасно — не більше { $limit }. Спершу приберіть одну.
# $words: the trigger words of a LoRA
choices-words = Додасться до промпту: <code>{ $words }</code>
choices-often = Часто в зображеннях, на яких її навчали: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = назва чекпоінта або <code>auto</code>
expected-sampler = назва семплера або <code>auto</code>
expected-scheduler = назва планувальника або <code>auto</code>
# $expected: the range of weights
expected-lora = назва LoRA, за бажання з вагою (<code>detail:0.7</code>; { $expected }), до п’яти, або <code>none</code>
expected-vae = назва VAE або <code>auto</code>
# $near: the names most like it
refused-choice-unknown = У моделі { $model } цього немає: <code>{ $flag } { $name }</code>. Найближче: { $near }
refused-choice-none = У моделі { $model } цього немає: <code>{ $flag } { $name }</code>. Її список порожній.
