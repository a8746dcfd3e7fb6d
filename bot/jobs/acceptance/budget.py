"""Budgets: what people may spend within 24 hours, and what is left of it.

Amounts are counted in whole millionths of the operator's unit, because they are money.
"""

from datetime import timedelta

from bot.clock import Clock
from bot.jobs.settings import JobSettings
from providers.catalog.model import Model
from storage import Unit
from storage.records import Spent

MILLION = 1_000_000
DAY = timedelta(days=1)  # the one before now, as for the daily limit


def millionths(amount: float) -> int:
    """An amount of the operator's unit in millionths. An amount above zero becomes at least one."""
    return max(round(amount * MILLION), 1) if amount > 0 else 0


def price(model: Model) -> int:
    """The price of one draw, in millionths."""
    return millionths(model.cost)


def price_of_run(model: Model, pictures: int) -> int:
    """The price of one draw that is asked for so many pictures, in millionths. It is that of as many runs as the model
    needs."""
    return price(model) * max(min(pictures, model.capabilities.images), 1)


def amount(count: int) -> str:
    """Millionths as text in the operator's unit: '0.04', '5'."""
    whole, rest = divmod(abs(count), MILLION)
    fraction = f".{rest:06}".rstrip("0") if rest else ""
    return f"{'-' if count < 0 else ''}{whole}{fraction}"


class Money:
    """The budgets `DAILY_COST_PER_USER` and `DAILY_COST`. None: no limit."""

    def __init__(self, settings: JobSettings, clock: Clock) -> None:
        self._clock = clock
        self.per_user = millionths(settings.daily_cost_per_user) or None
        self.total = millionths(settings.daily_cost) or None

    @property
    def limited(self) -> bool:
        return self.per_user is not None or self.total is not None

    async def reserve(self, unit: Unit, account: int, *, without: int | None = None) -> tuple[int | None, bool]:
        """How much an account (see `storage.records.account_of`) may still reserve in this transaction, in millionths
        (None: no limit), and whether its own budget sets this limit. Until the transaction ends, nobody else reserves
        anything that counts. The reservation of the draw `without` counts as released."""
        own = await self._own(unit, account)
        if own is None and self.total is None:
            return None, True
        await unit.spending.lock_account(account)
        if self.total is not None:
            await unit.spending.lock()
        return self._left(await unit.spending.since(account, self._clock.now() - DAY, without=without), own)

    async def left(self, unit: Unit, account: int) -> int | None:
        """Like `reserve`, but locks nothing: only for showing the amount."""
        own = await self._own(unit, account)
        if own is None and self.total is None:
            return None
        left, _ = self._left(await unit.spending.since(account, self._clock.now() - DAY), own)
        return None if left is None else max(left, 0)

    async def _own(self, unit: Unit, account: int) -> int | None:
        """The limit of one account: the one that operators set for it, else that for everybody."""
        allowance = await unit.moderation.allowance(account)
        if allowance.exempt:
            return None
        return self.per_user if allowance.daily_cost is None else allowance.daily_cost

    def _left(self, spent: Spent, allowed: int | None) -> tuple[int | None, bool]:
        own = None if allowed is None else allowed - spent.requester
        all_ = None if self.total is None else self.total - spent.total
        if own is None or (all_ is not None and all_ < own):
            return all_, False
        return own, True
