### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = گزینهٔ <code>{ $flag }</code> ناشناخته است. گزینه‌ها: { $known }
prompt-unknown-flag-suggestion = گزینهٔ <code>{ $flag }</code> ناشناخته است. منظورتان <code>{ $suggestion }</code> بود؟
prompt-flag-twice = گزینهٔ <code>{ $flag }</code> دو بار آمده است.
prompt-missing-value = گزینهٔ <code>{ $flag }</code> مقدار لازم دارد: { $expected }.
prompt-bad-value = مقدار <code>{ $flag } { $value }</code> معتبر نیست. مقدار درست: { $expected }.
prompt-too-long = این پرامپت خیلی طولانی است: { $length } نویسه، و سقف آن { $limit } است. لطفاً کوتاهش کنید.
# $end: the last words that would be drawn
prompt-shorter = می‌توانم آن را کوتاه کنم تا جا شود؛ پایانش این می‌شود: «… { $end }»

## What a flag expects; $expected is a list or a range

expected-model = شناسهٔ یک مدل: { $expected }
expected-ar = یک نسبت ابعاد: { $expected }
expected-size = عرض و ارتفاع به پیکسل: { $expected }
expected-no = آنچه نباید در تصویر باشد
expected-seed = یک عدد، { $expected }
expected-steps = یک عدد، { $expected }
expected-cfg = یک عدد، { $expected }
expected-n = یک عدد، { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = با همهٔ آنچه پیش از این آمده، خیلی طولانی است: { $length } نویسه، حداکثر { $limit }. لطفاً با /imagine و یک پرامپت کامل از نو شروع کنید.

expected-strength = میزان تغییر تصویر اولیه، { $expected }
expected-new = بدون مقدار
expected-mask = بدون مقدار
expected-zoom = چقدر بیشتر دیده شود، { $expected }
expected-pan = سمتی که گسترش می‌یابد: { $expected }

mask-missing = ماسک را به‌صورت تصویر بفرستید: در توضیح آن <code>--mask</code> بنویسید و با آن به تصویری که باید تغییر کند پاسخ دهید. سفید تغییر می‌کند، سیاه می‌ماند.
mask-alone = این ماسک تصویری برای تغییر ندارد. با آن به یک تصویر پاسخ دهید؛ اگر شبکه است، اول روی یک شماره بزنید و به تصویری که می‌آید پاسخ دهید.
mask-words = در توضیح بنویسید که آنجا چه باید باشد: <code>--mask کلاه قرمز</code>
extend-mask = یا <code>--mask</code> را به کار ببرید یا <code>--zoom</code> و <code>--pan</code> را، نه هر دو را.
extend-alone = با این به تصویری که باید گسترش یابد پاسخ دهید؛ اگر شبکه است، اول روی یک شماره بزنید و به تصویری که می‌آید پاسخ دهید.
extend-words = بنویسید که دور تصویر چه هست: <code>{ $flags } جنگل برفی</code>

expected-enhance = { $expected }
