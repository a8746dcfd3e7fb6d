### A person's own settings.

settings-menu =
    <b>Ваші налаштування</b>
    Діють для всіх ваших картинок у всіх чатах. Параметри, набрані в промпті, важливіші за них.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Лишилося на сьогодні для платних моделей: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } цього не враховує.

setting-model = Модель
setting-aspect-ratio = Формат
setting-steps = Кроки
setting-guidance = Точність (CFG)
setting-negative = Негативний промпт
setting-seed = Сід
setting-count = Кількість
setting-document = Надсилати файлом
setting-spoiler = Спойлер
setting-language = Мова
setting-width = Ширина
setting-height = Висота
setting-image = Вихідне зображення
setting-strength = Сила змін

hint-aspect-ratio = Співвідношення сторін: ширина до висоти.
hint-steps = Більше кроків: детальніше, але довше.
hint-guidance = Наскільки суворо дотримуватися промпту. Менше — вільніше, більше — точніше.
hint-negative = Чого не має бути на ваших картинках.
hint-seed = Той самий сід і промпт дають ту саму картинку.
hint-count = Скільки картинок за раз.
hint-document = Файл зберігає кожен піксель. Фото видно одразу.
hint-spoiler = Ваші картинки розмиті, доки на них не натиснуть. Вони надсилаються як фото: файли розмити не можна.
hint-language = Мова, якою я з вами розмовляю.

value-auto = авто
value-random = випадковий
value-nothing = немає
value-yes = так
value-no = ні
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = як у Telegram

button-back = ‹ Назад
button-close = Закрити
button-reset = Скинути все
button-type = ✏️ Ввести
button-clear = Очистити
button-random = 🎲 Випадковий

settings-saved = Збережено.
settings-reset = Налаштування скинуто.
settings-closed = Налаштування закрито.
settings-bad-value = Таке значення тут не підходить.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = Чого не має бути на ваших картинках? <a href="{ $link }">Дайте відповідь на це повідомлення</a> негативним промптом.
settings-ask-seed = Який сід? <a href="{ $link }">Дайте відповідь на це повідомлення</a> числом від 0 до { $limit }.
settings-negative-saved = Негативний промпт: { $value }
settings-negative-cleared = Негативний промпт очищено.
settings-negative-too-long = { $limit ->
    [one] Задовго: можна не більше ніж { $limit } знак. Дайте відповідь ще раз, коротше.
    [few] Задовго: можна не більше ніж { $limit } знаки. Дайте відповідь ще раз, коротше.
   *[many] Задовго: можна не більше ніж { $limit } знаків. Дайте відповідь ще раз, коротше.
}
settings-seed-saved = Сід: { $value }.
settings-seed-cleared = Сід знову випадковий.
settings-seed-bad = Це не сід. Дайте відповідь ще раз числом від 0 до { $limit }.
settings-no-person = Налаштування є лише в особистих акаунтів, а ви пишете від імені каналу чи як анонімний адміністратор. Напишіть від себе або додайте параметри до команди, наприклад <code>--ar 16:9</code>.
settings-text-needed = Дайте відповідь ще раз, текстом.

## Follow-up words, and strength

setting-follow-up = Наступні слова
hint-follow-up = Що означають ваші наступні слова в особистому чаті, якщо це не відповідь. Автоматично: модель, яка вміє змінювати, змінює картинку, не старшу за 15 хвилин, решта малюють нову. З --new завжди малюється нова.
value-follow-up-auto = автоматично
value-follow-up-change = змінювати останню картинку
value-follow-up-new = малювати нову
hint-strength = Наскільки змінити вихідне зображення: що менше, то ближче до нього.
setting-mask = Маска
setting-expand = Розширення
## Prompt help

setting-translate = Перекладати промпти
setting-enhance = Покращувати промпти
hint-translate = Якщо модель не розуміє мови промпту, його буде перекладено.
hint-enhance = Чат-модель додає до промпту деталі перед малюванням.
