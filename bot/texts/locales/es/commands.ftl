### The command menu, and what /start and /help say.

command-imagine = Crear una imagen a partir de texto
command-history = Tus imágenes
command-forget = Borrar mis datos
command-model = Elegir un modelo
command-settings = Formato, pasos, semilla, idioma…
command-group = Ajustes del grupo (administradores)
command-cancel = Cancelar una imagen
command-help = Ayuda
command-balance = Tus créditos
command-buy = Comprar créditos
command-paysupport = Ayuda con los pagos
command-terms = Condiciones de venta

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    Dibujo imágenes a partir de texto. Envíame un prompt, como «un zorro rojo dormido en la nieve fresca», y mira cómo aparece la imagen.

    Añádeme a un grupo y todos podrán dibujar allí con /imagine.
# On the bot's page, at most 120 characters.
bot-short-description = Envía un prompt y recibe una imagen. También en grupos: /imagine

start =
    ¡Hola, { $name }! Dibujo imágenes a partir de texto.

    Dime qué te gustaría ver, por ejemplo:

    <code>{ $example }</code>

    O toca el botón y dibujaré justo esa. Más información: /help
start-group =
    ¡Hola! Dibujo imágenes a partir de texto. Aquí cualquiera puede usar:

    <code>/imagine { $example }</code>
button-example = 🎨 Dibujar

help =
    <b>Dibujar</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] En este chat puedes omitir el comando.
       *[no] En los grupos hace falta el comando.
    } Responde a una de mis imágenes con un nuevo prompt para cambiarla. Responde <code>/imagine</code> a cualquier mensaje para dibujar su texto. Envía una foto con <code>/imagine</code> en la descripción para usarla como imagen de partida (si el modelo lo admite).

    <b>Opciones</b>, en cualquier parte del prompt
    <code>--ar 16:9</code> relación de aspecto
    <code>--size 1024x768</code> tamaño en píxeles
    <code>--n 4</code> número de imágenes, de 1 a 9
    <code>--no texto, personas</code> prompt negativo: lo que no debe aparecer
    <code>--seed 7</code> misma semilla y mismo prompt, misma imagen
    <code>--steps 20</code> más pasos: más detalle, más tiempo
    <code>--cfg 4.5</code> guía: cuánto ceñirse al prompt
    <code>--model { $model }</code> modelo para esta imagen
    <code>--style oil</code> estilo; mira Estilo en /settings
    <code>zorro { "{" }rojo, azul{ "}" }</code> una imagen por cada opción

    <b>Comandos</b>
    /model: elegir un modelo
    /settings: tus valores predeterminados y el idioma
    /history: tus imágenes; <code>/history zorro</code> para buscar
    /cancel: cancelar tu imagen
    /export: recibir tus prompts y tus imágenes
    /forget: borrar tus datos

    Modelo actual: { $label }.

cancel-done = Cancelada.
cancel-nothing = Aquí no hay nada que cancelar.
cancel-ended = Esta imagen ya ha terminado.
cancel-not-yours = Solo puede cancelarla quien la pidió o un administrador.
cancel-unknown = No conozco esa imagen. Para cancelar una, respóndele con /cancel.

press-not-yours = Esta imagen no es tuya. Envía /imagine para crear la tuya.
press-menu-not-yours = Este menú es de otra persona. Envía { $command } para abrir el tuyo.
press-outdated = Este botón es demasiado antiguo. Envía el comando otra vez.
press-accepted = ¡Voy!
press-once = Ya estoy en ello.
press-sending = ¡La envío!
press-picture-gone = La imagen a tamaño completo ha caducado. Toca «Otra vez» para dibujar una nueva.
press-stopping = Cancelando…
press-not-allowed = Este bot es privado.
command-unknown = No conozco ese comando. Consulta /help.
# The message has other buttons by now
press-button-gone = Ese botón ya no está. Usa los que hay ahora.
# To the operators. $old and $new: ids
operator-chat-moved = Un grupo de ALLOWED_CHATS se ha convertido en supergrupo y su id ha pasado de <code>{ $old }</code> a <code>{ $new }</code>. Sigue funcionando; pon el nuevo id en ALLOWED_CHATS.
command-describe = Escribir un prompt para una foto
command-upscale = Ampliar una foto
command-cutout = Quitar el fondo de una foto
command-animate = Animar una imagen (respondiendo a ella)
command-export = Exportar mis datos
command-admin = Estadísticas, personas, modelos (operadores)
command-report = Denunciar una imagen (respóndele)
command-broadcast = Enviar un mensaje a todos (operadores; respóndele)
command-key = Dibujar con tu propia clave de API
