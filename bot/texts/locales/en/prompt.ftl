### What is wrong with a prompt as typed. Each names the offender and shows a way that works.

prompt-unknown-flag = I don't know <code>{ $flag }</code>. I know: { $known }
prompt-unknown-flag-suggestion = I don't know <code>{ $flag }</code>. Did you mean <code>{ $suggestion }</code>?
prompt-flag-twice = <code>{ $flag }</code> is there twice. Once is enough.
prompt-missing-value = <code>{ $flag }</code> needs a value: { $expected }.
prompt-bad-value = <code>{ $flag } { $value }</code> does not work. It takes { $expected }.
prompt-too-long = That is too long: { $length } characters, and I take at most { $limit }. Please shorten it.
# $end: the last words that would be drawn
prompt-shorter = I can draw it as far as it fits. It would end with: “… { $end }”

## What a flag expects; $expected is a list or a range

expected-model = the id of a model: { $expected }
expected-ar = a shape: { $expected }
expected-size = a width and a height in pixels: { $expected }
expected-no = the words to leave out
expected-seed = a number, { $expected }
expected-steps = a number, { $expected }
expected-cfg = a number, { $expected }
expected-n = a number, { $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = With everything before it, this is too long: { $length } characters, at most { $limit }. Please start over with /imagine and one prompt that says it all.
