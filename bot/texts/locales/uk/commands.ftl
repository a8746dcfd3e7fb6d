### The command menu, and what /start and /help say.

command-imagine = Намалювати картинку за текстом
command-history = Ваші картинки
command-forget = Видалити мої дані
command-model = Вибрати модель
command-settings = Формат, кроки, сід, мова…
command-group = Налаштування групи (для адміністраторів)
command-cancel = Скасувати картинку
command-help = Довідка
command-balance = Ваші кредити
command-buy = Купити кредити
command-paysupport = Допомога з оплатою
command-terms = Умови продажу

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Я малюю картинки за текстом. Надішліть промпт, наприклад «руда лисиця спить на свіжому снігу», і дивіться, як з'являється картинка.

    Додайте мене до групи, і малювати зможуть усі: /imagine
# On the bot's page, at most 120 characters.
bot-short-description = Надішліть промпт — отримайте картинку. Працює і в групах: /imagine

start =
    Вітаю, { $name }! Я малюю картинки за текстом.

    Просто напишіть, що хочете побачити, наприклад:

    <code>{ $example }</code>

    Або натисніть кнопку, і я намалюю саме це. Докладніше: /help
start-group =
    Вітаю! Я малюю картинки за текстом. Попросити може кожен:

    <code>/imagine { $example }</code>
button-example = 🎨 Намалювати

help =
    <b>Малювання</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] У цьому чаті можна без команди.
       *[no] У групах команда потрібна.
    } Дайте відповідь на мою картинку новим промптом, і я її зміню. Дайте відповідь <code>/imagine</code> на будь-яке повідомлення, і я намалюю те, що в ньому написано. Надішліть фото з підписом <code>/imagine</code>, і воно стане вихідним зображенням, якщо модель це вміє.

    <b>Параметри</b>, будь-де в промпті
    <code>--ar 16:9</code> співвідношення сторін
    <code>--size 1024x768</code> розмір у пікселях
    <code>--n 4</code> скільки картинок, від 1 до 9
    <code>--no текст, люди</code> негативний промпт: чого не має бути
    <code>--seed 7</code> той самий сід і промпт — та сама картинка
    <code>--steps 20</code> більше кроків: детальніше, але довше
    <code>--cfg 4.5</code> точність (CFG): наскільки суворо дотримуватися промпту
    <code>--model { $model }</code> модель для цієї картинки
    <code>--style oil</code> стиль; усі стилі — у /settings
    <code>{ "{" }руда, сіра{ "}" } лисиця</code> по картинці на кожен варіант

    <b>Команди</b>
    /model — вибрати модель
    /settings — ваші налаштування й мова
    /history — ваші картинки; <code>/history лисиця</code> — пошук
    /cancel — скасувати картинку
    /export — отримати ваші промпти й картинки
    /forget — видалити ваші дані

    Поточна модель: { $label }.

cancel-done = Скасовано.
cancel-nothing = Тут нічого скасовувати.
cancel-ended = Цю картинку вже завершено.
cancel-not-yours = Скасувати може лише той, хто просив, або адміністратор.
cancel-unknown = Не знаю такої картинки. Щоб скасувати, дайте на неї відповідь командою /cancel.

press-not-yours = Це не ваша картинка. Надішліть /imagine, щоб намалювати свою.
press-menu-not-yours = Це чуже меню. Надішліть { $command }, щоб відкрити своє.
press-outdated = Ця кнопка застаріла. Надішліть команду ще раз.
press-accepted = Малюю!
press-once = Уже малюю.
press-sending = Надсилаю!
press-picture-gone = Повного розміру вже немає. Натисніть «Ще раз», і я намалюю нову картинку.
press-stopping = Скасовую…
press-not-allowed = Це закритий бот.
command-unknown = Не знаю такої команди. Дивіться /help
# The message has other buttons by now
press-button-gone = Цієї кнопки вже немає. Натисніть одну з тих, що є зараз.
# To the operators. $old and $new: ids
operator-chat-moved = Група з ALLOWED_CHATS стала супергрупою, її id змінився з <code>{ $old }</code> на <code>{ $new }</code>. Вона працює далі; будь ласка, впишіть новий id в ALLOWED_CHATS.
command-describe = Написати промпт за фото
command-upscale = Збільшити фото
command-cutout = Прибрати фон із фото
command-animate = Оживити картинку (відповіддю на неї)
command-export = Експортувати мої дані
command-admin = Статистика, люди, моделі (для операторів)
command-report = Поскаржитися на картинку (відповіддю на неї)
command-broadcast = Розіслати повідомлення всім (для операторів; відповіддю)
command-key = Малювати зі своїм API-ключем
