### Choosing a model.

model-menu =
    <b>Modell wählen</b>
    Aktuell: { $label }
model-menu-default = <b>Modell wählen</b>
    Aktuell: { $label } (Standard)
model-menu-picture =
    <b>Modell wählen</b>
    Aktuell: { $label }
    Das gilt für alle neuen Bilder. Um das Bild oben damit zu malen, tippe auf „Malen“.
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } ist ausgefallen: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = kostet { $cost }
button-model-instead = Solange { $label } nehmen
model-menu-empty = Es gibt noch keine Modelle. Der Betreiber des Bots muss eines hinzufügen.
model-set = Modell: { $label }.
model-already = { $label } ist schon ausgewählt.
model-reset = Wieder das Standardmodell: { $label }.
model-unknown = Es gibt kein Modell „{ $model }“. Verfügbar: { $valid }
model-gone = Dieses Modell wird hier nicht mehr angeboten.
button-model-default = Standard verwenden
button-redraw = 🎨 Mit { $label } malen
button-previous = ‹
button-next = ›
