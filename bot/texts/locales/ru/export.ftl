### Избранное, и всё своё с собой.

button-star = ☆
button-starred = ★
favourite-added = ★ Добавлено в избранное. Смотрите в /history.
favourite-removed = Убрано из избранного.
button-favourites = ★ Избранное
button-all-pictures = Все картинки
history-favourites = <b>Избранное</b> <code>{ $words }</code>, сначала новые. Нажмите на номер, чтобы увидеть действия.
history-no-favourites = В избранном пока пусто. Нажмите ☆ под картинкой.

export-in-private = Отправьте /export в нашем личном чате.
export-wait = Вы только что получили выгрузку. Попробуйте ещё раз через минуту.
export-empty = Выгружать пока нечего. Пришлите промпт, чтобы начать.
export-file = { $count ->
    [one] Ваши промпты и параметры: { $count } картинка.
    [few] Ваши промпты и параметры: { $count } картинки.
   *[many] Ваши промпты и параметры: { $count } картинок.
}
export-more = Часть { $part }, ещё ваши картинки.
export-pictures = { $count ->
    [one] В Telegram ещё хранится { $count } ваша картинка.
    [few] В Telegram ещё хранятся { $count } ваши картинки.
   *[many] В Telegram ещё хранится { $count } ваших картинок.
} Картинки из сетки считаются, если вы открывали их по отдельности.
button-export-pictures = { $count ->
    [one] 🖼 Прислать { $count } картинку
    [few] 🖼 Прислать { $count } картинки
   *[many] 🖼 Прислать { $count } картинок
}
export-sent = { $count ->
    [one] Отправлена { $count } картинка.
    [few] Отправлены { $count } картинки.
   *[many] Отправлено { $count } картинок.
}
export-lost = { $count ->
    [one] { $count } картинки в Telegram больше нет.
    [few] { $count } картинок в Telegram больше нет.
   *[many] { $count } картинок в Telegram больше нет.
}
export-left = { $count ->
    [one] Осталась ещё { $count }.
    [few] Осталось ещё { $count }.
   *[many] Осталось ещё { $count }.
}
