### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Намалювати: { $prompt }
inline-placeholder = Починаю… Якщо нічого не відбувається, натисніть кнопку.
inline-type = Напишіть, що хочете побачити
inline-unavailable = Тут поки не малюю. Відкрити наш чат
inline-one = Тут я роблю по одній картинці
inline-in-chat = Це працює лише в нашому чаті
inline-gone = Цієї картинки більше немає
inline-credits = Ціна { $cost }, у вас { $left }: купити кредити
button-inline-draw = 🎨 Намалювати
button-share = ↗️ Поділитися
press-inline-gone = Кнопка застаріла. Напишіть промпт ще раз.

## To operators

admin-inline-off = ⚠️ <b>Інлайн-режим</b> вимкнено: увімкніть його в @BotFather командою /setinline.
admin-inline-no-chat = ⚠️ <b>Інлайн-режиму</b> потрібен чат для картинок: створіть закритий канал, зробіть мене там адміном і вкажіть його id у <code>MEDIA_CHAT_ID</code>.
admin-inline-no-rights = ⚠️ <b>Інлайн-режим:</b> я не можу писати в чат для картинок <code>{ $chat }</code>. Зробіть мене там адміном із правом публікації.
