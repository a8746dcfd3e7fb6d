### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = عکاسی
preset-oil = رنگ روغن
preset-watercolour = آبرنگ
preset-anime = انیمه
preset-pixel-art = پیکسل آرت
preset-isometric = ایزومتریک
preset-sticker = استیکر
preset-logo = لوگو
preset-comic = کمیک
preset-render3d = رندر سه‌بعدی
preset-line-art = طراحی خطی
preset-figurine = فیگور

## Buttons

button-style = 🖌 سبک
button-keep-preset = 📌 ذخیره به‌عنوان پریست
button-own-presets = 📌 پریست‌های من
button-remove-preset = 🗑 حذف

## In the settings

setting-styles = سبک
# $limit: how many can be chosen
styles-menu =
    <b>سبک</b>
    برای همهٔ تصویرهای شماست و تا { $limit } سبک را می‌توان ترکیب کرد. برای یک تصویر، <code>--style</code> و یک نام یا <code>--style none</code> را اضافه کنید.
styles-too-many = { $limit ->
    [one] حداکثر { $limit } سبک می‌توانید انتخاب کنید.
   *[other] حداکثر { $limit } سبک را می‌توانید ترکیب کنید.
}
presets-own =
    <b>پریست‌های من</b>
    برای دیدن یا حذف، روی یکی بزنید.
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = مدل: { $label }
preset-use = برای استفاده: <code>--style { $name }</code>
preset-removed = پریست حذف شد.
preset-gone = این پریست دیگر وجود ندارد.

## Under a picture

caption-styles = { $count ->
    [one] سبک: { $names }
   *[other] سبک‌ها: { $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    نام این <a href="{ $link }">پریست</a> چه باشد؟ با یک نام به این پیام پاسخ دهید.
    در خط دوم می‌توانید کلمه‌ها را خودتان بنویسید، با <code>{ "{" }prompt{ "}" }</code> به‌جای پرامپتتان.
preset-kept = پریست «{ $name }» ذخیره شد. با <code>--style { $typed }</code> از آن استفاده کنید یا در /settings انتخابش کنید.
preset-too-many = { $limit ->
    [one] شما { $limit } پریست دارید و سقف همین است. اول یکی را در /settings حذف کنید.
   *[other] شما { $limit } پریست دارید و سقف همین است. اول یکی را در /settings حذف کنید.
}
preset-bad-name = این نام نمی‌شود: حداکثر 32 نویسه، بدون ویرگول و گیومه، و نه نام یک سبک آماده. لطفاً دوباره پاسخ دهید.
preset-bad-words = این کلمه‌ها نمی‌شود: <code>{ "{" }prompt{ "}" }</code> باید یک بار در آن‌ها باشد و کوتاه‌تر از 600 نویسه باشند. لطفاً دوباره پاسخ دهید.

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = سبکی به نام <code>{ $style }</code> نیست. این‌ها را امتحان کنید: { $known }
expected-style = نام سبک‌ها، حداکثر سه تا: { $expected }
refused-style-needs-picture = سبک «{ $style }» از یک تصویر شروع می‌کند. همراهش عکسی بفرستید یا به یکی پاسخ دهید.
refused-style-one-picture = این سبک از یک تصویر شروع می‌کند. اول یکی را در اندازهٔ کامل باز کنید و به آن پاسخ دهید.
