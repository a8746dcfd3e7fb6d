### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Photograph
preset-oil = Oil painting
preset-watercolour = Watercolour
preset-anime = Anime
preset-pixel-art = Pixel art
preset-isometric = Isometric
preset-sticker = Sticker
preset-logo = Logo
preset-comic = Comic
preset-render3d = 3D render
preset-line-art = Line art
preset-figurine = Figurine

## Buttons

button-style = 🖌 Style
button-keep-preset = 📌 Keep as preset
button-own-presets = 📌 My presets
button-remove-preset = 🗑 Remove

## In the settings

setting-styles = Style
# $limit: how many can be chosen
styles-menu =
    <b>Style</b>
    Applies to all your pictures, up to { $limit } together. For one picture, add <code>--style</code> and a name, or <code>--style none</code>.
styles-too-many = { $limit ->
    [one] You can combine up to { $limit } style.
   *[other] You can combine up to { $limit } styles.
}
presets-own =
    <b>My presets</b>
    Tap one to see or remove it.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Model: { $label }
preset-use = Use it: <code>--style { $name }</code>
preset-removed = Preset removed.
preset-gone = This preset no longer exists.

## Under a picture

caption-styles = { $count ->
    [one] Style: { $names }
   *[other] Styles: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    What shall I call this <a href="{ $link }">preset</a>? Reply to this message with a name.
    On a second line you can write the words yourself, with <code>{ "{" }prompt{ "}" }</code> where your prompt goes.
preset-kept = Preset “{ $name }” saved. Use it with <code>--style { $typed }</code>, or choose it in /settings.
preset-too-many = { $limit ->
    [one] You have { $limit } preset, which is the limit. Remove one in /settings first.
   *[other] You have { $limit } presets, which is the limit. Remove one in /settings first.
}
preset-bad-name = That name doesn't work: use up to 32 characters without commas or quotation marks, and not the name of a built-in style. Please reply again.
preset-bad-words = Those words don't work: put <code>{ "{" }prompt{ "}" }</code> in them once, and keep them under 600 characters. Please reply again.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = There is no style <code>{ $style }</code>. Try: { $known }
expected-style = names of styles, up to three: { $expected }
refused-style-needs-picture = “{ $style }” starts from a picture. Send a photo with it, or reply to one.
refused-style-one-picture = This style starts from one picture. Open one in full size first and reply to it.
