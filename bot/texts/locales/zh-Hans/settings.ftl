### A person's own settings.

settings-menu =
    <b>你的设置</b>
    对你在所有聊天中的图片生效。你输入的参数优先。
button-setting = { $name }：{ $value }
settings-line = { $name }：<b>{ $value }</b>
# $left: an amount in the operator's own unit
settings-allowance = 今天付费模型的剩余额度：<b>{ $left }</b>
settings-choose = <b>{ $name }</b>
    { $hint }
settings-unused = { $label } 会忽略这项设置。

setting-model = 模型
setting-aspect-ratio = 宽高比
setting-steps = 步数
setting-guidance = 引导系数 (CFG)
setting-negative = 负面提示词
setting-seed = 种子
setting-count = 每次图片数
setting-document = 以文件发送
setting-spoiler = 剧透遮罩
setting-language = 语言
setting-width = 宽度
setting-height = 高度
setting-image = 参考图
setting-strength = 重绘幅度

hint-aspect-ratio = 宽与高的比例。
hint-steps = 步数越多，细节越多，耗时越长。
hint-guidance = 贴合提示词的程度。低则更自由，高则更严格。
hint-negative = 不想出现在图片中的内容。
hint-seed = 种子和提示词相同，图片就相同。
hint-count = 一次画几张。
hint-document = 文件保留每个像素，照片则立即显示。
hint-spoiler = 你的图片会被模糊，点按后才显示。它们以照片形式发送，因为文件无法模糊。
hint-language = 我和你交流所用的语言。

value-auto = 自动
value-random = 随机
value-nothing = 无
value-yes = 是
value-no = 否
value-language-en = English
value-language-ru = Русский
value-language-uk = Українська
value-language-de = Deutsch
value-language-fr = Français
value-language-es = Español
value-language-pt-BR = Português (Brasil)
value-language-tr = Türkçe
value-language-fa = فارسی
value-language-zh-Hans = 简体中文
value-language-auto = 与 Telegram 相同

button-back = ‹ 返回
button-close = 关闭
button-reset = 全部重置
button-type = ✏️ 输入
button-clear = 清除
button-random = 🎲 随机

settings-saved = 已保存。
settings-reset = 设置已重置。
settings-closed = 设置已关闭。
settings-bad-value = 这个值在这里无效。
# The link is hidden in the text; the answer is recognised by it.
settings-ask-negative = 图片中不想出现什么？请<a href="{ $link }">回复这条消息</a>，写上负面提示词。
settings-ask-seed = 用哪个种子？请<a href="{ $link }">回复这条消息</a>，写一个 0 到 { $limit } 的数字。
settings-negative-saved = 负面提示词：{ $value }
settings-negative-cleared = 已清除负面提示词。
settings-negative-too-long = { $limit ->
   *[other] 太长了：上限为 { $limit } 个字符。请重新回复，写短一些。
}
settings-seed-saved = 种子：{ $value }。
settings-seed-cleared = 种子恢复为随机。
settings-seed-bad = 这不是种子。请重新回复一个 0 到 { $limit } 的数字。
settings-no-person = 只有个人账号才有设置，而你正以频道或匿名管理员的身份发言。请以本人身份发送，或在命令后加参数，例如 <code>--ar 16:9</code>。
settings-text-needed = 请重新用文字回复。

## Follow-up words, and strength

setting-follow-up = 后续文字
hint-follow-up = 在私聊中，你接下来发送的非回复文字代表什么。自动：能编辑的模型会修改 15 分钟以内的图片，其他模型会新画一张。--new 总是新画一张。
value-follow-up-auto = 自动
value-follow-up-change = 修改上一张图片
value-follow-up-new = 新画一张
hint-strength = 参考图的改动幅度：低则保留原图，高则忽略原图。
setting-mask = 蒙版
setting-expand = 扩展
## Prompt help

setting-translate = 翻译提示词
setting-enhance = 优化提示词
hint-translate = 模型看不懂的语言写的提示词会先为它翻译。
hint-enhance = 聊天模型会在画图前为你的提示词补充细节。
