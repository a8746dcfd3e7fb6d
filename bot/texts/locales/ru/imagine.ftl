### Всё об одной картинке: пока рисуется, когда готова, когда отменена.

## Кнопки

button-cancel = Отменить
button-again = 🔁 Ещё раз
button-vary = 🎲 Вариация
button-model = 🧠 Модель
button-copy = 📋 Промпт
button-retry = 🔁 Повторить
button-draw-now = 🎨 Нарисовать сейчас
button-more = ⋯ Ещё
button-same-seed = 🌱 Тот же сид, другая модель
# $size: в пикселях, например 2048×2048
button-bigger = 🔍 Размер ×2: { $size }
button-shorten = ✂️ Сократить

## Пока рисуется

# $place: место в очереди; 1 — следующий
progress-queued = В очереди: { $place }
progress-queued-next = Следующая в очереди
progress-queued-unknown = В очереди
progress-starting = Начинаю…
progress-drawing = Рисую
# $place: место в очереди на сервере модели
progress-drawing-queued = В очереди модели: { $place }
# $attempt: номер попытки, начиная со второй
progress-retrying = Повторяю (попытка { $attempt })
progress-sending = Отправляю картинку
progress-sending-video = Отправляю видео
# $done из $total картинок готовы
progress-done = готово { $done } из { $total }
# $time: минуты и секунды, например 1:30
progress-eta = ещё примерно { $time }

## Известные строки состояния

# Незнакомая строка, как есть
status-other = { $status }
status-queued = Жду модель
status-loading = Модель загружается
status-drawing = Рисую
status-finishing = Завершаю
# Шаги, за которые модель рисует картинку
status-step = Шаг { $step } из { $steps }
# $names: параметры, например «сид, шаги»
status-dropped = Эта модель не поддерживает: { $names }

## Под картинкой

# $seed: число или промежуток, например 7–10
caption-seed = сид { $seed }
# $model: та, которую просили; $reason: например «модель недоступна»
instead = Вместо { $model }: { $reason }
caption-failed = { $count ->
    [one] Не получилась { $count } картинка: { $reason }
    [few] Не получились { $count } картинки: { $reason }
   *[many] Не получилось { $count } картинок: { $reason }
}
# $names: названные параметры, например «сид, шаги»
caption-unused = Эта модель не поддерживает: { $names }
# $number: номер картинки в сетке
caption-full = Картинка { $number }

## Конец без картинки

cancelled = Отменено.
ended-delivered = Готово: картинка уже в этом чате.
ended-failed = Не получилось нарисовать.
ended-cancelled = Этот запрос отменён.
ended-undeliverable = Картинку не удалось отправить.

## Когда рисовать пока нечего

imagine-usage =
    Что нарисовать? Напишите промпт после команды:

    <code>/imagine { $example }</code>

    Или ответьте <code>/imagine</code> на сообщение с текстом.
imagine-caption-usage =
    Отличное фото! Ответьте на него промптом:

    <code>/imagine { $example }</code>
example-prompt = рыжая лиса спит на свежем снегу, мягкий утренний свет
# $words: слова промпта в кавычках
status-unknown-words = Эта модель не умеет рисовать { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Тот же сид

## Edit

button-edit = ✏️ Изменить
# $link: marks the question, so that the answer is known
edit-ask = Что <a href="{ $link }">изменить</a>? Ответьте на это сообщение указанием.
edit-words-needed = Напишите словами, что изменить.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Промпт
button-enhance = ✨ Улучшить промпт
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Нарисовано по вашему промпту: перевести его не удалось.
caption-unhelped-enhance = Нарисовано по вашему промпту: улучшить его не удалось.
prompts-own = Ваш промпт:
prompts-drawn = Нарисовано по промпту:
prompts-negative = Негативный промпт:
button-describe = 📝 Описать
button-upscale = 🔍 Увеличить
button-cutout = ✂️ Вырезать
button-video = 🎬 Оживить
button-draw-described = 🎨 Нарисовать
described =
    Промпт для этой картинки:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Чем именно? Вариантов: { $total }.
upscale-usage = Ответьте на фото командой <code>/upscale</code>, и я его увеличу.
cutout-usage = Ответьте на фото командой <code>/cutout</code>, и я уберу фон.
task-off = Здесь это недоступно: владелец бота не настроил для этого модель.
describe-usage = Ответьте на фото командой <code>/describe</code>, и я напишу промпт, по которому получится похожая картинка.
describe-off = Описывать картинки здесь некому: владелец бота не подключил для этого модель.
animate-usage =
    Ответьте на одну картинку командой <code>/animate</code>, и она оживёт. Как именно, напишите после команды:

    <code>/animate { $example }</code>
animate-example = медленное приближение, плывут облака
animate-off = Оживлять картинки здесь некому: владелец бота не подключил для этого модель.
describe-looking = Смотрю…
describe-picture = Не получилось открыть эту картинку. Пришлите её ещё раз как фото.
describe-blocked = Эту картинку я здесь не опишу: в описании есть запрещённые слова.
describe-failed = Сейчас описать картинку не получилось. Попробуйте через несколько минут.
describe-too-many = Вы уже описали много картинок. Попробуйте через час.
describe-budget = На сегодня лимит исчерпан. Попробуйте позже.

## Слова без ответа

button-new-instead = 🆕 Лучше новую картинку
progress-changes = Изменяю последнюю картинку
# $words: промпт картинки, которая меняется
progress-changes-words = Изменяю последнюю картинку: «{ $words }»

## Фото без слов

photo-menu = { $count ->
    [one] Отличное фото! Что с ним сделать? Нажмите кнопку или ответьте на него промптом.
   *[other] Отличные фото! Что с ними сделать? Нажмите кнопку или ответьте на одно из них промптом.
}

## Сила изменения

# $share: насколько изменено исходное изображение, например 65%
caption-strength = сила изменения { $share }

## Маски

caption-mask-stretched = Маска была другой формы, чем картинка, и растянута по ней.

## Назад к прежней картинке

button-parent = ↩️ Назад
# В строке сведений о картинке, которая показана ещё раз
caption-again = показана снова
parent-grid = Прежняя сетка. Нажмите номер, чтобы продолжить с этой картинки, или ответьте на саму сетку.
press-parent-gone = Прежней картинки у меня больше нет.

## A picture file that says how it was made

button-draw-again = 🔁 Нарисовать снова
recipe-found = В этом файле записано, как он сделан. Промпт:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Нарисовать снова</b> — с моделью { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Такого чекпойнта или модели у меня нет. <b>Нарисовать снова</b> — с моделью { $label }.

## Voice messages

voice-understood = 🎤 Я понял так: <i>{ $words }</i>
voice-off = Слушать голосовые сообщения здесь некому: владелец бота не подключил для этого сервер. Напишите промпт текстом.
voice-too-long = Это голосовое сообщение слишком длинное для меня (не больше { $minutes } мин). Уложитесь в несколько фраз.
voice-too-large = Это голосовое сообщение слишком большое для меня (не больше 20 МБ).
voice-gone = Не получилось загрузить это голосовое сообщение из Telegram. Пришлите его ещё раз.
voice-nothing = Слов в этом голосовом сообщении я не услышал. Попробуйте ближе к микрофону или напишите промпт текстом.
voice-failed = Сейчас разобрать голосовое сообщение не получилось. Попробуйте через несколько минут или напишите промпт текстом.
voice-too-many = Вы прислали много голосовых сообщений. Попробуйте через час или напишите промпт текстом.
