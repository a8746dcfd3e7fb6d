### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>اعتبار شما:</b> { $left }
credits-free = رایگان امروز: { $left } از { $daily }. اول همین خرج می‌شود و هر روز (UTC) دوباره می‌آید.
credits-held = کنار گذاشته برای تصویرهای در حال ساخت: { $held }
credits-owed = بدهی پس از بازپرداخت: { $owed }. خرید بعدی شما آن را می‌پوشاند.
credits-subscribed = اشتراک شما تا { $until } پرداخت شده است.
credits-price = هزینهٔ هر تصویر با { $model }: { $cost }. تصویرهای ناموفق یا لغوشده هزینه‌ای ندارند.
credits-not-needed = تصویرهای شما اعتباری کم نمی‌کنند: اینجا محدودیتی ندارید.
# Once the operator has switched credits off.
credits-closed = فعلاً تصویرها اعتباری کم نمی‌کنند و اعتبار فروخته نمی‌شود. اعتباری که خریده‌اید برای شما می‌ماند.
credits-closed-subscription = اشتراک شما ادامه دارد تا آن را در تنظیمات تلگرام، بخش ستاره‌ها، لغو کنید.

## Buying

credits-shop = 💎 <b>اعتبار</b> هزینهٔ تصویرهای مدل‌های پولی را می‌پردازد. آن را با ستاره‌های تلگرام ⭐ می‌خرید. اگر ستاره کم دارید، اول در تنظیمات تلگرام شارژ کنید. /terms
credits-in-private = اعتبار را در گفت‌وگوی خصوصی ما بخرید.
credits-subscription = 💎 هر 30 روز { $credits } اعتبار، هر بار { $stars } ⭐. هر وقت بخواهید در تنظیمات تلگرام، بخش ستاره‌ها، لغو می‌شود.
button-buy = 💎 خرید اعتبار
button-pack = 💎 { $credits } به قیمت { $stars } ⭐
button-subscription = 🔁 هر 30 روز { $credits }: { $stars } ⭐
button-subscribe = اشتراک با { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = اعتبار: { $credits }
credits-invoice = { $credits } اعتبار برای تصویرهای مدل‌های پولی این ربات. منقضی نمی‌شود.
credits-invoice-subscription = هر 30 روز { $credits } اعتبار برای تصویرهای مدل‌های پولی این ربات. منقضی نمی‌شود.
# Telegram shows these when a payment is refused.
checkout-gone = این پیشنهاد دیگر وجود ندارد. برای پیشنهادهای فعلی /buy را بفرستید.
checkout-not-yours = این صورتحساب برای کس دیگری است. برای صورتحساب خودتان /buy را بفرستید.
checkout-banned = نمی‌توانید از این ربات استفاده کنید، پس ستاره‌های شما را نمی‌گیرد.
checkout-subscribed = این اشتراک را از قبل دارید.
checkout-later = الان نمی‌توانم پرداختی بگیرم. چند دقیقهٔ دیگر دوباره امتحان کنید.

## Payments

credits-paid = ✅ ممنون! اعتبار اضافه‌شده: { $credits }. حالا { $left } دارید.
credits-renewed = ✅ اشتراک شما { $credits } اعتبار اضافه کرد. حالا { $left } دارید.
credits-unclear = { $stars } ⭐ شما رسید، اما نمی‌دانم بابت چیست. به گردانندگان ربات خبر داده شد. می‌توانید به آن‌ها بنویسید: /paysupport
credits-refunded = ↩️ { $stars } ⭐ به شما برگشت. { $credits } اعتبار آن پرداخت برداشته شد.
credits-payment = · { $at }: { $stars } ⭐، اعتبار { $credits }، { $state }، <code>{ $charge }</code>
payment-credited = پرداخت‌شده
payment-refunding = در حال بازپرداخت
payment-refunded = بازپرداخت‌شده
paysupport = در پرداختی مشکلی هست؟ آن را بعد از دستور بنویسید، مثلاً <code>/paysupport دو بار پرداختم</code>. به گردانندگان این ربات می‌رسانم. پشتیبانی تلگرام دربارهٔ خرید در ربات‌ها کمک نمی‌کند.
paysupport-payments = <b>پرداخت‌های شما:</b>
paysupport-sent = رساندم. همین‌جا به شما پاسخ می‌دهند.
paysupport-failed = به کسی دسترسی پیدا نکردم. لطفاً بعداً دوباره امتحان کنید.
paysupport-in-private = لطفاً این را در گفت‌وگوی خصوصی ما بفرستید.
terms =
    <b>شرایط</b>
    اعتبار فقط هزینهٔ تصویرهای مدل‌های پولی این ربات را می‌پردازد. منقضی نمی‌شود و قابل انتقال یا تبدیل به پول نیست. قیمت هر تصویر در منوی مدل‌ها آمده است؛ آنچه ناموفق یا لغو شود هزینه‌ای ندارد. تصویرها را هوش مصنوعی می‌سازد و ممکن است با انتظار شما فرق کند. بازپرداخت و پرسش: /paysupport
terms-link = شرایط فروش: { $url }
