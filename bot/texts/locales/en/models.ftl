### Choosing a model.

model-menu =
    <b>Choose a model</b>
    Current: { $label }
model-menu-default = <b>Choose a model</b>
    Current: { $label } (default)
model-menu-picture =
    <b>Choose a model</b>
    Current: { $label }
    This applies to all new pictures. To draw the picture above with it, tap Draw.
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } is down: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = costs { $cost }
button-model-instead = Use { $label } for now
model-menu-empty = There are no models yet. The bot's owner has to add one.
model-set = Model set to { $label }.
model-already = { $label } is already selected.
model-reset = Back to the default: { $label }.
model-unknown = There's no model “{ $model }”. Available: { $valid }
model-gone = That model is no longer offered here.
button-model-default = Use default
button-redraw = 🎨 Draw with { $label }
button-previous = ‹
button-next = ›
