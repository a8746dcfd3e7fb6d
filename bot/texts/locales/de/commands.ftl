### The command menu, and what /start and /help say.

command-imagine = Bild aus Text erstellen
command-history = Deine Bilder
command-forget = Meine Daten löschen
command-model = Modell wählen
command-settings = Seitenverhältnis, Schritte, Seed, Sprache…
command-group = Gruppeneinstellungen (für Admins)
command-cancel = Bild abbrechen
command-help = Hilfe
command-balance = Dein Guthaben
command-buy = Guthaben kaufen
command-paysupport = Hilfe bei Zahlungen
command-terms = Verkaufsbedingungen

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Ich male Bilder aus Text. Schick mir einen Prompt, etwa „ein Rotfuchs schläft im frischen Schnee“, und sieh zu, wie das Bild entsteht.

    Füge mich zu einer Gruppe hinzu, und alle dort können mit /imagine Bilder malen lassen.
# On the bot's page, at most 120 characters.
bot-short-description = Prompt schicken, Bild bekommen. Auch in Gruppen: /imagine

start =
    Hallo, { $name }! Ich male Bilder aus Text.

    Schreib einfach, was du sehen möchtest, zum Beispiel:

    <code>{ $example }</code>

    Oder tippe auf den Button, und ich male genau das. Mehr dazu: /help
start-group =
    Hallo! Ich male Bilder aus Text. Alle hier können das nutzen:

    <code>/imagine { $example }</code>
button-example = 🎨 Malen

help =
    <b>Bilder malen</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] In diesem Chat geht es auch ohne den Befehl.
       *[no] In Gruppen ist der Befehl nötig.
    } Antworte auf eines meiner Bilder mit einem neuen Prompt, um es zu ändern. Antworte mit <code>/imagine</code> auf eine Nachricht, um ihren Text zu malen. Schick ein Foto mit <code>/imagine</code> in der Bildunterschrift, um es als Ausgangsbild zu verwenden (wenn das Modell das kann).

    <b>Optionen</b>, an beliebiger Stelle im Prompt
    <code>--ar 16:9</code> Seitenverhältnis
    <code>--size 1024x768</code> Größe in Pixeln
    <code>--n 4</code> Anzahl der Bilder, 1 bis 9
    <code>--no Text, Menschen</code> negativer Prompt: was nicht im Bild sein soll
    <code>--seed 7</code> gleicher Seed und Prompt, gleiches Bild
    <code>--steps 20</code> mehr Schritte: mehr Details, mehr Zeit
    <code>--cfg 4.5</code> Guidance: wie genau dem Prompt gefolgt wird
    <code>--model { $model }</code> Modell für dieses Bild
    <code>--style oil</code> Stil; siehe Stil in /settings
    <code>{ "{" }roter, blauer{ "}" } Fuchs</code> ein Bild für jede Möglichkeit

    <b>Befehle</b>
    /model: Modell wählen
    /settings: deine Voreinstellungen und die Sprache
    /history: deine Bilder; <code>/history Fuchs</code> zum Suchen
    /cancel: dein Bild abbrechen
    /export: deine Prompts und Bilder bekommen
    /forget: deine Daten löschen

    Aktuelles Modell: { $label }.

cancel-done = Abgebrochen.
cancel-nothing = Hier gibt es nichts abzubrechen.
cancel-ended = Dieses Bild ist schon fertig.
cancel-not-yours = Abbrechen kann nur, wer das Bild angefordert hat, oder ein Admin.
cancel-unknown = Dieses Bild kenne ich nicht. Um eines abzubrechen, antworte darauf mit /cancel.

press-not-yours = Das ist nicht dein Bild. Schick /imagine, um ein eigenes zu bekommen.
press-menu-not-yours = Dieses Menü gehört jemand anderem. Deines öffnest du mit { $command }.
press-outdated = Dieser Button ist zu alt. Schick den Befehl bitte noch einmal.
press-accepted = Mach ich!
press-once = Bin schon dabei.
press-sending = Wird gesendet!
press-picture-gone = Das Bild ist in voller Größe nicht mehr da. Tippe auf „Nochmal“ für ein neues.
press-stopping = Wird abgebrochen…
press-not-allowed = Dieser Bot ist privat.
command-unknown = Diesen Befehl kenne ich nicht. Siehe /help.
# The message has other buttons by now
press-button-gone = Diesen Button gibt es nicht mehr. Nimm bitte einen von denen, die jetzt da sind.
# To the operators. $old and $new: ids
operator-chat-moved = Eine Gruppe aus ALLOWED_CHATS ist zur Supergruppe geworden; ihre ID hat sich von <code>{ $old }</code> zu <code>{ $new }</code> geändert. Sie funktioniert weiter; trag bitte die neue ID in ALLOWED_CHATS ein.
command-describe = Prompt zu einem Foto schreiben
command-upscale = Foto hochskalieren
command-cutout = Hintergrund eines Fotos entfernen
command-animate = Ein Bild animieren (als Antwort darauf)
command-export = Meine Daten exportieren
command-admin = Statistik, Personen, Modelle (für Betreiber)
command-report = Ein Bild melden (antworte darauf)
command-broadcast = Nachricht an alle senden (für Betreiber; antworte darauf)
command-key = Mit eigenem API-Schlüssel malen
