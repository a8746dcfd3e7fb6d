"""/balance, /buy, /paysupport and /terms, and the messages after a payment or a refund."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.config import Settings
from bot.handlers.addressing import aside_of
from bot.handlers.credits.payments import Receipts
from bot.handlers.credits.shop import Shop, payment_line
from bot.handlers.filters import Where
from bot.handlers.imagine.merge import model_of
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.credits import START, BuyPack, OpenShop
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Outbox
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage.records import account_of

QUESTION_LENGTH = 1000  # characters that are passed on


def router() -> Router:
    credits_ = Router(name="credits")
    on = credits_.message.register
    on(paid, Where(F.successful_payment))
    on(refunded, Where(F.refunded_payment))
    on(balance_command, Command("balance", ignore_case=True))
    on(buy_command, Command("buy", ignore_case=True))
    on(buy_command, CommandStart(deep_link=True, magic=F.args == START))
    on(paysupport_command, Command("paysupport", ignore_case=True))
    on(terms_command, Command("terms", ignore_case=True))
    credits_.callback_query.register(open_shop, OpenShop.filter())
    credits_.callback_query.register(buy, BuyPack.filter())
    return credits_


async def balance_command(
    message: Message, person: Sender, shop: Shop, outbox: Outbox, catalog: Catalog, settings: Settings
) -> None:
    account = account_of(person.id, message.chat.id)
    model = _model(person, catalog, settings)
    if model is not None and model.id in person.keys:
        model = None  # it costs them no credits
    private = message.chat.type == ChatType.PRIVATE
    await outbox.reply(aside_of(message), await shop.balance(person.texts, account, model, private=private))


async def buy_command(message: Message, person: Sender, shop: Shop, outbox: Outbox) -> None:
    if message.chat.type == ChatType.PRIVATE:
        card = shop.packs(person.texts)
    else:
        card = await shop.elsewhere(person.texts)
    await outbox.reply(aside_of(message), card)


async def paysupport_command(
    message: Message, command: CommandObject, person: Sender, shop: Shop, receipts: Receipts, outbox: Outbox
) -> None:
    """Open to everybody who can write to the bot, even if banned: people who have paid may ask."""
    texts, words = person.texts, (command.args or "").strip()
    if message.chat.type != ChatType.PRIVATE:
        await outbox.reply(aside_of(message), Card(texts.html("paysupport-in-private")))
        return
    if words:
        passed_on = await receipts.ask(person.id, words[:QUESTION_LENGTH])
        await outbox.reply(aside_of(message), Card(texts.html("paysupport-sent" if passed_on else "paysupport-failed")))
        return
    lines: list[str] = [texts.html("paysupport")]
    if payments := await shop.payments(person.id):
        lines += ["", texts.html("paysupport-payments"), *(payment_line(texts, payment) for payment in payments)]
    await outbox.reply(aside_of(message), Card("\n".join(lines)))


async def terms_command(message: Message, person: Sender, outbox: Outbox, settings: Settings) -> None:
    texts, url = person.texts, settings.credits_terms_url
    words = texts.html("terms") if url is None else texts.html("terms-link", url=url)
    await outbox.reply(aside_of(message), Card(words))


async def open_shop(press: Press, person: Sender, shop: Shop) -> None:
    await press.answer()
    await press.reply(shop.packs(person.texts))


async def buy(press: Press, callback_data: BuyPack, person: Sender, shop: Shop) -> None:
    """Sends the invoice of a pack, or the link to a subscription. `PressRights` admits private chats only."""
    texts, sold = person.texts, True
    if press.repeated():
        await press.answer(texts.get("press-once"))
        return
    try:
        if callback_data.subscription:
            card = await shop.subscription(texts, person.id, callback_data.bought)
            sold = card is not None
            if card is not None:
                await press.reply(card)
        else:
            sold = await shop.invoice(texts, person.id, callback_data.bought)
    except (ChatGone, DeliveryFailed):
        await press.answer(texts.get("checkout-later"), alert=True)
        return
    await press.answer(None if sold else texts.get("checkout-gone"), alert=not sold)


async def paid(message: Message, person: Sender, receipts: Receipts) -> None:
    """Thanks for a payment. It was credited when its update was stored."""
    if message.successful_payment is not None:
        await receipts.paid(person.texts, person.id, message.successful_payment.telegram_payment_charge_id)


async def refunded(_message: Message) -> None:
    """Does nothing: the refund was booked when its update was stored, and `StarKeeper` tells the person."""


def _model(person: Sender, catalog: Catalog, settings: Settings) -> Model | None:
    try:
        return model_of(catalog, person.settings, settings, person.group, person.keys)
    except InvalidParameter:  # no model is enabled
        return None
