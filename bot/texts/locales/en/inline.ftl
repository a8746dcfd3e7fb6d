### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Draw: { $prompt }
inline-placeholder = Starting… If nothing happens, tap the button.
inline-type = Type what you'd like to see
inline-unavailable = I can't draw here yet. Open our chat
inline-one = I make one picture at a time here
inline-in-chat = That works only in our chat
inline-gone = That picture is no longer available
inline-credits = This costs { $cost }, you have { $left }: buy credits
button-inline-draw = 🎨 Draw
button-share = ↗️ Share
press-inline-gone = This button has expired. Type your prompt again.

## To operators

admin-inline-off = ⚠️ <b>Inline mode</b> is off: switch it on at @BotFather with /setinline.
admin-inline-no-chat = ⚠️ <b>Inline mode</b> has no cache chat: create a private channel, make me an admin there, and set <code>MEDIA_CHAT_ID</code> to its id.
admin-inline-no-rights = ⚠️ <b>Inline mode:</b> I can't post in the cache chat <code>{ $chat }</code>. Make me an admin there with the right to post.
