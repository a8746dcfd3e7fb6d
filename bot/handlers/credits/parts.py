"""The parts of selling, put together."""

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
    """`deals`: something is sold, or was once. What was sold once is answered for when nothing is sold any more: late
    payments, refunds, questions."""

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
        """`leads`: whether this process does what one does for all."""
        plan, calls = settings.credit_plan or NOTHING_SOLD, StarCalls(bot)
        shop = Shop(db, bot, calls, plan, clock, settings.admin_ids)
        receipts = Receipts(db, outbox, texts, plan, settings.admin_ids)
        checkouts = Checkouts(db, calls, texts, clock, shop, settings.admin_ids)
        keeper = StarKeeper(db, calls, receipts, clock, leads)
        return cls(shop.is_open or sold_before, shop, receipts, checkouts, keeper)
