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
expected-new = 无需值
expected-mask = 无需值
expected-zoom = 多显示多少，{ $expected }
expected-pan = 向哪一侧扩展：{ $expected }

mask-missing = 请以图片形式发送蒙版：在说明中写上 <code>--mask</code>，并用它回复要修改的图片。白色部分会被修改，黑色部分保留。
mask-alone = 这个蒙版没有对应的图片。请用它回复一张图片；如果是拼图，请先点数字，再回复收到的那张。
mask-words = 请在说明中同时写上那里应该有什么：<code>--mask 一顶红帽子</code>
extend-mask = 请只使用 <code>--mask</code>，或者 <code>--zoom</code> 和 <code>--pan</code>，不能同时使用。
extend-alone = 请用它回复要扩展的图片；如果是拼图，请先点数字，再回复收到的那张。
extend-words = 请同时写上图片周围有什么：<code>{ $flags } 雪中的森林</code>

expected-enhance = { $expected }
