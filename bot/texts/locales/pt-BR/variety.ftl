### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = Escolhido: { $words }
caption-part = Imagens { $first }–{ $last } de { $total }
square-seconds = { $seconds } s
many-question = { $count ->
    [one] Isto dá { $count } imagem.
   *[other] Isto dá { $count } imagens.
}
# $cost: an amount in the operator's own unit
many-cost = Custo: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] Isto dá { $count } imagem, e eu desenho no máximo { $limit } de uma vez.
   *[other] Isto dá { $count } imagens, e eu desenho no máximo { $limit } de uma vez.
}
many-far-too-many = { $count ->
    [one] Isto dá mais de { $count } imagem, e eu desenho no máximo { $limit } de uma vez.
   *[other] Isto dá mais de { $count } imagens, e eu desenho no máximo { $limit } de uma vez.
}
button-draw-many = { $count ->
    [one] 🎨 Desenhar { $count }
   *[other] 🎨 Desenhar as { $count }
}
button-draw-first = { $count ->
    [one] Só a primeira
   *[other] Só as { $count } primeiras
}
button-draw-none = Não desenhar
prompt-choices-too-deep = { $limit ->
    [one] As opções entre chaves podem ter até { $limit } nível. Use menos chaves dentro de chaves.
   *[other] As opções entre chaves podem ter até { $limit } níveis. Use menos chaves dentro de chaves.
}
prompt-choices-too-many = { $limit ->
    [one] Quando se escolhem várias, pode haver até { $limit } opção.
   *[other] Quando se escolhem várias, pode haver até { $limit } opções.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] Veio { $count } imagem de { $asked }
   *[other] Vieram { $count } imagens de { $asked }
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
compare-few = Escolha de { $least } a { $most } modelos.
compare-many = Você pode comparar até { $most } modelos.
# $names: parameters, as in "seed, steps"
compare-unused = Ignorado por { $model }: { $names }

button-album = 🖼 Todas em tamanho real
