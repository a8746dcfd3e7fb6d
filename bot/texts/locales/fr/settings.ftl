### A person's own settings.

settings-menu =
    <b>Vos réglages</b>
    Ils valent pour toutes vos images, dans tous les chats. Les options que vous tapez sont prioritaires.
button-setting = { $name } : { $value }
settings-line = { $name } : <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Reste aujourd’hui pour les modèles payants : <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } ignore ce réglage.

setting-model = Modèle
setting-aspect-ratio = Format
setting-steps = Étapes
setting-guidance = Guidance (CFG)
setting-negative = Prompt négatif
setting-seed = Seed
setting-count = Images par demande
setting-document = Envoyer en fichier
setting-spoiler = Spoiler
setting-language = Langue
setting-width = Largeur
setting-height = Hauteur
setting-image = Image de départ
setting-strength = Force

hint-aspect-ratio = Largeur par rapport à la hauteur.
hint-steps = Plus d’étapes : plus de détails, plus de temps.
hint-guidance = Fidélité au prompt. Bas : plus libre ; haut : plus strict.
hint-negative = Ce qui ne doit pas apparaître dans vos images.
hint-seed = Le même seed et le même prompt donnent la même image.
hint-count = Combien d’images à la fois.
hint-document = Un fichier garde chaque pixel. Une photo s’affiche tout de suite.
hint-spoiler = Vos images sont floutées jusqu’à ce que quelqu’un les touche. Elles sont envoyées comme photos, car les fichiers ne peuvent pas être floutés.
hint-language = La langue dans laquelle je vous parle.

value-auto = auto
value-random = aléatoire
value-nothing = aucun
value-yes = oui
value-no = non
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = comme dans Telegram

button-back = ‹ Retour
button-close = Fermer
button-reset = Tout réinitialiser
button-type = ✏️ Saisir
button-clear = Effacer
button-random = 🎲 Aléatoire

settings-saved = Enregistré.
settings-reset = Réglages réinitialisés.
settings-closed = Réglages fermés.
settings-bad-value = Cette valeur n’est pas valide ici.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = Qu’est-ce qui ne doit pas apparaître dans vos images ? <a href="{ $link }">Répondez à ce message</a> avec votre prompt négatif.
settings-ask-seed = Quel seed ? <a href="{ $link }">Répondez à ce message</a> avec un nombre de 0 à { $limit }.
settings-negative-saved = Prompt négatif : { $value }
settings-negative-cleared = Prompt négatif effacé.
settings-negative-too-long = { $limit ->
    [one] C’est trop long : la limite est de { $limit } caractère. Répondez à nouveau, plus court.
   *[other] C’est trop long : la limite est de { $limit } caractères. Répondez à nouveau, plus court.
}
settings-seed-saved = Seed : { $value }.
settings-seed-cleared = Le seed est de nouveau aléatoire.
settings-seed-bad = Ce n’est pas un seed. Répondez à nouveau avec un nombre de 0 à { $limit }.
settings-no-person = Seuls les comptes personnels ont des réglages, et vous écrivez en tant que chaîne ou admin anonyme. Écrivez en votre nom, ou ajoutez des options à la commande, comme <code>--ar 16:9</code>.
settings-text-needed = Répondez à nouveau, avec du texte.

## Follow-up words, and strength

setting-follow-up = Textes suivants
hint-follow-up = Ce que signifie votre texte suivant dans un chat privé quand ce n’est pas une réponse. Automatique : un modèle qui sait modifier change une image de moins de 15 minutes ; les autres en dessinent une nouvelle. --new en commence toujours une nouvelle.
value-follow-up-auto = automatique
value-follow-up-change = modifier la dernière image
value-follow-up-new = commencer une nouvelle image
hint-strength = L’ampleur du changement de l’image de départ : bas, elle est conservée ; haut, elle est ignorée.
setting-mask = Masque
setting-expand = Extension
## Prompt help

setting-translate = Traduire les prompts
setting-enhance = Améliorer les prompts
hint-translate = Les prompts dans une langue qu’un modèle ne comprend pas sont traduits pour lui.
hint-enhance = Un modèle de chat enrichit vos prompts de détails avant le dessin.
