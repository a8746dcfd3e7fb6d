### Favourites, and everything of one's own to take away.

button-star = ☆
button-starred = ★
favourite-added = ★ 已加入收藏。可在 /history 中查看。
favourite-removed = 已取消收藏。
button-favourites = ★ 收藏
button-all-pictures = 全部图片
# $words stands in <code>: it is read from there when the page is turned.
history-favourites = <b>你的收藏</b> <code>{ $words }</code>，最新的在前。点数字查看选项。
history-no-favourites = 还没有收藏。点图片下方的 ☆ 即可。

command-export = 导出我的数据
export-in-private = 请在与我的私聊中发送 /export。
export-wait = 你刚刚导出过。请一分钟后再试。
export-empty = 还没有可导出的内容。发给我一段提示词就可以开始。
export-file = { $count ->
   *[other] 你的提示词和参数：{ $count } 张图片。
}
export-more = 第 { $part } 部分，包含你的更多图片。
export-pictures = { $count ->
   *[other] 你有 { $count } 张图片仍在 Telegram 上。
} 拼图中的单张图片，打开过才计入。
button-export-pictures = { $count ->
   *[other] 🖼 发送 { $count } 张图片
}
export-sent = { $count ->
   *[other] 已发送 { $count } 张图片。
}
export-lost = { $count ->
   *[other] { $count } 张图片已不在 Telegram 上。
}
export-left = { $count ->
   *[other] 还剩 { $count } 张。
}
