### A person's own settings.

settings-menu =
    <b>Deine Einstellungen</b>
    Sie gelten für alle deine Bilder in jedem Chat. Optionen, die du eintippst, haben Vorrang.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Heute noch für bezahlte Modelle: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } ignoriert das.

setting-model = Modell
setting-aspect-ratio = Seitenverhältnis
setting-steps = Schritte
setting-guidance = Guidance (CFG)
setting-negative = Negativer Prompt
setting-seed = Seed
setting-count = Bilder pro Anfrage
setting-document = Als Datei senden
setting-spoiler = Spoiler
setting-language = Sprache
setting-width = Breite
setting-height = Höhe
setting-image = Ausgangsbild
setting-strength = Stärke

hint-aspect-ratio = Breite zu Höhe.
hint-steps = Mehr Schritte: mehr Details, mehr Zeit.
hint-guidance = Wie genau dem Prompt gefolgt wird. Niedrig ist freier, hoch ist strenger.
hint-negative = Was auf deinen Bildern nicht zu sehen sein soll.
hint-seed = Gleicher Seed und gleicher Prompt ergeben das gleiche Bild.
hint-count = Wie viele Bilder auf einmal.
hint-document = Eine Datei behält jedes Pixel. Ein Foto ist sofort zu sehen.
hint-spoiler = Deine Bilder sind unscharf, bis jemand darauf tippt. Sie werden als Fotos gesendet, weil das mit Dateien nicht geht.
hint-language = Die Sprache, in der ich mit dir spreche.

value-auto = auto
value-random = zufällig
value-nothing = keiner
value-yes = ja
value-no = nein
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = wie in Telegram

button-back = ‹ Zurück
button-close = Schließen
button-reset = Alles zurücksetzen
button-type = ✏️ Eingeben
button-clear = Leeren
button-random = 🎲 Zufällig

settings-saved = Gespeichert.
settings-reset = Einstellungen zurückgesetzt.
settings-closed = Einstellungen geschlossen.
settings-bad-value = Dieser Wert ist hier nicht gültig.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = Was soll auf deinen Bildern nicht zu sehen sein? <a href="{ $link }">Antworte auf diese Nachricht</a> mit deinem negativen Prompt.
settings-ask-seed = Welcher Seed? <a href="{ $link }">Antworte auf diese Nachricht</a> mit einer Zahl von 0 bis { $limit }.
settings-negative-saved = Negativer Prompt: { $value }
settings-negative-cleared = Negativer Prompt gelöscht.
settings-negative-too-long = { $limit ->
    [one] Das ist zu lang: Erlaubt ist { $limit } Zeichen. Antworte bitte noch einmal, kürzer.
   *[other] Das ist zu lang: Erlaubt sind { $limit } Zeichen. Antworte bitte noch einmal, kürzer.
}
settings-seed-saved = Seed: { $value }.
settings-seed-cleared = Der Seed ist wieder zufällig.
settings-seed-bad = Das ist kein Seed. Antworte bitte noch einmal mit einer Zahl von 0 bis { $limit }.
settings-no-person = Einstellungen haben nur persönliche Konten, und du schreibst als Kanal oder anonymer Admin. Schreib als du selbst oder häng Optionen an den Befehl, etwa <code>--ar 16:9</code>.
settings-text-needed = Bitte antworte noch einmal, mit Text.

## Follow-up words, and strength

setting-follow-up = Folgenachrichten
hint-follow-up = Was dein nächster Text im privaten Chat bedeutet, wenn er keine Antwort ist. Automatisch: Ein Modell, das bearbeiten kann, ändert ein Bild, das jünger als 15 Minuten ist; jedes andere malt ein neues. Mit --new beginnt immer ein neues.
value-follow-up-auto = automatisch
value-follow-up-change = das letzte Bild ändern
value-follow-up-new = ein neues Bild malen
hint-strength = Wie stark ein Ausgangsbild geändert wird: Niedrig bleibt es erhalten, hoch wird es ignoriert.
setting-mask = Maske
setting-expand = Erweiterung
## Prompt help

setting-translate = Prompts übersetzen
setting-enhance = Prompts verbessern
hint-translate = Prompts in Sprachen, die ein Modell nicht versteht, werden dafür übersetzt.
hint-enhance = Ein Chatmodell ergänzt deine Prompts vor dem Malen um Details.
