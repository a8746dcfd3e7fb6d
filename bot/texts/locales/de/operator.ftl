### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = Du kannst diesen Bot nicht mehr benutzen.{ $reason }
banned-until = Du kannst diesen Bot bis { $until } UTC nicht benutzen.{ $reason }
refused-banned = Du kannst diesen Bot zurzeit nicht benutzen.
refused-maintenance = Ich werde gerade gewartet. { $sentence }
refused-model-off = { $model } ist abgeschaltet. { $sentence }
failure-switched-off = { $model } ist abgeschaltet. Wähle ein anderes Modell.
reason-switched-off = vom Betreiber abgeschaltet
operator-message =
    <b>Eine Nachricht vom Betreiber des Bots:</b>
    { $words }

## Buttons

button-period-today = Heute
button-period-week = 7 Tage
button-period-month = 30 Tage
button-chart = 📈 Diagramm
button-models = Modelle
button-audit = Protokoll
button-pause = ⏸ Bot anhalten
button-resume = ▶️ Fortsetzen
button-ban = 🚫 Sperren
button-ban-days = { $days ->
    [one] 🚫 { $days } Tag
   *[other] 🚫 { $days } Tage
}
button-unban = Sperre aufheben
button-exempt = Ohne Limits
button-limits-default = Standardlimits

## Statistics

admin-usage = <b>Seit { $since } UTC</b>
admin-paused = ⏸ <b>Der Bot ist angehalten:</b> { $sentence }
admin-requests = <b>Anfragen:</b> { $counts }
admin-pictures = <b>Bilder:</b> { $counts }
admin-people = <b>Personen:</b> { $active } aktiv, { $new } neu
admin-times = <b>Wartezeit (p50 / p95):</b> { $wait } · <b>Malen:</b> { $draw }
admin-seconds = { $seconds } s
admin-models = <b>Modelle:</b> { $counts }
admin-chats = <b>Chats:</b> { $counts }
admin-cost = <b>Kosten:</b> { $total } { $counts }
admin-own-keys = <b>Mit eigenen Schlüsseln:</b> { $counts }
admin-failures = <b>Fehler:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = wartend
outcome-drawing = in Arbeit
outcome-drawn = gemalt
outcome-delivered = zugestellt
outcome-failed = misslungen
outcome-cancelled = abgebrochen
outcome-undeliverable = unzustellbar

## Models and the log

