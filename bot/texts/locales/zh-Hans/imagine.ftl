### What is said about one picture: while it is drawn, when it is ready, when it was cancelled.

## Buttons

button-cancel = 取消
button-again = 🔁 再来一张
button-vary = 🎲 变体
button-model = 🧠 模型
button-copy = 📋 复制提示词
button-retry = 🔁 重试
button-draw-now = 🎨 现在画
button-more = ⋯ 更多
button-same-seed = 🌱 相同种子，换模型
# $size: in pixels, like 2048×2048
button-bigger = 🔍 放大 2 倍：{ $size }
button-shorten = ✂️ 缩短

## The placeholder

# $place: the position in the queue; 1 is next
progress-queued = 排队中：第 { $place } 位
progress-queued-next = 下一个就是你
progress-queued-unknown = 排队中
progress-starting = 正在开始…
progress-drawing = 正在画
# $place: the position in the queue of the model's server
progress-drawing-queued = 在模型队列中：第 { $place } 位
# $attempt: number of the attempt, from 2
progress-retrying = 正在重试（第 { $attempt } 次）
progress-sending = 正在发送图片
progress-sending-video = 正在发送视频
# $done of $total pictures are drawn
progress-done = 已完成 { $done }/{ $total }
# $time: minutes and seconds, like 1:30
progress-eta = 约剩 { $time }

## Status lines of back-ends that we know

# A line that we do not know, as it came
status-other = { $status }
status-queued = 正在等待模型
status-loading = 正在加载模型
status-drawing = 正在画
status-finishing = 即将完成
# Like the steps of a diffusion run
status-step = 第 { $step } 步，共 { $steps } 步
# $names: parameters, as in "seed, steps"
status-dropped = 此模型忽略：{ $names }

## Under the picture

# $seed: a number, or a range like 7–10
caption-seed = 种子 { $seed }
# $model: the one that was asked for; $reason: as in "model can't be reached"
instead = 代替 { $model }：{ $reason }
caption-failed = { $count ->
   *[other] { $count } 张图片失败：{ $reason }
}
# $names: parameters that were asked for, as in "seed, steps"
caption-unused = 此模型忽略：{ $names }
# $number: of the picture in the grid
caption-full = 图片 { $number }

## The end without a picture

cancelled = 已取消。
ended-delivered = 已完成，图片就在这个聊天中。
ended-failed = 这张图片失败了。
ended-cancelled = 这张图片已取消。
ended-undeliverable = 失败：图片无法发送。

## When there is nothing to draw yet

imagine-usage =
    要画什么？请把提示词写在命令后面：

    <code>/imagine { $example }</code>

    或者用 <code>/imagine</code> 回复一条消息，把它的文字画出来。
imagine-caption-usage =
    照片不错！用提示词回复它：

    <code>/imagine { $example }</code>
example-prompt = 一只赤狐睡在新雪中，柔和的晨光
# $words: of the prompt, in quotation marks
status-unknown-words = 此模型画不出 { $words }

## Buttons: one more picture, or the same one

button-same = 🌱 相同种子

## Edit

button-edit = ✏️ 修改
# $link: marks the question, so that the answer is known
edit-ask = 要<a href="{ $link }">修改什么</a>？请回复这条消息说明。
edit-words-needed = 请用文字告诉我要修改什么。

## Words without a reply

button-new-instead = 🆕 改为新画一张
progress-changes = 正在修改上一张图片
# $words: of the picture that is changed
progress-changes-words = 正在修改上一张图片：“{ $words }”

## A photo without words

photo-menu = { $count ->
   *[other] 照片不错！要怎么处理？点一个按钮，或用提示词回复照片。
}

## Strength

# $share: how much the source image was changed, as in 65%
caption-strength = 重绘幅度 { $share }

## Masks

caption-mask-stretched = 蒙版与图片形状不同，已拉伸到图片大小。

## Back to the picture before

button-parent = ↩️ 返回上一张
# The line of facts of a picture that is shown once more
caption-again = 再次显示
parent-grid = 这是之前的拼图。点数字从那张图片继续，或回复拼图。
press-parent-gone = 我这里已没有之前的那张图片。

## Prompt help: translated, enhanced and described

button-prompts = 📋 提示词
button-enhance = ✨ 优化提示词
# $words: what was drawn, shortened
caption-enhanced = ✨ { $words }
caption-unhelped-translate = 按你的原提示词绘制：翻译未成功。
caption-unhelped-enhance = 按你的原提示词绘制：优化未成功。
prompts-own = 你的提示词：
prompts-drawn = 实际使用的提示词：
prompts-negative = 负面提示词：
button-describe = 📝 描述
button-upscale = 🔍 高清放大
button-cutout = ✂️ 抠图
button-video = 🎬 动起来
button-draw-described = 🎨 画出来
described =
    这张图片的提示词：

    <code>{ $words }</code>
# $total: models and upscalers that can do it
task-which = 用哪一个？共有 { $total } 个可选。
upscale-usage = 用 <code>/upscale</code> 回复一张照片，我来把它放大。
cutout-usage = 用 <code>/cutout</code> 回复一张照片，我来去掉背景。
task-off = 这里做不到：机器人的管理者还没有为此设置模型。
describe-usage = 用 <code>/describe</code> 回复一张照片，我会写出能画出它的提示词。
describe-off = 这里不能描述图片：机器人所有者没有为此配置模型。
animate-usage =
    用 <code>/animate</code> 回复一张图片，它就会动起来。在命令后写明怎么动：

    <code>/animate { $example }</code>
animate-example = 缓慢拉近，云朵飘动
animate-off = 这里不能让图片动起来：机器人所有者没有为此配置模型。
describe-looking = 正在看…
describe-picture = 无法打开这张图片。请以照片形式重新发送。
describe-blocked = 这里不能描述这张图片：描述中有被屏蔽的词。
describe-failed = 目前无法描述这张图片。请几分钟后再试。
describe-too-many = 你已经描述了很多图片。请一小时后再试。
describe-budget = 你今天用于此功能的额度已用完。请稍后再试。

## A picture file that says how it was made

button-draw-again = 🔁 再画一次
recipe-found = 这个文件记录了它的生成方式。提示词：
# $name: a parameter's name, as in /settings; $value: as the file has it
recipe-value = { $name }：{ $value }
# $label: the model that draws it again
recipe-model = <b>再画一次</b>会使用 { $label }。
# The file names a checkpoint or a model, and there is none of that name
recipe-model-missing = 我这里没有这个模型文件或模型。<b>再画一次</b>会使用 { $label }。

## Voice messages

voice-understood = 🎤 我听到的是：<i>{ $words }</i>
voice-off = 我在这里听不了语音消息：机器人的所有者没有为此设置服务器。请输入提示词。
voice-too-long = 这条语音消息对我来说太长了（最长 { $minutes } 分钟）。请用几句话说完。
voice-too-large = 这条语音消息对我来说太大了（最大 20 MB）。
voice-gone = 我没能从 Telegram 获取这条语音消息。请重新发送。
voice-nothing = 我没在这条语音消息里听到说话声。请靠近麦克风再试一次，或者输入提示词。
voice-failed = 我现在没能听懂这条语音消息。请过几分钟再试，或者输入提示词。
voice-too-many = 你发送了很多语音消息。请一小时后再试，或者输入提示词。
