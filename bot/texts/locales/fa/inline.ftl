### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = بکش: { $prompt }
inline-placeholder = شروع می‌کنم… اگر اتفاقی نیفتاد، دکمه را بزنید.
inline-type = بنویسید چه می‌خواهید ببینید
inline-unavailable = هنوز اینجا نمی‌توانم. گفت‌وگوی ما را باز کنید
inline-one = اینجا هر بار یک تصویر می‌سازم
inline-in-chat = این فقط در گفت‌وگوی ما کار می‌کند
inline-gone = این تصویر دیگر در دسترس نیست
inline-credits = هزینه { $cost }، اعتبار شما { $left }: خرید اعتبار
button-inline-draw = 🎨 بکش
button-share = ↗️ هم‌رسانی
press-inline-gone = این دکمه منقضی شده است. پرامپت را دوباره بنویسید.

## To operators

admin-inline-off = ⚠️ <b>حالت درون‌خطی</b> خاموش است: در @BotFather با /setinline روشنش کنید.
admin-inline-no-chat = ⚠️ <b>حالت درون‌خطی</b> گفت‌وگویی برای تصویرها ندارد: یک کانال خصوصی بسازید، مرا در آن مدیر کنید و شناسه‌اش را در <code>MEDIA_CHAT_ID</code> بگذارید.
admin-inline-no-rights = ⚠️ <b>حالت درون‌خطی:</b> نمی‌توانم در گفت‌وگوی تصویرها <code>{ $chat }</code> چیزی بفرستم. مرا آنجا مدیر کنید و اجازهٔ ارسال بدهید.
