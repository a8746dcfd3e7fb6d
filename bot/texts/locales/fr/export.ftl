### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ Ajoutée à vos favoris. Retrouvez-les dans /history.
favourite-removed = Retirée de vos favoris.
button-favourites = ★ Favoris
button-all-pictures = Toutes les images
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>Vos favoris</b> <code>{ $words }</code>, les plus récents d’abord. Touchez un numéro pour voir les options.
history-no-favourites = Pas encore de favoris. Touchez ☆ sous une image.

command-export = Exporter mes données
export-in-private = Envoyez /export dans notre chat privé.
export-wait = Vous venez de recevoir un export. Réessayez dans une minute.
export-empty = Il n’y a encore rien à exporter. Envoyez-moi un prompt pour commencer.
export-file = { $count ->
    [one] Vos prompts et options : { $count } image.
   *[other] Vos prompts et options : { $count } images.
}
export-more = Partie { $part }, avec d’autres de vos images.
export-pictures = { $count ->
    [one] { $count } de vos images est encore chez Telegram.
   *[other] { $count } de vos images sont encore chez Telegram.
} Les images d’une grille comptent une fois que vous les avez ouvertes.
button-export-pictures = { $count ->
    [one] 🖼 Envoyer { $count } image
   *[other] 🖼 Envoyer { $count } images
}
export-sent = { $count ->
    [one] { $count } image envoyée.
   *[other] { $count } images envoyées.
}
export-lost = { $count ->
    [one] { $count } image n’est plus chez Telegram.
   *[other] { $count } images ne sont plus chez Telegram.
}
export-left = { $count ->
    [one] Il en reste encore { $count }.
   *[other] Il en reste encore { $count }.
}
