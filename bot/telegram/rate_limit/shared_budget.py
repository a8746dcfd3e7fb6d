"""Places in the flood budget that several processes share, and what each may do alone while the database is gone."""

from collections.abc import Callable
from typing import Protocol

import structlog

from bot.telegram.rate_limit.budgets import ChatKey, SharedBudget, shared_chat, shared_over_all
from bot.telegram.rate_limit.priority import Priority
from storage import StorageUnavailable
from storage.postgres.rate_limit import Bucket, Waits

log = structlog.stdlib.get_logger(__name__)

ALONE_EVERY = 1.0  # s between two calls of a process that cannot ask the others: up to 30 of them keep the limit
ALONE_CHAT_TIMES = 4  # times the interval of a chat: as many of them may know the same one
ASKED_AGAIN = 2.0  # s after which the database is tried again
ALONE_CHATS = 10_000  # remembered at most


class Ledger(Protocol):
    """`storage.postgres.rate_limit.FloodLedger`."""

    async def take(self, chat: str, bucket: Bucket, over_all: Bucket) -> Waits: ...

    async def pause(self, chat: str, seconds: float) -> None: ...


class SharedPlaces:
    """`rate`: messages a second of all processes together. `now`: seconds, monotonic."""

    def __init__(self, ledger: Ledger, rate: float, now: Callable[[], float]) -> None:
        self._ledger = ledger
        self._over_all = shared_over_all(rate)
        self._now = now
        self._alone_until = 0.0
        self._due: dict[ChatKey | None, float] = {}  # while alone: when the next call may leave; None: over all

    async def take(self, chat: ChatKey, lane: Priority) -> Waits:
        """A place for one call of this lane, now, or how long there is none."""
        if self._now() >= self._alone_until:
            try:
                waits = await self._ledger.take(
                    str(chat), _bucket(shared_chat(chat), lane), _bucket(self._over_all, lane)
                )
            except StorageUnavailable as error:
                if not self._due:
                    log.warning(
                        "the flood budget cannot be shared now: each process keeps to a small one", why=str(error)
                    )
                self._alone_until = self._now() + ASKED_AGAIN
            else:
                self._due.clear()
                return waits
        return self._take_alone(chat)

    async def refused(self, chat: ChatKey, seconds: float) -> None:
        """Telegram refused a call to this chat: let the others know."""
        try:
            await self._ledger.pause(str(chat), seconds)
        except StorageUnavailable as error:
            log.warning("others do not know yet that telegram asks to wait", chat=chat, why=str(error))

    def _take_alone(self, chat: ChatKey) -> Waits:
        now = self._now()
        waits = Waits(max(self._due.get(chat, 0.0) - now, 0.0), max(self._due.get(None, 0.0) - now, 0.0))
        if waits.granted:
            if len(self._due) >= ALONE_CHATS:
                self._due = {known: due for known, due in self._due.items() if due > now}
            self._due[chat] = now + ALONE_CHAT_TIMES * shared_chat(chat).interval
            self._due[None] = now + ALONE_EVERY
        return waits


def _bucket(budget: SharedBudget, lane: Priority) -> Bucket:
    return Bucket(budget.interval, budget.burst, budget.share(lane))
