### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } a rencontré un problème. Réessayez ou choisissez un autre modèle.
failure-refused = { $model } a refusé ce prompt. Reformulez-le ou choisissez un autre modèle.
failure-refused-detail = { $model } a refusé : « { $detail } » Reformulez le prompt ou choisissez un autre modèle.
failure-quota = { $model } a atteint sa limite gratuite. Réessayez plus tard ou choisissez un autre modèle.
failure-quota-minutes = { $minutes ->
    [one] { $model } a atteint sa limite gratuite. Réessayez dans { $minutes } minute ou choisissez un autre modèle.
   *[other] { $model } a atteint sa limite gratuite. Réessayez dans { $minutes } minutes ou choisissez un autre modèle.
}
failure-quota-hours = { $hours ->
    [one] { $model } a atteint sa limite gratuite. Réessayez dans { $hours } heure ou choisissez un autre modèle.
   *[other] { $model } a atteint sa limite gratuite. Réessayez dans { $hours } heures ou choisissez un autre modèle.
}
failure-payment = { $model } n’a plus de crédit ; le propriétaire du bot doit en recharger. En attendant, choisissez un autre modèle.
failure-content = { $model } ne dessinera pas cela : c’est contraire à ses règles de contenu. Reformulez le prompt.
failure-content-detail = { $model } ne dessinera pas cela : « { $detail } » Reformulez le prompt.
failure-length = Ce prompt est trop long pour { $model }. Raccourcissez-le ou choisissez un autre modèle.
failure-parameter = { $model } ne prend pas en charge ces réglages. Changez-les dans /settings ou choisissez un autre modèle.
failure-parameter-detail = { $model } ne prend pas en charge ces réglages : { $detail }. Changez-les ou choisissez un autre modèle.
failure-model-not-found = { $model } n’existe plus sur son serveur ; le propriétaire du bot doit vérifier son nom. En attendant, choisissez un autre modèle.
failure-unauthorized = { $model } a refusé la clé d’API ; le propriétaire du bot doit la vérifier. En attendant, choisissez un autre modèle.
failure-cancelled = { $model } a annulé cette image. Réessayez ou choisissez un autre modèle.
failure-unavailable = { $model } est injoignable pour le moment. Réessayez dans quelques minutes ou choisissez un autre modèle.
failure-bad-answer = { $model } a renvoyé une image invalide. Réessayez ou choisissez un autre modèle.
failure-no-picture = { $model } a terminé sans donner d’image. Réessayez ou choisissez un autre modèle.
failure-other-server = Le serveur de { $model } ne répond pas correctement ; le propriétaire du bot doit vérifier son adresse. En attendant, choisissez un autre modèle.
failure-queue-deadline = { $model } est surchargé : vous avez attendu trop longtemps. Réessayez plus tard ou choisissez un autre modèle.
failure-deadline = { $model } a mis trop de temps. Réessayez ou choisissez un autre modèle.
failure-daily-cost = Je m’arrête là : un nouvel essai coûte plus que ce qu’il vous reste pour aujourd’hui. Les modèles gratuits marchent toujours.
failure-daily-cost-all = Je m’arrête là : un nouvel essai coûte plus que ce qu’il reste du budget commun d’aujourd’hui. Les modèles gratuits marchent toujours.
failure-model-gone = { $model } n’est plus proposé ici. Choisissez un autre modèle.
failure-input-picture = Je n’ai pas pu ouvrir votre image de départ. Renvoyez-la sous forme de photo.
failure-delivery = L’image est prête, mais Telegram l’a refusée. Réessayez ou demandez une taille plus petite.
failure-no-rights = Je n’ai pas le droit d’écrire là-bas. Demandez à un admin de m’autoriser à envoyer des messages et des photos, puis réessayez.
failure-cache-chat = Je ne peux pas mettre d’image ici : le propriétaire du bot doit vérifier le chat des images.
failure-internal = Un problème est survenu de mon côté. Veuillez réessayer.

## One draw of several failed: the same, short, for the caption

reason-provider-error = problème du modèle
reason-refused = refus du modèle
reason-quota = limite gratuite atteinte
reason-payment = plus de crédit
reason-content = contraire aux règles de contenu du modèle
reason-parameter = réglages non pris en charge par le modèle
reason-model-not-found = modèle absent de son serveur
reason-unauthorized = clé d’API refusée
reason-cancelled = annulée par le modèle
reason-unavailable = modèle injoignable
reason-bad-answer = réponse invalide
reason-no-picture = pas d’image dans la réponse
reason-other-server = mauvais serveur à son adresse
reason-queue-deadline = file d’attente trop longue
reason-deadline = trop de temps
reason-daily-cost = plus rien pour aujourd’hui
reason-daily-cost-all = budget commun d’aujourd’hui épuisé
reason-model-gone = modèle plus proposé
reason-input-picture = image de départ impossible à ouvrir
reason-delivery = refusée par Telegram
reason-no-rights = pas le droit d’écrire là-bas
reason-cache-chat = chat des images indisponible
reason-internal = problème de mon côté

## Not accepted

