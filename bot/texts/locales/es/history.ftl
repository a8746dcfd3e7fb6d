### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>Tus imágenes</b>, las más recientes primero. Toca un número para ver las opciones.
    Buscar: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>Tus imágenes</b> con <code>{ $words }</code>, las más recientes primero. Toca un número para ver las opciones.
history-example = zorro
history-empty = Aún no hay imágenes. Envíame un prompt para empezar.
history-nothing-found = Ninguna imagen coincide con «{ $words }». Ver todas: /history
history-in-private = Tus imágenes son solo para ti. Envía /history en nuestro chat privado.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = Esa imagen ya no está en tu historial.
button-newer = ‹ Más recientes
button-older = Más antiguas ›
button-full = 🖼 Tamaño completo

forget-question =
    <b>¿Borrar todos tus datos?</b>
    Cancelaré tus imágenes en curso y borraré tus ajustes, tus prompts y tu historial. Las imágenes seguirán en los chats, pero sus botones dejarán de funcionar. Esto no se puede deshacer.
forget-in-private = Envía /forget en nuestro chat privado.
forget-done = Tus datos se han borrado. Para empezar de nuevo, envíame un prompt.
forget-kept = No se ha borrado nada.
button-forget = 🗑 Borrar todo
button-keep = Cancelar
