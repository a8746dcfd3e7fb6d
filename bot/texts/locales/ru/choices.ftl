### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Чекпойнт
setting-sampler = Сэмплер
setting-scheduler = Планировщик
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Апскейлер

## In the settings

button-search = 🔎 Поиск
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Только для { $label }. Названий в списке: { $total }
choices-loras = Не больше { $limit } сразу. Через <i>Поиск</i> можно задать и вес: <code>detail:0.7</code>
choices-unreadable = Не могу сейчас прочитать список { $label }. Попробуйте позже.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: какое название? <a href="{ $link }">Ответьте на это сообщение</a> названием или его частью.
choices-found = Подходящих названий: { $total }. Нажмите на нужное или ответьте ещё раз, точнее.
choices-nothing = Названия «{ $words }» нет. Самые похожие:
choices-too-many = Это предел: LoRA одновременно — не больше { $limit }. Сначала уберите одну.
# $words: the trigger words of a LoRA
choices-words = Добавится к промпту: <code>{ $words }</code>
choices-often = Часто в картинках, на которых её обучали: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = название чекпойнта или <code>auto</code>
expected-sampler = название сэмплера или <code>auto</code>
expected-scheduler = название планировщика или <code>auto</code>
# $expected: the range of weights
expected-lora = название LoRA, при желании с весом (<code>detail:0.7</code>; { $expected }), до пяти, или <code>none</code>
expected-vae = название VAE или <code>auto</code>
# $near: the names most like it
refused-choice-unknown = У модели { $model } этого нет: <code>{ $flag } { $name }</code>. Самое похожее: { $near }
refused-choice-none = У модели { $model } этого нет: <code>{ $flag } { $name }</code>. Её список пуст.
