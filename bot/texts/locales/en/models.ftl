### Choosing a model.

model-menu =
    <b>Who draws?</b>
    Now: { $label }
model-menu-default = <b>Who draws?</b>
    Now: { $label } (the default)
model-menu-picture =
    <b>Who draws?</b>
    Now: { $label }
    Your choice holds for all your pictures from now on. To draw the picture above with it, press Draw.
# $reason: as under a picture, like "the model cannot be reached"
model-menu-down = 🔴 { $label } does not draw right now: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = costs { $cost }
button-model-instead = Take { $label } meanwhile
model-menu-empty = There are no models here yet. Whoever runs this bot has to add one.
model-set = { $label } draws for you now.
model-already = { $label } already draws for you.
model-reset = You follow the default again: { $label }.
model-unknown = I have no model “{ $model }”. These I have: { $valid }
model-gone = That model is no longer offered here.
button-model-default = Follow the default
button-redraw = 🎨 Draw with { $label }
button-previous = ‹
button-next = ›
