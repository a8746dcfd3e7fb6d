### Что читают операторы (ADMIN_IDS) в личных чатах, и что участники узнают об их решениях.

## Участникам

banned = Вам больше нельзя пользоваться этим ботом.{ $reason }
banned-until = Вам нельзя пользоваться этим ботом до { $until } UTC.{ $reason }
refused-banned = Сейчас вам нельзя пользоваться этим ботом.
refused-maintenance = Я на обслуживании. { $sentence }
refused-model-off = Модель { $model } выключена. { $sentence }
failure-switched-off = Модель { $model } выключена. Выберите другую.
reason-switched-off = выключена оператором
operator-message =
    <b>Сообщение от оператора бота:</b>
    { $words }

## Кнопки

button-period-today = Сегодня
button-period-week = 7 дней
button-period-month = 30 дней
button-chart = 📈 График
button-models = Модели
button-audit = Журнал
button-pause = ⏸ Остановить бота
button-resume = ▶️ Продолжить
button-ban = 🚫 Заблокировать
button-ban-days = { $days ->
    [one] 🚫 { $days } день
    [few] 🚫 { $days } дня
   *[many] 🚫 { $days } дней
}
button-unban = Разблокировать
button-exempt = Без ограничений
button-limits-default = Обычные ограничения

## Статистика

admin-usage = <b>С { $since } UTC</b>
admin-paused = ⏸ <b>Бот остановлен:</b> { $sentence }
admin-requests = <b>Запросы:</b> { $counts }
admin-pictures = <b>Картинки:</b> { $counts }
admin-people = <b>Люди:</b> активных { $active }, новых { $new }
admin-times = <b>Ожидание (p50 / p95):</b> { $wait } · <b>Рисование:</b> { $draw }
admin-seconds = { $seconds } с
admin-models = <b>Модели:</b> { $counts }
admin-chats = <b>Чаты:</b> { $counts }
admin-cost = <b>Стоимость:</b> { $total } { $counts }
admin-own-keys = <b>Со своими ключами:</b> { $counts }
admin-failures = <b>Ошибки:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = ждёт
outcome-drawing = рисуется
outcome-drawn = нарисовано
outcome-delivered = доставлено
outcome-failed = не удалось
outcome-cancelled = отменено
outcome-undeliverable = некому доставить

## Модели и журнал

admin-switches = { $count ->
    [one] <b>Модели:</b> включена { $count }. Нажмите, чтобы переключить. С объяснением: <code>/admin off MODEL текст</code>
    [few] <b>Модели:</b> включены { $count }. Нажмите, чтобы переключить. С объяснением: <code>/admin off MODEL текст</code>
   *[many] <b>Модели:</b> включено { $count }. Нажмите, чтобы переключить. С объяснением: <code>/admin off MODEL текст</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = Модели «{ $model }» нет.
admin-audit = <b>Действия операторов</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } ({ $by })

