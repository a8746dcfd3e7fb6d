### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Вам більше не можна користуватися цим ботом.{ $reason }
banned-until = Вам не можна користуватися цим ботом до { $until } UTC.{ $reason }
refused-banned = Зараз вам не можна користуватися цим ботом.
refused-maintenance = Я на обслуговуванні. { $sentence }
refused-model-off = Модель { $model } вимкнено. { $sentence }
failure-switched-off = Модель { $model } вимкнено. Виберіть іншу.
reason-switched-off = вимкнено оператором
operator-message =
    <b>Повідомлення від оператора бота:</b>
    { $words }

## Buttons

button-period-today = Сьогодні
button-period-week = 7 днів
button-period-month = 30 днів
button-chart = 📈 Графік
button-models = Моделі
button-audit = Журнал
button-pause = ⏸ Зупинити бота
button-resume = ▶️ Продовжити
button-ban = 🚫 Заблокувати
button-ban-days = { $days ->
    [one] 🚫 { $days } день
    [few] 🚫 { $days } дні
   *[many] 🚫 { $days } днів
}
button-unban = Розблокувати
button-exempt = Без обмежень
button-limits-default = Звичайні обмеження

## Statistics

admin-usage = <b>З { $since } UTC</b>
admin-paused = ⏸ <b>Бота зупинено:</b> { $sentence }
admin-requests = <b>Запити:</b> { $counts }
admin-pictures = <b>Картинки:</b> { $counts }
admin-people = <b>Люди:</b> активних { $active }, нових { $new }
admin-times = <b>Очікування (p50 / p95):</b> { $wait } · <b>Малювання:</b> { $draw }
admin-seconds = { $seconds } с
admin-models = <b>Моделі:</b> { $counts }
admin-chats = <b>Чати:</b> { $counts }
admin-cost = <b>Вартість:</b> { $total } { $counts }
admin-own-keys = <b>Зі своїми ключами:</b> { $counts }
admin-failures = <b>Помилки:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = чекає
outcome-drawing = малюється
outcome-drawn = намальовано
outcome-delivered = доставлено
outcome-failed = не вдалося
outcome-cancelled = скасовано
outcome-undeliverable = не вдалося доставити

## Models and the log

