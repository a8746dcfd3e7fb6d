### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = لغو
button-again = 🔁 دوباره
button-vary = 🎲 نسخهٔ دیگر
button-model = 🧠 مدل
button-copy = 📋 کپی پرامپت
button-retry = 🔁 تلاش دوباره
button-draw-now = 🎨 الان بکش
button-more = ⋯ بیشتر
button-same-seed = 🌱 همان دانه، مدل دیگر
# $size: in pixels, like 2048×2048
button-bigger = 🔍 دو برابر: { $size }
button-shorten = ✂️ کوتاه کن

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = در صف: نفر { $place }
progress-queued-next = نفر بعدی در صف
progress-queued-unknown = در صف
progress-starting = شروع می‌کنم…
progress-drawing = در حال کشیدن
# $place: the position in the queue of the model's server
progress-drawing-queued = در صف مدل: نفر { $place }
# $attempt: number of the attempt, from 2
progress-retrying = تلاش دوباره (بار { $attempt })
progress-sending = در حال ارسال تصویر
progress-sending-video = در حال ارسال ویدیو
# $done of $total pictures are drawn
progress-done = { $done } از { $total } آماده
# $time: minutes and seconds, like 1:30
progress-eta = حدود { $time } مانده

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = در انتظار مدل
status-loading = در حال بارگذاری مدل
status-drawing = در حال کشیدن
status-finishing = در حال اتمام
# Like the steps of a diffusion run
status-step = گام { $step } از { $steps }
# $names: parameters, as in "seed, steps"
status-dropped = این مدل نادیده می‌گیرد: { $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = دانه { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = به‌جای { $model }: { $reason }
caption-failed = { $count ->
    [one] { $count } تصویر ناموفق: { $reason }
   *[other] { $count } تصویر ناموفق: { $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = این مدل نادیده می‌گیرد: { $names }
# $number: of the picture in the grid
caption-full = تصویر { $number }

## The end without a picture

cancelled = لغو شد.
ended-delivered = این یکی تمام شده؛ تصویرش در همین گفت‌وگوست.
ended-failed = این یکی ناموفق بود.
ended-cancelled = این یکی لغو شد.
ended-undeliverable = این یکی ناموفق بود: تصویر ارسال نشد.

## When there is nothing to draw yet

imagine-usage =
    چه بکشم؟ پرامپت را بعد از دستور بنویسید:

    <code>/imagine { $example }</code>

    یا با <code>/imagine</code> به یک پیام پاسخ دهید تا متنش را بکشم.
imagine-caption-usage =
    چه عکس خوبی! با یک پرامپت به آن پاسخ دهید:

    <code>/imagine { $example }</code>
example-prompt = روباه سرخی خوابیده در برف تازه، نور ملایم صبح
# $words: of the prompt, in quotation marks
status-unknown-words = این مدل نمی‌تواند این را بکشد: { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 همان دانه

## Edit

button-edit = ✏️ ویرایش
# $link: marks the question, so that the answer is known
edit-ask = چه چیزی را <a href="{ $link }">تغییر دهم</a>؟ با توضیح آن به این پیام پاسخ دهید.
edit-words-needed = لطفاً بنویسید چه چیزی تغییر کند.

## Words without a reply

button-new-instead = 🆕 به‌جایش تصویر تازه
progress-changes = در حال تغییر آخرین تصویر
# $words: of the picture that is changed
progress-changes-words = در حال تغییر آخرین تصویر: «{ $words }»

## A photo without words

photo-menu = { $count ->
    [one] چه عکس خوبی! با آن چه کنم؟ دکمه‌ای را بزنید یا با یک پرامپت به آن پاسخ دهید.
   *[other] چه عکس‌های خوبی! با آن‌ها چه کنم؟ دکمه‌ای را بزنید یا با یک پرامپت به یکی پاسخ دهید.
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = شدت تغییر { $share }

## Masks

caption-mask-stretched = شکل ماسک با تصویر فرق داشت و ماسک کشیده شد.

## Back to the picture before

button-parent = ↩️ بازگشت
# The line of facts of a picture that is shown once more
caption-again = نمایش دوباره
parent-grid = شبکهٔ تصویرهای قبلی. برای ادامه از یک تصویر روی شماره‌اش بزنید، یا به شبکه پاسخ دهید.
press-parent-gone = تصویر قبلی را دیگر ندارم.

## Prompt help: translated, enhanced and described

button-prompts = 📋 پرامپت
button-enhance = ✨ بهتر کردن پرامپت
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = با پرامپت خودتان کشیده شد: ترجمه‌اش ممکن نشد.
caption-unhelped-enhance = با پرامپت خودتان کشیده شد: بهتر کردنش ممکن نشد.
prompts-own = پرامپت شما:
prompts-drawn = پرامپتی که کشیده شد:
prompts-negative = پرامپت منفی:
button-describe = 📝 توصیف
button-upscale = 🔍 بزرگ‌نمایی
button-cutout = ✂️ حذف پس‌زمینه
button-video = 🎬 متحرک‌سازی
button-draw-described = 🎨 بکش
described =
    پرامپتی برای این تصویر:

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = با کدام؟ { $total } گزینه هست.
upscale-usage = با <code>/upscale</code> به یک عکس پاسخ بدهید تا بزرگش کنم.
cutout-usage = با <code>/cutout</code> به یک عکس پاسخ بدهید تا پس‌زمینه‌اش را بردارم.
task-off = اینجا نمی‌توانم: مالک ربات مدلی برای این کار تنظیم نکرده است.
describe-usage = با <code>/describe</code> به یک عکس پاسخ دهید تا پرامپتی بنویسم که آن را می‌کشد.
describe-off = اینجا نمی‌شود تصویرها را توصیف کرد: مالک ربات مدلی برای این کار تنظیم نکرده است.
animate-usage =
    با <code>/animate</code> به یک تصویر پاسخ دهید تا حرکت کند. پس از دستور بنویسید چگونه:

    <code>/animate { $example }</code>
animate-example = بزرگ‌نمایی آرام، ابرهای گذرا
animate-off = اینجا نمی‌شود تصویرها را متحرک کرد: مالک ربات مدلی برای این کار تنظیم نکرده است.
describe-looking = دارم نگاه می‌کنم…
describe-picture = نتوانستم این تصویر را باز کنم. دوباره به‌صورت عکس بفرستید.
describe-blocked = این تصویر را اینجا نمی‌توانم توصیف کنم: در توصیف آن کلمه‌های مسدودشده هست.
describe-failed = فعلاً نتوانستم این تصویر را توصیف کنم. چند دقیقهٔ دیگر دوباره امتحان کنید.
describe-too-many = تصویرهای زیادی داده‌اید تا توصیف کنم. یک ساعت دیگر امتحان کنید.
describe-budget = سهم امروز شما برای این کار تمام شده است. بعداً امتحان کنید.

## A picture file that says how it was made

button-draw-again = 🔁 دوباره بکش
recipe-found = در این فایل نوشته شده که چگونه ساخته شده است. پرامپت آن:
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }: { $value }
# $label: the model that draws it again
recipe-model = «<b>دوباره بکش</b>» از { $label } استفاده می‌کند.
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = این چک‌پوینت یا مدل را ندارم. «<b>دوباره بکش</b>» از { $label } استفاده می‌کند.

## Voice messages

voice-understood = 🎤 این را فهمیدم: <i>{ $words }</i>
voice-off = اینجا نمی‌توانم پیام صوتی گوش کنم: صاحب ربات سروری برای این کار راه نینداخته است. لطفاً پرامپت را بنویسید.
voice-too-long = این پیام صوتی برای من طولانی است (حداکثر { $minutes } دقیقه). در چند جمله بگویید.
voice-too-large = این پیام صوتی برای من حجیم است (حداکثر 20 مگابایت).
voice-gone = نتوانستم این پیام صوتی را از تلگرام بگیرم. لطفاً دوباره بفرستید.
voice-nothing = در این پیام صوتی کلمه‌ای نشنیدم. نزدیک‌تر به میکروفون امتحان کنید یا پرامپت را بنویسید.
voice-failed = الان نتوانستم این پیام صوتی را بفهمم. چند دقیقهٔ دیگر امتحان کنید یا پرامپت را بنویسید.
voice-too-many = پیام‌های صوتی زیادی فرستاده‌اید. یک ساعت دیگر امتحان کنید یا پرامپت را بنویسید.
