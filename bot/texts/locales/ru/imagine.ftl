### Всё об одной картинке: пока рисуется, когда готова, когда отменена.

## Кнопки

button-cancel = Отменить
button-again = 🔁 Ещё раз
button-model = 🧠 Модель
button-copy = 📋 Описание
button-retry = 🔁 Повторить
button-draw-now = 🎨 Нарисовать сейчас
button-more = ⋯ Прочее
button-same-seed = 🌱 То же зерно, другая модель
# $size: в пикселях, например 2048×2048
button-bigger = 🔍 Вдвое больше: { $size }
button-shorten = ✂️ Сократить

## Пока рисуется

# $place: место в очереди; 1 — следующий
progress-queued = В очереди, место { $place }
progress-queued-next = Следующая в очереди
progress-queued-unknown = В очереди
progress-starting = Готовлюсь
progress-drawing = Рисую
# $place: место в очереди на сервере модели
progress-drawing-queued = Жду модель, место { $place }
# $attempt: номер попытки, начиная со второй
progress-retrying = Не вышло; попытка { $attempt }
progress-sending = Отправляю картинку
# $done из $total картинок готовы
progress-done = готово { $done } из { $total }
# $time: минуты и секунды, например 1:30
progress-eta = ещё примерно { $time }

## Известные строки состояния

# Незнакомая строка, как есть
status-other = { $status }
status-queued = Жду модель
status-loading = Модель просыпается
status-drawing = Рисую
status-finishing = Последние штрихи
# Шаги, за которые модель рисует картинку
status-step = Шаг { $step } из { $steps }
# $names: параметры, например «seed, steps»
status-dropped = Эта модель не использует: { $names }

## Под картинкой

# $seed: число или промежуток, например 7–10
caption-seed = зерно { $seed }
# $model: the one that was asked for; $reason: as in "the model cannot be reached"
instead = Вместо { $model }: { $reason }
caption-failed = { $count ->
    [one] Не получилась { $count } картинка: { $reason }
    [few] Не получились { $count } картинки: { $reason }
   *[many] Не получилось { $count } картинок: { $reason }
}
# $names: названные параметры, например «зерно, шаги»
caption-unused = Эта модель не учитывает: { $names }
# $number: номер картинки на листе
caption-full = Картинка { $number }

## Конец без картинки

cancelled = Отменено.
ended-delivered = Готово: картинка уже в этом чате.
ended-failed = Здесь всё: нарисовать не получилось.
ended-cancelled = Этот запрос отменён.
ended-undeliverable = Здесь всё: картинку не удалось отправить.

## Когда рисовать пока нечего

imagine-usage =
    Что нарисовать? Напишите после команды:

    <code>/imagine { $example }</code>

    Или ответьте <code>/imagine</code> на сообщение с описанием.
imagine-caption-usage =
    С этой картинки можно начать. Теперь скажите, что из неё сделать: ответьте на неё

    <code>/imagine { $example }</code>
example-prompt = рыжая лиса спит на свежем снегу, мягкий утренний свет

## Buttons: one more picture, or the same one

button-same = 🌱 Тот же сид
