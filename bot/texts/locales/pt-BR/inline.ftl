### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Desenhar: { $prompt }
inline-placeholder = Começando… Se nada acontecer, toque no botão.
inline-type = Escreva o que você quer ver
inline-unavailable = Ainda não dá por aqui. Abra nosso chat
inline-one = Aqui faço uma imagem por vez
inline-in-chat = Isso só funciona no nosso chat
inline-gone = Essa imagem não está mais disponível
inline-credits = Custa { $cost } e você tem { $left }: comprar créditos
button-inline-draw = 🎨 Desenhar
button-share = ↗️ Compartilhar
press-inline-gone = Este botão expirou. Digite o prompt de novo.

## To operators

admin-inline-off = ⚠️ O <b>modo inline</b> está desligado: ligue no @BotFather com /setinline.
admin-inline-no-chat = ⚠️ O <b>modo inline</b> não tem um chat para as imagens: crie um canal privado, me torne admin e ponha o id dele em <code>MEDIA_CHAT_ID</code>.
admin-inline-no-rights = ⚠️ <b>Modo inline:</b> não posso publicar no chat das imagens <code>{ $chat }</code>. Me torne admin com permissão para publicar.
