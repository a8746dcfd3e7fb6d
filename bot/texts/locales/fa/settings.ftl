### A person's own settings.

settings-menu =
    <b>تنظیمات شما</b>
    برای همهٔ تصویرهای شما در همهٔ گفت‌وگوهاست. گزینه‌هایی که می‌نویسید بر آن‌ها مقدم است.
button-setting = { $name }: { $value }
settings-line = { $name }: <b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = باقی‌ماندهٔ امروز برای مدل‌های پولی: <b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = مدل { $label } این را نادیده می‌گیرد.

setting-model = مدل
setting-aspect-ratio = نسبت ابعاد
setting-steps = گام‌ها
setting-guidance = پایبندی (CFG)
setting-negative = پرامپت منفی
setting-seed = دانه (seed)
setting-count = تصویر در هر درخواست
setting-document = ارسال به‌صورت فایل
setting-spoiler = اسپویلر
setting-language = زبان
setting-width = عرض
setting-height = ارتفاع
setting-image = تصویر اولیه
setting-strength = شدت تغییر

hint-aspect-ratio = نسبت عرض به ارتفاع.
hint-steps = گام بیشتر: جزئیات بیشتر، زمان بیشتر.
hint-guidance = میزان پیروی از پرامپت. کم یعنی آزادتر، زیاد یعنی دقیق‌تر.
hint-negative = آنچه نباید در تصویرهای شما باشد.
hint-seed = با دانه و پرامپت یکسان، تصویر یکسان می‌شود.
hint-count = چند تصویر در یک نوبت.
hint-document = فایل همهٔ پیکسل‌ها را نگه می‌دارد. عکس بی‌درنگ دیده می‌شود.
hint-spoiler = تصویرهای شما تار است تا کسی روی آن‌ها بزند. به‌صورت عکس فرستاده می‌شوند، چون فایل را نمی‌توان تار کرد.
hint-language = زبانی که با شما حرف می‌زنم.

value-auto = خودکار
value-random = تصادفی
value-nothing = هیچ
value-yes = بله
value-no = خیر
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = مثل تلگرام

button-back = ‹ بازگشت
button-close = بستن
button-reset = بازنشانی همه
button-type = ✏️ وارد کردن
button-clear = پاک کردن
button-random = 🎲 تصادفی

settings-saved = ذخیره شد.
settings-reset = تنظیمات بازنشانی شد.
settings-closed = تنظیمات بسته شد.
settings-bad-value = این مقدار اینجا معتبر نیست.
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = چه چیزی نباید در تصویرهای شما باشد؟ با پرامپت منفی خود به <a href="{ $link }">این پیام پاسخ دهید</a>.
settings-ask-seed = کدام دانه (seed)؟ با عددی از 0 تا { $limit } به <a href="{ $link }">این پیام پاسخ دهید</a>.
settings-negative-saved = پرامپت منفی: { $value }
settings-negative-cleared = پرامپت منفی پاک شد.
settings-negative-too-long = { $limit ->
    [one] خیلی طولانی است: سقف آن { $limit } نویسه است. لطفاً کوتاه‌تر پاسخ دهید.
   *[other] خیلی طولانی است: سقف آن { $limit } نویسه است. لطفاً کوتاه‌تر پاسخ دهید.
}
settings-seed-saved = دانه: { $value }.
settings-seed-cleared = دانه دوباره تصادفی شد.
settings-seed-bad = این دانه نیست. لطفاً با عددی از 0 تا { $limit } دوباره پاسخ دهید.
settings-no-person = فقط حساب‌های شخصی تنظیمات دارند و شما به نام کانال یا مدیر ناشناس می‌نویسید. به نام خودتان بنویسید یا گزینه‌ها را به دستور اضافه کنید، مثلاً <code>--ar 16:9</code>.
settings-text-needed = لطفاً دوباره با متن پاسخ دهید.

## Follow-up words, and strength

setting-follow-up = متن‌های بعدی
hint-follow-up = متن بعدی شما در گفت‌وگوی خصوصی، وقتی پاسخ نیست، چه معنایی دارد. خودکار: مدلی که ویرایش بلد است تصویر تازه‌تر از 15 دقیقه را تغییر می‌دهد و بقیه تصویر تازه می‌کشند. با --new همیشه تصویر تازه شروع می‌شود.
value-follow-up-auto = خودکار
value-follow-up-change = تغییر آخرین تصویر
value-follow-up-new = شروع تصویر تازه
hint-strength = تصویر اولیه چقدر تغییر کند: کم آن را نگه می‌دارد، زیاد آن را نادیده می‌گیرد.
setting-mask = ماسک
setting-expand = گسترش
## Prompt help

setting-translate = ترجمهٔ پرامپت‌ها
setting-enhance = بهتر کردن پرامپت‌ها
hint-translate = پرامپت‌هایی که به زبانی باشند که مدل نمی‌فهمد، برایش ترجمه می‌شوند.
hint-enhance = یک مدل گفت‌وگو پیش از کشیدن، جزئیات به پرامپت‌هایتان اضافه می‌کند.
