### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = 画：{ $prompt }
inline-placeholder = 正在开始… 如果没有反应，请点按钮。
inline-type = 输入你想看到的画面
inline-unavailable = 这里还不能画，点此打开私聊
inline-one = 这里一次只画一张
inline-in-chat = 此功能仅在私聊中可用
inline-gone = 这张图片已不可用
inline-credits = 需要 { $cost } 点，你有 { $left } 点：购买点数
button-inline-draw = 🎨 开始画
button-share = ↗️ 分享
press-inline-gone = 按钮已过期，请重新输入提示词。

## To operators

admin-inline-off = ⚠️ <b>内联模式</b>未开启：请在 @BotFather 用 /setinline 开启。
admin-inline-no-chat = ⚠️ <b>内联模式</b>缺少图片缓存聊天：请新建一个私有频道，把我设为管理员，并将其 id 填入 <code>MEDIA_CHAT_ID</code>。
admin-inline-no-rights = ⚠️ <b>内联模式：</b>我无法在图片缓存聊天 <code>{ $chat }</code> 发消息。请把我设为有发布权限的管理员。
