### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Ваші картинки</b>, спочатку нові. Натисніть номер, щоб відкрити дії.
    Пошук: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Ваші картинки</b> зі словами <code>{ $words }</code>, спочатку нові. Натисніть номер, щоб відкрити дії.
history-example = лисиця
history-empty = Картинок поки немає. Надішліть промпт, щоб почати.
history-nothing-found = За запитом «{ $words }» нічого не знайшлося. Усі картинки: /history
history-in-private = Ваші картинки — лише для вас. Надішліть /history в нашому особистому чаті.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Цієї картинки більше немає у вашій історії.
button-newer = ‹ Новіші
button-older = Старіші ›
button-full = 🖼 Повний розмір

forget-question =
    <b>Видалити всі ваші дані?</b>
    Я скасую ваші картинки в роботі й видалю налаштування, промпти та історію. Картинки в чатах лишаться, але їхні кнопки перестануть працювати. Скасувати видалення неможливо.
forget-in-private = Надішліть /forget у нашому особистому чаті.
forget-done = Ваші дані видалено. Щоб почати заново, просто надішліть промпт.
forget-kept = Нічого не видалено.
button-forget = 🗑 Видалити все
button-keep = Скасувати
