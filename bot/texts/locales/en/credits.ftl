### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Your credits:</b> { $left }
credits-free = Free today: { $left } of { $daily }. They are spent first and renewed every day (UTC).
credits-held = Reserved for pictures in progress: { $held }
credits-owed = Owed after a refund: { $owed }. Your next purchase covers it.
credits-subscribed = Your subscription is paid until { $until }.
credits-price = A picture by { $model } costs { $cost }. Pictures that fail or are cancelled cost nothing.
credits-not-needed = Your pictures cost no credits: you have no limits here.
# Once the operator has switched credits off.
credits-closed = Pictures cost no credits at the moment, and none are sold. The ones you bought stay yours.
credits-closed-subscription = Your subscription continues until you cancel it in Telegram's settings, under Stars.

## Buying

credits-shop = 💎 <b>Credits</b> pay for pictures by paid models. You pay with Telegram Stars ⭐. If your Stars are not enough, top them up in Telegram's settings first. /terms
credits-in-private = You buy credits in our private chat.
credits-subscription = 💎 { $credits } credits every 30 days, for { $stars } ⭐ each time. You can cancel any time in Telegram's settings, under Stars.
button-buy = 💎 Buy credits
button-pack = 💎 { $credits } for { $stars } ⭐
button-subscription = 🔁 { $credits } every 30 days: { $stars } ⭐
button-subscribe = Subscribe for { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Credits: { $credits }
credits-invoice = { $credits } credits for pictures by this bot's paid models. They do not expire.
credits-invoice-subscription = { $credits } credits every 30 days for pictures by this bot's paid models. They do not expire.
# Telegram shows these when a payment is refused.
checkout-gone = This offer is no longer available. Send /buy for the current ones.
checkout-not-yours = This invoice is for someone else. Send /buy to get your own.
checkout-banned = You can't use this bot, so it doesn't take your Stars.
checkout-subscribed = You already have this subscription.
checkout-later = I can't take payments right now. Please try again in a few minutes.

## Payments

credits-paid = ✅ Thank you! Credits added: { $credits }. You have { $left } now.
credits-renewed = ✅ Your subscription added { $credits } credits. You have { $left } now.
credits-unclear = I got your { $stars } ⭐, but I don't know what for. The bot's operators have been told. You can write to them: /paysupport
credits-refunded = ↩️ You got { $stars } ⭐ back. The { $credits } credits of that payment were taken back.
credits-payment = · { $at }: { $stars } ⭐, credits { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = paid
payment-refunding = being refunded
payment-refunded = refunded
paysupport = Something wrong with a payment? Write it after the command, like <code>/paysupport I paid twice</code>. I'll pass it on to the people who run this bot. Telegram's support can't help with purchases in bots.
paysupport-payments = <b>Your payments:</b>
paysupport-sent = Passed on. Someone will write to you here.
paysupport-failed = I couldn't reach anyone. Please try again later.
paysupport-in-private = Please send this in our private chat.
terms =
    <b>Terms</b>
    Credits pay for pictures by paid models of this bot, and for nothing else. They do not expire and cannot be transferred or paid out. A picture costs what the model's menu says; what fails or is cancelled costs nothing. Pictures are made by AI and may differ from what you expected. For refunds and questions: /paysupport
terms-link = The terms of sale: { $url }
