### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Поскаржитися на картинку (відповіддю на неї)
banned = Ви більше не можете користуватися цим ботом.{ $reason }
banned-until = Ви не можете користуватися цим ботом до { $until } UTC.{ $reason }
refused-banned = Зараз ви не можете користуватися цим ботом.
refused-maintenance = Я на обслуговуванні. { $sentence }
refused-model-off = Модель { $model } вимкнено. { $sentence }
failure-switched-off = Модель { $model } вимкнено. Виберіть іншу.
reason-switched-off = вимкнено оператором
operator-message =
    <b>Повідомлення від оператора бота:</b>
    { $words }
failure-output-refused = Те, що вийшло, показувати не можна. Перефразуйте промпт.
failure-output-unchecked = Зараз картинки не можна перевірити, тому показати їх не можу. Спробуйте пізніше.
reason-output-refused = показувати не можна
reason-output-unchecked = не вдалося перевірити
button-report = 🚩 Скарга
button-reports = 🚩 Скарги: { $count }
button-report-delete = 🗑 Видалити
button-report-dismiss = Відхилити
report-taken = Дякую. Цю картинку перевірять.
report-known = На цю картинку вже поскаржилися.
report-too-many = На сьогодні досить. Решту надішліть завтра.
report-nothing = Відповідайте командою /report на мою картинку.
report-in-group =
    🚩 <b>Скарга учасника:</b> { $prompt }
    { $link }
report-deleted = Видалено.
report-dismissed = Відхилено.
report-decided = Рішення вже прийнято.
report-gone = Цієї картинки більше немає.
button-broadcasts-off = 🔕 Більше не надсилати
button-broadcasts-on = 🔔 Знову надсилати
broadcasts-off = Таких повідомлень більше не буде.
broadcasts-on = Такі повідомлення знову надходитимуть.
