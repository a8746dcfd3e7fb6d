### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = مدل { $model } مشکلی داشت. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-refused = مدل { $model } این پرامپت را نپذیرفت. آن را جور دیگری بنویسید یا مدل دیگری انتخاب کنید.
failure-refused-detail = مدل { $model } نپذیرفت: «{ $detail }» پرامپت را تغییر دهید یا مدل دیگری انتخاب کنید.
failure-quota = سهمیهٔ رایگان { $model } تمام شده است. بعداً امتحان کنید یا مدل دیگری انتخاب کنید.
failure-quota-minutes = { $minutes ->
    [one] سهمیهٔ رایگان { $model } تمام شده است. { $minutes } دقیقهٔ دیگر امتحان کنید یا مدل دیگری انتخاب کنید.
   *[other] سهمیهٔ رایگان { $model } تمام شده است. { $minutes } دقیقهٔ دیگر امتحان کنید یا مدل دیگری انتخاب کنید.
}
failure-quota-hours = { $hours ->
    [one] سهمیهٔ رایگان { $model } تمام شده است. { $hours } ساعت دیگر امتحان کنید یا مدل دیگری انتخاب کنید.
   *[other] سهمیهٔ رایگان { $model } تمام شده است. { $hours } ساعت دیگر امتحان کنید یا مدل دیگری انتخاب کنید.
}
failure-payment = اعتبار { $model } تمام شده است؛ مالک ربات باید آن را شارژ کند. فعلاً مدل دیگری انتخاب کنید.
failure-content = مدل { $model } این را نمی‌کشد: خلاف قوانین محتوای این مدل است. جور دیگری بنویسید.
failure-content-detail = مدل { $model } این را نمی‌کشد: «{ $detail }» پرامپت را تغییر دهید.
failure-length = این پرامپت برای { $model } خیلی طولانی است. آن را کوتاه کنید یا مدل دیگری انتخاب کنید.
failure-parameter = مدل { $model } از این تنظیمات پشتیبانی نمی‌کند. آن‌ها را در /settings تغییر دهید یا مدل دیگری انتخاب کنید.
failure-parameter-detail = مدل { $model } از این تنظیمات پشتیبانی نمی‌کند: { $detail }. آن‌ها را تغییر دهید یا مدل دیگری انتخاب کنید.
failure-model-not-found = مدل { $model } دیگر روی سرورش نیست؛ مالک ربات باید نام آن را بررسی کند. فعلاً مدل دیگری انتخاب کنید.
failure-unauthorized = مدل { $model } کلید API را نپذیرفت؛ مالک ربات باید آن را بررسی کند. فعلاً مدل دیگری انتخاب کنید.
failure-cancelled = مدل { $model } این تصویر را لغو کرد. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-unavailable = مدل { $model } فعلاً در دسترس نیست. چند دقیقهٔ دیگر امتحان کنید یا مدل دیگری انتخاب کنید.
failure-bad-answer = مدل { $model } تصویر نامعتبری برگرداند. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-no-picture = مدل { $model } بدون تصویر تمام شد. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-other-server = سرور { $model } درست پاسخ نمی‌دهد؛ مالک ربات باید نشانی آن را بررسی کند. فعلاً مدل دیگری انتخاب کنید.
failure-queue-deadline = مدل { $model } خیلی شلوغ است: زمان انتظار در صف تمام شد. بعداً امتحان کنید یا مدل دیگری انتخاب کنید.
failure-deadline = مدل { $model } خیلی طول کشید. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-daily-cost = همین‌جا متوقف شدم: هزینهٔ یک تلاش دیگر از باقی‌ماندهٔ امروز شما بیشتر است. مدل‌های رایگان همچنان کار می‌کنند.
failure-daily-cost-all = همین‌جا متوقف شدم: هزینهٔ یک تلاش دیگر از باقی‌ماندهٔ بودجهٔ امروز همه بیشتر است. مدل‌های رایگان همچنان کار می‌کنند.
failure-model-gone = مدل { $model } دیگر اینجا ارائه نمی‌شود. مدل دیگری انتخاب کنید.
failure-input-picture = نتوانستم تصویر اولیهٔ شما را باز کنم. آن را دوباره به‌صورت عکس بفرستید.
failure-delivery = تصویر آماده است، ولی تلگرام آن را نپذیرفت. دوباره امتحان کنید یا اندازهٔ کوچک‌تری بخواهید.
failure-no-rights = اجازه ندارم آنجا چیزی بفرستم. از یک مدیر بخواهید ارسال پیام و عکس را برای من مجاز کند و دوباره امتحان کنید.
failure-cache-chat = نمی‌توانم اینجا تصویر بگذارم: صاحب ربات باید گفت‌وگوی تصویرها را بررسی کند.
failure-internal = مشکلی از سمت من پیش آمد. لطفاً دوباره امتحان کنید.

