### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Fotografía
preset-oil = Óleo
preset-watercolour = Acuarela
preset-anime = Anime
preset-pixel-art = Pixel art
preset-isometric = Isométrico
preset-sticker = Pegatina
preset-logo = Logotipo
preset-comic = Cómic
preset-render3d = Render 3D
preset-line-art = Dibujo de líneas
preset-figurine = Figurita

## Buttons

button-style = 🖌 Estilo
button-keep-preset = 📌 Guardar como preset
button-own-presets = 📌 Mis presets
button-remove-preset = 🗑 Eliminar

## In the settings

setting-styles = Estilo
# $limit: how many can be chosen
styles-menu =
    <b>Estilo</b>
    Se aplica a todas tus imágenes; puedes combinar hasta { $limit }. Para una sola imagen, añade <code>--style</code> y un nombre, o <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Puedes elegir { $limit } estilo como máximo.
   *[other] Puedes combinar hasta { $limit } estilos.
}
presets-own =
    <b>Mis presets</b>
    Toca uno para verlo o eliminarlo.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Modelo: { $label }
preset-use = Para usarlo: <code>--style { $name }</code>
preset-removed = Preset eliminado.
preset-gone = Este preset ya no existe.

## Under a picture

caption-styles = { $count ->
    [one] Estilo: { $names }
   *[other] Estilos: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    ¿Cómo llamo a este <a href="{ $link }">preset</a>? Responde a este mensaje con un nombre.
    En una segunda línea puedes escribir tú las palabras, con <code>{ "{" }prompt{ "}" }</code> donde va tu prompt.
preset-kept = Preset «{ $name }» guardado. Úsalo con <code>--style { $typed }</code> o elígelo en /settings.
preset-too-many = { $limit ->
    [one] Tienes { $limit } preset, que es el límite. Elimina antes uno en /settings.
   *[other] Tienes { $limit } presets, que es el límite. Elimina antes uno en /settings.
}
preset-bad-name = Ese nombre no sirve: hasta 32 caracteres, sin comas ni comillas, y que no sea el de un estilo incluido. Responde otra vez.
preset-bad-words = Esas palabras no sirven: pon <code>{ "{" }prompt{ "}" }</code> en ellas una sola vez y no pases de 600 caracteres. Responde otra vez.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = No hay ningún estilo <code>{ $style }</code>. Prueba: { $known }
expected-style = nombres de estilos, hasta tres: { $expected }
refused-style-needs-picture = «{ $style }» parte de una imagen. Envía una foto con él o responde a una.
refused-style-one-picture = Este estilo parte de una sola imagen. Abre antes una en tamaño completo y respóndele.
