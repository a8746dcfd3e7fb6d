### /key: کلیدهایی که افراد برای مدل‌ها می‌آورند.

# $model: the id of a model; $valid: ids of models
key-help =
    با کلید API خودتان تصویر بسازید: <code>/key { $model } YOUR_KEY</code>
    برای حذف: <code>/key { $model } off</code>

    کلید شما رمزنگاری‌شده نگهداری می‌شود، فقط به سرویس خودش فرستاده می‌شود و هرگز نشان داده نمی‌شود. هزینهٔ تصویرها از حساب شما در آنجا کم می‌شود.

    این مدل‌ها کلید می‌پذیرند: { $valid }
key-usage = کلید را بعد از مدل بنویسید: <code>/key { $model } YOUR_KEY</code>. برای حذف: <code>/key { $model } off</code>
key-unknown = «{ $wanted }» کلید نمی‌پذیرد. این مدل‌ها می‌پذیرند: { $valid }
# $host: the server to which the key goes
key-malformed = این شبیه کلید { $host } نیست. دوباره و بدون فاصله کپی کنید.
key-other-service = این شبیه کلید { $service } است. اینجا به { $host } فرستاده می‌شد، پس آن را نگه نداشتم.
key-kept =
    🔑 کلید شما برای { $host } رمزنگاری و ذخیره شد. فقط همان‌جا و برای این مدل‌ها به کار می‌رود: { $models }

    هزینهٔ این تصویرها از حساب شما کم می‌شود. برای حذف کلید: <code>/key { $model } off</code>
key-removed = کلید شما برای { $host } حذف شد.
key-none-there = برای { $host } کلیدی ندارید.
# $added: a date
key-line = { $state ->
    [refused] 🔑 { $models } ({ $host })، افزوده در { $added }: آنجا پذیرفته نشد. کلید دیگری بفرستید یا این را حذف کنید.
    [unreadable] 🔑 { $models } ({ $host }): دیگر خوانده نمی‌شود. دوباره بفرستید یا حذفش کنید.
   *[works] 🔑 { $models } ({ $host })، افزوده در { $added }
}
key-nothing-takes-one = اینجا هیچ مدلی کلید شخصی نمی‌پذیرد.
key-off = این ربات کلید API شخصی نمی‌پذیرد.
key-in-private = جای کلید در گفت‌وگوی خصوصی ماست. اگر در این پیام کلیدی بود، کلید تازه‌ای بسازید: شاید دیگران دیده باشند.
key-unreadable = این دستور دیگر خوانده نمی‌شود. لطفاً دوباره بفرستید.
key-not-deleted = ⚠️ نتوانستم پیام شما را حذف کنم. لطفاً خودتان حذفش کنید: کلید در آن است.

failure-own-key-refused = مدل { $model } کلید شما را نپذیرفت، یا کلید به این مدل دسترسی ندارد. با /key کلید دیگری بفرستید یا مدل دیگری انتخاب کنید.
failure-own-key-quota = اعتبار یا سهمیهٔ حساب شما برای { $model } تمام شده است. آن را شارژ کنید یا مدل دیگری انتخاب کنید.
failure-own-key-gone = کلید شما برای { $model } دیگر اینجا نیست. با /key دوباره بفرستید یا مدل دیگری انتخاب کنید.
# In groups, where nobody is to read about somebody's key
failure-own-key = مدل { $model } نتوانست این را برای شما بسازد. برای دیدن دلیل، دوباره در گفت‌وگوی خصوصی بخواهید.
reason-own-key-refused = کلید شما پذیرفته نشد
reason-own-key-quota = اعتبار حساب شما تمام شده است
reason-own-key-gone = کلید شما دیگر اینجا نیست
reason-own-key = جزئیات در گفت‌وگوی خصوصی
