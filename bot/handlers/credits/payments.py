"""Messages about payments, to people and to operators."""

import structlog

from bot.credit_plan import CreditPlan
from bot.handlers.credits.shop import closed
from bot.jobs.acceptance.budget import amount
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Outbox
from bot.texts.fluent import LanguageTexts, Markup, Texts, Value, choose
from storage import Database
from storage.records import Payment

log = structlog.stdlib.get_logger(__name__)


class Receipts:
    """Sends messages about payments; moves no credits. A `plan` without packs: nothing is sold any more. Methods raise
    StorageUnavailable."""

    def __init__(self, db: Database, outbox: Outbox, texts: Texts, plan: CreditPlan, operators: frozenset[int]) -> None:
        self._db = db
        self._outbox = outbox
        self._texts = texts
        self._plan = plan
        self._operators = operators

    async def paid(self, texts: LanguageTexts, person: int, charge_id: str) -> None:
        """Thanks a person for a stored payment, and tells operators if the payment is unusual."""
        async with self._db.read() as unit:
            payment = await unit.credits.by_charge(charge_id)
            has = await unit.credits.balance(person, free=self._plan.free)
            banned = person not in self._operators and await unit.moderation.ban_of(person) is not None
        if payment is None:
            return
        log.info("payment credited", user=person, stars=payment.stars, credits=amount(payment.amount))
        if payment.amount:
            values: dict[str, Value] = {"credits": amount(payment.amount), "left": amount(has.available)}
            words = texts.html("credits-renewed" if payment.recurring else "credits-paid", **values)
        else:
            words = texts.html("credits-unclear", stars=payment.stars)
        if not self._plan.packs and payment.amount:
            words = Markup(f"{words}\n{closed(texts, subscribed=payment.recurring)}")
        await self.send(person, words)
        if (odd := self._odd(payment, banned=banned)) is not None:
            await self.tell_operators(odd, id=str(person), stars=payment.stars, charge=charge_id)

    def _odd(self, payment: Payment, *, banned: bool) -> str | None:
        """The key of the text for operators, if a payment is unusual; else None."""
        if banned:
            return "operator-payment-banned"
        if not payment.amount:
            return "operator-payment-unclear"
        return None if self._plan.packs else "operator-payment-closed"

    async def refunded(self, payment: Payment) -> None:
        """Tells the person who had paid."""
        values: dict[str, Value] = {"stars": payment.stars, "credits": amount(payment.amount)}
        await self.send(payment.person, (await self.texts_of(payment.person)).html("credits-refunded", **values))

    async def ask(self, person: int, words: str) -> bool:
        """Passes a person's question on to the operators. False: no operator could be reached."""
        return await self.tell_operators("operator-paysupport", id=str(person), words=words)

    async def tell_operators(self, key: str, /, **values: Value) -> bool:
        """Sends a text to each operator in their language. False: no operator could be reached."""
        reached = [
            await self.send(operator, (await self.texts_of(operator)).html(key, **values))
            for operator in sorted(self._operators)
        ]
        return any(reached)

    async def texts_of(self, person: int) -> LanguageTexts:
        async with self._db.read() as unit:
            language = (await unit.users.settings(person)).language
            language = language or await unit.broadcasts.language_of(person)
        return self._texts(choose(None, language))

    async def send(self, person: int, words: str) -> bool:
        """Sends `words` (HTML) to a private chat. Returns whether they arrived."""
        try:
            await self._outbox.reply(Destination(person), Card(words))
        except (ChatGone, DeliveryFailed) as error:
            log.info("payment message not delivered", user=person, reason=error.reason)
            return False
        return True
