### What operators (ADMIN_IDS) read in their private chats, and what members read of their decisions.

## To members

banned = You can't use this bot any more.{ $reason }
banned-until = You can't use this bot until { $until } UTC.{ $reason }
refused-banned = You can't use this bot at the moment.
refused-maintenance = I'm paused for maintenance. { $sentence }
refused-model-off = { $model } is switched off. { $sentence }
failure-switched-off = { $model } is switched off. Pick another model.
reason-switched-off = switched off by the operator
operator-message =
    <b>A message from the bot's operator:</b>
    { $words }

## Buttons

button-period-today = Today
button-period-week = 7 days
button-period-month = 30 days
button-chart = 📈 Chart
button-models = Models
button-audit = Log
button-pause = ⏸ Pause the bot
button-resume = ▶️ Resume
button-ban = 🚫 Ban
button-ban-days = { $days ->
    [one] 🚫 { $days } day
   *[other] 🚫 { $days } days
}
button-unban = Lift the ban
button-exempt = No limits
button-limits-default = Default limits

## Statistics

admin-usage = <b>Since { $since } UTC</b>
admin-paused = ⏸ <b>The bot is paused:</b> { $sentence }
admin-requests = <b>Requests:</b> { $counts }
admin-pictures = <b>Pictures:</b> { $counts }
admin-people = <b>People:</b> { $active } active, { $new } new
admin-times = <b>Wait (p50 / p95):</b> { $wait } · <b>Drawing:</b> { $draw }
admin-seconds = { $seconds } s
admin-models = <b>Models:</b> { $counts }
admin-chats = <b>Chats:</b> { $counts }
admin-cost = <b>Cost:</b> { $total } { $counts }
admin-own-keys = <b>With own keys:</b> { $counts }
admin-failures = <b>Failures:</b> { $counts }
admin-example = · { $request } { $model }: { $reason } ({ $detail })
outcome-waiting = waiting
outcome-drawing = drawing
outcome-drawn = drawn
outcome-delivered = delivered
outcome-failed = failed
outcome-cancelled = cancelled
outcome-undeliverable = undeliverable

## Models and the log

admin-switches = { $count ->
    [one] <b>Models:</b> { $count } is on. Tap to switch. To tell members why: <code>/admin off MODEL sentence</code>
   *[other] <b>Models:</b> { $count } are on. Tap to switch. To tell members why: <code>/admin off MODEL sentence</code>
}
admin-switched-off = ⛔ { $model }: { $sentence }
admin-model-unknown = There's no model “{ $model }”.
admin-audit = <b>What operators did</b>
admin-entry = { $at } <b>{ $act }</b> { $subject } { $detail } (by { $by })

## One person

admin-person = <b>{ $id }</b> { $name }
admin-person-requests = <b>Requests in 30 days:</b> { $counts }
admin-person-cost = <b>Cost:</b> { $day } in 24 hours, { $month } in 30 days
admin-person-exempt = No limits.
admin-person-limits = Own limits a day: { $limit } requests, cost { $cost }
admin-person-banned = 🚫 Banned until { $until }: { $reason }
admin-person-request = · { $request } { $at } { $model }, { $outcome }: { $prompt }
admin-person-orders = <code>/admin ban { $id } 7d reason</code>
    <code>/admin limit { $id } 50 1.5</code> (requests and cost a day)
    <code>/admin message { $id } text</code>
admin-for-good = further notice
admin-banned = { $id } is banned until { $until }.
admin-ban-oneself = You can't ban yourself.
admin-ban-operator = This is an operator. Remove the id from ADMIN_IDS first.
admin-nobody = I know nobody called { $who }. Use the id, or reply to a forwarded message.
admin-hidden = Telegram hides who wrote this message. Use the id.
admin-message-sent = Sent.
admin-message-failed = Not sent: { $reason }
admin-orders = Send one of these:
    <code>/admin</code>
    <code>/admin 12345</code> or <code>@name</code>, or reply with /admin to a forwarded message
    <code>/admin ban 12345 7d reason</code>, <code>/admin unban 12345</code>
    <code>/admin limit 12345 50 1.5</code>, <code>/admin exempt 12345</code>
    <code>/admin message 12345 text</code>
    <code>/admin off MODEL sentence</code>, <code>/admin on MODEL</code>
    <code>/admin pause sentence</code>, <code>/admin resume</code>, <code>/admin audit</code>
    <code>/admin refund CHARGE</code>

## Reports

