### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Ваши кредиты:</b> { $left }
credits-free = Бесплатных на сегодня: { $left } из { $daily }. Они тратятся первыми и каждый день (UTC) появляются снова.
credits-held = Отложено на картинки в работе: { $held }
credits-owed = Долг после возврата: { $owed }. Его покроет следующая покупка.
credits-subscribed = Подписка оплачена до { $until }.
credits-price = Картинка модели { $model } стоит { $cost }. Неудавшиеся и отменённые картинки бесплатны.
credits-not-needed = Ваши картинки не требуют кредитов: ограничений для вас нет.
# Once the operator has switched credits off.
credits-closed = Сейчас картинки не требуют кредитов, и кредиты не продаются. Купленные остаются у вас.
credits-closed-subscription = Подписка продлевается, пока вы не отмените её в настройках Telegram, в разделе «Звёзды».

## Buying

credits-shop = 💎 <b>Кредитами</b> оплачиваются картинки платных моделей. Платите звёздами Telegram ⭐. Если звёзд не хватает, сначала пополните их в настройках Telegram. /terms
credits-in-private = Кредиты покупают в личном чате со мной.
credits-subscription = 💎 Кредиты каждые 30 дней: { $credits }, каждый раз за { $stars } ⭐. Отменить можно когда угодно в настройках Telegram, в разделе «Звёзды».
button-buy = 💎 Купить кредиты
button-pack = 💎 { $credits } за { $stars } ⭐
button-subscription = 🔁 { $credits } каждые 30 дней: { $stars } ⭐
button-subscribe = Подписаться за { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Кредиты: { $credits }
credits-invoice = Кредиты для картинок платных моделей этого бота: { $credits }. Они не сгорают.
credits-invoice-subscription = Кредиты каждые 30 дней для картинок платных моделей этого бота: { $credits }. Они не сгорают.
# Telegram shows these when a payment is refused.
checkout-gone = Это предложение больше не действует. Актуальные покажет /buy.
checkout-not-yours = Этот счёт выставлен другому человеку. Отправьте /buy, чтобы получить свой.
checkout-banned = Вам нельзя пользоваться этим ботом, поэтому он не берёт ваши звёзды.
checkout-subscribed = У вас уже есть эта подписка.
checkout-later = Сейчас я не могу принять оплату. Попробуйте через несколько минут.

## Payments

credits-paid = ✅ Спасибо! Добавлено кредитов: { $credits }. Теперь у вас { $left }.
credits-renewed = ✅ По подписке добавлено кредитов: { $credits }. Теперь у вас { $left }.
credits-unclear = Я получил ваши { $stars } ⭐, но не знаю, за что. Владельцам бота я сообщил. Написать им можно через /paysupport
credits-refunded = ↩️ Вам вернули { $stars } ⭐. Кредиты этой оплаты списаны: { $credits }.
credits-payment = · { $at }: { $stars } ⭐, кредиты { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = оплачено
payment-refunding = возвращается
payment-refunded = возвращено
paysupport = Что-то не так с оплатой? Напишите об этом после команды, например <code>/paysupport с меня списали дважды</code>. Я передам владельцам бота. Поддержка Telegram с покупками в ботах не помогает.
paysupport-payments = <b>Ваши оплаты:</b>
paysupport-sent = Передал. Вам ответят здесь.
paysupport-failed = Я ни до кого не достучался. Попробуйте позже.
paysupport-in-private = Отправьте это, пожалуйста, в личном чате со мной.
terms =
    <b>Условия</b>
    Кредитами оплачиваются картинки платных моделей этого бота и больше ничего. Они не сгорают, их нельзя передать или обменять на деньги. Цена картинки указана в меню моделей; неудавшееся и отменённое бесплатно. Картинки создаёт ИИ, и они могут отличаться от ожиданий. Возвраты и вопросы: /paysupport
terms-link = Условия продажи: { $url }
