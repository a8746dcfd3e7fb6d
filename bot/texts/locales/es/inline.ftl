### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Dibujar: { $prompt }
inline-placeholder = Empiezo… Si no pasa nada, toca el botón.
inline-type = Escribe lo que quieres ver
inline-unavailable = Aquí aún no puedo. Abre nuestro chat
inline-one = Aquí hago una imagen cada vez
inline-in-chat = Eso solo funciona en nuestro chat
inline-gone = Esa imagen ya no está disponible
inline-credits = Cuesta { $cost } y tienes { $left }: comprar créditos
button-inline-draw = 🎨 Dibujar
button-share = ↗️ Compartir
press-inline-gone = Este botón ha caducado. Escribe el prompt otra vez.

## To operators

admin-inline-off = ⚠️ El <b>modo inline</b> está desactivado: actívalo en @BotFather con /setinline.
admin-inline-no-chat = ⚠️ El <b>modo inline</b> no tiene chat para las imágenes: crea un canal privado, hazme administrador y pon su id en <code>MEDIA_CHAT_ID</code>.
admin-inline-no-rights = ⚠️ <b>Modo inline:</b> no puedo publicar en el chat de las imágenes <code>{ $chat }</code>. Hazme administrador con permiso para publicar.
