### What is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs; and upscalers.

setting-checkpoint = چک‌پوینت
setting-sampler = نمونه‌گیر
setting-scheduler = زمان‌بند
setting-lora = LoRA
setting-vae = VAE
setting-upscaler = بزرگ‌نما

## In the settings

button-search = 🔎 جستجو
# $label: a model; $total: how many names there are
choices-menu =
    <b>{ $name }</b>
    فقط برای { $label }. تعداد نام‌ها در فهرست: { $total }
choices-loras = حداکثر { $limit } تا با هم. با <i>جستجو</i> می‌توانید وزن هم بدهید: <code>detail:0.7</code>
choices-unreadable = فهرست { $label } را الان نمی‌توانم بخوانم. لطفاً بعداً دوباره امتحان کنید.
# $link: marks the question, so that the answer is known
choices-ask = { $name }: کدام؟ با نام یا بخشی از آن به <a href="{ $link }">این پیام پاسخ دهید</a>.
choices-found = تعداد نام‌های مشابه: { $total }. روی یکی بزنید یا با نام کامل‌تر دوباره پاسخ دهید.
choices-nothing = چیزی به نام «{ $words }» نیست. نزدیک‌ترین‌ها:
choices-too-many = بیشتر نمی‌شود: حداکثر { $limit } LoRA با هم. اول یکی را بردارید.
# $words: the trigger words of a LoRA
choices-words = به پرامپت شما افزوده می‌شود: <code>{ $words }</code>
choices-often = در تصویرهای آموزشی آن زیاد آمده است: <code>{ $words }</code>

## What a flag expects, and a name that the model does not have

expected-checkpoint = نام یک چک‌پوینت یا <code>auto</code>
expected-sampler = نام یک نمونه‌گیر یا <code>auto</code>
expected-scheduler = نام یک زمان‌بند یا <code>auto</code>
# $expected: the range of weights
expected-lora = نام یک LoRA، اگر خواستید با وزن (<code>detail:0.7</code>؛ { $expected })، تا پنج تا، یا <code>none</code>
expected-vae = نام یک VAE یا <code>auto</code>
# $near: the names most like it
refused-choice-unknown = مدل { $model } این را ندارد: <code>{ $flag } { $name }</code>. نزدیک‌ترین: { $near }
refused-choice-none = مدل { $model } این را ندارد: <code>{ $flag } { $name }</code>. فهرست آن خالی است.
