### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Sampler
setting-scheduler = Scheduler
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Upscaler

## In the settings

button-search = 🔎 Search
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    For { $label } only. Names in the list: { $total }
choices-loras = Up to { $limit } at once. With <i>Search</i> you can also set a weight: <code>detail:0.7</code>
choices-unreadable = I can't read the list of { $label } right now. Please try again later.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: which one? <a href="{ $link }">Reply to this message</a> with its name or a part of it.
choices-found = Names with that in them: { $total }. Tap one, or reply again with more of the name.
choices-nothing = There is no “{ $words }”. These are closest:
choices-too-many = That's the limit: { $limit } LoRAs at once. Remove one first.
# $words: the trigger words of a LoRA
choices-words = Added to your prompt: <code>{ $words }</code>
choices-often = Often in the pictures it learned from: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = the name of a checkpoint, or <code>auto</code>
expected-sampler = the name of a sampler, or <code>auto</code>
expected-scheduler = the name of a scheduler, or <code>auto</code>
# $expected: the range of weights
expected-lora = the name of a LoRA, with a weight if you like (<code>detail:0.7</code>; { $expected }), up to five, or <code>none</code>
expected-vae = the name of a VAE, or <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } doesn't have this: <code>{ $flag } { $name }</code>. Closest: { $near }
refused-choice-none = { $model } doesn't have this: <code>{ $flag } { $name }</code>. Its list is empty.
