### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = Checkpoint
setting-sampler = Échantillonneur
setting-scheduler = Planificateur
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = Agrandisseur

## In the settings

button-search = 🔎 Chercher
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    Pour { $label } uniquement. Noms dans la liste : { $total }
choices-loras = { $limit } à la fois au plus. Avec <i>Chercher</i>, vous pouvez aussi donner un poids : <code>detail:0.7</code>
choices-unreadable = Impossible de lire la liste de { $label } pour le moment. Réessayez plus tard.
# $link: marks the question, so that the answer is known
choices-ask = { $name } : quel nom ? <a href="{ $link }">Répondez à ce message</a> avec le nom ou une partie du nom.
choices-found = Noms correspondants : { $total }. Touchez-en un, ou répondez encore en précisant.
choices-nothing = « { $words } » n’existe pas. Les plus proches :
choices-too-many = C’est la limite : { $limit } LoRA à la fois. Retirez-en d’abord un.
# $words: the trigger words of a LoRA
choices-words = Ajouté à votre prompt : <code>{ $words }</code>
choices-often = Fréquent dans les images d’apprentissage : <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = le nom d’un checkpoint, ou <code>auto</code>
expected-sampler = le nom d’un échantillonneur, ou <code>auto</code>
expected-scheduler = le nom d’un planificateur, ou <code>auto</code>
# $expected: the range of weights
expected-lora = le nom d’un LoRA, avec un poids si vous voulez (<code>detail:0.7</code> ; { $expected }), cinq au plus, ou <code>none</code>
expected-vae = le nom d’un VAE, ou <code>auto</code>
# $near: the names most like it
refused-choice-unknown = { $model } n’a pas ceci : <code>{ $flag } { $name }</code>. Le plus proche : { $near }
refused-choice-none = { $model } n’a pas ceci : <code>{ $flag } { $name }</code>. Sa liste est vide.
