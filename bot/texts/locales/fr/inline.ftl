### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Dessiner : { $prompt }
inline-placeholder = C’est parti… S’il ne se passe rien, touchez le bouton.
inline-type = Écrivez ce que vous voulez voir
inline-unavailable = Pas encore possible ici. Ouvrir notre chat
inline-one = Ici, une seule image à la fois
inline-in-chat = Cela ne marche que dans notre chat
inline-gone = Cette image n’est plus disponible
inline-credits = Prix { $cost }, solde { $left } : acheter des crédits
button-inline-draw = 🎨 Dessiner
button-share = ↗️ Partager
press-inline-gone = Ce bouton a expiré. Saisissez à nouveau votre prompt.

## To operators

admin-inline-off = ⚠️ Le <b>mode inline</b> est désactivé : activez-le auprès de @BotFather avec /setinline.
admin-inline-no-chat = ⚠️ Le <b>mode inline</b> n’a pas de chat pour les images : créez un canal privé, nommez-moi admin et mettez son id dans <code>MEDIA_CHAT_ID</code>.
admin-inline-no-rights = ⚠️ <b>Mode inline :</b> je ne peux pas publier dans le chat des images <code>{ $chat }</code>. Nommez-moi admin avec le droit de publier.
