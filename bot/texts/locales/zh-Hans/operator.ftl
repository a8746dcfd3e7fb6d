### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = 你不能再使用这个机器人。{ $reason }
banned-until = 在 { $until } UTC 之前，你不能使用这个机器人。{ $reason }
refused-banned = 你目前不能使用这个机器人。
refused-maintenance = 我正在维护中。{ $sentence }
refused-model-off = { $model } 已停用。{ $sentence }
failure-switched-off = { $model } 已停用。请换一个模型。
reason-switched-off = 已被运营者停用
operator-message =
    <b>来自机器人运营者的消息：</b>
    { $words }

## Buttons

button-period-today = 今天
button-period-week = 7 天
button-period-month = 30 天
button-chart = 📈 图表
button-models = 模型
button-audit = 日志
button-pause = ⏸ 暂停机器人
button-resume = ▶️ 恢复
button-ban = 🚫 封禁
button-ban-days = { $days ->
   *[other] 🚫 { $days } 天
}
button-unban = 解除封禁
button-exempt = 不设限制
button-limits-default = 默认限制

## Statistics

admin-usage = <b>自 { $since } UTC 起</b>
admin-paused = ⏸ <b>机器人已暂停：</b>{ $sentence }
admin-requests = <b>请求：</b>{ $counts }
admin-pictures = <b>图片：</b>{ $counts }
admin-people = <b>用户：</b>活跃 { $active }，新增 { $new }
admin-times = <b>等待 (p50 / p95)：</b>{ $wait } · <b>画图：</b>{ $draw }
admin-seconds = { $seconds } 秒
admin-models = <b>模型：</b>{ $counts }
admin-chats = <b>聊天：</b>{ $counts }
admin-cost = <b>费用：</b>{ $total } { $counts }
admin-own-keys = <b>使用自己的密钥：</b> { $counts }
admin-failures = <b>失败：</b>{ $counts }
admin-example = · { $request } { $model }：{ $reason } ({ $detail })
outcome-waiting = 等待中
outcome-drawing = 正在画
outcome-drawn = 已画好
outcome-delivered = 已送达
outcome-failed = 失败
outcome-cancelled = 已取消
outcome-undeliverable = 无法送达

## Models and the log

admin-switches = { $count ->
   *[other] <b>模型：</b>已启用 { $count } 个。点按切换。要告诉成员原因：<code>/admin off MODEL 说明</code>
}
admin-switched-off = ⛔ { $model }：{ $sentence }
admin-model-unknown = 没有“{ $model }”这个模型。
admin-audit = <b>运营者的操作</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail }（操作者：{ $by }）

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>30 天内的请求：</b>{ $counts }
admin-person-cost = <b>费用：</b>24 小时内 { $day }，30 天内 { $month }
admin-person-exempt = 不设限制。
admin-person-limits = 单独的每日限制：{ $limit } 次请求，费用 { $cost }
admin-person-banned = 🚫 已封禁，截止 { $until }：{ $reason }
admin-person-request = · { $request } { $at } { $model }，{ $outcome }：{ $prompt }
admin-person-orders = <code>/admin ban { $id } 7d 原因</code>
    <code>/admin limit { $id } 50 1.5</code>（每日请求数和费用）
    <code>/admin message { $id } 文字</code>
admin-for-good = 无限期
admin-banned = { $id } 已被封禁，截止：{ $until }。
admin-ban-oneself = 不能封禁自己。
admin-ban-operator = 这是运营者。请先从 ADMIN_IDS 中移除其 id。
admin-nobody = 我不认识 { $who }。请使用 id，或回复一条转发的消息。
admin-hidden = Telegram 隐藏了这条消息的作者。请使用 id。
admin-message-sent = 已发送。
admin-message-failed = 未发送：{ $reason }
admin-orders = 请发送以下命令之一：
    <code>/admin</code>
    <code>/admin 12345</code> 或 <code>@name</code>，或用 /admin 回复一条转发的消息
    <code>/admin ban 12345 7d 原因</code>，<code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>，<code>/admin exempt 12345</code>
    <code>/admin message 12345 文字</code>
    <code>/admin off MODEL 说明</code>，<code>/admin on MODEL</code>
    <code>/admin pause 说明</code>，<code>/admin resume</code>，<code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 举报
