### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = Unknown option <code>{ $flag }</code>. Options: { $known }
prompt-unknown-flag-suggestion = Unknown option <code>{ $flag }</code>. Did you mean <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> is used twice.
prompt-missing-value = <code>{ $flag }</code> needs a value: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> isn't valid. Use { $expected }.
prompt-too-long = This prompt is too long: { $length } characters, and the limit is { $limit }. Please shorten it.
# $end: the last words that would be drawn
prompt-shorter = I can cut it to fit; it would end with: “… { $end }”

## What a flag expects; $expected is a list or a range

expected-model = a model id: { $expected }
expected-ar = an aspect ratio: { $expected }
expected-size = a width and a height in pixels: { $expected }
expected-no = what should not appear
expected-seed = a number, { $expected }
expected-steps = a number, { $expected }
expected-cfg = a number, { $expected }
expected-n = a number, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = With everything before it, this is too long: { $length } characters, at most { $limit }. Please start over with /imagine and one prompt that says it all.

expected-strength = how much to change the source image, { $expected }

expected-enhance = { $expected }

expected-new = no value
expected-mask = no value
expected-zoom = how much more to show, { $expected }
expected-pan = the side to extend: { $expected }

mask-missing = Send the mask as a picture with <code>--mask</code> in its caption, in reply to the picture to change. White is changed, black is kept.
mask-alone = This mask has no picture to change. Reply with it to a picture; for a grid, tap a number first and reply to that picture.
mask-words = Also say in the caption what to put there: <code>--mask a red hat</code>
extend-mask = Use either <code>--mask</code> or <code>--zoom</code> and <code>--pan</code>, not both.
extend-alone = Reply with this to the picture you want to extend; for a grid, tap a number first and reply to that picture.
extend-words = Also say what is around the picture: <code>{ $flags } a snowy forest</code>