admin-switches = { $count ->
    [one] <b>Моделі:</b> увімкнено { $count }. Натисніть, щоб перемкнути. З поясненням: <code>/admin off MODEL текст</code>
   *[other] <b>Моделі:</b> увімкнено { $count }. Натисніть, щоб перемкнути. З поясненням: <code>/admin off MODEL текст</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = Моделі «{ $model }» немає.
admin-audit = <b>Дії операторів</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } ({ $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Запити за 30 днів:</b> { $counts }
admin-person-cost = <b>Вартість:</b> { $day } за 24 години, { $month } за 30 днів
admin-person-exempt = Без обмежень.
admin-person-limits = Власні обмеження на день: запити { $limit }, вартість { $cost }
admin-person-banned = 🚫 Блокування до { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d причина</code>
    <code>/admin limit { $id } 50 1.5</code> (запити й вартість на день)
    <code>/admin message { $id } текст</code>
admin-for-good = скасування
admin-banned = { $id }: блокування до { $until }.
admin-ban-oneself = Заблокувати себе не можна.
admin-ban-operator = Це оператор. Спершу приберіть його id з ADMIN_IDS.
admin-nobody = Я не знаю нікого з іменем { $who }. Вкажіть id або дайте відповідь на переслане повідомлення.
admin-hidden = Telegram приховує автора цього повідомлення. Вкажіть id.
admin-message-sent = Надіслано.
admin-message-failed = Не надіслано: { $reason }
admin-orders = Надішліть щось із цього:
    <code>/admin</code>
    <code>/admin 12345</code> чи <code>@name</code>, або відповідь /admin на переслане повідомлення
    <code>/admin ban 12345 7d причина</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 текст</code>
    <code>/admin off MODEL текст</code>, <code>/admin on MODEL</code>
    <code>/admin pause текст</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Скарга
button-reports = 🚩 Скарги: { $count }
button-report-delete = 🗑 Видалити
button-report-ban = 🚫 Видалити й заблокувати
button-report-dismiss = Відхилити
report-taken = Дякую. Цю картинку перевірять.
report-known = На цю картинку вже поскаржилися.
report-too-many = На сьогодні досить. Решту надішліть завтра.
report-nothing = Дайте відповідь командою /report на мою картинку.
report-card =
    🚩 <b>Скарга:</b> запит { $request } ({ $model }), автор { $person }, чат { $chat }, від { $by }
    { $prompt }
report-in-group =
    🚩 <b>Скарга учасника:</b> { $prompt }
    { $link }
report-deleted = Видалено.
report-banned = Видалено, автора заблоковано.
report-dismissed = Відхилено.
report-decided = Рішення вже прийнято.
report-gone = Цієї картинки більше немає.

## Output check

failure-output-refused = Те, що вийшло з цього промпту, показувати не можна. Перефразуйте його.
failure-output-unchecked = Зараз картинки не можна перевірити, тому показати їх не можу. Спробуйте пізніше.
reason-output-refused = показувати не можна
reason-output-unchecked = не вдалося перевірити

## Broadcasts

button-broadcast-test = Надіслати мені
button-broadcast-start = ▶️ Почати
button-broadcast-pause = ⏸ Пауза
button-broadcast-stop = ⏹ Припинити
button-broadcasts-off = 🔕 Більше не надсилати
button-broadcasts-on = 🔔 Знову надсилати
broadcasts-off = Таких повідомлень більше не буде.
broadcasts-on = Такі повідомлення знову надходитимуть.
broadcast-usage = Дайте відповідь на повідомлення командою <code>/broadcast 30</code>: усі, хто користувався мною за останні 30 днів, отримають його копію.
broadcast-nobody = Отримувати нікому: за цей час мною ніхто не користувався.
broadcast-draft = { $count ->
    [one] Повідомлення отримає { $count } людина. Спершу надішліть його собі, потім починайте.
    [few] Повідомлення отримають { $count } людини. Спершу надішліть його собі, потім починайте.
   *[many] Повідомлення отримають { $count } людей. Спершу надішліть його собі, потім починайте.
}
broadcast-tested = Надіслано вам.
broadcast-test-failed = Скопіювати не вдається: { $reason }
broadcast-running = 📣 Розсилаю. Надіслано: { $sent }, заблокували мене: { $gone }, не вдалося: { $failed }
broadcast-paused = ⏸ Пауза. Надіслано: { $sent }, заблокували мене: { $gone }, не вдалося: { $failed }
broadcast-stopped = ⏹ Припинено. Надіслано: { $sent }, заблокували мене: { $gone }, не вдалося: { $failed }
broadcast-done = ✅ Готово. Надіслано: { $sent }, заблокували мене: { $gone }, не вдалося: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } не працює вже десять хвилин.
alert-unauthorized = ⚠️ { $model } не приймає API-ключ.
alert-key-refused = ⚠️ { $model } не приймає API-ключ { $key }. Решта ключів працює далі.
alert-payment = ⚠️ У { $model } закінчилися гроші на рахунку.
alert-cost = ⚠️ Витрачено { $percent } % сьогоднішнього бюджету на всіх (DAILY_COST).
alert-disk = ⚠️ На диску лишилося { $percent } %.
alert-webhook = ⚠️ Оновлення можуть не надходити: { $reason }.
alert-migration = ⚠️ Базу даних оновила новіша версія. Перезапустіть цей процес із нею.

## Credits

admin-person-credits = <b>Кредити:</b> куплено { $paid }, безкоштовних сьогодні { $free }, відкладено { $held }
button-refund = ↩️ Повернути { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Так, повернути { $stars } ⭐
admin-refund-sure = Повернути { $stars } ⭐ людині { $id }? Кредити буде списано: { $credits }; куплених лишиться { $left }.
# Behind admin-refund-sure
admin-refund-subscription = Підписка на цьому закінчиться: Telegram її більше не продовжить.
admin-refund-unknown = Такої оплати немає.
admin-refund-known = Цю оплату вже повернено або вона повертається.
admin-refund-asked = Прошу Telegram повернути { $stars } ⭐ людині { $id }. Напишу, чим скінчиться.
admin-refund-done = ↩️ { $stars } ⭐ повернено людині { $id }.
admin-refund-delayed = ⚠️ Поки не вдається повернути { $stars } ⭐ людині { $id }. Пробую далі. { $reason }
admin-refund-refused = ⚠️ Telegram не повертає { $stars } ⭐ людині { $id }; кредити знову в неї. { $reason }
operator-payment-banned = ⚠️ { $id } заблоковано, але сплачено { $stars } ⭐. Кредити зараховано. Повернути: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id }: сплачено { $stars } ⭐, невідомо за що. Повернути: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id }: сплачено { $stars } ⭐, хоча CREDITS більше не задано. Кредити нараховано. Повернути: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Про оплату</b>, від { $id }: { $words }
    Відповісти: <code>/admin message { $id } текст</code>