button-report = 🚩 Report
button-reports = 🚩 Reports: { $count }
button-report-delete = 🗑 Delete
button-report-ban = 🚫 Delete and ban
button-report-dismiss = Dismiss
report-taken = Thank you. Somebody will look at this picture.
report-known = This picture was reported already.
report-too-many = That's enough for today. Please report more tomorrow.
report-nothing = Reply with /report to a picture of mine.
report-card =
    🚩 <b>Reported:</b> request { $request } ({ $model }) by { $person } in { $chat }, reported by { $by }
    { $prompt }
report-in-group =
    🚩 <b>Reported by a member:</b> { $prompt }
    { $link }
report-deleted = Deleted.
report-banned = Deleted, and the person banned.
report-dismissed = Dismissed.
report-decided = Somebody has already decided on this.
report-gone = This picture is gone.

## Output check

failure-output-refused = I may not show the picture drawn from this prompt. Try rewording it.
failure-output-unchecked = Pictures can't be checked right now, so I may not show them. Please try again later.
reason-output-refused = may not be shown
reason-output-unchecked = couldn't be checked

## Broadcasts

button-broadcast-test = Send to me
button-broadcast-start = ▶️ Start
button-broadcast-pause = ⏸ Pause
button-broadcast-stop = ⏹ Stop
button-broadcasts-off = 🔕 No more such messages
button-broadcasts-on = 🔔 Get such messages again
broadcasts-off = You won't get such messages any more.
broadcasts-on = You'll get such messages again.
broadcast-usage = Reply to the message with <code>/broadcast 30</code>: everyone who used me in the last 30 days gets a copy of it.
broadcast-nobody = Nobody would get it, because nobody was active in that time.
broadcast-draft = { $count ->
    [one] { $count } person would get this message. Send it to yourself first, then start.
   *[other] { $count } people would get this message. Send it to yourself first, then start.
}
broadcast-tested = Sent to you.
broadcast-test-failed = It can't be copied: { $reason }
broadcast-running = 📣 Sending. Sent: { $sent }, blocked me: { $gone }, failed: { $failed }
broadcast-paused = ⏸ Paused. Sent: { $sent }, blocked me: { $gone }, failed: { $failed }
broadcast-stopped = ⏹ Stopped. Sent: { $sent }, blocked me: { $gone }, failed: { $failed }
broadcast-done = ✅ Done. Sent: { $sent }, blocked me: { $gone }, failed: { $failed }

## Alerts

alert-model-down = ⚠️ { $model } has been down for ten minutes.
alert-unauthorized = ⚠️ { $model } rejected the API key.
alert-key-refused = ⚠️ { $model } rejected the API key { $key }. The other keys go on drawing.
alert-payment = ⚠️ { $model } is out of credit.
alert-cost = ⚠️ { $percent } % of today's budget for everyone is spent (DAILY_COST).
alert-disk = ⚠️ The disk has { $percent } % left.
alert-webhook = ⚠️ Updates may not arrive: { $reason }.
alert-migration = ⚠️ The database was migrated by a newer version. Restart this process with that version.

## Credits

admin-person-credits = <b>Credits:</b> bought { $paid }, free today { $free }, reserved { $held }
button-refund = ↩️ Refund { $stars } ⭐ ({ $at })
button-refund-sure = ↩️ Yes, refund { $stars } ⭐
admin-refund-sure = Refund { $stars } ⭐ to { $id }? Their { $credits } credits are taken back; { $left } bought ones remain.
admin-refund-unknown = There's no such payment.
admin-refund-known = This payment was already refunded, or is being refunded.
admin-refund-asked = Asking Telegram to refund { $stars } ⭐ to { $id }. I'll tell you the result.
admin-refund-done = ↩️ { $stars } ⭐ were refunded to { $id }.
admin-refund-delayed = ⚠️ { $stars } ⭐ for { $id } can't be refunded yet. I keep trying. { $reason }
admin-refund-refused = ⚠️ Telegram won't refund { $stars } ⭐ to { $id }; they got their credits back. { $reason }
operator-payment-banned = ⚠️ { $id } is banned and has paid { $stars } ⭐. They have the credits. To refund: <code>/admin refund { $charge }</code>
operator-payment-unclear = ⚠️ { $id } has paid { $stars } ⭐ for something I don't know. To refund: <code>/admin refund { $charge }</code>
operator-payment-closed = ⚠️ { $id } has paid { $stars } ⭐ although CREDITS is not set any more. They have the credits. To refund: <code>/admin refund { $charge }</code>
operator-paysupport =
    💬 <b>About a payment</b>, from { $id }: { $words }
    To answer: <code>/admin message { $id } text</code>
