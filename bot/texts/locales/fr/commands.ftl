### The command menu, and what /start and /help say.

command-imagine = Créer une image à partir d’un texte
command-history = Vos images
command-forget = Supprimer mes données
command-model = Choisir un modèle
command-settings = Format, étapes, seed, langue…
command-group = Paramètres du groupe (admins)
command-cancel = Annuler une image
command-help = Aide
command-balance = Vos crédits
command-buy = Acheter des crédits
command-paysupport = Aide sur les paiements
command-terms = Conditions de vente

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Je dessine des images à partir de texte. Envoyez-moi un prompt, par exemple « un renard roux endormi dans la neige fraîche », et regardez l’image apparaître.

    Ajoutez-moi à un groupe, et tout le monde pourra y dessiner avec /imagine.
# On the bot's page, at most 120 characters.
bot-short-description = Envoyez un prompt, recevez une image. Marche aussi dans les groupes : /imagine

start =
    Bonjour { $name } ! Je dessine des images à partir de texte.

    Dites-moi simplement ce que vous aimeriez voir, par exemple :

    <code>{ $example }</code>

    Ou touchez le bouton, et je dessine celle-ci. Pour en savoir plus : /help
start-group =
    Bonjour ! Je dessine des images à partir de texte. Ici, tout le monde peut utiliser :

    <code>/imagine { $example }</code>
button-example = 🎨 Dessiner

help =
    <b>Dessiner</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] Dans ce chat, la commande n’est pas nécessaire.
       *[no] Dans les groupes, la commande est nécessaire.
    } Répondez à l’une de mes images avec un nouveau prompt pour la modifier. Répondez <code>/imagine</code> à un message pour dessiner son texte. Envoyez une photo avec <code>/imagine</code> en légende pour l’utiliser comme image de départ (si le modèle le permet).

    <b>Options</b>, n’importe où dans le prompt
    <code>--ar 16:9</code> format (rapport largeur/hauteur)
    <code>--size 1024x768</code> taille en pixels
    <code>--n 4</code> nombre d’images, de 1 à 9
    <code>--no texte, personnes</code> prompt négatif : ce qui ne doit pas apparaître
    <code>--seed 7</code> même seed et même prompt, même image
    <code>--steps 20</code> plus d’étapes : plus de détails, plus de temps
    <code>--cfg 4.5</code> guidance : fidélité au prompt
    <code>--model { $model }</code> modèle pour cette image
    <code>--style oil</code> style ; voir Style dans /settings
    <code>renard { "{" }roux, bleu{ "}" }</code> une image par choix

    <b>Commandes</b>
    /model : choisir un modèle
    /settings : vos réglages par défaut et la langue
    /history : vos images ; <code>/history renard</code> pour chercher
    /cancel : annuler votre image
    /export : recevoir vos prompts et vos images
    /forget : supprimer vos données

    Modèle actuel : { $label }.

cancel-done = Annulé.
cancel-nothing = Il n’y a rien à annuler ici.
cancel-ended = Cette image est déjà terminée.
cancel-not-yours = Seule la personne qui a demandé l’image, ou un admin, peut l’annuler.
cancel-unknown = Je ne connais pas cette image. Pour en annuler une, répondez-y avec /cancel.

press-not-yours = Ce n’est pas votre image. Envoyez /imagine pour créer la vôtre.
press-menu-not-yours = Ce menu est à quelqu’un d’autre. Envoyez { $command } pour ouvrir le vôtre.
press-outdated = Ce bouton est trop ancien. Envoyez la commande à nouveau.
press-accepted = C’est parti !
press-once = C’est déjà en cours.
press-sending = J’envoie !
press-picture-gone = L’image en taille réelle n’est plus disponible. Touchez « Encore » pour en dessiner une nouvelle.
press-stopping = Annulation…
press-not-allowed = Ce bot est privé.
command-unknown = Je ne connais pas cette commande. Voir /help.
# The message has other buttons by now
press-button-gone = Ce bouton n’existe plus. Utilisez ceux qui sont affichés maintenant.
# To the operators. $old and $new: ids
operator-chat-moved = Un groupe de ALLOWED_CHATS est devenu un supergroupe ; son id est passé de <code>{ $old }</code> à <code>{ $new }</code>. Il continue de fonctionner ; mettez le nouvel id dans ALLOWED_CHATS.
command-describe = Écrire un prompt pour une photo
command-upscale = Agrandir une photo
command-cutout = Retirer l’arrière-plan d’une photo
command-animate = Animer une image (en y répondant)
command-export = Exporter mes données
command-admin = Statistiques, personnes, modèles (opérateurs)
command-report = Signaler une image (en y répondant)
command-broadcast = Envoyer un message à tous (opérateurs ; en y répondant)
command-key = Dessiner avec votre propre clé d’API
