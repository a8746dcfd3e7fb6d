### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Elegido: { $words }
caption-part = Imágenes { $first }–{ $last } de { $total }
square-seconds = { $seconds } s
many-question = { $count ->
    [one] Esto da { $count } imagen.
   *[other] Esto da { $count } imágenes.
}
# $cost: an amount in the operator's own unit
many-cost = Coste: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Esto da { $count } imagen, y dibujo { $limit } a la vez como máximo.
   *[other] Esto da { $count } imágenes, y dibujo { $limit } a la vez como máximo.
}
many-far-too-many = { $count ->
    [one] Esto da más de { $count } imagen, y dibujo { $limit } a la vez como máximo.
   *[other] Esto da más de { $count } imágenes, y dibujo { $limit } a la vez como máximo.
}
button-draw-many = { $count ->
    [one] 🎨 Dibujar { $count }
   *[other] 🎨 Dibujar las { $count }
}
button-draw-first = { $count ->
    [one] Solo la primera
   *[other] Solo las { $count } primeras
}
button-draw-none = No dibujar
prompt-choices-too-deep = { $limit ->
    [one] Las opciones entre llaves se pueden anidar hasta { $limit } nivel. Usa menos llaves dentro de llaves.
   *[other] Las opciones entre llaves se pueden anidar hasta { $limit } niveles. Usa menos llaves dentro de llaves.
}
prompt-choices-too-many = { $limit ->
    [one] Cuando se eligen varias, puede haber { $limit } opción como máximo.
   *[other] Cuando se eligen varias, puede haber { $limit } opciones como máximo.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] Llegó { $count } imagen de { $asked }
   *[other] Llegaron { $count } imágenes de { $asked }
}

## Comparing models

button-compare = 🆚 Comparar modelos
button-compare-draw = { $count ->
    [one] 🆚 Comparar { $count } modelo
   *[other] 🆚 Comparar { $count } modelos
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Usar este modelo
button-use-model-named = ✓ Usar { $label }
compare-few = Elige de { $least } a { $most } modelos.
compare-many = Puedes comparar hasta { $most } modelos.
# $names: parameters, as in "seed, steps"
compare-unused = { $model } ignora: { $names }

button-album = 🖼 Todas en tamaño completo
