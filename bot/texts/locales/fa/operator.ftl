### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = دیگر نمی‌توانید از این ربات استفاده کنید.{ $reason }
banned-until = تا { $until } UTC نمی‌توانید از این ربات استفاده کنید.{ $reason }
refused-banned = فعلاً نمی‌توانید از این ربات استفاده کنید.
refused-maintenance = در حال تعمیر و نگهداری هستم. { $sentence }
refused-model-off = مدل { $model } خاموش است. { $sentence }
failure-switched-off = مدل { $model } خاموش است. مدل دیگری انتخاب کنید.
reason-switched-off = اپراتور خاموشش کرده است
operator-message =
    <b>پیامی از اپراتور ربات:</b>
    { $words }

## Buttons

button-period-today = امروز
button-period-week = 7 روز
button-period-month = 30 روز
button-chart = 📈 نمودار
button-models = مدل‌ها
button-audit = گزارش کارها
button-pause = ⏸ توقف ربات
button-resume = ▶️ ادامه
button-ban = 🚫 مسدود کردن
button-ban-days = { $days ->
    [one] 🚫 { $days } روز
   *[other] 🚫 { $days } روز
}
button-unban = رفع مسدودی
button-exempt = بدون محدودیت
button-limits-default = محدودیت‌های پیش‌فرض

## Statistics

admin-usage = <b>از { $since } UTC</b>
admin-paused = ⏸ <b>ربات متوقف است:</b> { $sentence }
admin-requests = <b>درخواست‌ها:</b> { $counts }
admin-pictures = <b>تصویرها:</b> { $counts }
admin-people = <b>افراد:</b> { $active } فعال، { $new } تازه
admin-times = <b>انتظار (p50 / p95):</b> { $wait } · <b>کشیدن:</b> { $draw }
admin-seconds = { $seconds } ثانیه
admin-models = <b>مدل‌ها:</b> { $counts }
admin-chats = <b>گفت‌وگوها:</b> { $counts }
admin-cost = <b>هزینه:</b> { $total } { $counts }
admin-own-keys = <b>با کلید شخصی:</b> { $counts }
admin-failures = <b>خطاها:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = در انتظار
outcome-drawing = در حال کشیدن
outcome-drawn = کشیده‌شده
outcome-delivered = تحویل‌شده
outcome-failed = ناموفق
outcome-cancelled = لغوشده
outcome-undeliverable = تحویل‌ناپذیر

## Models and the log

