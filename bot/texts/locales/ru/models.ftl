### Выбор модели.

model-menu =
    <b>Выберите модель</b>
    Сейчас: { $label }
model-menu-default = <b>Выберите модель</b>
    Сейчас: { $label } (по умолчанию)
model-menu-picture =
    <b>Выберите модель</b>
    Сейчас: { $label }
    Выбор действует на все новые картинки. Чтобы нарисовать этой моделью картинку выше, нажмите «Нарисовать».
# $reason: как под картинкой, например «модель недоступна»
model-menu-down = 🔴 { $label } сейчас не работает: { $reason }.
# Сколько модель обычно рисует; стоит после её названия
model-seconds = ~{ $seconds } с
model-minutes = ~{ $minutes } мин
# $cost: сумма в единицах владельца бота
model-price = за { $cost }
button-model-instead = Пока взять { $label }
model-menu-empty = Моделей пока нет. Их должен добавить владелец бота.
model-set = Модель: { $label }.
model-already = { $label } уже выбрана.
model-reset = Снова по умолчанию: { $label }.
model-unknown = Модели «{ $model }» нет. Доступны: { $valid }
model-gone = Этой модели здесь больше нет.
button-model-default = По умолчанию
button-redraw = 🎨 Нарисовать: { $label }
button-previous = ‹
button-next = ›
