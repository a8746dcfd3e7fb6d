### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Chosen: { $words }
# Which pictures of a request one of its sheets shows: $first, $last and $total are numbers
caption-part = Pictures { $first }–{ $last } of { $total }
square-seconds = { $seconds } s
many-question = { $count ->
    [one] This makes { $count } picture.
   *[other] This makes { $count } pictures.
}
# $cost: an amount in the operator's own unit
many-cost = Cost: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] This makes { $count } picture, and I draw at most { $limit } at once.
   *[other] This makes { $count } pictures, and I draw at most { $limit } at once.
}
many-far-too-many = { $count ->
    [one] This makes more than { $count } picture, and I draw at most { $limit } at once.
   *[other] This makes more than { $count } pictures, and I draw at most { $limit } at once.
}
button-draw-many = { $count ->
    [one] 🎨 Draw { $count }
   *[other] 🎨 Draw all { $count }
}
button-draw-first = { $count ->
    [one] Only the first { $count }
   *[other] Only the first { $count }
}
button-draw-none = Don't draw
prompt-choices-too-deep = { $limit ->
    [one] Choices in braces can be nested { $limit } level deep. Please use fewer braces within braces.
   *[other] Choices in braces can be nested { $limit } levels deep. Please use fewer braces within braces.
}
prompt-choices-too-many = { $limit ->
    [one] A choice that picks several can have up to { $limit } option.
   *[other] A choice that picks several can have up to { $limit } options.
}

# Of a model that was asked for several pictures in one run
caption-fewer = The model returned { $count } of { $asked } pictures

## Comparing models

button-compare = 🆚 Compare models
button-compare-draw = { $count ->
    [one] 🆚 Compare { $count } model
   *[other] 🆚 Compare { $count } models
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Use this model
button-use-model-named = ✓ Use { $label }
compare-few = Pick { $least } to { $most } models.
compare-many = You can compare up to { $most } models.
# $names: parameters, as in "seed, steps"
compare-unused = Ignored by { $model }: { $names }

button-album = 🖼 All in full size
