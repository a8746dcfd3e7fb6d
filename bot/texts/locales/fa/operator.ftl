### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = گزارش یک تصویر (در پاسخ به آن)
banned = دیگر نمی‌توانید از این ربات استفاده کنید.{ $reason }
banned-until = تا { $until } UTC نمی‌توانید از این ربات استفاده کنید.{ $reason }
refused-banned = اکنون نمی‌توانید از این ربات استفاده کنید.
refused-maintenance = در حال تعمیر هستم. { $sentence }
refused-model-off = { $model } خاموش است. { $sentence }
failure-switched-off = { $model } خاموش است. مدل دیگری انتخاب کنید.
reason-switched-off = گردانندهٔ ربات آن را خاموش کرده است
operator-message =
    <b>پیامی از گردانندهٔ ربات:</b>
    { $words }
failure-output-refused = نمی‌توانم نتیجهٔ این پرامپت را نشان دهم. آن را جور دیگری بنویسید.
failure-output-unchecked = اکنون نمی‌توان تصویرها را بررسی کرد، پس نمی‌توانم نشانشان دهم. بعداً دوباره تلاش کنید.
reason-output-refused = نباید نشان داده شود
reason-output-unchecked = بررسی نشد
button-report = 🚩 گزارش
button-reports = 🚩 گزارش‌ها: { $count }
button-report-delete = 🗑 حذف
button-report-dismiss = رد کردن
report-taken = سپاس. این تصویر بررسی می‌شود.
report-known = این تصویر قبلاً گزارش شده است.
report-too-many = برای امروز بس است. بقیه را فردا گزارش کنید.
report-nothing = با /report به یکی از تصویرهای من پاسخ دهید.
report-in-group =
    🚩 <b>گزارش یک عضو:</b> { $prompt }
    { $link }
report-deleted = حذف شد.
report-dismissed = رد شد.
report-decided = قبلاً تصمیم گرفته شده است.
report-gone = این تصویر دیگر نیست.
button-broadcasts-off = 🔕 دیگر چنین پیامی نفرست
button-broadcasts-on = 🔔 دوباره چنین پیام‌هایی بفرست
broadcasts-off = دیگر چنین پیامی نمی‌گیرید.
broadcasts-on = دوباره چنین پیام‌هایی می‌گیرید.
