### Why there is no picture, and the way on. One or two short sentences each.

## A draw failed: the codes of providers/errors.py and of bot/jobs/contracts.py

failure-provider-error = { $model } 出了点问题。请重试，或换一个模型。
failure-refused = { $model } 拒绝了这段提示词。请换种说法，或换一个模型。
failure-refused-detail = { $model } 拒绝了：“{ $detail }” 请修改提示词，或换一个模型。
failure-quota = { $model } 的免费额度已用完。请稍后再试，或换一个模型。
failure-quota-minutes = { $minutes ->
   *[other] { $model } 的免费额度已用完。请 { $minutes } 分钟后再试，或换一个模型。
}
failure-quota-hours = { $hours ->
   *[other] { $model } 的免费额度已用完。请 { $hours } 小时后再试，或换一个模型。
}
failure-payment = { $model } 的余额已用完，需要机器人所有者充值。请先换一个模型。
failure-content = { $model } 不会画这个：它违反了该模型的内容政策。请换种说法。
failure-content-detail = { $model } 不会画这个：“{ $detail }” 请修改提示词。
failure-length = 这段提示词对 { $model } 来说太长了。请缩短，或换一个模型。
failure-parameter = { $model } 不支持这些设置。请在 /settings 中修改，或换一个模型。
failure-parameter-detail = { $model } 不支持这些设置：{ $detail }。请修改，或换一个模型。
failure-model-not-found = 服务器上已经没有 { $model }，需要机器人所有者检查名称。请先换一个模型。
failure-unauthorized = { $model } 拒绝了 API 密钥，需要机器人所有者检查。请先换一个模型。
failure-cancelled = { $model } 取消了这张图片。请重试，或换一个模型。
failure-unavailable = 目前无法连接 { $model }。请几分钟后再试，或换一个模型。
failure-bad-answer = { $model } 返回的图片无效。请重试，或换一个模型。
failure-no-picture = { $model } 已结束，但没有返回图片。请重试，或换一个模型。
failure-other-server = { $model } 的服务器响应不正确，需要机器人所有者检查地址。请先换一个模型。
failure-queue-deadline = { $model } 太忙了：排队等待超时。请稍后再试，或换一个模型。
failure-deadline = { $model } 耗时太久。请重试，或换一个模型。
failure-daily-cost = 到此为止：再试一次的费用超过了你今天的余额。免费模型仍可使用。
failure-daily-cost-all = 到此为止：再试一次的费用超过了今天所有人共用预算的余额。免费模型仍可使用。
failure-model-gone = 这里已不再提供 { $model }。请换一个模型。
failure-input-picture = 无法打开你的参考图。请以照片形式重新发送。
failure-delivery = 图片画好了，但 Telegram 没有接收。请重试，或选择较小的尺寸。
failure-no-rights = 我没有在那里发言的权限。请让管理员允许我发送消息和照片，然后重试。
failure-cache-chat = 我无法在这里放图片：机器人所有者需要检查图片缓存聊天。
failure-internal = 我这边出了点问题。请重试。

## One draw of several failed: the same, short, for the caption

reason-provider-error = 模型出了问题
reason-refused = 模型拒绝
reason-quota = 免费额度已用完
reason-payment = 余额已用完
reason-content = 违反模型的内容政策
reason-parameter = 模型不支持这些设置
reason-model-not-found = 服务器上没有该模型
reason-unauthorized = API 密钥被拒绝
reason-cancelled = 被模型取消
reason-unavailable = 无法连接模型
reason-bad-answer = 响应无效
reason-no-picture = 响应中没有图片
reason-other-server = 该地址上的服务器不对
reason-queue-deadline = 排队太久
reason-deadline = 耗时太久
reason-daily-cost = 今天的额度已用完
reason-daily-cost-all = 今天所有人的共用预算已用完
reason-model-gone = 模型已不再提供
reason-input-picture = 无法打开参考图
reason-delivery = Telegram 没有接收
reason-no-rights = 没有在那里发言的权限
reason-cache-chat = 图片缓存聊天不可用
reason-internal = 我这边出了问题

## Not accepted

