### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Muestreador
setting-scheduler = Planificador
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Escalador

## In the settings

button-search = 🔎 Buscar
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Solo para { $label }. Nombres en la lista: { $total }
choices-loras = Hasta { $limit } a la vez. Con <i>Buscar</i> también puedes indicar un peso: <code>detail:0.7</code>
choices-unreadable = Ahora no puedo leer la lista de { $label }. Inténtalo más tarde.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: ¿cuál? <a href="{ $link }">Responde a este mensaje</a> con el nombre o una parte de él.
choices-found = Nombres que coinciden: { $total }. Toca uno o responde de nuevo con más detalle.
choices-nothing = No existe «{ $words }». Los más parecidos:
choices-too-many = Ese es el límite: { $limit } LoRA a la vez. Quita uno primero.
# $words: the trigger words of a LoRA
choices-words = Se añade a tu prompt: <code>{ $words }</code>
choices-often = Frecuente en las imágenes con las que aprendió: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = el nombre de un checkpoint, o <code>auto</code>
expected-sampler = el nombre de un muestreador, o <code>auto</code>
expected-scheduler = el nombre de un planificador, o <code>auto</code>
# $expected: the range of weights
expected-lora = el nombre de un LoRA, con un peso si quieres (<code>detail:0.7</code>; { $expected }), hasta cinco, o <code>none</code>
expected-vae = el nombre de un VAE, o <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } no tiene esto: <code>{ $flag } { $name }</code>. Lo más parecido: { $near }
refused-choice-none = { $model } no tiene esto: <code>{ $flag } { $name }</code>. Su lista está vacía.