refused-too-old = Désolé, j’étais hors ligne quand vous avez envoyé ceci. Je le dessine maintenant ?
refused-prompt-empty = Que dois-je dessiner ? Écrivez le prompt après la commande : <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = Il n’y a pas de modèle « { $model } ». Disponibles : { $valid }
refused-model-unavailable = { $model } n’est pas disponible pour le moment. Choisissez-en un autre avec /model.
refused-no-input-picture = { $model } ne sait pas partir d’une image (image-to-image). Choisissez un autre modèle avec /model, ou demandez sans l’image.
refused-parameter = Cela ne marche pas avec ce modèle : { $detail }.
refused-queue-full = { $limit ->
    [one] Vous avez déjà { $limit } image en attente. Patientez un instant ou annulez-la : /cancel
   *[other] Vous avez déjà { $limit } images en attente. Patientez un instant ou annulez-en une : /cancel
}
refused-daily-limit = { $limit ->
    [one] Limite atteinte : { $limit } image par jour. Réessayez plus tard.
   *[other] Limite atteinte : { $limit } images par jour. Réessayez plus tard.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = Cela coûte { $cost } avec { $model }, et il vous reste { $left } pour aujourd’hui. Les modèles gratuits marchent toujours.
refused-daily-cost-all = Cela coûte { $cost } avec { $model }, plus que le reste du budget commun d’aujourd’hui. Les modèles gratuits marchent toujours.
refused-credits = Cela coûte { $cost } avec { $model }, et il vous reste { $left } en crédits. Achetez-en ou prenez un modèle gratuit.
refused-blocked-words = Je ne peux pas dessiner cela ici : le prompt contient des mots bloqués. Reformulez-le.
refused-model-not-allowed = { $model } n’est pas autorisé dans ce groupe. Autorisés : { $allowed }
refused-admins-only = Dans ce groupe, seuls les admins peuvent dessiner. Vous pouvez toujours le faire en chat privé avec moi.
refused-no-channels = Dans ce groupe, on ne peut pas dessiner au nom d’un canal. Écrivez en votre nom.
refused-cooldown = { $seconds ->
    [one] Délai d’attente : prochaine image dans { $seconds } seconde.
   *[other] Délai d’attente : prochaine image dans { $seconds } secondes.
}
refused-cooldown-long = { $minutes ->
    [one] Délai d’attente : prochaine image dans { $minutes } minute.
   *[other] Délai d’attente : prochaine image dans { $minutes } minutes.
}
refused-request-gone = Je n’ai plus cette image. Redemandez-la avec /imagine.

## Everything else

error-internal = Un problème est survenu de mon côté. Veuillez réessayer.
error-storage = Ma base de données est indisponible pour le moment. Je m’en occupe dès que possible.
error-not-allowed = Ce bot est privé. Demandez l’accès à son propriétaire : votre id est <code>{ $id }</code>.
error-input-size = Cette image est trop lourde pour moi (20 Mo maximum). Envoyez-la sous forme de photo.
error-not-a-picture = Je peux partir d’une photo, mais pas de ceci.

failure-out-of-memory = { $model } manque de mémoire. Demandez une taille plus petite ou moins d’étapes, ou choisissez un autre modèle.
failure-too-large = Agrandie, cette image serait trop grande. Envoyez-en une plus petite.
failure-bad-video = { $model } a renvoyé une vidéo invalide. Réessayez ou choisissez un autre modèle.
failure-video-too-long = La vidéo de { $model } est trop longue pour être envoyée.
failure-video-too-large = La vidéo de { $model } est trop volumineuse pour Telegram.
failure-no-video = { $model } a renvoyé une image au lieu d’une vidéo. Ce modèle ne sait pas animer les images.
failure-request-failed = { $model } n’arrive pas à traiter cette demande. Changez la taille, les étapes ou le prompt, ou choisissez un autre modèle.
failure-no-workers = Aucun serveur de { $model } ne peut dessiner cela pour le moment. Réessayez plus tard, demandez une taille plus petite ou choisissez un autre modèle.
reason-out-of-memory = mémoire insuffisante
reason-too-large = l’image agrandie serait trop grande
reason-bad-video = vidéo invalide
reason-video-too-long = la vidéo était trop longue
reason-video-too-large = la vidéo était trop volumineuse
reason-no-video = une image au lieu d’une vidéo
reason-request-failed = demande non traitée par le modèle
reason-no-workers = aucun serveur disponible

error-storage-picture = Ma base de données est indisponible pour le moment. Votre image sera dessinée dès que possible.

# Below a failure: what the operator finds in the log
failure-number = Demande { $number }

refused-too-many-pictures = { $limit ->
    [one] Vous avez donné { $count } images, et { $model } n’en accepte qu’une. Réduisez-en le nombre ou choisissez un autre modèle.
   *[other] Vous avez donné { $count } images, et { $model } en accepte { $limit } au maximum. Réduisez-en le nombre ou choisissez un autre modèle.
}
refused-pictures-limit = Vous avez donné { $count } images ; le maximum est { $limit }.
press-pictures-gone = Je n’ai plus ces images. Envoyez-les à nouveau.
error-album-mixed = Je peux partir de photos, mais cet album contient autre chose. Envoyez uniquement les photos.

refused-no-mask = { $model } n’accepte pas les masques. Choisissez un autre modèle, ou dites avec des mots ce qu’il faut modifier.
refused-no-fill = { $model } ne sait pas étendre les images. Choisissez un autre modèle.
refused-too-large = Agrandie, cette image aurait { $megapixels } mégapixels, et { $limit } est le maximum. Essayez-en une plus petite.
error-album-hidden = Dans ce groupe, Telegram ne me montre que la photo avec la commande, pas tout l’album. Envoyez l’album en réponse à l’un de mes messages, ou demandez à un admin de me nommer admin ici.
failure-blocked-words = Je ne peux pas dessiner cela ici : le prompt traduit contient des mots bloqués. Reformulez-le.
reason-blocked-words = mots bloqués dans le prompt
