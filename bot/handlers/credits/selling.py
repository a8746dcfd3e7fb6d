"""Builds the objects that sell credits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from aiogram import Bot

from bot.clock import Clock
from bot.config import Settings
from bot.credit_plan import NOTHING_SOLD
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
    """All objects that sell credits. `deals`: something is sold, or was once. After sales have ended, late payments,
    refunds and questions are still handled."""

    deals: bool
    shop: Shop
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
        sold_before: bool = False,
    ) -> Self:
        """`leads()`: whether this process does the work that only one of all processes does."""
        plan, calls = settings.credit_plan or NOTHING_SOLD, StarCalls(bot)
        shop = Shop(db, bot, calls, plan, clock, settings.admin_ids)
        receipts = Receipts(db, outbox, texts, plan, settings.admin_ids)
        checkouts = Checkouts(db, calls, texts, clock, shop, settings.admin_ids)
        keeper = StarKeeper(db, calls, receipts, clock, leads)
        return cls(shop.is_open or sold_before, shop, receipts, checkouts, keeper)
