"""Inline queries: answered at once or never, and not stored in the inbox.

Telegram sends a query for every pause in typing, and drops it after half a minute. A query that waited in the inbox for
the next process would be answered to nobody.
"""

import asyncio
from typing import TypeGuard

import structlog
from aiogram import Bot
from aiogram.types import Update

from bot.telegram.errors import describe
from bot.telegram.updates.inbox import INLINE_QUERY, RawUpdate, lane_of
from bot.telegram.updates.inbox_worker import Feed, Spawner

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 64  # queries; more are dropped
ANSWERED_WITHIN = 8.0  # s; clients give up after some ten


def is_inline_query(update: object) -> TypeGuard[RawUpdate]:
    return isinstance(update, dict) and INLINE_QUERY in update and type(update.get("update_id")) is int


class InlineQueries:
    """Handles one query of a person at a time: a newer one replaces the one before."""

    def __init__(self, bot: Bot, feed: Feed, supervisor: Spawner) -> None:
        self._bot = bot
        self._feed = feed
        self._supervisor = supervisor
        self._running: dict[int, asyncio.Task[None]] = {}  # by who asks

    def __len__(self) -> int:
        return len(self._running)

    def take(self, update: RawUpdate) -> None:
        asker = lane_of(update)
        if (older := self._running.pop(asker, None)) is not None:
            older.cancel()
        if len(self._running) >= AT_ONCE:
            log.warning("inline query dropped: too many at once")
            return
        task = self._supervisor.spawn(self._handle(update), name=f"inline query of {asker}")
        self._running[asker] = task
        task.add_done_callback(lambda done: self._ended(asker, done))

    async def stop(self) -> None:
        """Drops the queries that are not answered yet."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _ended(self, asker: int, task: "asyncio.Task[None]") -> None:
        if self._running.get(asker) is task:
            del self._running[asker]

    async def _handle(self, raw: RawUpdate) -> None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
            async with asyncio.timeout(ANSWERED_WITHIN):
                await self._feed(update, ())
        except Exception as error:  # noqa: BLE001 - whoever types asks again with the next letter
            log.warning("inline query not answered", error=describe(error))