## One draw of several failed: the same, short, for the caption

reason-provider-error = مدل مشکلی داشت
reason-refused = مدل نپذیرفت
reason-quota = سهمیهٔ رایگان تمام شده
reason-payment = اعتبار تمام شده
reason-content = خلاف قوانین محتوای مدل
reason-parameter = مدل از این تنظیمات پشتیبانی نمی‌کند
reason-model-not-found = مدل روی سرورش نیست
reason-unauthorized = کلید API پذیرفته نشد
reason-cancelled = مدل آن را لغو کرد
reason-unavailable = مدل در دسترس نیست
reason-bad-answer = پاسخ نامعتبر
reason-no-picture = پاسخ بدون تصویر
reason-other-server = سرور اشتباه در نشانی مدل
reason-queue-deadline = صف خیلی طولانی
reason-deadline = خیلی طول کشید
reason-daily-cost = برای امروز چیزی نمانده
reason-daily-cost-all = بودجهٔ امروز همه تمام شده
reason-model-gone = مدل دیگر ارائه نمی‌شود
reason-input-picture = تصویر اولیه باز نشد
reason-delivery = تلگرام آن را نپذیرفت
reason-no-rights = اجازهٔ ارسال در آنجا نیست
reason-cache-chat = گفت‌وگوی تصویرها در دسترس نیست
reason-internal = مشکلی از سمت من

## Not accepted