refused-too-old = 抱歉，你发送时我不在线。现在要画吗？
refused-prompt-empty = 要画什么？请把提示词写在命令后面：<code>/imagine { $example }</code>
refused-prompt-too-long = { prompt-too-long }
refused-model-unknown = 没有“{ $model }”这个模型。可用的有：{ $valid }
refused-model-unavailable = { $model } 目前不可用。请用 /model 换一个。
refused-no-input-picture = { $model } 不支持图生图。请用 /model 换一个模型，或不带图片再试。
refused-parameter = 这个模型不支持：{ $detail }。
refused-queue-full = { $limit ->
   *[other] 你已有 { $limit } 张图片在等待。请稍候，或取消一张：/cancel
}
refused-daily-limit = { $limit ->
   *[other] 你已达到每天 { $limit } 张图片的上限。请稍后再试。
}
# Amounts are in the operator's own unit, without a name.
refused-daily-cost = 用 { $model } 需要 { $cost }，而你今天还剩 { $left }。免费模型仍可使用。
refused-daily-cost-all = 用 { $model } 需要 { $cost }，超过了今天所有人共用预算的余额。免费模型仍可使用。
refused-credits = 用 { $model } 需要 { $cost } 点，你还剩 { $left } 点。请购买点数，或改用免费模型。
refused-blocked-words = 这里不能画这个：提示词中有被屏蔽的词。请换种说法。
refused-model-not-allowed = 本群不允许使用 { $model }。允许的有：{ $allowed }
refused-admins-only = 本群只有管理员可以画图。你仍可以在私聊中使用我。
refused-no-channels = 本群不允许以频道身份画图。请以你自己的身份发言。
refused-cooldown = { $seconds ->
   *[other] 冷却中：{ $seconds } 秒后可以再画。
}
refused-cooldown-long = { $minutes ->
   *[other] 冷却中：{ $minutes } 分钟后可以再画。
}
refused-request-gone = 我这里已没有这张图片。请用 /imagine 重新画。

## Everything else

error-internal = 我这边出了点问题。请重试。
error-storage = 数据库暂时不可用。我会尽快处理。
error-not-allowed = 这是私人机器人。请向所有者申请使用权限，你的 id 是 <code>{ $id }</code>。
error-input-size = 图片太大了（最大 20 MB）。请以照片形式发送。
error-not-a-picture = 我可以用照片作为参考图，但这个不行。

failure-out-of-memory = { $model } 内存不足。请选择较小的尺寸或较少的步数，或换一个模型。
failure-too-large = 放大后这张图片会过大。请发送一张较小的图片。
failure-bad-video = { $model } 返回的视频无效。请重试，或换一个模型。
failure-video-too-long = { $model } 的视频太长，无法发送。
failure-video-too-large = { $model } 的视频太大，Telegram 无法接收。
failure-no-video = { $model } 返回的是图片而不是视频。这个模型不能让图片动起来。
failure-request-failed = { $model } 无法处理这个请求。请修改尺寸、步数或提示词，或换一个模型。
failure-no-workers = 目前没有能画这个的 { $model } 节点。请稍后再试、选择较小的尺寸，或换一个模型。
reason-out-of-memory = 内存不足
reason-too-large = 放大后的图片会过大
reason-bad-video = 视频无效
reason-video-too-long = 视频太长
reason-video-too-large = 视频太大
reason-no-video = 返回了图片而不是视频
reason-request-failed = 模型无法处理这个请求
reason-no-workers = 没有可用的节点

error-storage-picture = 数据库暂时不可用。你的图片会尽快画好。

# Below a failure: what the operator finds in the log
failure-number = 请求 { $number }

refused-too-many-pictures = { $limit ->
   *[other] 你给了 { $count } 张图片，而 { $model } 最多接受 { $limit } 张。请减少数量，或换一个模型。
}
refused-pictures-limit = 你给了 { $count } 张图片；最多 { $limit } 张。
press-pictures-gone = 我这里已没有这些图片。请重新发送。
error-album-mixed = 我可以用照片作为参考图，但这个相册里还有别的内容。请只发送照片。

refused-no-mask = { $model } 不支持蒙版。请换一个模型，或用文字说明要修改什么。
refused-no-fill = { $model } 不能扩展图片。请换一个模型。
refused-too-large = 放大后这张图片将有 { $megapixels } 百万像素，最多为 { $limit }。请换一张较小的图片。
error-album-hidden = 在本群中，Telegram 只让我看到带命令的那张照片，看不到整个相册。请用相册回复我的一条消息，或请管理员把我设为管理员。
failure-blocked-words = 这里不能画这个：翻译后的提示词中有被屏蔽的词。请换种说法。
reason-blocked-words = 提示词中有被屏蔽的词
