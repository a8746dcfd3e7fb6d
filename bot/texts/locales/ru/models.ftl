### Выбор модели.

model-menu =
    <b>Кто рисует?</b>
    Сейчас: { $label }
model-menu-default = <b>Кто рисует?</b>
    Сейчас: { $label } (по умолчанию)
model-menu-picture =
    <b>Кто рисует?</b>
    Сейчас: { $label }
    Выбор действует на все ваши следующие картинки. Чтобы нарисовать так и картинку выше, нажмите «Нарисовать».
# $reason: as under a picture, like "the model cannot be reached"
model-menu-down = 🔴 { $label } сейчас не рисует: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } с
model-minutes = ~{ $minutes } мин
# $cost: an amount in the operator's own unit
model-price = за { $cost }
button-model-instead = Пока взять: { $label }
model-menu-empty = Здесь пока нет моделей. Их должен добавить владелец бота.
model-set = Теперь для вас рисует { $label }.
model-already = { $label } и так рисует для вас.
model-reset = Теперь как у всех: { $label }.
model-unknown = Модели «{ $model }» у меня нет. Есть такие: { $valid }
model-gone = Этой модели здесь больше нет.
button-model-default = Как у всех
button-redraw = 🎨 Нарисовать: { $label }
button-previous = ‹
button-next = ›
