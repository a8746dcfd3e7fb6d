### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>你的点数：</b>{ $left }
credits-free = 今日免费：{ $left } / { $daily }。优先使用，每天（UTC）更新。
credits-held = 为进行中的图片预留：{ $held }
credits-owed = 退款后尚欠：{ $owed }。下次购买时抵扣。
credits-subscribed = 订阅有效期至 { $until }。
credits-price = { $model } 每张图片 { $cost } 点。失败或取消的图片不收费。
credits-not-needed = 你画图不消耗点数：你在这里没有限制。
# Once the operator has switched credits off.
credits-closed = 目前画图不需要点数，也不出售点数。你已购买的点数仍归你所有。
credits-closed-subscription = 你的订阅会继续，直到你在 Telegram 设置的“星星”中取消。

## Buying

credits-shop = 💎 <b>点数</b>用于付费模型的图片，用 Telegram 星星 ⭐ 购买。星星不够时，请先在 Telegram 设置中充值。/terms
credits-in-private = 请在我们的私聊中购买点数。
credits-subscription = 💎 每 30 天 { $credits } 点，每次 { $stars } ⭐。可随时在 Telegram 设置的“星星”中取消。
button-buy = 💎 购买点数
button-pack = 💎 { $credits } 点：{ $stars } ⭐
button-subscription = 🔁 每 30 天 { $credits } 点：{ $stars } ⭐
button-subscribe = 用 { $stars } ⭐ 订阅
# An invoice: at most 32 and 255 characters.
credits-invoice-title = 点数：{ $credits }
credits-invoice = { $credits } 点，用于本机器人付费模型的图片，不会过期。
credits-invoice-subscription = 每 30 天 { $credits } 点，用于本机器人付费模型的图片，不会过期。
# Telegram shows these when a payment is refused.
checkout-gone = 此优惠已失效。发送 /buy 查看当前选项。
checkout-not-yours = 这张账单是给别人的。发送 /buy 获取你自己的。
checkout-banned = 你不能使用此机器人，因此它不接收你的星星。
checkout-subscribed = 你已有此订阅。
checkout-later = 现在无法收款，请过几分钟再试。

## Payments

credits-paid = ✅ 谢谢！已增加 { $credits } 点，现在共有 { $left } 点。
credits-renewed = ✅ 订阅已增加 { $credits } 点，现在共有 { $left } 点。
credits-unclear = 已收到你的 { $stars } ⭐，但不知道用途。已通知机器人的运营者，你也可以联系他们：/paysupport
credits-refunded = ↩️ 已退还你 { $stars } ⭐。该笔付款的 { $credits } 点已扣除。
credits-payment = · { $at }：{ $stars } ⭐，{ $credits } 点，{ $state }，<code>{ $charge }</code>
payment-credited = 已付款
payment-refunding = 退款中
payment-refunded = 已退款
paysupport = 付款有问题？请写在命令后面，例如 <code>/paysupport 我付了两次</code>。我会转给此机器人的运营者。Telegram 客服不处理机器人内的购买。
paysupport-payments = <b>你的付款：</b>
paysupport-sent = 已转达，回复会发到这里。
paysupport-failed = 联系不到任何人，请稍后再试。
paysupport-in-private = 请在我们的私聊中发送。
terms =
    <b>条款</b>
    点数只能用于本机器人付费模型的图片，不会过期，不可转让或兑现。图片价格见模型菜单；失败或取消的不收费。图片由 AI 生成，可能与预期不同。退款与咨询：/paysupport
terms-link = 销售条款：{ $url }
