### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Не знаю параметра <code>{ $flag }</code>. Знаю такі: { $known }
prompt-unknown-flag-suggestion = Не знаю параметра <code>{ $flag }</code>. Може, <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> трапляється двічі.
prompt-missing-value = У <code>{ $flag }</code> немає значення. Потрібно так: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> не підходить. Потрібно так: { $expected }.
prompt-too-long = { $limit ->
    [one] Промпт задовгий: { $length }, а можна не більше ніж { $limit } знак. Скоротіть, будь ласка.
    [few] Промпт задовгий: { $length }, а можна не більше ніж { $limit } знаки. Скоротіть, будь ласка.
   *[many] Промпт задовгий: { $length }, а можна не більше ніж { $limit } знаків. Скоротіть, будь ласка.
}
# $end: the last words that would be drawn
prompt-shorter = Можу скоротити, щоб помістилося; останніми будуть слова: «… { $end }»

## What a flag expects; $expected is a list or a range

expected-model = id моделі: { $expected }
expected-ar = співвідношення сторін: { $expected }
expected-size = ширина й висота в пікселях: { $expected }
expected-no = чого не має бути
expected-seed = число, { $expected }
expected-steps = число, { $expected }
expected-cfg = число, { $expected }
expected-n = число, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = Разом з усім, що було до цього, виходить задовго: { $length } символів, а можна не більше { $limit }. Будь ласка, почніть заново: /imagine і один промпт, у якому все є.

expected-strength = наскільки змінити вихідне зображення, { $expected }
expected-new = без значення
expected-mask = без значення
expected-zoom = у скільки разів більше показати, { $expected }
expected-pan = у який бік домалювати: { $expected }

mask-missing = Надішліть маску картинкою: додайте <code>--mask</code> у підпис і дайте нею відповідь на картинку, яку треба змінити. Біле зміниться, чорне лишиться.
mask-alone = Для цієї маски немає картинки. Дайте нею відповідь на картинку; якщо це сітка, спершу натисніть номер і дайте відповідь на ту, що прийде.
mask-words = Напишіть у підписі й те, що там має бути: <code>--mask червоний капелюх</code>
extend-mask = Використовуйте або <code>--mask</code>, або <code>--zoom</code> і <code>--pan</code>, але не разом.
extend-alone = Дайте цим відповідь на картинку, яку треба домалювати; якщо це сітка, спершу натисніть номер і дайте відповідь на ту, що прийде.
extend-words = Напишіть і те, що довкола картинки: <code>{ $flags } засніжений ліс</code>

expected-enhance = { $expected }
