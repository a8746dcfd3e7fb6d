### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Gewählt: { $words }
caption-part = Bilder { $first }–{ $last } von { $total }
square-seconds = { $seconds } s
many-question = { $count ->
    [one] Das ergibt { $count } Bild.
   *[other] Das ergibt { $count } Bilder.
}
# $cost: an amount in the operator's own unit
many-cost = Kosten: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Das ergibt { $count } Bild, und ich male höchstens { $limit } auf einmal.
   *[other] Das ergibt { $count } Bilder, und ich male höchstens { $limit } auf einmal.
}
many-far-too-many = { $count ->
    [one] Das ergibt mehr als { $count } Bild, und ich male höchstens { $limit } auf einmal.
   *[other] Das ergibt mehr als { $count } Bilder, und ich male höchstens { $limit } auf einmal.
}
button-draw-many = { $count ->
    [one] 🎨 { $count } malen
   *[other] 🎨 Alle { $count } malen
}
button-draw-first = { $count ->
    [one] Nur das erste
   *[other] Nur die ersten { $count }
}
button-draw-none = Nicht malen
prompt-choices-too-deep = { $limit ->
    [one] Auswahlen in geschweiften Klammern gehen höchstens { $limit } Ebene tief. Bitte verschachtele weniger Klammern.
   *[other] Auswahlen in geschweiften Klammern gehen höchstens { $limit } Ebenen tief. Bitte verschachtele weniger Klammern.
}
prompt-choices-too-many = { $limit ->
    [one] Eine Auswahl, die mehrere nimmt, kann höchstens { $limit } Möglichkeit haben.
   *[other] Eine Auswahl, die mehrere nimmt, kann höchstens { $limit } Möglichkeiten haben.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] { $count } Bild von { $asked } kam an
   *[other] { $count } Bilder von { $asked } kamen an
}

## Comparing models

button-compare = 🆚 Modelle vergleichen
button-compare-draw = { $count ->
    [one] 🆚 { $count } Modell vergleichen
   *[other] 🆚 { $count } Modelle vergleichen
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ Dieses Modell nehmen
button-use-model-named = ✓ { $label } nehmen
compare-few = Wähle { $least } bis { $most } Modelle.
compare-many = Du kannst höchstens { $most } Modelle vergleichen.
# $names: parameters, as in "seed, steps"
compare-unused = Von { $model } ignoriert: { $names }

button-album = 🖼 Alle in voller Größe
