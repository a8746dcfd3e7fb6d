### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Vos images</b>, les plus récentes d’abord. Touchez un numéro pour voir les options.
    Rechercher : <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Vos images</b> avec <code>{ $words }</code>, les plus récentes d’abord. Touchez un numéro pour voir les options.
history-example = renard
history-empty = Pas encore d’images. Envoyez-moi un prompt pour commencer.
history-nothing-found = Aucune image ne correspond à « { $words } ». Tout voir : /history
history-in-private = Vos images ne sont que pour vous. Envoyez /history dans notre chat privé.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Cette image n’est plus dans votre historique.
button-newer = ‹ Plus récentes
button-older = Plus anciennes ›
button-full = 🖼 Taille réelle

forget-question =
    <b>Supprimer toutes vos données ?</b>
    J’annulerai vos images en cours et supprimerai vos réglages, vos prompts et votre historique. Les images restent dans les chats, mais leurs boutons ne fonctionneront plus. C’est irréversible.
forget-in-private = Envoyez /forget dans notre chat privé.
forget-done = Vos données ont été supprimées. Pour recommencer, envoyez-moi simplement un prompt.
forget-kept = Rien n’a été supprimé.
button-forget = 🗑 Tout supprimer
button-keep = Annuler
