### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = Bei { $model } gab es ein Problem. Versuch es noch einmal oder wähle ein anderes Modell.
failure-refused = { $model } hat diesen Prompt abgelehnt. Formuliere ihn um oder wähle ein anderes Modell.
failure-refused-detail = { $model } hat abgelehnt: „{ $detail }“ Formuliere den Prompt um oder wähle ein anderes Modell.
failure-quota = Das kostenlose Limit von { $model } ist erreicht. Versuch es später noch einmal oder wähle ein anderes Modell.
failure-quota-minutes = { $minutes ->
    [one] Das kostenlose Limit von { $model } ist erreicht. Versuch es in einer Minute noch einmal oder wähle ein anderes Modell.
   *[other] Das kostenlose Limit von { $model } ist erreicht. Versuch es in { $minutes } Minuten noch einmal oder wähle ein anderes Modell.
}
failure-quota-hours = { $hours ->
    [one] Das kostenlose Limit von { $model } ist erreicht. Versuch es in einer Stunde noch einmal oder wähle ein anderes Modell.
   *[other] Das kostenlose Limit von { $model } ist erreicht. Versuch es in { $hours } Stunden noch einmal oder wähle ein anderes Modell.
}
failure-payment = Das Guthaben für { $model } ist aufgebraucht; der Betreiber des Bots muss es aufladen. Wähle solange ein anderes Modell.
failure-content = { $model } malt das nicht: Es verstößt gegen die Inhaltsrichtlinien des Modells. Formuliere den Prompt um.
failure-content-detail = { $model } malt das nicht: „{ $detail }“ Formuliere den Prompt um.
failure-length = Dieser Prompt ist zu lang für { $model }. Kürze ihn oder wähle ein anderes Modell.
failure-parameter = { $model } unterstützt diese Einstellungen nicht. Ändere sie in /settings oder wähle ein anderes Modell.
failure-parameter-detail = { $model } unterstützt diese Einstellungen nicht: { $detail }. Ändere sie oder wähle ein anderes Modell.
failure-model-not-found = { $model } gibt es auf seinem Server nicht mehr; der Betreiber des Bots muss den Namen prüfen. Wähle solange ein anderes Modell.
failure-unauthorized = { $model } hat den API-Schlüssel abgelehnt; der Betreiber des Bots muss ihn prüfen. Wähle solange ein anderes Modell.
failure-cancelled = { $model } hat dieses Bild abgebrochen. Versuch es noch einmal oder wähle ein anderes Modell.
failure-unavailable = { $model } ist gerade nicht erreichbar. Versuch es in ein paar Minuten noch einmal oder wähle ein anderes Modell.
failure-bad-answer = { $model } hat ein ungültiges Bild geliefert. Versuch es noch einmal oder wähle ein anderes Modell.
failure-no-picture = { $model } ist fertig, hat aber kein Bild geliefert. Versuch es noch einmal oder wähle ein anderes Modell.
failure-other-server = Der Server von { $model } antwortet nicht richtig; der Betreiber des Bots muss die Adresse prüfen. Wähle solange ein anderes Modell.
failure-queue-deadline = { $model } ist überlastet: Du hast zu lange in der Warteschlange gewartet. Versuch es später noch einmal oder wähle ein anderes Modell.
failure-deadline = { $model } hat zu lange gebraucht. Versuch es noch einmal oder wähle ein anderes Modell.
failure-daily-cost = Hier höre ich auf: Ein weiterer Versuch kostet mehr, als dir für heute bleibt. Kostenlose Modelle gehen weiterhin.
failure-daily-cost-all = Hier höre ich auf: Ein weiterer Versuch kostet mehr, als vom heutigen Budget für alle übrig ist. Kostenlose Modelle gehen weiterhin.
failure-model-gone = { $model } wird hier nicht mehr angeboten. Wähle ein anderes Modell.
failure-input-picture = Dein Ausgangsbild ließ sich nicht öffnen. Schick es noch einmal als Foto.
failure-delivery = Das Bild ist fertig, aber Telegram hat es nicht angenommen. Versuch es noch einmal oder wähle eine kleinere Größe.
failure-no-rights = Ich darf dort nichts schreiben. Bitte einen Admin, mir Nachrichten und Fotos zu erlauben, und versuch es dann noch einmal.
failure-cache-chat = Ich kann hier kein Bild einfügen: Der Betreiber des Bots muss den Chat für Bilder prüfen.
failure-internal = Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal.

