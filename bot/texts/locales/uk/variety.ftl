### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Варіанти: { $words }
caption-part = Картинки { $first }–{ $last } із { $total }
square-seconds = { $seconds } с
many-question = { $count ->
    [one] Вийде { $count } картинка.
    [few] Вийде { $count } картинки.
   *[many] Вийде { $count } картинок.
}
# $cost: an amount in the operator's own unit
many-cost = Вартість: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Вийшла б { $count } картинка, а за раз я малюю не більше { $limit }.
    [few] Вийшло б { $count } картинки, а за раз я малюю не більше { $limit }.
   *[many] Вийшло б { $count } картинок, а за раз я малюю не більше { $limit }.
}
many-far-too-many = { $count ->
    [one] Вийшло б більше ніж { $count } картинка, а за раз я малюю не більше { $limit }.
    [few] Вийшло б більше ніж { $count } картинки, а за раз я малюю не більше { $limit }.
   *[many] Вийшло б більше ніж { $count } картинок, а за раз я малюю не більше { $limit }.
}
button-draw-many = { $count ->
    [one] 🎨 Намалювати { $count }
    [few] 🎨 Намалювати всі { $count }
   *[many] 🎨 Намалювати всі { $count }
}
button-draw-first = { $count ->
    [one] Лише першу { $count }
    [few] Лише перші { $count }
   *[many] Лише перші { $count }
}
button-draw-none = Не малювати
prompt-choices-too-deep = { $limit ->
    [one] Варіанти в дужках можна вкладати на { $limit } рівень. Приберіть частину вкладених дужок.
    [few] Варіанти в дужках можна вкладати на { $limit } рівні. Приберіть частину вкладених дужок.
   *[many] Варіанти в дужках можна вкладати на { $limit } рівнів. Приберіть частину вкладених дужок.
}
prompt-choices-too-many = { $limit ->
   *[other] Коли береться кілька варіантів, їх може бути не більше { $limit }.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] Надійшла { $count } картинка з { $asked }
    [few] Надійшли { $count } картинки з { $asked }
   *[many] Надійшло { $count } картинок з { $asked }
}

## Comparing models

button-compare = 🆚 Порівняти моделі
button-compare-draw = { $count ->
    [one] 🆚 Порівняти { $count } модель
    [few] 🆚 Порівняти { $count } моделі
   *[many] 🆚 Порівняти { $count } моделей
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Вибрати модель
button-use-model-named = ✓ Вибрати { $label }
compare-few = Виберіть від { $least } до { $most } моделей.
compare-many = Порівняти можна не більше { $most } моделей.
# $names: parameters, as in "seed, steps"
compare-unused = { $model } не враховує: { $names }

button-album = 🖼 Усі в повному розмірі
