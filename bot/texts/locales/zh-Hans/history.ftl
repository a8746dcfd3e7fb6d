### A person's own pictures, page by page, and deleting their data.

history-title =
    <b>你的图片</b>，最新的在前。点数字查看选项。
    搜索：<code>/history { $example }</code>
# $words stands in <code>: it is read from there when the page is turned.
history-found = 含有 <code>{ $words }</code> 的<b>图片</b>，最新的在前。点数字查看选项。
history-example = 狐狸
history-empty = 还没有图片。发给我一段提示词就可以开始。
history-nothing-found = 没有找到与“{ $words }”匹配的图片。查看全部：/history
history-in-private = 你的图片只给你看。请在与我的私聊中发送 /history。
# $number: of the picture on the page
history-picked = <b>{ $number }</b>
history-picture-gone = 这张图片已不在你的历史记录中。
button-newer = ‹ 较新
button-older = 较旧 ›
button-full = 🖼 原图

forget-question =
    <b>删除你的所有数据？</b>
    我会取消你正在画的图片，并删除你的设置、提示词和历史记录。聊天里的图片会保留，但它们的按钮将失效。此操作无法撤销。
forget-in-private = 请在与我的私聊中发送 /forget。
forget-done = 你的数据已删除。要重新开始，发给我一段提示词即可。
forget-kept = 没有删除任何内容。
button-forget = 🗑 全部删除
button-keep = 取消