## One draw of several failed: the same, short, for the caption

reason-provider-error = das Modell hatte ein Problem
reason-refused = vom Modell abgelehnt
reason-quota = kostenloses Limit erreicht
reason-payment = Guthaben aufgebraucht
reason-content = gegen die Inhaltsrichtlinien des Modells
reason-parameter = Einstellungen vom Modell nicht unterstützt
reason-model-not-found = Modell auf seinem Server nicht vorhanden
reason-unauthorized = API-Schlüssel abgelehnt
reason-cancelled = vom Modell abgebrochen
reason-unavailable = Modell nicht erreichbar
reason-bad-answer = ungültige Antwort
reason-no-picture = kein Bild in der Antwort
reason-other-server = falscher Server unter seiner Adresse
reason-queue-deadline = Warteschlange zu lang
reason-deadline = hat zu lange gedauert
reason-daily-cost = für heute aufgebraucht
reason-daily-cost-all = heutiges Budget für alle aufgebraucht
reason-model-gone = Modell nicht mehr im Angebot
reason-input-picture = Ausgangsbild ließ sich nicht öffnen
reason-delivery = von Telegram nicht angenommen
reason-no-rights = dort darf ich nichts senden
reason-cache-chat = Chat für Bilder nicht erreichbar
reason-internal = bei mir ist etwas schiefgegangen

## Not accepted

