### /key: Schlüssel, die Leute für Modelle mitbringen.

# $model: the id of a model; $valid: ids of models
key-help =
    Male mit deinem eigenen API-Schlüssel: <code>/key { $model } DEIN_SCHLÜSSEL</code>
    Entfernen: <code>/key { $model } off</code>

    Dein Schlüssel wird verschlüsselt gespeichert, geht nur an seinen eigenen Dienst und wird nie angezeigt. Bilder damit werden deinem Konto dort berechnet.

    Diese Modelle nehmen einen an: { $valid }
key-usage = Der Schlüssel kommt hinter das Modell: <code>/key { $model } DEIN_SCHLÜSSEL</code>. Deinen entfernen: <code>/key { $model } off</code>
key-unknown = „{ $wanted }“ nimmt keinen Schlüssel an. Diese Modelle schon: { $valid }
# $host: the server to which the key goes
key-malformed = Das sieht nicht nach einem Schlüssel für { $host } aus. Kopiere ihn noch einmal, ohne Leerzeichen.
key-other-service = Das sieht nach einem Schlüssel für { $service } aus. Hier wäre er an { $host } gegangen, darum habe ich ihn nicht behalten.
key-kept =
    🔑 Dein Schlüssel für { $host } ist verschlüsselt gespeichert. Ich nutze ihn nur dort, zum Malen mit: { $models }

    Diese Bilder werden deinem Konto berechnet. Schlüssel entfernen: <code>/key { $model } off</code>
key-removed = Dein Schlüssel für { $host } wurde gelöscht.
key-none-there = Du hast keinen Schlüssel für { $host }.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), hinzugefügt am { $added }: dort abgelehnt. Schick einen anderen oder entferne ihn.
    [unreadable] 🔑 { $models } ({ $host }): nicht mehr lesbar. Schick ihn noch einmal oder entferne ihn.
   *[works] 🔑 { $models } ({ $host }), hinzugefügt am { $added }
}
key-nothing-takes-one = Hier nimmt kein Modell einen eigenen Schlüssel an.
key-off = Dieser Bot nimmt keine eigenen API-Schlüssel an.
key-in-private = Schlüssel gehören in unseren privaten Chat. Falls in der Nachricht einer stand, erzeuge einen neuen: Andere könnten ihn gesehen haben.
key-unreadable = Diesen Befehl kann ich nicht mehr lesen. Bitte schick ihn noch einmal.
key-not-deleted = ⚠️ Ich konnte deine Nachricht nicht löschen. Bitte lösche sie selbst: Der Schlüssel steht darin.

failure-own-key-refused = { $model } hat deinen Schlüssel abgelehnt, oder er hat keinen Zugang zu diesem Modell. Schick mit /key einen anderen oder wähle ein anderes Modell.
failure-own-key-quota = Dein Konto für { $model } hat kein Guthaben oder Kontingent mehr. Lade es auf oder wähle ein anderes Modell.
failure-own-key-gone = Dein Schlüssel für { $model } ist nicht mehr da. Schick ihn mit /key noch einmal oder wähle ein anderes Modell.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } konnte das nicht für dich malen. Frag mich in unserem privaten Chat noch einmal, dort steht der Grund.
reason-own-key-refused = dein Schlüssel wurde abgelehnt
reason-own-key-quota = dein Konto hat kein Guthaben mehr
reason-own-key-gone = dein Schlüssel ist nicht mehr da
reason-own-key = Näheres im privaten Chat
