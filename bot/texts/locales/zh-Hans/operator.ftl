### What members read of the operators' decisions. The operators' own texts are in English and Russian so far.

command-report = 举报图片(回复该图片)
banned = 你不能再使用此机器人。{ $reason }
banned-until = 在 { $until } UTC 之前你不能使用此机器人。{ $reason }
refused-banned = 你目前不能使用此机器人。
refused-maintenance = 我正在维护中。{ $sentence }
refused-model-off = { $model } 已关闭。{ $sentence }
failure-switched-off = { $model } 已关闭。请选择其他模型。
reason-switched-off = 已被运营者关闭
operator-message =
    <b>来自机器人运营者的消息:</b>
    { $words }
failure-output-refused = 此提示词的结果不能显示。请换种说法。
failure-output-unchecked = 目前无法检查图片,因此不能显示。请稍后再试。
reason-output-refused = 不能显示
reason-output-unchecked = 无法检查
button-report = 🚩 举报
button-reports = 🚩 举报:{ $count }
button-report-delete = 🗑 删除
button-report-dismiss = 忽略
report-taken = 谢谢。会有人查看这张图片。
report-known = 这张图片已被举报。
report-too-many = 今天已经够了。请明天再举报。
report-nothing = 请用 /report 回复我的一张图片。
report-in-group =
    🚩 <b>成员举报:</b>{ $prompt }
    { $link }
report-deleted = 已删除。
report-dismissed = 已忽略。
report-decided = 已经有人处理了。
report-gone = 这张图片已不存在。
button-broadcasts-off = 🔕 不再接收此类消息
button-broadcasts-on = 🔔 重新接收此类消息
broadcasts-off = 你将不再收到此类消息。
broadcasts-on = 你将重新收到此类消息。