refused-too-old = Entschuldige, ich war offline, als du das geschickt hast. Soll ich es jetzt malen?
refused-prompt-empty = Was soll ich malen? Schreib den Prompt hinter den Befehl: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = Es gibt kein Modell „{ $model }“. Verfügbar: { $valid }
refused-model-unavailable = { $model } ist gerade nicht verfügbar. Wähle mit /model ein anderes.
refused-no-input-picture = { $model } kann nicht von einem Bild ausgehen (Image-to-Image). Wähle mit /model ein anderes Modell oder lass das Bild weg.
refused-parameter = Mit diesem Modell geht das nicht: { $detail }.
refused-queue-full = { $limit ->
    [one] Bei dir wartet schon { $limit } Bild. Gib mir einen Moment oder brich es ab: /cancel
   *[other] Bei dir warten schon { $limit } Bilder. Gib mir einen Moment oder brich eines ab: /cancel
}
refused-daily-limit = { $limit ->
    [one] Dein Tageslimit ist erreicht: { $limit } Bild pro Tag. Versuch es später noch einmal.
   *[other] Dein Tageslimit ist erreicht: { $limit } Bilder pro Tag. Versuch es später noch einmal.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Das kostet mit { $model } { $cost }, und dir bleiben für heute { $left }. Kostenlose Modelle gehen weiterhin.
refused-daily-cost-all = Das kostet mit { $model } { $cost }, mehr als vom heutigen Budget für alle übrig ist. Kostenlose Modelle gehen weiterhin.
refused-credits = Das kostet mit { $model } { $cost }, und du hast noch { $left } Guthaben. Kauf welches nach oder nimm ein kostenloses Modell.
refused-blocked-words = Das kann ich hier nicht malen: Der Prompt enthält gesperrte Wörter. Bitte formuliere ihn um.
refused-model-not-allowed = { $model } ist in dieser Gruppe nicht erlaubt. Erlaubt: { $allowed }
refused-admins-only = In dieser Gruppe können nur Admins malen lassen. Im privaten Chat mit mir kannst du es auch.
refused-no-channels = In dieser Gruppe kann niemand im Namen eines Kanals malen lassen. Schreib unter deinem eigenen Namen.
refused-cooldown = { $seconds ->
    [one] Wartezeit: nächstes Bild in { $seconds } Sekunde.
   *[other] Wartezeit: nächstes Bild in { $seconds } Sekunden.
}
refused-cooldown-long = { $minutes ->
    [one] Wartezeit: nächstes Bild in { $minutes } Minute.
   *[other] Wartezeit: nächstes Bild in { $minutes } Minuten.
}
refused-request-gone = Dieses Bild habe ich nicht mehr. Fordere es bitte neu an, mit /imagine.

## Everything else

error-internal = Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal.
error-storage = Meine Datenbank ist gerade nicht erreichbar. Ich erledige das, sobald es geht.
error-not-allowed = Dieser Bot ist privat. Bitte den Betreiber um Zugang: Deine ID ist <code>{ $id }</code>.
error-input-size = Dieses Bild ist mir zu groß (höchstens 20 MB). Schick es als Foto.
error-not-a-picture = Als Ausgangsbild kann ich ein Foto verwenden, das hier aber nicht.

failure-out-of-memory = { $model } hat zu wenig Speicher. Nimm eine kleinere Größe oder weniger Schritte, oder wähle ein anderes Modell.
failure-too-large = Hochskaliert wäre dieses Bild zu groß. Schick ein kleineres.
failure-bad-video = { $model } hat ein ungültiges Video geliefert. Versuch es noch einmal oder wähle ein anderes Modell.
failure-video-too-long = Das Video von { $model } ist zu lang zum Senden.
failure-video-too-large = Das Video von { $model } ist zu groß für Telegram.
failure-no-video = { $model } hat ein Bild statt eines Videos geliefert. Animieren kann dieses Modell nicht.
failure-request-failed = { $model } kommt mit dieser Anfrage nicht zurecht. Ändere Größe, Schritte oder Prompt, oder wähle ein anderes Modell.
failure-no-workers = Kein Worker von { $model } kann das gerade malen. Versuch es später, nimm eine kleinere Größe oder wähle ein anderes Modell.
reason-out-of-memory = zu wenig Speicher
reason-too-large = das hochskalierte Bild wäre zu groß
reason-bad-video = ungültiges Video
reason-video-too-long = das Video war zu lang
reason-video-too-large = das Video war zu groß
reason-no-video = ein Bild statt eines Videos
reason-request-failed = Modell kommt mit der Anfrage nicht zurecht
reason-no-workers = kein Worker verfügbar

error-storage-picture = Meine Datenbank ist gerade nicht erreichbar. Dein Bild wird gemalt, sobald es geht.

# Below a failure: what the operator finds in the log
failure-number = Anfrage { $number }

refused-too-many-pictures = { $limit ->
    [one] Du hast { $count } Bilder angegeben, { $model } nimmt nur eines. Nimm weniger oder wähle ein anderes Modell.
   *[other] Du hast { $count } Bilder angegeben, { $model } nimmt höchstens { $limit }. Nimm weniger oder wähle ein anderes Modell.
}
refused-pictures-limit = Du hast { $count } Bilder angegeben; höchstens { $limit } sind möglich.
press-pictures-gone = Diese Bilder habe ich nicht mehr. Schick sie bitte noch einmal.
error-album-mixed = Als Ausgangsbilder kann ich Fotos verwenden, aber in diesem Album ist noch etwas anderes. Schick bitte nur die Fotos.

refused-no-mask = { $model } kann nichts mit Masken anfangen. Wähle ein anderes Modell oder beschreibe in Worten, was sich ändern soll.
refused-no-fill = { $model } kann Bilder nicht erweitern. Wähle ein anderes Modell.
refused-too-large = Hochskaliert hätte dieses Bild { $megapixels } Megapixel, höchstens { $limit } gehen. Nimm ein kleineres.
error-album-hidden = In dieser Gruppe zeigt mir Telegram nur das Foto mit dem Befehl, nicht das ganze Album. Schick das Album als Antwort auf eine meiner Nachrichten oder bitte einen Admin, mich hier zum Admin zu machen.
failure-blocked-words = Das kann ich hier nicht malen: Der übersetzte Prompt enthält gesperrte Wörter. Bitte formuliere ihn um.
reason-blocked-words = gesperrte Wörter im Prompt
