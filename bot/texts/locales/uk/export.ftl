### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Додано до вибраного. Дивіться в /history.
favourite-removed = Прибрано з вибраного.
button-favourites = ★ Вибране
button-all-pictures = Усі картинки
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Вибране</b> <code>{ $words }</code>, спочатку нові. Натисніть номер, щоб відкрити дії.
history-no-favourites = У вибраному поки порожньо. Натисніть ☆ під картинкою.

command-export = Експортувати мої дані
export-in-private = Надішліть /export у нашому особистому чаті.
export-wait = Ви щойно отримали експорт. Спробуйте ще раз за хвилину.
export-empty = Експортувати поки нічого. Надішліть промпт, щоб почати.
export-file = { $count ->
    [one] Ваші промпти й параметри: { $count } картинка.
    [few] Ваші промпти й параметри: { $count } картинки.
   *[many] Ваші промпти й параметри: { $count } картинок.
}
export-more = Частина { $part }, ще ваші картинки.
export-pictures = { $count ->
    [one] У Telegram ще зберігається { $count } ваша картинка.
    [few] У Telegram ще зберігаються { $count } ваші картинки.
   *[many] У Telegram ще зберігається { $count } ваших картинок.
} Картинки із сітки враховуються, якщо ви відкривали їх окремо.
button-export-pictures = { $count ->
    [one] 🖼 Надіслати { $count } картинку
    [few] 🖼 Надіслати { $count } картинки
   *[many] 🖼 Надіслати { $count } картинок
}
export-sent = { $count ->
    [one] Надіслано { $count } картинку.
    [few] Надіслано { $count } картинки.
   *[many] Надіслано { $count } картинок.
}
export-lost = { $count ->
    [one] { $count } картинки в Telegram більше немає.
    [few] { $count } картинок у Telegram більше немає.
   *[many] { $count } картинок у Telegram більше немає.
}
export-left = { $count ->
    [one] Лишилася ще { $count }.
    [few] Лишилося ще { $count }.
   *[many] Лишилося ще { $count }.
}
