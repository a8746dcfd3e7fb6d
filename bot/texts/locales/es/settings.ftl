### A person's own settings.

settings-menu =
    <b>Tus ajustes</b>
    Se aplican a todas tus imágenes en todos los chats. Las opciones que escribes tienen prioridad.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = Te queda hoy para modelos de pago: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } ignora este ajuste.

setting-model = Modelo
setting-aspect-ratio = Relación de aspecto
setting-steps = Pasos
setting-guidance = Guía (CFG)
setting-negative = Prompt negativo
setting-seed = Semilla
setting-count = Imágenes por petición
setting-document = Enviar como archivo
setting-spoiler = Spoiler
setting-language = Idioma
setting-width = Ancho
setting-height = Alto
setting-image = Imagen de partida
setting-strength = Fuerza

hint-aspect-ratio = Ancho por alto.
hint-steps = Más pasos: más detalle, más tiempo.
hint-guidance = Cuánto ceñirse al prompt. Bajo es más libre; alto, más estricto.
hint-negative = Lo que no debe aparecer en tus imágenes.
hint-seed = La misma semilla y el mismo prompt dan la misma imagen.
hint-count = Cuántas imágenes a la vez.
hint-document = Un archivo conserva cada píxel. Una foto se ve al momento.
hint-spoiler = Tus imágenes se ven borrosas hasta que alguien las toca. Se envían como fotos, porque los archivos no se pueden difuminar.
hint-language = El idioma en el que te hablo.

value-auto = auto
value-random = aleatoria
value-nothing = ninguno
value-yes = sí
value-no = no
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = como en Telegram

button-back = ‹ Atrás
button-close = Cerrar
button-reset = Restablecer todo
button-type = ✏️ Escribir
button-clear = Borrar
button-random = 🎲 Aleatoria

settings-saved = Guardado.
settings-reset = Ajustes restablecidos.
settings-closed = Ajustes cerrados.
settings-bad-value = Ese valor no es válido aquí.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = ¿Qué no debe aparecer en tus imágenes? <a href="{ $link }">Responde a este mensaje</a> con tu prompt negativo.
settings-ask-seed = ¿Qué semilla? <a href="{ $link }">Responde a este mensaje</a> con un número de 0 a { $limit }.
settings-negative-saved = Prompt negativo: { $value }
settings-negative-cleared = Prompt negativo borrado.
settings-negative-too-long = { $limit ->
    [one] Es demasiado largo: el límite es de { $limit } carácter. Responde otra vez, más corto.
   *[other] Es demasiado largo: el límite es de { $limit } caracteres. Responde otra vez, más corto.
}
settings-seed-saved = Semilla: { $value }.
settings-seed-cleared = La semilla vuelve a ser aleatoria.
settings-seed-bad = Eso no es una semilla. Responde otra vez con un número de 0 a { $limit }.
settings-no-person = Solo las cuentas personales tienen ajustes, y estás escribiendo como canal o administrador anónimo. Escribe en tu nombre o añade opciones al comando, como <code>--ar 16:9</code>.
settings-text-needed = Responde otra vez, con texto.

## Follow-up words, and strength

setting-follow-up = Textos siguientes
hint-follow-up = Qué significa tu siguiente texto en un chat privado cuando no es una respuesta. Automático: un modelo que sabe editar cambia una imagen de menos de 15 minutos; los demás dibujan una nueva. --new empieza siempre una nueva.
value-follow-up-auto = automático
value-follow-up-change = cambiar la última imagen
value-follow-up-new = empezar una imagen nueva
hint-strength = Cuánto se cambia la imagen de partida: bajo la conserva, alto la ignora.
setting-mask = Máscara
setting-expand = Extensión
## Prompt help

setting-translate = Traducir prompts
setting-enhance = Mejorar prompts
hint-translate = Los prompts en idiomas que un modelo no entiende se traducen para él.
hint-enhance = Un modelo de chat añade detalles a tus prompts antes de dibujarlos.
