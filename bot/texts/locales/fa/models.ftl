### Choosing a model.

model-menu =
    <b>انتخاب مدل</b>
    فعلی: { $label }
model-menu-default = <b>انتخاب مدل</b>
    فعلی: { $label } (پیش‌فرض)
model-menu-picture =
    <b>انتخاب مدل</b>
    فعلی: { $label }
    این برای همهٔ تصویرهای بعدی است. برای کشیدن تصویر بالا با آن، «بکش» را بزنید.
# $reason: as under a picture, like "model can't be reached"
model-menu-down = 🔴 { $label } از کار افتاده است: { $reason }.
# What a model usually takes, behind its name
model-seconds = حدود { $seconds } ثانیه
model-minutes = حدود { $minutes } دقیقه
# $cost: an amount in the operator's own unit
model-price = هزینه { $cost }
button-model-instead = فعلاً { $label }
model-menu-empty = هنوز مدلی نیست. مالک ربات باید یکی اضافه کند.
model-set = مدل انتخاب شد: { $label }.
model-already = مدل { $label } از قبل انتخاب شده است.
model-reset = بازگشت به پیش‌فرض: { $label }.
model-unknown = مدلی به نام «{ $model }» نیست. مدل‌های موجود: { $valid }
model-gone = این مدل دیگر اینجا ارائه نمی‌شود.
button-model-default = پیش‌فرض
button-redraw = 🎨 بکش با { $label }
button-previous = ‹
button-next = ›
