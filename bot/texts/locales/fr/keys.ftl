### /key : les clés que chacun apporte pour les modèles.

# $model: the id of a model; $valid: ids of models
key-help =
    Dessinez avec votre propre clé d’API : <code>/key { $model } VOTRE_CLÉ</code>
    Pour la supprimer : <code>/key { $model } off</code>

    Votre clé est conservée chiffrée, n’est envoyée qu’à son propre service et n’est jamais affichée. Les images faites avec elle sont facturées à votre compte.

    Ces modèles en acceptent une : { $valid }
key-usage = Mettez la clé après le modèle : <code>/key { $model } VOTRE_CLÉ</code>. Pour supprimer la vôtre : <code>/key { $model } off</code>
key-unknown = « { $wanted } » n’accepte pas de clé. Ces modèles oui : { $valid }
# $host: the server to which the key goes
key-malformed = Cela ne ressemble pas à une clé pour { $host }. Copiez-la à nouveau, sans espaces.
key-other-service = Cela ressemble à une clé pour { $service }. Ici, elle serait partie vers { $host } ; je ne l’ai donc pas gardée.
key-kept =
    🔑 Votre clé pour { $host } est conservée chiffrée. Elle ne sert que là, pour dessiner avec : { $models }

    Ces images sont facturées à votre compte. Pour supprimer la clé : <code>/key { $model } off</code>
key-removed = Votre clé pour { $host } a été supprimée.
key-none-there = Vous n’avez pas de clé pour { $host }.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host }), ajoutée le { $added } : refusée là-bas. Envoyez-en une autre ou supprimez-la.
    [unreadable] 🔑 { $models } ({ $host }) : illisible désormais. Envoyez-la à nouveau ou supprimez-la.
   *[works] 🔑 { $models } ({ $host }), ajoutée le { $added }
}
key-nothing-takes-one = Ici, aucun modèle n’accepte votre propre clé.
key-off = Ce bot n’accepte pas de clés d’API personnelles.
key-in-private = Les clés vont dans notre chat privé. Si ce message en contenait une, créez-en une nouvelle : d’autres ont pu la voir.
key-unreadable = Je ne peux plus lire cette commande. Envoyez-la à nouveau, s’il vous plaît.
key-not-deleted = ⚠️ Je n’ai pas pu supprimer votre message. Supprimez-le vous-même : la clé s’y trouve.

failure-own-key-refused = { $model } a refusé votre clé, ou elle n’a pas accès à ce modèle. Envoyez-en une autre avec /key ou choisissez un autre modèle.
failure-own-key-quota = Votre compte pour { $model } n’a plus de crédit ou de quota. Rechargez-le ou choisissez un autre modèle.
failure-own-key-gone = Votre clé pour { $model } n’est plus là. Envoyez-la à nouveau avec /key ou choisissez un autre modèle.
# In groups, where nobody is to read about somebody's key
failure-own-key = { $model } n’a pas pu dessiner ceci pour vous. Redemandez-le dans notre chat privé pour savoir pourquoi.
reason-own-key-refused = votre clé a été refusée
reason-own-key-quota = votre compte n’a plus de crédit
reason-own-key-gone = votre clé n’est plus là
reason-own-key = détails dans le chat privé
