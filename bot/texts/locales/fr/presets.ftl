### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = Photographie
preset-oil = Peinture à l’huile
preset-watercolour = Aquarelle
preset-anime = Anime
preset-pixel-art = Pixel art
preset-isometric = Isométrique
preset-sticker = Autocollant
preset-logo = Logo
preset-comic = Bande dessinée
preset-render3d = Rendu 3D
preset-line-art = Dessin au trait
preset-figurine = Figurine

## Buttons

button-style = 🖌 Style
button-keep-preset = 📌 Garder comme préréglage
button-own-presets = 📌 Mes préréglages
button-remove-preset = 🗑 Supprimer

## In the settings

setting-styles = Style
# $limit: how many can be chosen
styles-menu =
    <b>Style</b>
    Vaut pour toutes vos images, jusqu’à { $limit } à la fois. Pour une seule image, ajoutez <code>--style</code> et un nom, ou <code>--style none</code>.
styles-too-many = { $limit ->
    [one] Vous pouvez choisir { $limit } style au plus.
   *[other] Vous pouvez combiner { $limit } styles au plus.
}
presets-own =
    <b>Mes préréglages</b>
    Touchez-en un pour le voir ou le supprimer.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = Modèle : { $label }
preset-use = Pour l’utiliser : <code>--style { $name }</code>
preset-removed = Préréglage supprimé.
preset-gone = Ce préréglage n’existe plus.

## Under a picture

caption-styles = { $count ->
    [one] Style : { $names }
   *[other] Styles : { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    Comment appeler ce <a href="{ $link }">préréglage</a> ? Répondez à ce message avec un nom.
    Sur une deuxième ligne, vous pouvez écrire les mots vous-même, avec <code>{ "{" }prompt{ "}" }</code> à la place de votre prompt.
preset-kept = Préréglage « { $name } » enregistré. Utilisez-le avec <code>--style { $typed }</code>, ou choisissez-le dans /settings.
preset-too-many = { $limit ->
    [one] Vous avez { $limit } préréglage, c’est la limite. Supprimez-en d’abord un dans /settings.
   *[other] Vous avez { $limit } préréglages, c’est la limite. Supprimez-en d’abord un dans /settings.
}
preset-bad-name = Ce nom ne convient pas : 32 caractères au plus, sans virgules ni guillemets, et pas le nom d’un style intégré. Répondez à nouveau.
preset-bad-words = Ces mots ne conviennent pas : mettez-y <code>{ "{" }prompt{ "}" }</code> une seule fois et restez sous 600 caractères. Répondez à nouveau.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = Il n’y a pas de style <code>{ $style }</code>. Essayez : { $known }
expected-style = des noms de styles, trois au plus : { $expected }
refused-style-needs-picture = « { $style } » part d’une image. Joignez une photo, ou répondez à une image.
refused-style-one-picture = Ce style part d’une seule image. Ouvrez-en d’abord une en taille réelle et répondez-y.