admin-switches = { $count ->
    [one] <b>Modelle:</b> { $count } ist an. Tippe zum Umschalten. Mit Begründung für alle: <code>/admin off MODELL Satz</code>
   *[other] <b>Modelle:</b> { $count } sind an. Tippe zum Umschalten. Mit Begründung für alle: <code>/admin off MODELL Satz</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = Ein Modell „{ $model }“ gibt es nicht.
admin-audit = <b>Was Betreiber getan haben</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (von { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Anfragen in 30 Tagen:</b> { $counts }
admin-person-cost = <b>Kosten:</b> { $day } in 24 Stunden, { $month } in 30 Tagen
admin-person-exempt = Ohne Limits.
admin-person-limits = Eigene Limits pro Tag: { $limit } Anfragen, Kosten { $cost }
admin-person-banned = 🚫 Gesperrt bis { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d Grund</code>
    <code>/admin limit { $id } 50 1.5</code> (Anfragen und Kosten pro Tag)
    <code>/admin message { $id } Text</code>
admin-for-good = auf Weiteres
admin-banned = { $id } ist gesperrt bis { $until }.
admin-ban-oneself = Dich selbst kannst du nicht sperren.
admin-ban-operator = Das ist ein Betreiber. Nimm die ID zuerst aus ADMIN_IDS.
admin-nobody = Ich kenne niemanden namens { $who }. Nimm die ID oder antworte auf eine weitergeleitete Nachricht.
admin-hidden = Telegram verbirgt, wer diese Nachricht geschrieben hat. Nimm die ID.
admin-message-sent = Gesendet.
admin-message-failed = Nicht gesendet: { $reason }
admin-orders = Schick eines davon:
    <code>/admin</code>
    <code>/admin 12345</code> oder <code>@name</code>, oder antworte mit /admin auf eine weitergeleitete Nachricht
    <code>/admin ban 12345 7d Grund</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 Text</code>
    <code>/admin off MODELL Satz</code>, <code>/admin on MODELL</code>
    <code>/admin pause Satz</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Melden
button-reports = 🚩 Meldungen: { $count }
button-report-delete = 🗑 Löschen
button-report-ban = 🚫 Löschen und sperren
button-report-dismiss = Verwerfen
report-taken = Danke. Jemand wird sich dieses Bild ansehen.
report-known = Dieses Bild wurde schon gemeldet.
report-too-many = Das reicht für heute. Melde weitere bitte morgen.
report-nothing = Antworte mit /report auf eines meiner Bilder.
report-card =
    🚩 <b>Gemeldet:</b> Anfrage { $request } ({ $model }) von { $person } in { $chat }, gemeldet von { $by }
    { $prompt }
report-in-group =
    🚩 <b>Von einem Mitglied gemeldet:</b> { $prompt }
    { $link }
report-deleted = Gelöscht.
report-banned = Gelöscht, und die Person ist gesperrt.
report-dismissed = Verworfen.
report-decided = Darüber wurde schon entschieden.
report-gone = Dieses Bild gibt es nicht mehr.

## Output check

failure-output-refused = Was aus diesem Prompt geworden ist, darf ich nicht zeigen. Formuliere ihn um.
failure-output-unchecked = Bilder können gerade nicht geprüft werden, deshalb darf ich sie nicht zeigen. Bitte versuch es später noch einmal.
reason-output-refused = darf nicht gezeigt werden
reason-output-unchecked = konnte nicht geprüft werden

## Broadcasts

button-broadcast-test = An mich senden
button-broadcast-start = ▶️ Starten
button-broadcast-pause = ⏸ Pause
button-broadcast-stop = ⏹ Abbrechen
button-broadcasts-off = 🔕 Solche Nachrichten abbestellen
button-broadcasts-on = 🔔 Solche Nachrichten wieder bekommen
broadcasts-off = Du bekommst keine solchen Nachrichten mehr.
broadcasts-on = Du bekommst solche Nachrichten wieder.
broadcast-usage = Antworte auf die Nachricht mit <code>/broadcast 30</code>: Alle, die mich in den letzten 30 Tagen benutzt haben, bekommen eine Kopie davon.
broadcast-nobody = Niemand würde sie bekommen: In dieser Zeit war niemand aktiv.
broadcast-draft = { $count ->
    [one] { $count } Person würde diese Nachricht bekommen. Schick sie erst dir selbst, dann starte.
   *[other] { $count } Personen würden diese Nachricht bekommen. Schick sie erst dir selbst, dann starte.
}
broadcast-tested = An dich gesendet.
broadcast-test-failed = Sie lässt sich nicht kopieren: { $reason }
broadcast-running = 📣 Wird gesendet. Gesendet: { $sent }, haben mich blockiert: { $gone }, misslungen: { $failed }
broadcast-paused = ⏸ Pause. Gesendet: { $sent }, haben mich blockiert: { $gone }, misslungen: { $failed }
broadcast-stopped = ⏹ Abgebrochen. Gesendet: { $sent }, haben mich blockiert: { $gone }, misslungen: { $failed }
broadcast-done = ✅ Fertig. Gesendet: { $sent }, haben mich blockiert: { $gone }, misslungen: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } ist seit zehn Minuten nicht erreichbar.
alert-unauthorized = ⚠️ { $model } hat den API-Schlüssel abgelehnt.
alert-key-refused = ⚠️ { $model } hat den API-Schlüssel { $key } abgelehnt. Die anderen Schlüssel arbeiten weiter.
alert-payment = ⚠️ Das Guthaben für { $model } ist aufgebraucht.
alert-cost = ⚠️ { $percent } % des heutigen Budgets für alle sind ausgegeben (DAILY_COST).
alert-disk = ⚠️ Auf der Festplatte sind noch { $percent } % frei.
alert-webhook = ⚠️ Updates kommen womöglich nicht an: { $reason }.
alert-migration = ⚠️ Eine neuere Version hat die Datenbank migriert. Starte diesen Prozess mit jener Version neu.

## Credits

admin-person-credits = <b>Guthaben:</b> gekauft { $paid }, heute kostenlos { $free }, reserviert { $held }
button-refund = ↩️ { $stars } ⭐ erstatten ({ $at })
button-refund-sure = ↩️ Ja, { $stars } ⭐ erstatten
admin-refund-sure = { $stars } ⭐ an { $id } erstatten? { $credits } Guthaben werden abgezogen; vom gekauften bleiben { $left }.
# Behind admin-refund-sure
admin-refund-subscription = Das Abo endet damit: Telegram verlängert es nicht mehr.
admin-refund-unknown = So eine Zahlung gibt es nicht.
admin-refund-known = Diese Zahlung ist schon erstattet oder wird es gerade.
admin-refund-asked = Telegram soll { $stars } ⭐ an { $id } erstatten. Ich melde, was daraus wird.
admin-refund-done = ↩️ { $stars } ⭐ wurden an { $id } erstattet.
admin-refund-delayed = ⚠️ { $stars } ⭐ an { $id } lassen sich noch nicht erstatten. Ich versuche es weiter. { $reason }
admin-refund-refused = ⚠️ Telegram erstattet { $stars } ⭐ an { $id } nicht; das Guthaben ist wieder da. { $reason }
operator-payment-banned = ⚠️ { $id } ist gesperrt und hat trotzdem { $stars } ⭐ bezahlt. Das Guthaben ist gutgeschrieben. Erstatten: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } hat { $stars } ⭐ bezahlt, und ich weiß nicht wofür. Erstatten: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } hat { $stars } ⭐ bezahlt, obwohl CREDITS nicht mehr gesetzt ist. Das Guthaben ist gutgeschrieben. Erstatten: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>Zu einer Zahlung</b>, von { $id }: { $words }
    Antworten: <code>/admin message { $id } Text</code>
