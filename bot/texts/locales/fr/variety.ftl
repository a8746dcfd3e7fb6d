### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Choix : { $words }
caption-part = Images { $first }–{ $last } sur { $total }
square-seconds = { $seconds } s
many-question = { $count ->
    [one] Cela fait { $count } image.
   *[other] Cela fait { $count } images.
}
# $cost: an amount in the operator's own unit
many-cost = Coût : <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Cela fait { $count } image, et j’en dessine { $limit } au plus à la fois.
   *[other] Cela fait { $count } images, et j’en dessine { $limit } au plus à la fois.
}
many-far-too-many = { $count ->
    [one] Cela fait plus de { $count } image, et j’en dessine { $limit } au plus à la fois.
   *[other] Cela fait plus de { $count } images, et j’en dessine { $limit } au plus à la fois.
}
button-draw-many = { $count ->
    [one] 🎨 En dessiner { $count }
   *[other] 🎨 Dessiner les { $count }
}
button-draw-first = { $count ->
    [one] Seulement la première
   *[other] Seulement les { $count } premières
}
button-draw-none = Ne pas dessiner
prompt-choices-too-deep = { $limit ->
    [one] Les choix entre accolades peuvent être imbriqués sur { $limit } niveau. Imbriquez moins d’accolades.
   *[other] Les choix entre accolades peuvent être imbriqués sur { $limit } niveaux. Imbriquez moins d’accolades.
}
prompt-choices-too-many = { $limit ->
    [one] Un choix qui en prend plusieurs peut avoir { $limit } option au plus.
   *[other] Un choix qui en prend plusieurs peut avoir { $limit } options au plus.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] { $count } image reçue sur { $asked }
   *[other] { $count } images reçues sur { $asked }
}

## Comparing models

button-compare = 🆚 Comparer des modèles
button-compare-draw = { $count ->
    [one] 🆚 Comparer { $count } modèle
   *[other] 🆚 Comparer { $count } modèles
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Utiliser ce modèle
button-use-model-named = ✓ Utiliser { $label }
compare-few = Choisissez de { $least } à { $most } modèles.
compare-many = Vous pouvez comparer { $most } modèles au plus.
# $names: parameters, as in "seed, steps"
compare-unused = Ignoré par { $model } : { $names }

button-album = 🖼 Toutes en taille réelle