button-reports = 🚩 举报：{ $count }
button-report-delete = 🗑 删除
button-report-ban = 🚫 删除并封禁
button-report-dismiss = 驳回
report-taken = 谢谢。会有人查看这张图片。
report-known = 这张图片已被举报。
report-too-many = 今天的举报次数已用完。请明天再举报。
report-nothing = 请用 /report 回复我的一张图片。
report-card =
    🚩 <b>举报：</b>请求 { $request } ({ $model })，作者 { $person }，聊天 { $chat }，举报人 { $by }
    { $prompt }
report-in-group =
    🚩 <b>成员举报：</b>{ $prompt }
    { $link }
report-deleted = 已删除。
report-banned = 已删除，并封禁了作者。
report-dismissed = 已驳回。
report-decided = 已有人处理。
report-gone = 这张图片已不存在。

## Output check

failure-output-refused = 这段提示词画出的图片不能显示。请换种说法。
failure-output-unchecked = 目前无法检查图片，所以不能显示。请稍后再试。
reason-output-refused = 不能显示
reason-output-unchecked = 无法检查

## Broadcasts

button-broadcast-test = 发给我
button-broadcast-start = ▶️ 开始
button-broadcast-pause = ⏸ 暂停
button-broadcast-stop = ⏹ 停止
button-broadcasts-off = 🔕 不再接收此类消息
button-broadcasts-on = 🔔 重新接收此类消息
broadcasts-off = 你不会再收到此类消息。
broadcasts-on = 你会重新收到此类消息。
broadcast-usage = 用 <code>/broadcast 30</code> 回复消息：最近 30 天内用过我的所有人都会收到它的副本。
broadcast-nobody = 没有人会收到：这段时间内没有活跃用户。
broadcast-draft = { $count ->
   *[other] 将有 { $count } 人收到这条消息。请先发给自己，再开始。
}
broadcast-tested = 已发给你。
broadcast-test-failed = 无法复制：{ $reason }
broadcast-running = 📣 正在发送。已发送：{ $sent }，屏蔽了我：{ $gone }，失败：{ $failed }
broadcast-paused = ⏸ 已暂停。已发送：{ $sent }，屏蔽了我：{ $gone }，失败：{ $failed }
broadcast-stopped = ⏹ 已停止。已发送：{ $sent }，屏蔽了我：{ $gone }，失败：{ $failed }
broadcast-done = ✅ 已完成。已发送：{ $sent }，屏蔽了我：{ $gone }，失败：{ $failed }

## Alerts

alert-model-down = ⚠️ { $model } 已中断十分钟。
alert-unauthorized = ⚠️ { $model } 拒绝了 API 密钥。
alert-key-refused = ⚠️ { $model } 拒绝了 API 密钥 { $key }。其他密钥继续使用。
alert-payment = ⚠️ { $model } 的余额已用完。
alert-cost = ⚠️ 今天所有人的共用预算已用掉 { $percent }% (DAILY_COST)。
alert-disk = ⚠️ 磁盘空间只剩 { $percent }%。
alert-webhook = ⚠️ 可能收不到更新：{ $reason }。
alert-migration = ⚠️ 更新的版本已迁移数据库。请用该版本重启此进程。

## Credits

admin-person-credits = <b>点数：</b>已购 { $paid }，今日免费 { $free }，预留 { $held }
button-refund = ↩️ 退款 { $stars } ⭐（{ $at }）
button-refund-sure = ↩️ 确认退款 { $stars } ⭐
admin-refund-sure = 向 { $id } 退还 { $stars } ⭐？将扣除 { $credits } 点，已购点数剩 { $left }。
# Behind admin-refund-sure
admin-refund-subscription = 订阅也随之结束：Telegram 不再续订。
admin-refund-unknown = 没有这笔付款。
admin-refund-known = 这笔付款已退款或正在退款。
admin-refund-asked = 正在请 Telegram 向 { $id } 退还 { $stars } ⭐，有结果会告诉你。
admin-refund-done = ↩️ 已向 { $id } 退还 { $stars } ⭐。
admin-refund-delayed = ⚠️ 暂时无法向 { $id } 退还 { $stars } ⭐，会继续尝试。{ $reason }
admin-refund-refused = ⚠️ Telegram 拒绝向 { $id } 退还 { $stars } ⭐，点数已恢复。{ $reason }
operator-payment-banned = ⚠️ { $id } 已被封禁，但仍付了 { $stars } ⭐，点数已入账。退款：<code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } 付了 { $stars } ⭐，用途不明。退款：<code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ CREDITS 已不再设置，但 { $id } 仍付了 { $stars } ⭐。点数已记入其账户。退款：<code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>付款咨询</b>，来自 { $id }：{ $words }
    回复：<code>/admin message { $id } 内容</code>
