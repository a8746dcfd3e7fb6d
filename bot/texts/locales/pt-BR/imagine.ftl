### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Cancelar
button-again = 🔁 De novo
button-vary = 🎲 Variar
button-model = 🧠 Modelo
button-copy = 📋 Prompt
button-retry = 🔁 Tentar de novo
button-draw-now = 🎨 Desenhar agora
button-more = ⋯ Mais
button-same-seed = 🌱 Mesma seed, outro modelo
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Tamanho ×2: { $size }
button-shorten = ✂️ Encurtar

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = Na fila: nº { $place }
progress-queued-next = Próxima da fila
progress-queued-unknown = Na fila
progress-starting = Começando…
progress-drawing = Desenhando
# $place: the position in the queue of the model's server
progress-drawing-queued = Na fila do modelo: nº { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Tentando de novo (tentativa { $attempt })
progress-sending = Enviando a imagem
progress-sending-video = Enviando o vídeo
# $done of $total pictures are drawn
progress-done = { $done } de { $total } prontas
# $time: minutes and seconds, like 1:30
progress-eta = faltam cerca de { $time }

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Esperando o modelo
status-loading = Carregando o modelo
status-drawing = Desenhando
status-finishing = Finalizando
# Like the steps of a diffusion run
status-step = Passo { $step } de { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Ignorado por este modelo: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = seed { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = No lugar de { $model }: { $reason }
caption-failed = { $count ->
    [one] { $count } imagem falhou: { $reason }
   *[other] { $count } imagens falharam: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Ignorado por este modelo: { $names }
# $number: of the picture in the grid
caption-full = Imagem { $number }

## The end without a picture

cancelled = Cancelada.
ended-delivered = Esta já terminou; a imagem está neste chat.
ended-failed = Esta falhou.
ended-cancelled = Esta foi cancelada.
ended-undeliverable = Esta falhou: não foi possível enviar a imagem.

## When there is nothing to draw yet

imagine-usage =
    O que devo desenhar? Escreva o prompt depois do comando:

    <code>/imagine { $example }</code>

    Ou responda <code>/imagine</code> a uma mensagem para desenhar o texto dela.
imagine-caption-usage =
    Bela foto! Responda a ela com um prompt:

    <code>/imagine { $example }</code>
example-prompt = uma raposa-vermelha dormindo na neve fresca, luz suave da manhã
# $words: of the prompt, in quotation marks
status-unknown-words = Este modelo não sabe desenhar { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Mesma seed

## Edit

button-edit = ✏️ Editar
# $link: marks the question, so that the answer is known
edit-ask = O que devo <a href="{ $link }">mudar</a>? Responda a esta mensagem com a instrução.
edit-words-needed = Diga em palavras o que mudar.

## Words without a reply

button-new-instead = 🆕 Prefiro uma imagem nova
progress-changes = Mudando a última imagem
# $words: of the picture that is changed
progress-changes-words = Mudando a última imagem: “{ $words }”

## A photo without words

photo-menu = { $count ->
    [one] Bela foto! O que faço com ela? Toque em um botão ou responda a ela com um prompt.
   *[other] Belas fotos! O que faço com elas? Toque em um botão ou responda a uma delas com um prompt.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = força { $share }

## Masks

caption-mask-stretched = A máscara tinha outro formato que a imagem e foi esticada.

## Back to the picture before

button-parent = ↩️ Voltar
# The line of facts of a picture that is shown once more
caption-again = mostrada de novo
parent-grid = A grade anterior. Toque em um número para continuar a partir dessa imagem ou responda à grade.
press-parent-gone = Não tenho mais a imagem anterior.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Melhorar o prompt
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Desenhada com o seu próprio prompt: não deu para traduzi-lo.
caption-unhelped-enhance = Desenhada com o seu próprio prompt: não deu para melhorá-lo.
prompts-own = Seu prompt:
prompts-drawn = Desenhada a partir de:
prompts-negative = Prompt negativo:
button-describe = 📝 Descrever
button-upscale = 🔍 Ampliar
button-cutout = ✂️ Recortar
button-video = 🎬 Animar
button-draw-described = 🎨 Desenhar
described =
    Um prompt para esta imagem:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = Com qual? Opções: { $total }.
upscale-usage = Responda a uma foto com <code>/upscale</code> e eu a amplio.
cutout-usage = Responda a uma foto com <code>/cutout</code> e eu removo o fundo.
task-off = Não consigo fazer isso aqui: quem administra o bot não configurou um modelo para isso.
describe-usage = Responda a uma foto com <code>/describe</code> e eu escrevo um prompt que a desenharia.
describe-off = Aqui não dá para descrever imagens: o dono do bot não configurou um modelo para isso.
animate-usage =
    Responda a uma única imagem com <code>/animate</code> e ela vai se mexer. Diga como depois do comando:

    <code>/animate { $example }</code>
animate-example = zoom lento, nuvens passando
animate-off = Aqui não dá para animar imagens: o dono do bot não configurou um modelo para isso.
describe-looking = Dando uma olhada…
describe-picture = Não consegui abrir esta imagem. Envie de novo como foto.
describe-blocked = Não posso descrever esta imagem aqui: a descrição contém palavras bloqueadas.
describe-failed = Não consegui descrever esta imagem agora. Tente de novo em alguns minutos.
describe-too-many = Você já pediu a descrição de muitas imagens. Tente de novo em uma hora.
describe-budget = Você não tem mais nada para isso hoje. Tente mais tarde.

## A picture file that says how it was made

button-draw-again = 🔁 Desenhar de novo
recipe-found = Este arquivo diz como foi criado. O prompt:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Desenhar de novo</b> usa { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = Não tenho este checkpoint nem este modelo. <b>Desenhar de novo</b> usa { $label }.

## Voice messages

voice-understood = 🎤 Entendi: <i>{ $words }</i>
voice-off = Não consigo ouvir mensagens de voz aqui: o dono do bot não configurou um servidor para isso. Digite o seu prompt.
voice-too-long = Esta mensagem de voz é longa demais para mim (no máximo { $minutes } minutos). Diga em poucas frases.
voice-too-large = Esta mensagem de voz é grande demais para mim (no máximo 20 MB).
voice-gone = Não consegui baixar esta mensagem de voz do Telegram. Envie de novo.
voice-nothing = Não ouvi nenhuma palavra nesta mensagem de voz. Tente mais perto do microfone ou digite o seu prompt.
voice-failed = Não consegui entender esta mensagem de voz agora. Tente em alguns minutos ou digite o seu prompt.
voice-too-many = Você enviou muitas mensagens de voz. Tente daqui a uma hora ou digite o seu prompt.
