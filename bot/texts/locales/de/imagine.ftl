### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Abbrechen
button-again = 🔁 Nochmal
button-vary = 🎲 Variieren
button-model = 🧠 Modell
button-copy = 📋 Prompt
button-retry = 🔁 Erneut versuchen
button-draw-now = 🎨 Jetzt malen
button-more = ⋯ Mehr
button-same-seed = 🌱 Gleicher Seed, anderes Modell
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Größe ×2: { $size }
button-shorten = ✂️ Kürzen

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = Warteschlange: Platz { $place }
progress-queued-next = Als Nächstes dran
progress-queued-unknown = In der Warteschlange
progress-starting = Es geht los…
progress-drawing = Wird gemalt
# $place: the position in the queue of the model's server
progress-drawing-queued = Warteschlange des Modells: Platz { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Neuer Versuch (Nr. { $attempt })
progress-sending = Bild wird gesendet
progress-sending-video = Video wird gesendet
# $done of $total pictures are drawn
progress-done = { $done } von { $total } fertig
# $time: minutes and seconds, like 1:30
progress-eta = noch etwa { $time }

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Wartet auf das Modell
status-loading = Modell wird geladen
status-drawing = Wird gemalt
status-finishing = Gleich fertig
# Like the steps of a diffusion run
status-step = Schritt { $step } von { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Von diesem Modell ignoriert: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = Seed { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = Ersatz für { $model }: { $reason }
caption-failed = { $count ->
    [one] { $count } Bild misslungen: { $reason }
   *[other] { $count } Bilder misslungen: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Von diesem Modell ignoriert: { $names }
# $number: of the picture in the grid
caption-full = Bild { $number }

## The end without a picture

cancelled = Abgebrochen.
ended-delivered = Fertig; das Bild ist in diesem Chat.
ended-failed = Das hat nicht geklappt.
ended-cancelled = Dieses Bild wurde abgebrochen.
ended-undeliverable = Das hat nicht geklappt: Das Bild konnte nicht gesendet werden.

## When there is nothing to draw yet

imagine-usage =
    Was soll ich malen? Schreib den Prompt hinter den Befehl:

    <code>/imagine { $example }</code>

    Oder antworte mit <code>/imagine</code> auf eine Nachricht, um ihren Text zu malen.
imagine-caption-usage =
    Schönes Foto! Antworte darauf mit einem Prompt:

    <code>/imagine { $example }</code>
example-prompt = ein Rotfuchs schläft im frischen Schnee, weiches Morgenlicht
# $words: of the prompt, in quotation marks
status-unknown-words = Dieses Modell kann { $words } nicht malen

## Buttons: one more picture, or the same one

button-same = 🌱 Gleicher Seed

## Edit

button-edit = ✏️ Ändern
# $link: marks the question, so that the answer is known
edit-ask = Was soll ich <a href="{ $link }">ändern</a>? Antworte auf diese Nachricht mit der Anweisung.
edit-words-needed = Sag mir in Worten, was sich ändern soll.

## Words without a reply

button-new-instead = 🆕 Lieber ein neues Bild
progress-changes = Das letzte Bild wird geändert
# $words: of the picture that is changed
progress-changes-words = Das letzte Bild wird geändert: „{ $words }“

## A photo without words

photo-menu = { $count ->
    [one] Schönes Foto! Was soll ich damit machen? Tippe auf einen Button oder antworte darauf mit einem Prompt.
   *[other] Schöne Fotos! Was soll ich damit machen? Tippe auf einen Button oder antworte auf eines mit einem Prompt.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = Stärke { $share }

## Masks

caption-mask-stretched = Die Maske hatte eine andere Form als das Bild und wurde darauf gestreckt.

## Back to the picture before

button-parent = ↩️ Zurück
# The line of facts of a picture that is shown once more
caption-again = noch einmal gezeigt
parent-grid = Das Raster davor. Tippe auf eine Nummer, um mit diesem Bild weiterzumachen, oder antworte auf das Raster.
press-parent-gone = Das vorige Bild habe ich nicht mehr.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Prompt verbessern
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Aus deinem eigenen Prompt gemalt: Er konnte nicht übersetzt werden.
caption-unhelped-enhance = Aus deinem eigenen Prompt gemalt: Er konnte nicht verbessert werden.
prompts-own = Dein Prompt:
prompts-drawn = Gemalt aus:
prompts-negative = Negativer Prompt:
button-describe = 📝 Beschreiben
button-upscale = 🔍 Hochskalieren
button-cutout = ✂️ Freistellen
button-video = 🎬 Animieren
button-draw-described = 🎨 Malen
described =
    Ein Prompt für dieses Bild:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Womit? Zur Auswahl: { $total }.
upscale-usage = Antworte auf ein Foto mit <code>/upscale</code>, dann vergrößere ich es.
cutout-usage = Antworte auf ein Foto mit <code>/cutout</code>, dann entferne ich den Hintergrund.
task-off = Das kann ich hier nicht: Der Betreiber hat dafür kein Modell eingerichtet.
describe-usage = Antworte auf ein Foto mit <code>/describe</code>, und ich schreibe einen Prompt, der es malen würde.
describe-off = Hier kann niemand Bilder beschreiben: Der Betreiber des Bots hat dafür kein Modell eingerichtet.
animate-usage =
    Antworte auf ein einzelnes Bild mit <code>/animate</code>, und es bewegt sich. Wie, schreibst du hinter den Befehl:

    <code>/animate { $example }</code>
animate-example = langsamer Zoom, ziehende Wolken
animate-off = Hier kann niemand Bilder animieren: Der Betreiber des Bots hat dafür kein Modell eingerichtet.
describe-looking = Ich sehe es mir an…
describe-picture = Dieses Bild konnte ich nicht öffnen. Schick es noch einmal als Foto.
describe-blocked = Dieses Bild kann ich hier nicht beschreiben: Die Beschreibung enthält gesperrte Wörter.
describe-failed = Dieses Bild konnte ich gerade nicht beschreiben. Versuch es in ein paar Minuten noch einmal.
describe-too-many = Du hast schon viele Bilder beschreiben lassen. Versuch es in einer Stunde noch einmal.
describe-budget = Dafür ist heute nichts mehr übrig. Versuch es später noch einmal.

## A picture file that says how it was made

button-draw-again = 🔁 Noch einmal malen
recipe-found = In dieser Datei steht, wie sie entstanden ist. Ihr Prompt:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Noch einmal malen</b> nimmt { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Diesen Checkpoint oder dieses Modell habe ich nicht. <b>Noch einmal malen</b> nimmt { $label }.

## Voice messages

voice-understood = 🎤 Verstanden habe ich: <i>{ $words }</i>
voice-off = Sprachnachrichten kann ich hier nicht anhören: Der Betreiber des Bots hat dafür keinen Server eingerichtet. Bitte tippe deinen Prompt.
voice-too-long = Diese Sprachnachricht ist mir zu lang (höchstens { $minutes } Minuten). Sag es in ein paar Sätzen.
voice-too-large = Diese Sprachnachricht ist mir zu groß (höchstens 20 MB).
voice-gone = Ich konnte diese Sprachnachricht nicht von Telegram laden. Bitte schick sie noch einmal.
voice-nothing = In dieser Sprachnachricht habe ich keine Wörter gehört. Versuch es näher am Mikrofon oder tippe deinen Prompt.
voice-failed = Ich konnte diese Sprachnachricht gerade nicht verstehen. Versuch es in ein paar Minuten noch einmal oder tippe deinen Prompt.
voice-too-many = Du hast viele Sprachnachrichten geschickt. Versuch es in einer Stunde noch einmal oder tippe deinen Prompt.
