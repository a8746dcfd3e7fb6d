### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>تصویرهای شما</b>، تازه‌ترین‌ها اول. برای دیدن گزینه‌ها روی یک شماره بزنید.
    جستجو: <code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = <b>تصویرهای شما</b> با <code>{ $words }</code>، تازه‌ترین‌ها اول. برای دیدن گزینه‌ها روی یک شماره بزنید.
history-example = روباه
history-empty = هنوز تصویری نیست. برای شروع یک پرامپت بفرستید.
history-nothing-found = تصویری با «{ $words }» پیدا نشد. دیدن همه: /history
history-in-private = تصویرهای شما فقط برای خودتان است. لطفاً /history را در گفت‌وگوی خصوصی‌مان بفرستید.
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = این تصویر دیگر در تاریخچهٔ شما نیست.
button-newer = ‹ تازه‌تر
button-older = قدیمی‌تر ›
button-full = 🖼 اندازهٔ کامل

forget-question =
    <b>همهٔ داده‌های شما حذف شود؟</b>
    تصویرهای در حال کشیدن شما را لغو می‌کنم و تنظیمات، پرامپت‌ها و تاریخچهٔ شما را حذف می‌کنم. تصویرها در گفت‌وگوها می‌مانند، ولی دکمه‌هایشان از کار می‌افتد. این کار برگشت‌پذیر نیست.
forget-in-private = لطفاً /forget را در گفت‌وگوی خصوصی‌مان بفرستید.
forget-done = داده‌های شما حذف شد. برای شروع دوباره، فقط یک پرامپت بفرستید.
forget-kept = چیزی حذف نشد.
button-forget = 🗑 حذف همه چیز
button-keep = انصراف
