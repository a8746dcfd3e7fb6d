### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Fotografie
preset-oil = Ölgemälde
preset-watercolour = Aquarell
preset-anime = Anime
preset-pixel-art = Pixelart
preset-isometric = Isometrisch
preset-sticker = Sticker
preset-logo = Logo
preset-comic = Comic
preset-render3d = 3D-Rendering
preset-line-art = Strichzeichnung
preset-figurine = Figur

## Buttons

button-style = 🖌 Stil
button-keep-preset = 📌 Als Preset speichern
button-own-presets = 📌 Meine Presets
button-remove-preset = 🗑 Löschen

## In the settings

setting-styles = Stil
# $limit: how many can be chosen
styles-menu =
    <b>Stil</b>
    Gilt für alle deine Bilder, bis zu { $limit } lassen sich kombinieren. Für ein einzelnes Bild häng <code>--style</code> und einen Namen an, oder <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Du kannst höchstens { $limit } Stil wählen.
   *[other] Du kannst höchstens { $limit } Stile kombinieren.
}
presets-own =
    <b>Meine Presets</b>
    Tippe auf eines, um es anzusehen oder zu löschen.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Modell: { $label }
preset-use = Verwenden mit: <code>--style { $name }</code>
preset-removed = Preset gelöscht.
preset-gone = Dieses Preset gibt es nicht mehr.

## Under a picture

caption-styles = { $count ->
    [one] Stil: { $names }
   *[other] Stile: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    Wie soll dieses <a href="{ $link }">Preset</a> heißen? Antworte auf diese Nachricht mit einem Namen.
    In eine zweite Zeile kannst du die Wörter selbst schreiben, mit <code>{ "{" }prompt{ "}" }</code> an der Stelle deines Prompts.
preset-kept = Preset „{ $name }“ gespeichert. Nutze es mit <code>--style { $typed }</code> oder wähle es in /settings.
preset-too-many = { $limit ->
    [one] Du hast schon { $limit } Preset, mehr geht nicht. Lösche zuerst eines in /settings.
   *[other] Du hast schon { $limit } Presets, mehr geht nicht. Lösche zuerst eines in /settings.
}
preset-bad-name = Dieser Name geht nicht: höchstens 32 Zeichen, keine Kommas oder Anführungszeichen und nicht der Name eines eingebauten Stils. Bitte antworte noch einmal.
preset-bad-words = Diese Wörter gehen nicht: <code>{ "{" }prompt{ "}" }</code> muss genau einmal darin stehen, und sie müssen kürzer als 600 Zeichen sein. Bitte antworte noch einmal.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = Einen Stil <code>{ $style }</code> gibt es nicht. Probier: { $known }
expected-style = Namen von Stilen, bis zu drei: { $expected }
refused-style-needs-picture = „{ $style }“ geht von einem Bild aus. Schick ein Foto mit oder antworte auf eines.
refused-style-one-picture = Dieser Stil geht von einem einzelnen Bild aus. Öffne zuerst eines in voller Größe und antworte darauf.
