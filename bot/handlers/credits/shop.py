"""The shop: a person's balance, the packs, and invoices."""

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
from storage import Database, Unit
from storage.records import Offer, OfferKind, Payment

PAYMENTS_TOLD = 5


class Shop:
    """Shows balances and sells packs. A `plan` without packs: nothing is sold any more, and people only see what they
    have. `operators` need no credits. Methods raise StorageUnavailable."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        calls: StarCalls,
        plan: CreditPlan,
        clock: Clock,
        operators: frozenset[int],
    ) -> None:
        self._db = db
        self._bot = bot
        self._calls = calls
        self._clock = clock
        self._operators = operators
        self.plan = plan

    @property
    def is_open(self) -> bool:
        return bool(self.plan.packs)

    async def left(self, account: int) -> int | None:
        """What an account (see `storage.records.account_of`) can spend, in millionths. None: it needs no credits."""
        async with self._db.read() as unit:
            if await self._needs_none(unit, account):
                return None
            return (await unit.credits.balance(account, free=self.plan.free)).available

    async def balance(self, texts: LanguageTexts, account: int, model: Model | None, *, private: bool) -> Card:
        """The balance of an account as a card. `model`: the model whose price the card shows, if any."""
        async with self._db.read() as unit:
            has = await unit.credits.balance(account, free=self.plan.free)
            until = await unit.credits.subscribed_until(account)
            needs_none = await self._needs_none(unit, account)
        subscribed = until is not None and until > self._clock.now()
        lines = [texts.html("credits-balance", left=amount(has.available))]
        if self.plan.free:
            lines.append(texts.html("credits-free", left=amount(has.free), daily=amount(self.plan.free)))
        if has.held:
            lines.append(texts.html("credits-held", held=amount(has.held)))
        if has.paid < 0:
            lines.append(texts.html("credits-owed", owed=amount(-has.paid)))
        if subscribed:
            lines.append(texts.html("credits-subscribed", until=f"{until:%Y-%m-%d}"))
        if not self.is_open:
            lines.append(closed(texts, subscribed=subscribed))
        elif needs_none:
            lines.append(texts.html("credits-not-needed"))
        elif model is not None and price(model):
            lines.append(texts.html("credits-price", model=model.label, cost=amount(price(model))))
        card = Card("\n".join(lines))
        if not self.is_open or needs_none:
            return card
        return await with_buy_button(self._bot, texts, card, private=private)

    async def _needs_none(self, unit: Unit, account: int) -> bool:
        exempt = account in self._operators or (await unit.moderation.allowance(account)).exempt
        return exempt or not self.is_open

    def packs(self, texts: LanguageTexts) -> Card:
        if not self.is_open:
            return Card(closed(texts))
        return Card(texts.html("credits-shop"), shop_keyboard(texts, self.plan))

    async def elsewhere(self, texts: LanguageTexts) -> Card:
        """For a group, where anybody could pay an invoice: a card that leads to the private chat."""
        if not self.is_open:
            return Card(closed(texts))
        return await with_buy_button(self._bot, texts, Card(texts.html("credits-in-private")), private=False)

    async def invoice(self, texts: LanguageTexts, person: int, pack: Pack) -> bool:
        """Sends the invoice of a pack to a person's private chat. False: the pack is not sold. Raises ChatGone and
        DeliveryFailed."""
        if pack not in self.plan.packs:
            return False
        await self._calls.invoice(person, await self._invoice(texts, person, OfferKind.PACK, pack))
        return True

    async def subscription(self, texts: LanguageTexts, person: int, pack: Pack) -> Card | None:
        """A card with the button that pays for the subscription. None: it is not sold. Raises DeliveryFailed."""
        if pack != self.plan.subscription:
            return None
        url = await self._calls.subscription(await self._invoice(texts, person, OfferKind.SUBSCRIPTION, pack))
        words = texts.html("credits-subscription", credits=amount(pack.amount), stars=pack.stars)
        return Card(words, subscribe_keyboard(texts, url, pack))

    def sells(self, offer: Offer) -> bool:
        """Whether the offer is still sold at this price."""
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


def closed(texts: LanguageTexts, *, subscribed: bool = False) -> Markup:
    """The text that nothing is sold any more. With `subscribed` it also says how to end a subscription, which Telegram
    keeps renewing."""
    told = texts.html("credits-closed")
    return Markup(f"{told} {texts.html('credits-closed-subscription')}") if subscribed else told


def payment_line(texts: LanguageTexts, payment: Payment) -> Markup:
    return texts.html(
        "credits-payment",
        at=f"{payment.at:%Y-%m-%d %H:%M}",
        stars=payment.stars,
        credits=amount(payment.amount),
        charge=payment.charge_id,
        state=texts.get(f"payment-{payment.state}"),
    )
