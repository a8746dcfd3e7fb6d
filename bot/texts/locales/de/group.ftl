### What the admins of a group choose for it, with /group.

group-menu =
    <b>Gruppeneinstellungen</b>
    Diese Einstellungen gelten für alle in dieser Gruppe.
channel-menu =
    <b>Kanaleinstellungen</b>
    Diese Einstellungen gelten für Beiträge in diesem Kanal.
group-privacy =
    Der Privatsphäre-Modus ist an: Ich sehe hier nur Befehle und Antworten an mich, nicht <code>@{ $username } ein Fuchs</code>. Mach mich zum Admin, damit auch das geht.
group-only-groups = Das ist für Gruppen: Füge mich zu einer hinzu und schick dort /group.
group-admins-only = Das können nur Admins dieser Gruppe ändern.

group-who = Wer malen darf
group-models = Modelle
group-default = Standardmodell
group-cooldown = Wartezeit
group-spoiler = Spoiler
group-language = Sprache
group-posts = Für Beiträge malen

group-hint-who = Wer in dieser Gruppe Bilder anfordern darf.
group-hint-models = Modelle mit Häkchen sind in dieser Gruppe erlaubt. Zum Umschalten tippen.
group-hint-default = Das Modell für Mitglieder, die selbst keines gewählt haben.
group-hint-cooldown = Wie lange jedes Mitglied zwischen zwei Bildern wartet. Admins müssen nicht warten.
group-hint-language = Die Sprache von allem, was alle sehen. Menüs bleiben in der Sprache des jeweiligen Mitglieds.

group-who-everyone = alle
group-who-admins = nur Admins
group-who-people = Personen, keine Kanäle
group-models-all = alle
group-default-operator = wie im Bot
group-language-each = die des Mitglieds
group-button-all = Alle erlauben
group-button-operator = Wie im Bot

value-none = keine
value-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
value-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