admin-switches = { $count ->
    [one] <b>مدل‌ها:</b> { $count } مدل روشن است. برای تغییر بزنید. برای گفتن دلیل به اعضا: <code>/admin off MODEL جمله</code>
   *[other] <b>مدل‌ها:</b> { $count } مدل روشن است. برای تغییر بزنید. برای گفتن دلیل به اعضا: <code>/admin off MODEL جمله</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = مدلی به نام «{ $model }» نیست.
admin-audit = <b>کارهای اپراتورها</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (توسط { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>درخواست‌ها در 30 روز:</b> { $counts }
admin-person-cost = <b>هزینه:</b> { $day } در 24 ساعت، { $month } در 30 روز
admin-person-exempt = بدون محدودیت.
admin-person-limits = محدودیت‌های روزانهٔ خودش: { $limit } درخواست، هزینه { $cost }
admin-person-banned = 🚫 مسدود تا { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }، { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d دلیل</code>
    <code>/admin limit { $id } 50 1.5</code> (درخواست و هزینهٔ روزانه)
    <code>/admin message { $id } متن</code>
admin-for-good = اطلاع ثانوی
admin-banned = کاربر { $id } تا { $until } مسدود است.
admin-ban-oneself = نمی‌توانید خودتان را مسدود کنید.
admin-ban-operator = این یک اپراتور است. اول شناسه‌اش را از ADMIN_IDS بردارید.
admin-nobody = کسی به نام { $who } نمی‌شناسم. شناسه را بنویسید یا به یک پیام بازارسال‌شده پاسخ دهید.
admin-hidden = تلگرام نویسندهٔ این پیام را پنهان می‌کند. شناسه را بنویسید.
admin-message-sent = ارسال شد.
admin-message-failed = ارسال نشد: { $reason }
admin-orders = یکی از این‌ها را بفرستید:
    <code>/admin</code>
    <code>/admin 12345</code> یا <code>@name</code>، یا با /admin به یک پیام بازارسال‌شده پاسخ دهید
    <code>/admin ban 12345 7d دلیل</code>، <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>، <code>/admin exempt 12345</code>
    <code>/admin message 12345 متن</code>
    <code>/admin off MODEL جمله</code>، <code>/admin on MODEL</code>
    <code>/admin pause جمله</code>، <code>/admin resume</code>، <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 گزارش
button-reports = 🚩 گزارش‌ها: { $count }
button-report-delete = 🗑 حذف
button-report-ban = 🚫 حذف و مسدود کردن
button-report-dismiss = رد کردن
report-taken = ممنون. این تصویر بررسی می‌شود.
report-known = این تصویر قبلاً گزارش شده است.
report-too-many = برای امروز کافی است. لطفاً بقیه را فردا گزارش کنید.
report-nothing = با /report به یکی از تصویرهای من پاسخ دهید.
report-card =
    🚩 <b>گزارش:</b> درخواست { $request } ({ $model }) از { $person } در { $chat }، گزارش از { $by }
    { $prompt }
report-in-group =
    🚩 <b>گزارش یک عضو:</b> { $prompt }
    { $link }
report-deleted = حذف شد.
report-banned = حذف شد و صاحبش مسدود شد.
report-dismissed = رد شد.
report-decided = قبلاً تصمیم گرفته شده است.
report-gone = این تصویر دیگر نیست.

## Output check

failure-output-refused = اجازه ندارم نتیجهٔ این پرامپت را نشان بدهم. آن را جور دیگری بنویسید.
failure-output-unchecked = فعلاً نمی‌شود تصویرها را بررسی کرد، پس نمی‌توانم نشانشان بدهم. لطفاً بعداً امتحان کنید.
reason-output-refused = اجازهٔ نمایش ندارد
reason-output-unchecked = بررسی نشد

## Broadcasts

button-broadcast-test = ارسال به خودم
button-broadcast-start = ▶️ شروع
button-broadcast-pause = ⏸ مکث
button-broadcast-stop = ⏹ توقف
button-broadcasts-off = 🔕 دیگر نفرست
button-broadcasts-on = 🔔 دوباره بفرست
broadcasts-off = دیگر چنین پیام‌هایی دریافت نمی‌کنید.
broadcasts-on = دوباره چنین پیام‌هایی دریافت می‌کنید.
broadcast-usage = با <code>/broadcast 30</code> به پیام پاسخ دهید: همهٔ کسانی که در 30 روز گذشته از من استفاده کرده‌اند، نسخه‌ای از آن می‌گیرند.
broadcast-nobody = کسی آن را نمی‌گیرد: در این مدت کسی فعال نبوده است.
broadcast-draft = { $count ->
    [one] این پیام به { $count } نفر می‌رسد. اول برای خودتان بفرستید، بعد شروع کنید.
   *[other] این پیام به { $count } نفر می‌رسد. اول برای خودتان بفرستید، بعد شروع کنید.
}
broadcast-tested = برای شما ارسال شد.
broadcast-test-failed = نمی‌شود آن را کپی کرد: { $reason }
broadcast-running = 📣 در حال ارسال. ارسال‌شده: { $sent }، مرا مسدود کرده: { $gone }، ناموفق: { $failed }
broadcast-paused = ⏸ مکث. ارسال‌شده: { $sent }، مرا مسدود کرده: { $gone }، ناموفق: { $failed }
broadcast-stopped = ⏹ متوقف شد. ارسال‌شده: { $sent }، مرا مسدود کرده: { $gone }، ناموفق: { $failed }
broadcast-done = ✅ تمام شد. ارسال‌شده: { $sent }، مرا مسدود کرده: { $gone }، ناموفق: { $failed }

## Alerts

alert-model-down = ⚠️ مدل { $model } ده دقیقه است که از کار افتاده.
alert-unauthorized = ⚠️ مدل { $model } کلید API را نپذیرفت.
alert-key-refused = ⚠️ مدل { $model } کلید API با نام { $key } را نپذیرفت. کلیدهای دیگر همچنان کار می‌کنند.
alert-payment = ⚠️ اعتبار { $model } تمام شده است.
alert-cost = ⚠️ به اندازهٔ { $percent } درصد از بودجهٔ امروز برای همه خرج شده است (DAILY_COST).
alert-disk = ⚠️ از فضای دیسک { $percent } درصد مانده است.
alert-webhook = ⚠️ شاید به‌روزرسانی‌ها نرسند: { $reason }.
alert-migration = ⚠️ نسخهٔ تازه‌تری پایگاه داده را ارتقا داده است. این فرایند را با آن نسخه دوباره راه‌اندازی کنید.

## Credits

admin-person-credits = <b>اعتبار:</b> خریداری‌شده { $paid }، رایگان امروز { $free }، کنار گذاشته { $held }
button-refund = ↩️ بازپرداخت { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ بله، بازپرداخت { $stars } ⭐
admin-refund-sure = { $stars } ⭐ به { $id } برگردد؟ { $credits } اعتبار برداشته می‌شود؛ از خریداری‌شده { $left } می‌ماند.
# Behind admin-refund-sure
admin-refund-subscription = اشتراک هم با آن پایان می‌یابد: تلگرام دیگر آن را تمدید نمی‌کند.
admin-refund-unknown = چنین پرداختی نیست.
admin-refund-known = این پرداخت بازپرداخت شده یا در حال بازپرداخت است.
admin-refund-asked = از تلگرام می‌خواهم { $stars } ⭐ را به { $id } برگرداند. نتیجه را می‌گویم.
admin-refund-done = ↩️ { $stars } ⭐ به { $id } بازپرداخت شد.
admin-refund-delayed = ⚠️ هنوز نمی‌شود { $stars } ⭐ را به { $id } برگرداند. باز هم امتحان می‌کنم. { $reason }
admin-refund-refused = ⚠️ تلگرام { $stars } ⭐ را به { $id } برنمی‌گرداند؛ اعتبارش دوباره سر جایش است. { $reason }
operator-payment-banned = ⚠️ کاربر { $id } مسدود است و با این حال { $stars } ⭐ پرداخته. اعتبار مال اوست. برای بازپرداخت: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ کاربر { $id } برای چیزی که نمی‌شناسم { $stars } ⭐ پرداخته. برای بازپرداخت: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ کاربر { $id } با این‌که CREDITS دیگر تنظیم نشده { $stars } ⭐ پرداخته. اعتبار مال اوست. برای بازپرداخت: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>دربارهٔ یک پرداخت</b>، از { $id }: { $words }
    برای پاسخ: <code>/admin message { $id } متن</code>
