"""Refunds: an operator asks for one, the credits are taken back at once, and then Telegram is asked until it
answers."""

from collections.abc import Callable

from aiogram import Router

from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import amount
from bot.keyboards.credits import AdminRefund, sure_keyboard
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts, Value
from storage import Database
from storage.records import Payment, PaymentState


class Refunds:
    """`wake` starts asking Telegram. Methods raise StorageUnavailable, and then nothing has changed."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def question(self, texts: LanguageTexts, payment_id: int) -> Card:
        """A card that says what a refund would do, with a button that does it."""
        async with self._db.read() as unit:
            payment = await unit.credits.payment(payment_id)
            if payment is None:
                return Card(texts.html("admin-refund-unknown"))
            has = await unit.credits.balance(payment.person, free=0)
        if payment.state is not PaymentState.CREDITED:
            return Card(texts.html("admin-refund-known"))
        values: dict[str, Value] = {
            "stars": payment.stars,
            "credits": amount(payment.amount),
            "id": str(payment.person),
        }
        words = texts.html("admin-refund-sure", **values, left=amount(has.paid - payment.amount))
        return Card(words, sure_keyboard(texts, payment))

    async def by_charge(self, texts: LanguageTexts, by: int, charge_id: str) -> Card:
        """The refund question for the payment with Telegram's id `charge_id`."""
        async with self._db.read() as unit:
            payment = await unit.credits.by_charge(charge_id)
        return Card(texts.html("admin-refund-unknown")) if payment is None else await self.ask(texts, by, payment.id)

    async def ask(self, texts: LanguageTexts, by: int, payment_id: int) -> Card:
        """Asks for a refund. The second time nothing happens, and the answer says so."""
        async with self._db.transaction() as unit:
            payment = await unit.credits.ask_refund(payment_id, by)
            if payment is not None:
                await unit.moderation.note(by, "refund", payment.person, f"{payment.stars} Stars {payment.charge_id}")
        if payment is None:
            return Card(texts.html("admin-refund-known"))
        self._wake()
        return Card(texts.html("admin-refund-asked", stars=payment.stars, id=str(payment.person)))


def refundable(payments: list[Payment]) -> list[Payment]:
    return [payment for payment in payments if payment.state is PaymentState.CREDITED]


def router() -> Router:
    refunds = Router(name="refunds")
    refunds.callback_query.register(refund, AdminRefund.filter())
    return refunds


async def refund(press: Press, callback_data: AdminRefund, person: Sender, refunds: Refunds) -> None:
    """The button that refunds. `PressRights` admits operators in private chats."""
    await press.answer()
    if callback_data.sure:
        await press.edit(await refunds.ask(person.texts, person.id, callback_data.payment))
    else:
        await press.reply(await refunds.question(person.texts, callback_data.payment))
