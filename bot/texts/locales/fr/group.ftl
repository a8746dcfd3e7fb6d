### What the admins of a group choose for it, with /group.

group-menu =
    <b>Paramètres du groupe</b>
    Ils s’appliquent à tous les membres de ce groupe.
channel-menu =
    <b>Paramètres du canal</b>
    Ces paramètres valent pour les publications de ce canal.
group-privacy =
    Le mode de confidentialité est activé : ici, je ne vois que les commandes et les réponses à mes messages, pas <code>@{ $username } un renard</code>. Nommez-moi admin pour que ça marche aussi.
group-only-groups = C’est pour les groupes : ajoutez-moi à un groupe et envoyez-y /group.
group-admins-only = Seuls les admins de ce groupe peuvent changer cela.

group-who = Qui peut dessiner
group-models = Modèles
group-default = Modèle par défaut
group-cooldown = Délai d’attente
group-spoiler = Spoiler
group-language = Langue
group-posts = Publications

group-hint-who = Qui peut me demander des images dans ce groupe.
group-hint-models = Les modèles cochés sont autorisés dans ce groupe. Touchez pour changer.
group-hint-default = Le modèle des membres qui n’en ont pas choisi eux-mêmes.
group-hint-cooldown = Combien de temps chaque membre attend entre deux images. Les admins n’attendent pas.
group-hint-language = La langue de ce que tout le monde voit. Les menus restent dans la langue de chacun.

group-who-everyone = tout le monde
group-who-admins = admins seulement
group-who-people = personnes, pas canaux
group-models-all = tous
group-default-operator = celui du bot
group-language-each = celle de chacun
group-button-all = Tout autoriser
group-button-operator = Celui du bot

value-none = aucun
value-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
value-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
