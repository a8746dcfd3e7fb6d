### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Sampler
setting-scheduler = Scheduler
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Upscaler

## In the settings

button-search = 🔎 Suchen
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Nur für { $label }. Namen in der Liste: { $total }
choices-loras = Höchstens { $limit } zugleich. Über <i>Suchen</i> kannst du auch eine Gewichtung angeben: <code>detail:0.7</code>
choices-unreadable = Ich kann die Liste von { $label } gerade nicht lesen. Bitte versuch es später noch einmal.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: Welcher Name? <a href="{ $link }">Antworte auf diese Nachricht</a> mit dem Namen oder einem Teil davon.
choices-found = Passende Namen: { $total }. Tippe auf einen oder antworte noch einmal genauer.
choices-nothing = „{ $words }“ gibt es nicht. Am ähnlichsten:
choices-too-many = Mehr geht nicht: höchstens { $limit } LoRAs zugleich. Entferne erst eine.
# $words: the trigger words of a LoRA
choices-words = Wird an deinen Prompt angehängt: <code>{ $words }</code>
choices-often = Oft in den Bildern, aus denen sie gelernt hat: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = der Name eines Checkpoints oder <code>auto</code>
expected-sampler = der Name eines Samplers oder <code>auto</code>
expected-scheduler = der Name eines Schedulers oder <code>auto</code>
# $expected: the range of weights
expected-lora = der Name einer LoRA, auf Wunsch mit Gewichtung (<code>detail:0.7</code>; { $expected }), bis zu fünf, oder <code>none</code>
expected-vae = der Name einer VAE oder <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } hat das nicht: <code>{ $flag } { $name }</code>. Am ähnlichsten: { $near }
refused-choice-none = { $model } hat das nicht: <code>{ $flag } { $name }</code>. Die Liste ist leer.
