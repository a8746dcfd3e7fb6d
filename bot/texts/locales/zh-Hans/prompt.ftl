### What is wrong with a prompt as typed. Each names the option and shows what works.

prompt-unknown-flag = 未知参数 <code>{ $flag }</code>。可用参数：{ $known }
prompt-unknown-flag-suggestion = 未知参数 <code>{ $flag }</code>。你是想用 <code>{ $suggestion }</code> 吗？
prompt-flag-twice = <code>{ $flag }</code> 用了两次。
prompt-missing-value = <code>{ $flag }</code> 需要一个值：{ $expected }。
prompt-bad-value = <code>{ $flag } { $value }</code> 无效。应为：{ $expected }。
prompt-too-long = 提示词太长：{ $length } 个字符，上限为 { $limit }。请缩短。
# $end: the last words that would be drawn
prompt-shorter = 我可以把它截短，结尾会是：“… { $end }”

## What a flag expects; $expected is a list or a range

expected-model = 模型 id：{ $expected }
expected-ar = 宽高比：{ $expected }
expected-size = 以像素为单位的宽和高：{ $expected }
expected-no = 不想出现的内容
expected-seed = 数字，{ $expected }
expected-steps = 数字，{ $expected }
expected-cfg = 数字，{ $expected }
expected-n = 数字，{ $expected }

# All prompts of a chain of refinements together
prompt-chain-too-long = 加上之前的内容就太长了：{ $length } 个字符，最多 { $limit }。请用 /imagine 和一段完整的提示词重新开始。

expected-strength = 参考图的改动幅度，{ $expected }
