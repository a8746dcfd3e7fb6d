### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Скасувати
button-again = 🔁 Ще раз
button-vary = 🎲 Варіація
button-model = 🧠 Модель
button-copy = 📋 Промпт
button-retry = 🔁 Повторити
button-draw-now = 🎨 Намалювати зараз
button-more = ⋯ Ще
button-same-seed = 🌱 Той самий сід, інша модель
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Розмір ×2: { $size }
button-shorten = ✂️ Скоротити

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = У черзі: { $place }
progress-queued-next = Наступна в черзі
progress-queued-unknown = У черзі
progress-starting = Починаю…
progress-drawing = Малюю
# $place: the position in the queue of the model's server
progress-drawing-queued = У черзі моделі: { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Повторюю (спроба { $attempt })
progress-sending = Надсилаю картинку
progress-sending-video = Надсилаю відео
# $done of $total pictures are drawn
progress-done = готово { $done } з { $total }
# $time: minutes and seconds, like 1:30
progress-eta = ще приблизно { $time }

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Чекаю на модель
status-loading = Модель завантажується
status-drawing = Малюю
status-finishing = Завершую
# Like the steps of a diffusion run
status-step = Крок { $step } з { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Ця модель не підтримує: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = сід { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = Замість { $model }: { $reason }
caption-failed = { $count ->
    [one] Не вийшла { $count } картинка: { $reason }
    [few] Не вийшли { $count } картинки: { $reason }
   *[many] Не вийшло { $count } картинок: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Ця модель не підтримує: { $names }
# $number: of the picture in the grid
caption-full = Картинка { $number }

## The end without a picture

cancelled = Скасовано.
ended-delivered = Готово: картинка вже в цьому чаті.
ended-failed = Не вдалося намалювати.
ended-cancelled = Цей запит скасовано.
ended-undeliverable = Картинку не вдалося надіслати.

## When there is nothing to draw yet

imagine-usage =
    Що намалювати? Напишіть промпт після команди:

    <code>/imagine { $example }</code>

    Або дайте відповідь <code>/imagine</code> на повідомлення з текстом.
imagine-caption-usage =
    Чудове фото! Дайте на нього відповідь промптом:

    <code>/imagine { $example }</code>
example-prompt = руда лисиця спить на свіжому снігу, м'яке ранкове світло
# $words: of the prompt, in quotation marks
status-unknown-words = Ця модель не вміє малювати { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Той самий сід

## Edit

button-edit = ✏️ Змінити
# $link: marks the question, so that the answer is known
edit-ask = Що <a href="{ $link }">змінити</a>? Дайте відповідь на це повідомлення вказівкою.
edit-words-needed = Напишіть словами, що змінити.

## Words without a reply

button-new-instead = 🆕 Краще нову картинку
progress-changes = Змінюю останню картинку
# $words: of the picture that is changed
progress-changes-words = Змінюю останню картинку: «{ $words }»

## A photo without words

photo-menu = { $count ->
    [one] Чудове фото! Що з ним зробити? Натисніть кнопку або дайте на нього відповідь промптом.
   *[other] Чудові фото! Що з ними зробити? Натисніть кнопку або дайте на одне з них відповідь промптом.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = сила змін { $share }

## Masks

caption-mask-stretched = Маска була іншої форми, ніж картинка, і її розтягнуто.

## Back to the picture before

button-parent = ↩️ Назад
# The line of facts of a picture that is shown once more
caption-again = показано знову
parent-grid = Попередня сітка. Натисніть номер, щоб продовжити з цієї картинки, або дайте відповідь на саму сітку.
press-parent-gone = Попередньої картинки в мене більше немає.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Промпт
button-enhance = ✨ Покращити промпт
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Намальовано за вашим промптом: перекласти його не вдалося.
caption-unhelped-enhance = Намальовано за вашим промптом: покращити його не вдалося.
prompts-own = Ваш промпт:
prompts-drawn = Намальовано за промптом:
prompts-negative = Негативний промпт:
button-describe = 📝 Описати
button-upscale = 🔍 Збільшити
button-cutout = ✂️ Вирізати
button-video = 🎬 Оживити
button-draw-described = 🎨 Намалювати
described =
    Промпт для цієї картинки:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Чим саме? Варіантів: { $total }.
upscale-usage = Дайте відповідь на фото командою <code>/upscale</code>, і я його збільшу.
cutout-usage = Дайте відповідь на фото командою <code>/cutout</code>, і я приберу фон.
task-off = Тут це недоступно: власник бота не налаштував для цього модель.
describe-usage = Дайте відповідь на фото командою <code>/describe</code>, і я напишу промпт, за яким вийде схожа картинка.
describe-off = Описувати картинки тут нікому: власник бота не підключив для цього модель.
animate-usage =
    Дайте відповідь на одну картинку командою <code>/animate</code>, і вона оживе. Як саме, напишіть після команди:

    <code>/animate { $example }</code>
animate-example = повільне наближення, пливуть хмари
animate-off = Оживляти картинки тут нікому: власник бота не підключив для цього модель.
describe-looking = Дивлюся…
describe-picture = Не вдалося відкрити цю картинку. Надішліть її ще раз як фото.
describe-blocked = Цю картинку я тут не опишу: в описі є заборонені слова.
describe-failed = Зараз описати картинку не вдалося. Спробуйте за кілька хвилин.
describe-too-many = Ви вже описали багато картинок. Спробуйте за годину.
describe-budget = На сьогодні ліміт вичерпано. Спробуйте пізніше.

## A picture file that says how it was made

button-draw-again = 🔁 Намалювати знову
recipe-found = У цьому файлі записано, як його зроблено. Промпт:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Намалювати знову</b> — з моделлю { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Такого чекпоінта чи моделі в мене немає. <b>Намалювати знову</b> — з моделлю { $label }.

## Voice messages

voice-understood = 🎤 Я зрозумів так: <i>{ $words }</i>
voice-off = Слухати голосові повідомлення тут нікому: власник бота не підключив для цього сервер. Напишіть промпт текстом.
voice-too-long = Це голосове повідомлення задовге для мене (не більше { $minutes } хв). Скажіть кількома реченнями.
voice-too-large = Це голосове повідомлення завелике для мене (не більше 20 МБ).
voice-gone = Не вдалося завантажити це голосове повідомлення з Telegram. Надішліть його ще раз.
voice-nothing = Слів у цьому голосовому повідомленні я не почув. Спробуйте ближче до мікрофона або напишіть промпт текстом.
voice-failed = Зараз розібрати голосове повідомлення не вдалося. Спробуйте за кілька хвилин або напишіть промпт текстом.
voice-too-many = Ви надіслали багато голосових повідомлень. Спробуйте за годину або напишіть промпт текстом.
