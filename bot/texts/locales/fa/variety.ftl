### Several pictures that differ: choices in the prompt, and several models.

## Choices

# What was chosen for each picture, as in "1: red; 2: blue"
caption-chosen = انتخاب‌شده: { $words }
caption-part = تصویرهای { $first } تا { $last } از { $total }
square-seconds = { $seconds } ثانیه
many-question = { $count ->
    [one] این { $count } تصویر می‌شود.
   *[other] این { $count } تصویر می‌شود.
}
# $cost: an amount in the operator's own unit
many-cost = هزینه: <b>{ $cost }</b>
many-too-many = { $count ->
    [one] این { $count } تصویر می‌شود و من در یک نوبت حداکثر { $limit } تصویر می‌کشم.
   *[other] این { $count } تصویر می‌شود و من در یک نوبت حداکثر { $limit } تصویر می‌کشم.
}
many-far-too-many = { $count ->
    [one] این بیش از { $count } تصویر می‌شود و من در یک نوبت حداکثر { $limit } تصویر می‌کشم.
   *[other] این بیش از { $count } تصویر می‌شود و من در یک نوبت حداکثر { $limit } تصویر می‌کشم.
}
button-draw-many = { $count ->
    [one] 🎨 کشیدن { $count } تصویر
   *[other] 🎨 کشیدن هر { $count } تصویر
}
button-draw-first = { $count ->
    [one] فقط { $count } تصویر اول
   *[other] فقط { $count } تصویر اول
}
button-draw-none = نکش
prompt-choices-too-deep = { $limit ->
    [one] انتخاب‌های داخل آکولاد حداکثر { $limit } سطح تودرتو می‌شوند. لطفاً آکولادهای تودرتوی کمتری بنویسید.
   *[other] انتخاب‌های داخل آکولاد حداکثر { $limit } سطح تودرتو می‌شوند. لطفاً آکولادهای تودرتوی کمتری بنویسید.
}
prompt-choices-too-many = { $limit ->
    [one] وقتی چند گزینه با هم برداشته می‌شود، حداکثر { $limit } گزینه می‌تواند باشد.
   *[other] وقتی چند گزینه با هم برداشته می‌شود، حداکثر { $limit } گزینه می‌تواند باشد.
}

# Of a model that was asked for several pictures in one run
caption-fewer = { $count ->
    [one] از { $asked } تصویر، { $count } تصویر رسید
   *[other] از { $asked } تصویر، { $count } تصویر رسید
}

## Comparing models

button-compare = 🆚 مقایسهٔ مدل‌ها
button-compare-draw = { $count ->
    [one] 🆚 مقایسهٔ { $count } مدل
   *[other] 🆚 مقایسهٔ { $count } مدل
}
# $label: the model whose picture it is
button-full-of = 🖼 { $label }
button-use-model = ✓ همین مدل
button-use-model-named = ✓ انتخاب { $label }
compare-few = بین { $least } تا { $most } مدل انتخاب کنید.
compare-many = حداکثر { $most } مدل را می‌توانید مقایسه کنید.
# $names: parameters, as in "seed, steps"
compare-unused = مدل { $model } نادیده می‌گیرد: { $names }

button-album = 🖼 همه در اندازهٔ کامل
