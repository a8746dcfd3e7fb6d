### Choosing a model.

model-menu =
    <b>Elige un modelo</b>
    Actual: { $label }
model-menu-default = <b>Elige un modelo</b>
    Actual: { $label } (por defecto)
model-menu-picture =
    <b>Elige un modelo</b>
    Actual: { $label }
    Se aplica a todas las imágenes nuevas. Para dibujar con él la imagen de arriba, toca «Dibujar».
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } no funciona: { $reason }.
# What a model usually takes, behind its name
model-seconds = ~{ $seconds } s
model-minutes = ~{ $minutes } min
# $cost: an amount in the operator's own unit
model-price = cuesta { $cost }
button-model-instead = Usar { $label } por ahora
model-menu-empty = Aún no hay modelos. El dueño del bot tiene que añadir uno.
model-set = Modelo elegido: { $label }.
model-already = { $label } ya está elegido.
model-reset = De nuevo el modelo por defecto: { $label }.
model-unknown = No hay ningún modelo «{ $model }». Disponibles: { $valid }
model-gone = Ese modelo ya no está disponible aquí.
button-model-default = Usar el predeterminado
button-redraw = 🎨 Dibujar con { $label }
button-previous = ‹
button-next = ›
