### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = Ein Bild melden (als Antwort darauf)
banned = Du kannst diesen Bot nicht mehr nutzen.{ $reason }
banned-until = Du kannst diesen Bot bis { $until } UTC nicht nutzen.{ $reason }
refused-banned = Du kannst diesen Bot im Moment nicht nutzen.
refused-maintenance = Ich werde gerade gewartet. { $sentence }
refused-model-off = { $model } ist ausgeschaltet. { $sentence }
failure-switched-off = { $model } ist ausgeschaltet. Wähle ein anderes Modell.
reason-switched-off = vom Betreiber ausgeschaltet
operator-message =
    <b>Eine Nachricht vom Betreiber des Bots:</b>
    { $words }
failure-output-refused = Was aus diesem Prompt wurde, darf ich nicht zeigen. Formuliere ihn um.
failure-output-unchecked = Bilder können gerade nicht geprüft werden, deshalb darf ich sie nicht zeigen. Versuch es später noch einmal.
reason-output-refused = darf nicht gezeigt werden
reason-output-unchecked = konnte nicht geprüft werden
button-report = 🚩 Melden
button-reports = 🚩 Meldungen: { $count }
button-report-delete = 🗑 Löschen
button-report-dismiss = Verwerfen
report-taken = Danke. Jemand sieht sich dieses Bild an.
report-known = Dieses Bild wurde schon gemeldet.
report-too-many = Das reicht für heute. Melde weitere bitte morgen.
report-nothing = Antworte mit /report auf eines meiner Bilder.
report-in-group =
    🚩 <b>Von einem Mitglied gemeldet:</b> { $prompt }
    { $link }
report-deleted = Gelöscht.
report-dismissed = Verworfen.
report-decided = Darüber wurde schon entschieden.
report-gone = Dieses Bild gibt es nicht mehr.
button-broadcasts-off = 🔕 Keine solchen Nachrichten mehr
button-broadcasts-on = 🔔 Wieder solche Nachrichten
broadcasts-off = Du bekommst keine solchen Nachrichten mehr.
broadcasts-on = Du bekommst wieder solche Nachrichten.
