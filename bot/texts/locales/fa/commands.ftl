### The command menu, and what /start and /help say.

command-imagine = ساخت تصویر از متن
command-history = تصویرهای شما
command-forget = حذف داده‌های من
command-model = انتخاب مدل
command-settings = نسبت ابعاد، گام‌ها، دانه، زبان…
command-group = تنظیمات گروه (مدیران)
command-cancel = لغو یک تصویر
command-help = راهنما
command-balance = اعتبار شما
command-buy = خرید اعتبار
command-paysupport = راهنمایی دربارهٔ پرداخت
command-terms = شرایط فروش

# Telegram shows it in an empty chat, at most 512 characters.
bot-description =
    من از متن تصویر می‌کشم. یک پرامپت بفرستید، مثلاً «روباه سرخی که در برف تازه خوابیده»، و ببینید تصویر چطور ظاهر می‌شود.

    مرا به گروهی اضافه کنید تا همه بتوانند با /imagine تصویر بکشند.
# On the bot's page, at most 120 characters.
bot-short-description = پرامپت بفرستید، تصویر بگیرید. در گروه‌ها هم کار می‌کند: /imagine

start =
    سلام { $name }! من از متن تصویر می‌کشم.

    فقط بگویید چه می‌خواهید ببینید، مثلاً:

    <code>{ $example }</code>

    یا روی دکمه بزنید تا همین را بکشم. توضیح بیشتر: /help
start-group =
    سلام! من از متن تصویر می‌کشم. اینجا همه می‌توانند بنویسند:

    <code>/imagine { $example }</code>
button-example = 🎨 بکش

help =
    <b>کشیدن تصویر</b>
    <code>/imagine { $example }</code>
    { $private ->
        [yes] در این گفت‌وگو به دستور نیازی نیست.
       *[no] در گروه‌ها دستور لازم است.
    } برای تغییر یکی از تصویرهای من، با پرامپت تازه به آن پاسخ دهید. برای کشیدن متن یک پیام، با <code>/imagine</code> به آن پاسخ دهید. برای استفاده از یک عکس به‌عنوان تصویر اولیه، آن را با توضیح <code>/imagine</code> بفرستید (اگر مدل پشتیبانی کند).

    <b>گزینه‌ها</b>، در هر جای پرامپت
    <code>--ar 16:9</code> نسبت ابعاد
    <code>--size 1024x768</code> اندازه به پیکسل
    <code>--n 4</code> تعداد تصویرها، از 1 تا 9
    <code>--no متن, آدم</code> پرامپت منفی: آنچه نباید در تصویر باشد
    <code>--seed 7</code> با دانه (seed) و پرامپت یکسان، تصویر یکسان
    <code>--steps 20</code> گام بیشتر: جزئیات بیشتر، زمان بیشتر
    <code>--cfg 4.5</code> پایبندی (CFG): میزان پیروی از پرامپت
    <code>--model { $model }</code> مدل برای این تصویر
    <code>--style oil</code> سبک؛ بخش «سبک» در /settings را ببینید
    <code>روباه { "{" }سرخ, آبی{ "}" }</code> برای هر گزینه یک تصویر

    <b>دستورها</b>
    /model: انتخاب مدل
    /settings: پیش‌فرض‌های شما و زبان
    /history: تصویرهای شما؛ برای جستجو <code>/history روباه</code>
    /cancel: لغو تصویر شما
    /export: دریافت پرامپت‌ها و تصویرهای شما
    /forget: حذف داده‌های شما

    مدل فعلی: { $label }.

cancel-done = لغو شد.
cancel-nothing = اینجا چیزی برای لغو کردن نیست.
cancel-ended = این تصویر قبلاً تمام شده است.
cancel-not-yours = فقط درخواست‌کننده یا یک مدیر می‌تواند آن را لغو کند.
cancel-unknown = این تصویر را نمی‌شناسم. برای لغو هر تصویر، با /cancel به آن پاسخ دهید.

press-not-yours = این تصویر شما نیست. برای ساختن تصویر خودتان /imagine را بفرستید.
press-menu-not-yours = این منو مال کس دیگری است. برای منوی خودتان { $command } را بفرستید.
press-outdated = این دکمه خیلی قدیمی است. لطفاً دستور را دوباره بفرستید.
press-accepted = الان!
press-once = مشغول همین کارم.
press-sending = دارم می‌فرستم!
press-picture-gone = تصویر کامل دیگر در دسترس نیست. برای کشیدن تصویر تازه «دوباره» را بزنید.
press-stopping = در حال لغو…
press-not-allowed = این ربات خصوصی است.
command-unknown = این دستور را نمی‌شناسم. راهنما: /help
# The message has other buttons by now
press-button-gone = آن دکمه دیگر نیست. لطفاً از دکمه‌های فعلی استفاده کنید.
# To the operators. $old and $new: ids
operator-chat-moved = یکی از گروه‌های ALLOWED_CHATS به سوپرگروه تبدیل شد و شناسه‌اش از <code>{ $old }</code> به <code>{ $new }</code> تغییر کرد. گروه همچنان کار می‌کند؛ لطفاً شناسهٔ تازه را در ALLOWED_CHATS بگذارید.
command-describe = نوشتن پرامپت برای یک عکس
command-upscale = بزرگ کردن عکس
command-cutout = حذف پس‌زمینهٔ عکس
command-animate = متحرک کردن یک تصویر (در پاسخ به آن)
command-export = دریافت داده‌های من
command-admin = آمار، افراد، مدل‌ها (برای اپراتورها)
command-report = گزارش یک تصویر (در پاسخ به آن)
command-broadcast = ارسال پیام به همه (برای اپراتورها؛ در پاسخ به آن)
command-key = طراحی با کلید API خودتان