## Один человек

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Запросы за 30 дней:</b> { $counts }
admin-person-cost = <b>Стоимость:</b> { $day } за 24 часа, { $month } за 30 дней
admin-person-exempt = Без ограничений.
admin-person-limits = Свои ограничения в день: запросы { $limit }, стоимость { $cost }
admin-person-banned = 🚫 Блокировка до { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d причина</code>
    <code>/admin limit { $id } 50 1.5</code> (запросы и стоимость в день)
    <code>/admin message { $id } текст</code>
admin-for-good = отмены
admin-banned = { $id }: блокировка до { $until }.
admin-ban-oneself = Заблокировать себя нельзя.
admin-ban-operator = Это оператор. Сначала уберите его id из ADMIN_IDS.
admin-nobody = Я не знаю никого с именем { $who }. Укажите id или ответьте на пересланное сообщение.
admin-hidden = Telegram скрывает автора этого сообщения. Укажите id.
admin-message-sent = Отправлено.
admin-message-failed = Не отправлено: { $reason }
admin-orders = Отправьте что-то из этого:
    <code>/admin</code>
    <code>/admin 12345</code> или <code>@name</code>, или ответьте /admin на пересланное сообщение
    <code>/admin ban 12345 7d причина</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 текст</code>
    <code>/admin off MODEL текст</code>, <code>/admin on MODEL</code>
    <code>/admin pause текст</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Жалобы

button-report = 🚩 Жалоба
button-reports = 🚩 Жалобы: { $count }
button-report-delete = 🗑 Удалить
button-report-ban = 🚫 Удалить и заблокировать
button-report-dismiss = Отклонить
report-taken = Спасибо. Эту картинку проверят.
report-known = На эту картинку уже пожаловались.
report-too-many = На сегодня хватит. Остальное пришлите завтра.
report-nothing = Ответьте командой /report на мою картинку.
report-card =
    🚩 <b>Жалоба:</b> запрос { $request } ({ $model }), автор { $person }, чат { $chat }, пожаловался { $by }
    { $prompt }
report-in-group =
    🚩 <b>Жалоба участника:</b> { $prompt }
    { $link }
report-deleted = Удалено.
report-banned = Удалено, автор заблокирован.
report-dismissed = Отклонено.
report-decided = Решение уже принято.
report-gone = Этой картинки больше нет.

## Проверка картинок

failure-output-refused = То, что получилось, показывать нельзя. Перефразируйте промпт.
failure-output-unchecked = Сейчас картинки нельзя проверить, поэтому показать их не могу. Попробуйте позже.
reason-output-refused = показывать нельзя
reason-output-unchecked = не удалось проверить

## Рассылки

button-broadcast-test = Отправить мне
button-broadcast-start = ▶️ Начать
button-broadcast-pause = ⏸ Пауза
button-broadcast-stop = ⏹ Прекратить
button-broadcasts-off = 🔕 Больше не присылать
button-broadcasts-on = 🔔 Снова присылать
broadcasts-off = Таких сообщений больше не будет.
broadcasts-on = Такие сообщения снова будут приходить.
broadcast-usage = Ответьте на сообщение командой <code>/broadcast 30</code>: все, кто пользовался мной в последние 30 дней, получат его копию.
broadcast-nobody = Получать некому: за это время мной никто не пользовался.
broadcast-draft = { $count ->
    [one] Сообщение получит { $count } человек. Сначала отправьте его себе, потом начинайте.
    [few] Сообщение получат { $count } человека. Сначала отправьте его себе, потом начинайте.
   *[many] Сообщение получат { $count } человек. Сначала отправьте его себе, потом начинайте.
}
broadcast-tested = Отправлено вам.
broadcast-test-failed = Скопировать не получается: { $reason }
broadcast-running = 📣 Рассылаю. Отправлено: { $sent }, заблокировали меня: { $gone }, не удалось: { $failed }
broadcast-paused = ⏸ Пауза. Отправлено: { $sent }, заблокировали меня: { $gone }, не удалось: { $failed }
broadcast-stopped = ⏹ Прекращено. Отправлено: { $sent }, заблокировали меня: { $gone }, не удалось: { $failed }
broadcast-done = ✅ Готово. Отправлено: { $sent }, заблокировали меня: { $gone }, не удалось: { $failed }

## Предупреждения

alert-model-down = ⚠️ { $model } не работает уже десять минут.
alert-unauthorized = ⚠️ { $model } не принимает API-ключ.
alert-key-refused = ⚠️ { $model } не принимает API-ключ { $key }. Остальные ключи продолжают работать.
alert-payment = ⚠️ У { $model } закончились деньги на счёте.
alert-cost = ⚠️ Потрачено { $percent } % сегодняшнего бюджета на всех (DAILY_COST).
alert-disk = ⚠️ На диске осталось { $percent } %.
alert-webhook = ⚠️ Обновления могут не приходить: { $reason }.
alert-migration = ⚠️ Базу данных обновила более новая версия. Перезапустите этот процесс с ней.

## Credits

admin-person-credits = <b>Кредиты:</b> куплено { $paid }, бесплатных сегодня { $free }, отложено { $held }
button-refund = ↩️ Вернуть { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Да, вернуть { $stars } ⭐
admin-refund-sure = Вернуть { $stars } ⭐ человеку { $id }? Кредиты будут списаны: { $credits }; купленных останется { $left }.
# Behind admin-refund-sure
admin-refund-subscription = Подписка на этом закончится: Telegram не станет её продлевать.
admin-refund-unknown = Такой оплаты нет.
admin-refund-known = Эта оплата уже возвращена или возвращается.
admin-refund-asked = Прошу Telegram вернуть { $stars } ⭐ человеку { $id }. Напишу, чем кончится.
admin-refund-done = ↩️ { $stars } ⭐ возвращены человеку { $id }.
admin-refund-delayed = ⚠️ Пока не получается вернуть { $stars } ⭐ человеку { $id }. Пробую дальше. { $reason }
admin-refund-refused = ⚠️ Telegram не возвращает { $stars } ⭐ человеку { $id }; кредиты снова у него. { $reason }
operator-payment-banned = ⚠️ { $id } заблокирован, но заплатил { $stars } ⭐. Кредиты зачислены. Вернуть: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } заплатил { $stars } ⭐ неизвестно за что. Вернуть: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } заплатил { $stars } ⭐, хотя CREDITS больше не задан. Кредиты начислены. Вернуть: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Об оплате</b>, от { $id }: { $words }
    Ответить: <code>/admin message { $id } текст</code>
