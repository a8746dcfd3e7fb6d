### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = Cancelar
button-again = 🔁 Otra vez
button-vary = 🎲 Variar
button-model = 🧠 Modelo
button-copy = 📋 Prompt
button-retry = 🔁 Reintentar
button-draw-now = 🎨 Dibujar ahora
button-more = ⋯ Más
button-same-seed = 🌱 Misma semilla, otro modelo
# $size: in pixels, like 2048×2048
button-bigger = 🔍 Tamaño ×2: { $size }
button-shorten = ✂️ Acortar

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = En cola: n.º { $place }
progress-queued-next = La siguiente en la cola
progress-queued-unknown = En cola
progress-starting = Empezando…
progress-drawing = Dibujando
# $place: the position in the queue of the model's server
progress-drawing-queued = En la cola del modelo: n.º { $place }
# $attempt: number of the attempt, from 2
progress-retrying = Reintentando (intento { $attempt })
progress-sending = Enviando la imagen
progress-sending-video = Enviando el vídeo
# $done of $total pictures are drawn
progress-done = { $done } de { $total } listas
# $time: minutes and seconds, like 1:30
progress-eta = quedan unos { $time }

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = Esperando al modelo
status-loading = Cargando el modelo
status-drawing = Dibujando
status-finishing = Terminando
# Like the steps of a diffusion run
status-step = Paso { $step } de { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = Este modelo ignora: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = semilla { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = En lugar de { $model }: { $reason }
caption-failed = { $count ->
    [one] Ha fallado { $count } imagen: { $reason }
   *[other] Han fallado { $count } imágenes: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = Este modelo ignora: { $names }
# $number: of the picture in the grid
caption-full = Imagen { $number }

## The end without a picture

cancelled = Cancelada.
ended-delivered = Ya está terminada; la imagen está en este chat.
ended-failed = Esta imagen ha fallado.
ended-cancelled = Esta imagen se canceló.
ended-undeliverable = Esta imagen ha fallado: no se pudo enviar.

## When there is nothing to draw yet

imagine-usage =
    ¿Qué dibujo? Escribe el prompt después del comando:

    <code>/imagine { $example }</code>

    O responde <code>/imagine</code> a un mensaje para dibujar su texto.
imagine-caption-usage =
    ¡Bonita foto! Respóndele con un prompt:

    <code>/imagine { $example }</code>
example-prompt = un zorro rojo dormido en la nieve fresca, luz suave de la mañana
# $words: of the prompt, in quotation marks
status-unknown-words = Este modelo no sabe dibujar { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 Misma semilla

## Edit

button-edit = ✏️ Editar
# $link: marks the question, so that the answer is known
edit-ask = ¿Qué <a href="{ $link }">cambio</a>? Responde a este mensaje con la instrucción.
edit-words-needed = Dime con palabras qué hay que cambiar.

## Words without a reply

button-new-instead = 🆕 Mejor una imagen nueva
progress-changes = Cambiando la última imagen
# $words: of the picture that is changed
progress-changes-words = Cambiando la última imagen: «{ $words }»

## A photo without words

photo-menu = { $count ->
    [one] ¡Bonita foto! ¿Qué hago con ella? Toca un botón o respóndele con un prompt.
   *[other] ¡Bonitas fotos! ¿Qué hago con ellas? Toca un botón o responde a una con un prompt.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = fuerza { $share }

## Masks

caption-mask-stretched = La máscara tenía otra forma que la imagen y se ha estirado.

## Back to the picture before

button-parent = ↩️ Volver
# The line of facts of a picture that is shown once more
caption-again = mostrada otra vez
parent-grid = La cuadrícula anterior. Toca un número para seguir con esa imagen o responde a la cuadrícula.
press-parent-gone = Ya no tengo la imagen anterior.

## Prompt help: translated, enhanced and described

button-prompts = 📋 Prompt
button-enhance = ✨ Mejorar el prompt
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = Dibujada con tu propio prompt: no se pudo traducir.
caption-unhelped-enhance = Dibujada con tu propio prompt: no se pudo mejorar.
prompts-own = Tu prompt:
prompts-drawn = Dibujada a partir de:
prompts-negative = Prompt negativo:
button-describe = 📝 Describir
button-upscale = 🔍 Ampliar
button-cutout = ✂️ Recortar
button-video = 🎬 Animar
button-draw-described = 🎨 Dibujar
described =
    Un prompt para esta imagen:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = ¿Con cuál? Hay { $total } para elegir.
upscale-usage = Responde a una foto con <code>/upscale</code> y la ampliaré.
cutout-usage = Responde a una foto con <code>/cutout</code> y le quitaré el fondo.
task-off = Aquí no puedo hacerlo: quien administra el bot no ha configurado ningún modelo para ello.
describe-usage = Responde a una foto con <code>/describe</code> y escribiré un prompt con el que se podría dibujar.
describe-off = Aquí no se pueden describir imágenes: el dueño del bot no ha configurado un modelo para ello.
animate-usage =
    Responde a una sola imagen con <code>/animate</code> y se moverá. Di cómo después del comando:

    <code>/animate { $example }</code>
animate-example = zoom lento, nubes que pasan
animate-off = Aquí no se pueden animar imágenes: el dueño del bot no ha configurado un modelo para ello.
describe-looking = Mirándola…
describe-picture = No he podido abrir esta imagen. Envíala otra vez como foto.
describe-blocked = No puedo describir esta imagen aquí: la descripción contiene palabras bloqueadas.
describe-failed = Ahora mismo no he podido describir esta imagen. Inténtalo dentro de unos minutos.
describe-too-many = Ya has pedido la descripción de muchas imágenes. Inténtalo dentro de una hora.
describe-budget = Hoy ya no te queda nada para esto. Inténtalo más tarde.

## A picture file that says how it was made

button-draw-again = 🔁 Dibujar de nuevo
recipe-found = Este archivo dice cómo se creó. Su prompt:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = <b>Dibujar de nuevo</b> usa { $label }.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = No tengo este checkpoint ni este modelo. <b>Dibujar de nuevo</b> usa { $label }.

## Voice messages

voice-understood = 🎤 He entendido: <i>{ $words }</i>
voice-off = Aquí no puedo escuchar mensajes de voz: el dueño del bot no ha configurado un servidor para ello. Escribe tu prompt.
voice-too-long = Este mensaje de voz es demasiado largo para mí ({ $minutes } minutos como máximo). Dilo en pocas frases.
voice-too-large = Este mensaje de voz es demasiado grande para mí (20 MB como máximo).
voice-gone = No he podido obtener este mensaje de voz de Telegram. Envíalo otra vez.
voice-nothing = No he oído ninguna palabra en este mensaje de voz. Inténtalo más cerca del micrófono o escribe tu prompt.
voice-failed = Ahora mismo no he podido entender este mensaje de voz. Inténtalo dentro de unos minutos o escribe tu prompt.
voice-too-many = Has enviado muchos mensajes de voz. Inténtalo dentro de una hora o escribe tu prompt.