refused-too-old = ببخشید، وقتی این را فرستادید آفلاین بودم. الان بکشم؟
refused-prompt-empty = چه بکشم؟ پرامپت را بعد از دستور بنویسید: <code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = مدلی به نام «{ $model }» نیست. مدل‌های موجود: { $valid }
refused-model-unavailable = مدل { $model } فعلاً در دسترس نیست. با /model مدل دیگری انتخاب کنید.
refused-no-input-picture = مدل { $model } از تصویر اولیه پشتیبانی نمی‌کند. با /model مدل دیگری انتخاب کنید یا بدون تصویر درخواست دهید.
refused-parameter = با این مدل نمی‌شود: { $detail }.
refused-queue-full = { $limit ->
    [one] شما { $limit } تصویر در انتظار دارید. کمی صبر کنید یا آن را لغو کنید: /cancel
   *[other] شما { $limit } تصویر در انتظار دارید. کمی صبر کنید یا یکی را لغو کنید: /cancel
}
refused-daily-limit = { $limit ->
    [one] به سقف روزانهٔ { $limit } تصویر رسیده‌اید. بعداً امتحان کنید.
   *[other] به سقف روزانهٔ { $limit } تصویر رسیده‌اید. بعداً امتحان کنید.
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = هزینهٔ این با { $model } برابر { $cost } است و برای امروز { $left } دارید. مدل‌های رایگان همچنان کار می‌کنند.
refused-daily-cost-all = هزینهٔ این با { $model } برابر { $cost } است، بیشتر از باقی‌ماندهٔ بودجهٔ امروز همه. مدل‌های رایگان همچنان کار می‌کنند.
refused-credits = هزینهٔ این با { $model } برابر { $cost } است و { $left } اعتبار دارید. اعتبار بخرید یا یک مدل رایگان انتخاب کنید.
refused-blocked-words = این را اینجا نمی‌توانم بکشم: در پرامپت کلمه‌های مسدودشده هست. لطفاً جور دیگری بنویسید.
refused-model-not-allowed = مدل { $model } در این گروه مجاز نیست. مدل‌های مجاز: { $allowed }
refused-admins-only = در این گروه فقط مدیران می‌توانند تصویر بکشند. در گفت‌وگوی خصوصی با من، شما هم می‌توانید.
refused-no-channels = در این گروه نمی‌شود به نام کانال تصویر کشید. به نام خودتان بنویسید.
refused-cooldown = { $seconds ->
    [one] زمان انتظار: { $seconds } ثانیهٔ دیگر می‌توانید دوباره بکشید.
   *[other] زمان انتظار: { $seconds } ثانیهٔ دیگر می‌توانید دوباره بکشید.
}
refused-cooldown-long = { $minutes ->
    [one] زمان انتظار: { $minutes } دقیقهٔ دیگر می‌توانید دوباره بکشید.
   *[other] زمان انتظار: { $minutes } دقیقهٔ دیگر می‌توانید دوباره بکشید.
}
refused-request-gone = این تصویر را دیگر ندارم. لطفاً با /imagine دوباره درخواست کنید.

## Everything else

error-internal = مشکلی از سمت من پیش آمد. لطفاً دوباره امتحان کنید.
error-storage = پایگاه دادهٔ من فعلاً در دسترس نیست. در اولین فرصت انجامش می‌دهم.
error-not-allowed = این ربات خصوصی است. از مالک آن اجازهٔ دسترسی بخواهید؛ شناسهٔ شما: <code>{ $id }</code>.
error-input-size = این تصویر برای من خیلی بزرگ است (حداکثر 20 مگابایت). آن را به‌صورت عکس بفرستید.
error-not-a-picture = می‌توانم از عکس به‌عنوان تصویر اولیه استفاده کنم، ولی از این نه.

failure-out-of-memory = حافظهٔ { $model } کم آمد. اندازهٔ کوچک‌تر یا گام کمتری بخواهید، یا مدل دیگری انتخاب کنید.
failure-too-large = این تصویر پس از بزرگ‌نمایی بیش از حد بزرگ می‌شود. تصویر کوچک‌تری بفرستید.
failure-bad-video = مدل { $model } ویدیوی نامعتبری برگرداند. دوباره امتحان کنید یا مدل دیگری انتخاب کنید.
failure-video-too-long = ویدیوی مدل { $model } برای ارسال بیش از حد طولانی است.
failure-video-too-large = ویدیوی مدل { $model } برای تلگرام بیش از حد حجیم است.
failure-no-video = مدل { $model } به‌جای ویدیو تصویر برگرداند. این مدل نمی‌تواند تصویرها را متحرک کند.
failure-request-failed = مدل { $model } از پس این درخواست برنمی‌آید. اندازه، گام‌ها یا پرامپت را تغییر دهید، یا مدل دیگری انتخاب کنید.
failure-no-workers = فعلاً هیچ سروری از { $model } نمی‌تواند این را بکشد. بعداً امتحان کنید، اندازهٔ کوچک‌تری بخواهید یا مدل دیگری انتخاب کنید.
reason-out-of-memory = حافظه کم آمد
reason-too-large = تصویر بزرگ‌شده بیش از حد بزرگ می‌شود
reason-bad-video = ویدیوی نامعتبر
reason-video-too-long = ویدیو بیش از حد طولانی بود
reason-video-too-large = ویدیو بیش از حد حجیم بود
reason-no-video = تصویر به‌جای ویدیو
reason-request-failed = مدل از پس این درخواست برنمی‌آید
reason-no-workers = سرور آزادی نیست

error-storage-picture = پایگاه دادهٔ من فعلاً در دسترس نیست. تصویر شما در اولین فرصت کشیده می‌شود.

# Below a failure: what the operator finds in the log
failure-number = درخواست { $number }

refused-too-many-pictures = { $limit ->
    [one] شما { $count } تصویر داده‌اید، ولی { $model } فقط یکی می‌پذیرد. کمتر بفرستید یا مدل دیگری انتخاب کنید.
   *[other] شما { $count } تصویر داده‌اید، ولی { $model } حداکثر { $limit } تصویر می‌پذیرد. کمتر بفرستید یا مدل دیگری انتخاب کنید.
}
refused-pictures-limit = شما { $count } تصویر داده‌اید؛ حداکثر { $limit } تصویر ممکن است.
press-pictures-gone = این تصویرها را دیگر ندارم. لطفاً دوباره بفرستید.
error-album-mixed = می‌توانم از عکس‌ها به‌عنوان تصویر اولیه استفاده کنم، ولی در این آلبوم چیز دیگری هم هست. لطفاً فقط عکس‌ها را بفرستید.

refused-no-mask = مدل { $model } از ماسک پشتیبانی نمی‌کند. مدل دیگری انتخاب کنید یا با کلمات بگویید چه چیزی تغییر کند.
refused-no-fill = مدل { $model } نمی‌تواند تصویر را گسترش دهد. مدل دیگری انتخاب کنید.
refused-too-large = این تصویر پس از بزرگ‌نمایی { $megapixels } مگاپیکسل می‌شود و حداکثر { $limit } مجاز است. تصویر کوچک‌تری را امتحان کنید.
error-album-hidden = در این گروه تلگرام فقط عکس دارای دستور را به من نشان می‌دهد، نه همهٔ آلبوم را. آلبوم را در پاسخ به یکی از پیام‌های من بفرستید یا از یک مدیر بخواهید مرا اینجا مدیر کند.
failure-blocked-words = این را اینجا نمی‌توانم بکشم: در پرامپت ترجمه‌شده کلمه‌های مسدودشده هست. لطفاً جور دیگری بنویسید.
reason-blocked-words = کلمه‌های مسدودشده در پرامپت
