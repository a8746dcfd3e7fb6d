### Choosing a model.

model-menu =
    <b>Choisir un modèle</b>
    Actuel : { $label }
model-menu-default = <b>Choisir un modèle</b>
    Actuel : { $label } (par défaut)
model-menu-picture =
    <b>Choisir un modèle</b>
    Actuel : { $label }
    Cela vaut pour toutes les nouvelles images. Pour dessiner l’image ci-dessus avec ce modèle, touchez « Dessiner ».
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } est en panne : { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = coûte { $cost }
button-model-instead = Prendre { $label } en attendant
model-menu-empty = Il n’y a pas encore de modèles. Le propriétaire du bot doit en ajouter un.
model-set = Modèle choisi : { $label }.
model-already = { $label } est déjà choisi.
model-reset = Retour au modèle par défaut : { $label }.
model-unknown = Il n’y a pas de modèle « { $model } ». Disponibles : { $valid }
model-gone = Ce modèle n’est plus proposé ici.
button-model-default = Modèle par défaut
button-redraw = 🎨 Dessiner avec { $label }
button-previous = ‹
button-next = ›
