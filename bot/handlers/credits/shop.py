"""What is sold: a person's balance, the packs, and their invoices."""

from aiogram import Bot

from bot.clock import Clock
from bot.credit_plan import CreditPlan, Pack
from bot.handlers.buying import with_buy_button
from bot.jobs.acceptance.budget import amount, price
from bot.keyboards.credits import shop_keyboard, subscribe_keyboard
from bot.telegram.outbox.outbox import Card
from bot.telegram.star_calls import DESCRIPTION_LENGTH, TITLE_LENGTH, Invoice, StarCalls
from bot.telegram.updates.payments import payload_of
from bot.texts.fluent import LanguageTexts, Markup
from bot.texts.lengths import shorten
from providers.catalog.model import Model
from storage import Database
from storage.records import Offer, OfferKind, Payment

PAYMENTS_TOLD = 5


class Shop:
    """Methods raise StorageUnavailable."""

    def __init__(self, db: Database, bot: Bot, calls: StarCalls, plan: CreditPlan, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._calls = calls
        self._clock = clock
        self.plan = plan

    async def balance(self, texts: LanguageTexts, account: int, model: Model | None, *, private: bool) -> Card:
        """What an account (see `storage.records.account_of`) has; `model`: the one whose price is told."""
        async with self._db.read() as unit:
            has = await unit.credits.balance(account, free=self.plan.free)
            until = await unit.credits.subscribed_until(account)
        lines = [texts.html("credits-balance", left=amount(has.available))]
        if self.plan.free:
            lines.append(texts.html("credits-free", left=amount(has.free), daily=amount(self.plan.free)))
        if has.held:
            lines.append(texts.html("credits-held", held=amount(has.held)))
        if has.paid < 0:
            lines.append(texts.html("credits-owed", owed=amount(-has.paid)))
        if until is not None and until > self._clock.now():
            lines.append(texts.html("credits-subscribed", until=f"{until:%Y-%m-%d}"))
        if model is not None and price(model):
            lines.append(texts.html("credits-price", model=model.label, cost=amount(price(model))))
        return await with_buy_button(self._bot, texts, Card("\n".join(lines)), private=private)

    def packs(self, texts: LanguageTexts) -> Card:
        return Card(texts.html("credits-shop"), shop_keyboard(texts, self.plan))

    async def elsewhere(self, texts: LanguageTexts) -> Card:
        """For a group, where anybody could pay an invoice: the way into the private chat."""
        return await with_buy_button(self._bot, texts, Card(texts.html("credits-in-private")), private=False)

    async def invoice(self, texts: LanguageTexts, person: int, pack: Pack) -> bool:
        """Sends the invoice of a pack to a person's private chat. False: it is not sold. Raises ChatGone,
        DeliveryFailed."""
        if pack not in self.plan.packs:
            return False
        await self._calls.invoice(person, await self._invoice(texts, person, OfferKind.PACK, pack))
        return True

    async def subscription(self, texts: LanguageTexts, person: int, pack: Pack) -> Card | None:
        """A button at which the subscription is paid for. None: it is not sold. Raises DeliveryFailed."""
        if pack != self.plan.subscription:
            return None
        url = await self._calls.subscription(await self._invoice(texts, person, OfferKind.SUBSCRIPTION, pack))
        words = texts.html("credits-subscription", credits=amount(pack.amount), stars=pack.stars)
        return Card(words, subscribe_keyboard(texts, url, pack))

    def sells(self, offer: Offer) -> bool:
        """Whether this is still offered at this price."""
        pack = Pack(offer.stars, offer.amount)
        return pack == self.plan.subscription if offer.kind is OfferKind.SUBSCRIPTION else pack in self.plan.packs

    async def payments(self, person: int) -> list[Payment]:
        async with self._db.read() as unit:
            return await unit.credits.payments_of(person, limit=PAYMENTS_TOLD)

    async def _invoice(self, texts: LanguageTexts, person: int, kind: OfferKind, pack: Pack) -> Invoice:
        async with self._db.transaction() as unit:
            offer = await unit.credits.offer(person, kind, pack.stars, pack.amount)
        key = "credits-invoice-subscription" if kind is OfferKind.SUBSCRIPTION else "credits-invoice"
        return Invoice(
            title=shorten(texts.get("credits-invoice-title", credits=amount(pack.amount)), TITLE_LENGTH),
            description=shorten(texts.get(key, credits=amount(pack.amount)), DESCRIPTION_LENGTH),
            payload=payload_of(offer.id),
            stars=pack.stars,
        )


def payment_line(texts: LanguageTexts, payment: Payment) -> Markup:
    return texts.html(
        "credits-payment",
        at=f"{payment.at:%Y-%m-%d %H:%M}",
        stars=payment.stars,
        credits=amount(payment.amount),
        charge=payment.charge_id,
        state=texts.get(f"payment-{payment.state}"),
    )
