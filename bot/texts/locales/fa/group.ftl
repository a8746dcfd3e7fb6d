### What the admins of a group choose for it, with /group.

group-menu =
    <b>تنظیمات گروه</b>
    این تنظیمات برای همهٔ اعضای این گروه است.
channel-menu =
    <b>تنظیمات کانال</b>
    این تنظیمات برای پست‌های این کانال است.
group-privacy =
    حالت حریم خصوصی روشن است: اینجا فقط دستورها و پاسخ‌ها به خودم را می‌بینم، نه <code>@{ $username } روباه</code>. برای فعال شدن آن، مرا مدیر کنید.
group-only-groups = این برای گروه‌هاست: مرا به گروهی اضافه کنید و /group را آنجا بفرستید.
group-admins-only = فقط مدیران این گروه می‌توانند این را تغییر دهند.

group-who = چه کسی می‌کشد
group-models = مدل‌ها
group-default = مدل پیش‌فرض
group-cooldown = زمان انتظار
group-spoiler = اسپویلر
group-language = زبان
group-posts = کشیدن برای پست‌ها

group-hint-who = چه کسی می‌تواند در این گروه از من تصویر بخواهد.
group-hint-models = مدل‌های تیک‌خورده در این گروه مجازند. برای تغییر، بزنید.
group-hint-default = مدل اعضایی که خودشان مدلی انتخاب نکرده‌اند.
group-hint-cooldown = هر عضو بین دو تصویر چقدر صبر می‌کند. مدیران لازم نیست صبر کنند.
group-hint-language = زبان آنچه همه می‌بینند. منوها به زبان خود هر عضو می‌مانند.

group-who-everyone = همه
group-who-admins = فقط مدیران
group-who-people = افراد، نه کانال‌ها
group-models-all = همه
group-default-operator = پیش‌فرض ربات
group-language-each = زبان خود هر عضو
group-button-all = مجاز کردن همه
group-button-operator = پیش‌فرض ربات

value-none = هیچ
value-seconds = { $count ->
    [one] { $count } ثانیه
   *[other] { $count } ثانیه
}
value-minutes = { $count ->
    [one] { $count } دقیقه
   *[other] { $count } دقیقه
}
