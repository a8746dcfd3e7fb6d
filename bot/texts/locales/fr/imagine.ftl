### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Annuler
button-again = 🔁 Encore
button-vary = 🎲 Variante
button-model = 🧠 Modèle
button-copy = 📋 Prompt
button-retry = 🔁 Réessayer
button-draw-now = 🎨 Dessiner maintenant
button-more = ⋯ Plus
button-same-seed = 🌱 Même seed, autre modèle
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Taille ×2 : { $size }
button-shorten = ✂️ Raccourcir

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = File d’attente : nº { $place }
progress-queued-next = Prochaine dans la file
progress-queued-unknown = En file d’attente
progress-starting = C’est parti…
progress-drawing = Je dessine
# $place: the position in the queue of the model's server
progress-drawing-queued = File d’attente du modèle : nº { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Nouvel essai (nº { $attempt })
progress-sending = Envoi de l’image
progress-sending-video = Envoi de la vidéo
# $done of $total pictures are drawn
progress-done = { $done } sur { $total }
# $time: minutes and seconds, like 1:30
progress-eta = encore { $time } environ

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = En attente du modèle
status-loading = Chargement du modèle
status-drawing = Je dessine
status-finishing = Finitions
# Like the steps of a diffusion run
status-step = Étape { $step } sur { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Ignoré par ce modèle : { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = seed { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = À la place de { $model } : { $reason }
caption-failed = { $count ->
    [one] { $count } image ratée : { $reason }
   *[other] { $count } images ratées : { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Ignoré par ce modèle : { $names }
# $number: of the picture in the grid
caption-full = Image { $number }

## The end without a picture

cancelled = Annulé.
ended-delivered = C’est terminé ; l’image est dans ce chat.
ended-failed = Cette image a échoué.
ended-cancelled = Cette image a été annulée.
ended-undeliverable = Échec : l’image n’a pas pu être envoyée.

## When there is nothing to draw yet

imagine-usage =
    Que dois-je dessiner ? Écrivez le prompt après la commande :

    <code>/imagine { $example }</code>

    Ou répondez <code>/imagine</code> à un message pour dessiner son texte.
imagine-caption-usage =
    Belle photo ! Répondez-y avec un prompt :

    <code>/imagine { $example }</code>
example-prompt = un renard roux endormi dans la neige fraîche, douce lumière du matin
# $words: of the prompt, in quotation marks
status-unknown-words = Ce modèle ne sait pas dessiner { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Même seed

## Edit

button-edit = ✏️ Modifier
# $link: marks the question, so that the answer is known
edit-ask = Que dois-je <a href="{ $link }">modifier</a> ? Répondez à ce message avec l’instruction.
edit-words-needed = Dites-moi avec des mots ce qu’il faut modifier.

## Words without a reply

button-new-instead = 🆕 Plutôt une nouvelle image
progress-changes = Modification de la dernière image
# $words: of the picture that is changed
progress-changes-words = Modification de la dernière image : « { $words } »

## A photo without words

photo-menu = { $count ->
    [one] Belle photo ! Que dois-je en faire ? Touchez un bouton, ou répondez-y avec un prompt.
   *[other] Belles photos ! Que dois-je en faire ? Touchez un bouton, ou répondez à l’une d’elles avec un prompt.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = force { $share }

## Masks

caption-mask-stretched = Le masque n’avait pas la même forme que l’image et a été étiré.

## Back to the picture before

button-parent = ↩️ Retour
# The line of facts of a picture that is shown once more
caption-again = affichée à nouveau
parent-grid = La grille précédente. Touchez un numéro pour continuer à partir de cette image, ou répondez à la grille.
press-parent-gone = Je n’ai plus l’image précédente.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Améliorer le prompt
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Dessiné à partir de votre propre prompt : il n’a pas pu être traduit.
caption-unhelped-enhance = Dessiné à partir de votre propre prompt : il n’a pas pu être amélioré.
prompts-own = Votre prompt :
prompts-drawn = Dessiné à partir de :
prompts-negative = Prompt négatif :
button-describe = 📝 Décrire
button-upscale = 🔍 Agrandir
button-cutout = ✂️ Détourer
button-video = 🎬 Animer
button-draw-described = 🎨 Dessiner
described =
    Un prompt pour cette image :

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Avec lequel ? Choix possibles : { $total }.
upscale-usage = Répondez à une photo avec <code>/upscale</code> et je l’agrandirai.
cutout-usage = Répondez à une photo avec <code>/cutout</code> et j’en retirerai l’arrière-plan.
task-off = Impossible ici : la personne qui gère le bot n’a configuré aucun modèle pour cela.
describe-usage = Répondez <code>/describe</code> à une photo, et j’écrirai un prompt qui permettrait de la dessiner.
describe-off = Ici, rien ne peut décrire les images : le propriétaire du bot n’a pas configuré de modèle pour cela.
animate-usage =
    Répondez <code>/animate</code> à une seule image, et elle s’animera. Dites comment après la commande :

    <code>/animate { $example }</code>
animate-example = zoom lent, nuages qui passent
animate-off = Ici, rien ne peut animer les images : le propriétaire du bot n’a pas configuré de modèle pour cela.
describe-looking = Je regarde…
describe-picture = Je n’ai pas pu ouvrir cette image. Envoyez-la à nouveau comme photo.
describe-blocked = Je ne peux pas décrire cette image ici : la description contient des mots bloqués.
describe-failed = Je n’ai pas pu décrire cette image pour le moment. Réessayez dans quelques minutes.
describe-too-many = Vous avez déjà fait décrire beaucoup d’images. Réessayez dans une heure.
describe-budget = Il ne vous reste rien pour cela aujourd’hui. Réessayez plus tard.

## A picture file that says how it was made

button-draw-again = 🔁 Redessiner
recipe-found = Ce fichier dit comment il a été créé. Son prompt :
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name } : { $value }
# $label: the model that draws it again
recipe-model = <b>Redessiner</b> utilise { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Je n’ai pas ce checkpoint ni ce modèle. <b>Redessiner</b> utilise { $label }.

## Voice messages

voice-understood = 🎤 J’ai compris : <i>{ $words }</i>
voice-off = Je ne peux pas écouter les messages vocaux ici : le propriétaire du bot n’a pas configuré de serveur pour cela. Écrivez votre prompt.
voice-too-long = Ce message vocal est trop long pour moi ({ $minutes } minutes au maximum). Dites-le en quelques phrases.
voice-too-large = Ce message vocal est trop volumineux pour moi (20 Mo au maximum).
voice-gone = Je n’ai pas pu récupérer ce message vocal auprès de Telegram. Envoyez-le à nouveau.
voice-nothing = Je n’ai entendu aucun mot dans ce message vocal. Réessayez plus près du micro, ou écrivez votre prompt.
voice-failed = Je n’ai pas pu comprendre ce message vocal pour l’instant. Réessayez dans quelques minutes, ou écrivez votre prompt.
voice-too-many = Vous avez envoyé beaucoup de messages vocaux. Réessayez dans une heure, ou écrivez votre prompt.
