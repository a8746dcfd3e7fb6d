"""The parts of selling, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from aiogram import Bot

from bot.clock import Clock
from bot.config import Settings
from bot.credit_plan import CreditPlan
from bot.handlers.credits.checkout import Checkouts
from bot.handlers.credits.payments import Receipts
from bot.handlers.credits.shop import Shop
from bot.handlers.credits.star_keeper import StarKeeper
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.star_calls import StarCalls
from bot.texts.fluent import Texts
from storage import Database


@dataclass(frozen=True, slots=True)
class Selling:
    """`shop` None: there are no credits. What was paid is booked all the same, and nobody can pay any more."""

    shop: Shop | None
    receipts: Receipts
    checkouts: Checkouts
    keeper: StarKeeper

    @classmethod
    def build(
        cls,
        settings: Settings,
        db: Database,
        bot: Bot,
        outbox: Outbox,
        texts: Texts,
        clock: Clock,
        leads: Callable[[], bool] = lambda: True,
    ) -> Self:
        """`leads`: whether this process does what one does for all."""
        plan, calls = settings.credit_plan, StarCalls(bot)
        shop = Shop(db, bot, calls, plan, clock) if plan is not None else None
        receipts = Receipts(db, outbox, texts, plan or CreditPlan(()), settings.admin_ids)
        checkouts = Checkouts(db, calls, texts, clock, shop, settings.admin_ids)
        return cls(shop, receipts, checkouts, StarKeeper(db, calls, receipts, clock, leads))
