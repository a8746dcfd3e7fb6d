### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Malen: { $prompt }
inline-placeholder = Es geht los … Falls nichts passiert, tippe auf den Button.
inline-type = Schreib, was du sehen möchtest
inline-unavailable = Hier geht das noch nicht. Chat öffnen
inline-one = Hier mache ich ein Bild auf einmal
inline-in-chat = Das geht nur in unserem Chat
inline-gone = Dieses Bild gibt es nicht mehr
inline-credits = Kostet { $cost }, du hast { $left }: Guthaben kaufen
button-inline-draw = 🎨 Malen
button-share = ↗️ Teilen
press-inline-gone = Dieser Button ist abgelaufen. Gib deinen Prompt noch einmal ein.

## To operators

admin-inline-off = ⚠️ Der <b>Inline-Modus</b> ist aus: Schalte ihn bei @BotFather mit /setinline ein.
admin-inline-no-chat = ⚠️ Dem <b>Inline-Modus</b> fehlt ein Chat für Bilder: Erstelle einen privaten Kanal, mach mich dort zum Admin und trage seine ID als <code>MEDIA_CHAT_ID</code> ein.
admin-inline-no-rights = ⚠️ <b>Inline-Modus:</b> Ich darf im Chat für Bilder <code>{ $chat }</code> nichts posten. Mach mich dort zum Admin mit dem Recht zu posten.
