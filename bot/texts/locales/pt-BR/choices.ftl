### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Amostrador
setting-scheduler = Agendador
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Ampliador

## In the settings

button-search = 🔎 Buscar
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Só para { $label }. Nomes na lista: { $total }
choices-loras = Até { $limit } ao mesmo tempo. Em <i>Buscar</i> você também pode dar um peso: <code>detail:0.7</code>
choices-unreadable = Não consigo ler a lista de { $label } agora. Tente mais tarde.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: qual? <a href="{ $link }">Responda a esta mensagem</a> com o nome ou parte dele.
choices-found = Nomes encontrados: { $total }. Toque em um ou responda de novo com mais detalhes.
choices-nothing = Não existe “{ $words }”. Os mais parecidos:
choices-too-many = Esse é o limite: { $limit } LoRAs ao mesmo tempo. Remova um primeiro.
# $words: the trigger words of a LoRA
choices-words = Adicionado ao seu prompt: <code>{ $words }</code>
choices-often = Frequente nas imagens com que aprendeu: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = o nome de um checkpoint, ou <code>auto</code>
expected-sampler = o nome de um amostrador, ou <code>auto</code>
expected-scheduler = o nome de um agendador, ou <code>auto</code>
# $expected: the range of weights
expected-lora = o nome de um LoRA, com peso se quiser (<code>detail:0.7</code>; { $expected }), até cinco, ou <code>none</code>
expected-vae = o nome de um VAE, ou <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } não tem isto: <code>{ $flag } { $name }</code>. Mais parecido: { $near }
refused-choice-none = { $model } não tem isto: <code>{ $flag } { $name }</code>. A lista está vazia.
