### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ به علاقه‌مندی‌های شما اضافه شد. آن‌ها را در /history ببینید.
favourite-removed = از علاقه‌مندی‌های شما حذف شد.
button-favourites = ★ علاقه‌مندی‌ها
button-all-pictures = همهٔ تصویرها
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>علاقه‌مندی‌های شما</b> <code>{ $words }</code>، تازه‌ترین‌ها اول. برای دیدن گزینه‌ها روی یک شماره بزنید.
history-no-favourites = هنوز علاقه‌مندی‌ای نیست. زیر یک تصویر روی ☆ بزنید.

export-in-private = لطفاً /export را در گفت‌وگوی خصوصی‌مان بفرستید.
export-wait = همین الان یک خروجی گرفته‌اید. لطفاً یک دقیقهٔ دیگر امتحان کنید.
export-empty = هنوز چیزی برای خروجی گرفتن نیست. برای شروع یک پرامپت بفرستید.
export-file = { $count ->
    [one] پرامپت‌ها و گزینه‌های شما: { $count } تصویر.
   *[other] پرامپت‌ها و گزینه‌های شما: { $count } تصویر.
}
export-more = بخش { $part }، با تصویرهای دیگر شما.
export-pictures = { $count ->
    [one] هنوز { $count } تصویر شما در تلگرام هست.
   *[other] هنوز { $count } تصویر شما در تلگرام هست.
} تصویرهای یک شبکه وقتی به حساب می‌آیند که آن‌ها را باز کرده باشید.
button-export-pictures = { $count ->
    [one] 🖼 ارسال { $count } تصویر
   *[other] 🖼 ارسال { $count } تصویر
}
export-sent = { $count ->
    [one] تعداد { $count } تصویر ارسال شد.
   *[other] تعداد { $count } تصویر ارسال شد.
}
export-lost = { $count ->
    [one] دیگر { $count } تصویر در تلگرام نیست.
   *[other] دیگر { $count } تصویر در تلگرام نیست.
}
export-left = { $count ->
    [one] هنوز { $count } تصویر مانده است.
   *[other] هنوز { $count } تصویر مانده است.
}
