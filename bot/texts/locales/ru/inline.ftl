### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Нарисовать: { $prompt }
inline-placeholder = Начинаю… Если ничего не происходит, нажмите кнопку.
inline-type = Напишите, что хотите увидеть
inline-unavailable = Здесь пока не рисую. Открыть наш чат
inline-one = Здесь я делаю по одной картинке
inline-in-chat = Это работает только в нашем чате
inline-gone = Этой картинки больше нет
inline-credits = Цена { $cost }, у вас { $left }: купить кредиты
button-inline-draw = 🎨 Нарисовать
button-share = ↗️ Поделиться
press-inline-gone = Кнопка устарела. Напишите промпт ещё раз.

## To operators

admin-inline-off = ⚠️ <b>Инлайн-режим</b> выключен: включите его у @BotFather командой /setinline.
admin-inline-no-chat = ⚠️ <b>Инлайн-режиму</b> нужен чат для картинок: создайте закрытый канал, сделайте меня там админом и укажите его id в <code>MEDIA_CHAT_ID</code>.
admin-inline-no-rights = ⚠️ <b>Инлайн-режим:</b> я не могу писать в чат для картинок <code>{ $chat }</code>. Сделайте меня там админом с правом публикации.
