### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Ваші кредити:</b> { $left }
credits-free = Безкоштовних на сьогодні: { $left } із { $daily }. Вони витрачаються першими й щодня (UTC) з’являються знову.
credits-held = Відкладено на картинки в роботі: { $held }
credits-owed = Борг після повернення: { $owed }. Його покриє наступна покупка.
credits-subscribed = Підписку оплачено до { $until }.
credits-price = Картинка моделі { $model } коштує { $cost }. Невдалі та скасовані картинки безкоштовні.
credits-not-needed = Ваші картинки не потребують кредитів: обмежень для вас немає.
# Once the operator has switched credits off.
credits-closed = Зараз картинки не потребують кредитів, і кредити не продаються. Куплені залишаються у вас.
credits-closed-subscription = Підписка подовжується, доки ви не скасуєте її в налаштуваннях Telegram, у розділі «Зірки».

## Buying

credits-shop = 💎 <b>Кредитами</b> оплачуються картинки платних моделей. Платите зірками Telegram ⭐. Якщо зірок бракує, спершу поповніть їх у налаштуваннях Telegram. /terms
credits-in-private = Кредити купують в особистому чаті зі мною.
credits-subscription = 💎 Кредити кожні 30 днів: { $credits }, щоразу за { $stars } ⭐. Скасувати можна будь-коли в налаштуваннях Telegram, у розділі «Зірки».
button-buy = 💎 Купити кредити
button-pack = 💎 { $credits } за { $stars } ⭐
button-subscription = 🔁 { $credits } кожні 30 днів: { $stars } ⭐
button-subscribe = Підписатися за { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Кредити: { $credits }
credits-invoice = Кредити для картинок платних моделей цього бота: { $credits }. Вони не згоряють.
credits-invoice-subscription = Кредити кожні 30 днів для картинок платних моделей цього бота: { $credits }. Вони не згоряють.
# Telegram shows these when a payment is refused.
checkout-gone = Ця пропозиція вже не діє. Теперішні покаже /buy.
checkout-not-yours = Цей рахунок виставлено іншій людині. Надішліть /buy, щоб отримати свій.
checkout-banned = Вам не можна користуватися цим ботом, тому він не бере ваші зірки.
checkout-subscribed = Ви вже маєте цю підписку.
checkout-later = Зараз я не можу прийняти оплату. Спробуйте за кілька хвилин.

## Payments

credits-paid = ✅ Дякую! Додано кредитів: { $credits }. Тепер у вас { $left }.
credits-renewed = ✅ За підпискою додано кредитів: { $credits }. Тепер у вас { $left }.
credits-unclear = Я отримав ваші { $stars } ⭐, але не знаю, за що. Власникам бота я повідомив. Написати їм можна через /paysupport
credits-refunded = ↩️ Вам повернули { $stars } ⭐. Кредити цієї оплати списано: { $credits }.
credits-payment = · { $at }: { $stars } ⭐, кредити { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = сплачено
payment-refunding = повертається
payment-refunded = повернено
paysupport = Щось не так з оплатою? Напишіть про це після команди, наприклад <code>/paysupport з мене списали двічі</code>. Я передам власникам бота. Підтримка Telegram з покупками в ботах не допомагає.
paysupport-payments = <b>Ваші оплати:</b>
paysupport-sent = Передав. Вам відповідять тут.
paysupport-failed = Я ні до кого не достукався. Спробуйте пізніше.
paysupport-in-private = Надішліть це, будь ласка, в особистому чаті зі мною.
terms =
    <b>Умови</b>
    Кредитами оплачуються картинки платних моделей цього бота й більше нічого. Вони не згоряють, їх не можна передати чи обміняти на гроші. Ціна картинки вказана в меню моделей; невдале та скасоване безкоштовне. Картинки створює ШІ, і вони можуть відрізнятися від очікувань. Повернення та питання: /paysupport
terms-link = Умови продажу: { $url }
