### Choosing a model.

model-menu =
    <b>Escolha um modelo</b>
    Atual: { $label }
model-menu-default = <b>Escolha um modelo</b>
    Atual: { $label } (padrão)
model-menu-picture =
    <b>Escolha um modelo</b>
    Atual: { $label }
    Vale para todas as novas imagens. Para desenhar com ele a imagem acima, toque em “Desenhar”.
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } está fora do ar: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = custa { $cost }
button-model-instead = Usar { $label } por enquanto
model-menu-empty = Ainda não há modelos. O dono do bot precisa adicionar um.
model-set = Modelo escolhido: { $label }.
model-already = { $label } já está selecionado.
model-reset = De volta ao padrão: { $label }.
model-unknown = Não existe o modelo “{ $model }”. Disponíveis: { $valid }
model-gone = Esse modelo não é mais oferecido aqui.
button-model-default = Usar o padrão
button-redraw = 🎨 Desenhar com { $label }
button-previous = ‹
button-next = ›
