### Presets: styles in which pictures are drawn.

## Their names

preset-photograph = 摄影
preset-oil = 油画
preset-watercolour = 水彩
preset-anime = 动漫
preset-pixel-art = 像素画
preset-isometric = 等距视角
preset-sticker = 贴纸
preset-logo = 徽标
preset-comic = 漫画
preset-render3d = 3D 渲染
preset-line-art = 线稿
preset-figurine = 手办

## Buttons

button-style = 🖌 风格
button-keep-preset = 📌 存为预设
button-own-presets = 📌 我的预设
button-remove-preset = 🗑 删除

## In the settings

setting-styles = 风格
# $limit: how many can be chosen
styles-menu =
    <b>风格</b>
    对你的所有图片生效，最多可同时用 { $limit } 种。只用于一张图片时，请加上 <code>--style</code> 和名称，或 <code>--style none</code>。
styles-too-many = { $limit ->
   *[other] 最多可以同时使用 { $limit } 种风格。
}
presets-own =
    <b>我的预设</b>
    点一个即可查看或删除。
# $words: its prompt, with {prompt} in the place of your words
preset-shown =
    <b>{ $name }</b>
    <blockquote>{ $words }</blockquote>
preset-model = 模型：{ $label }
preset-use = 使用方法：<code>--style { $name }</code>
preset-removed = 预设已删除。
preset-gone = 这个预设已不存在。

## Under a picture

caption-styles = { $count ->
   *[other] 风格：{ $names }
}
# $link: marks the question, so that the answer is known
preset-ask-name =
    这个<a href="{ $link }">预设</a>叫什么名字？请用名称回复这条消息。
    你可以在第二行自己写内容，用 <code>{ "{" }prompt{ "}" }</code> 表示提示词的位置。
preset-kept = 预设“{ $name }”已保存。用 <code>--style { $typed }</code> 使用它，或在 /settings 中选择。
preset-too-many = { $limit ->
   *[other] 你已有 { $limit } 个预设，达到上限。请先在 /settings 中删除一个。
}
preset-bad-name = 这个名称不行：最多 32 个字符，不能有逗号或引号，也不能是内置风格的名称。请重新回复。
preset-bad-words = 这些内容不行：其中要有一个 <code>{ "{" }prompt{ "}" }</code>，并且少于 600 个字符。请重新回复。

## When it cannot be drawn

# $known: names that exist
prompt-unknown-style = 没有 <code>{ $style }</code> 这种风格。可以试试：{ $known }
expected-style = 风格名称，最多三个：{ $expected }
refused-style-needs-picture = “{ $style }”需要一张图片。请附上照片，或回复一张图片。
refused-style-one-picture = 这种风格只用一张图片。请先打开一张原图，再回复它。
