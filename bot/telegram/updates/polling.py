"""Receives updates: writes them to the inbox, confirms them to Telegram, then has them handled.

aiogram's own polling confirms updates before their handlers end, so a kill loses them. Here a batch is committed before
the offset moves (or the webhook answers 200), and handling runs beside fetching. If a batch comes twice, the inbox
ignores what it still has, and the handlers ignore what they have accepted already.

If several processes receive updates (`peers`), one of them polls, each chat's updates are handled by one of them, and
another process handles what a dead one left.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import DeleteWebhook

from bot.clock import Clock
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.updates.fair_share import FairShare
from bot.telegram.updates.inbox import ALLOWED_UPDATES, BadUpdate, GetUpdates, RawUpdate, inbox_row
from bot.telegram.updates.inbox_worker import RATE, Feed, InboxWorker, OnPoison, Spawner, outage_pause
from bot.telegram.updates.inline_queries import InlineQueries, is_inline_query
from bot.telegram.updates.leader import Peers
from bot.telegram.updates.payments import book, checkout_in
from bot.telegram.updates.split_text import REMEMBERED
from storage import Database, StorageUnavailable
from storage.records import InboxUpdate

log = structlog.stdlib.get_logger(__name__)

POLL_TIMEOUT = 30  # s that Telegram holds a getUpdates without news
ANSWER_TIMEOUT = 15  # s beyond it
LONGEST_PAUSE = 30.0  # s between attempts while Telegram cannot be reached
CONFIRM_TIMEOUT = 5  # s, at the end
REFILL_EVERY = 0.25  # s, while somebody has more updates than their share
CONFLICT_PAUSE = 15.0  # s: somebody else polls with our token

T = TypeVar("T")
# Tells whom these updates are from, but for the chats in the set, and adds those that it told.
OnCheckout = Callable[[RawUpdate], Coroutine[Any, Any, None]]  # never raises
OnOutage = Callable[[Sequence[RawUpdate], set[int]], Awaitable[None]]


REFUSED = "Telegram refuses the token: check BOT_TOKEN (@BotFather has the right one)"
REMIND_EVERY = 300.0  # s between two lines that say that Telegram is still away


class TokenRefused(Exception):  # noqa: N818 - what happened
    """Telegram does not know the token. Trying again is useless."""


class Intake:
    """`feed`: handles one update, usually the dispatcher's. `on_outage(updates, told)`: called when these updates
    cannot be stored now; they will be stored later, and each chat is told once an outage. `on_poison(update)`: told of
    an update that failed every time. `on_checkout(query)`: answers at once whether a payment may go ahead. `rate`:
    messages a second that Telegram takes. `seal`: returns an update as it may be stored."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        feed: Feed,
        supervisor: Spawner,
        clock: Clock,
        *,
        on_poison: OnPoison | None = None,
        on_outage: OnOutage | None = None,
        on_checkout: OnCheckout | None = None,
        rate: float = RATE,
        peers: Peers | None = None,
        seal: Callable[[object], object] = lambda update: update,
    ) -> None:
        self._bot = bot
        self._db = db
        self._seal = seal
        self._clock = clock
        self._on_outage = on_outage
        self._on_checkout = on_checkout
        self._supervisor = supervisor
        self._feeder = InboxWorker(bot, db, feed, supervisor, clock, on_poison, rate, peers)
        self._inline_queries = InlineQueries(bot, feed, supervisor)
        self._shares = FairShare(db, self._feeder.waiting)
        self._refilling: asyncio.Task[None] | None = None
        self._peers = peers
        if peers is not None:
            peers.attach(self._take_over, self._cut_short)
        self._stopping = False
        self._waiting: asyncio.Future[Any] | None = None  # what `stop` may cut short
        self._failures = 0
        self._silent_since: float | None = None  # since when Telegram does not answer, by the clock's monotonic time
        self._reminded_at = 0.0
        self._outages = 0  # attempts to store that failed in a row
        self._told: set[int] = set()  # chats that know of the outage
        self._running: asyncio.Task[Any] | None = None

    @property
    def handling(self) -> int:
        """Number of updates in memory that are committed and not handled yet."""
        return len(self._feeder)

    @property
    def full(self) -> bool:
        """Whether no more updates should come in: too many are unhandled, or the process stops."""
        return self._stopping or self._feeder.full

    async def recover(self) -> None:
        """Handles what an earlier process left in the inbox. Call it before anything new comes in."""
        if self._peers is not None:
            rows = await self._peers.claim()
        else:
            async with self._db.transaction() as unit:
                rows = await unit.inbox.recovered()
                self._feeder.late.learn(await unit.long_texts.newest(REMEMBERED))
        if rows:
            log.info("updates from before the start", count=len(rows))
        self._take(rows)

    async def accept(self, updates: Sequence[object]) -> None:
        """Commits these updates and handles the new ones. Raises StorageUnavailable or BadUpdate; then nothing is
        taken."""
        await self._store([inbox_row(self._seal(update)) for update in updates], updates)

    async def run(self) -> None:
        """Fetches until `stop`. Raises TokenRefused."""
        self._running = asyncio.current_task()
        while not self._stopping:
            if self._peers is not None:
                await self._unless_stopped(self._peers.lead())
            await self._poll()

    async def _poll(self) -> None:
        """Fetches until `stop`, or until another process has to."""
        offset: int | None = None  # Telegram's own memory of what we confirmed
        await self._remove_webhook()
        while self._may_poll():
            await self._unless_stopped(self._feeder.room())
            updates = await self._next(offset)
            rows = _readable([self._seal(update) for update in updates])
            if updates and not rows:  # no Bot API server: not as fast as it can answer
                await self._unless_stopped(self._clock.sleep(LONGEST_PAUSE))
            if not rows:
                continue
            try:
                await self._store(rows, updates)
            except StorageUnavailable:
                # They come again with the next fetch, and those of newcomers with them.
                await self._unless_stopped(self._clock.sleep(outage_pause(self._outages - 1)))
            else:
                offset = max(row.update_id for row in rows) + 1
        if offset is not None:
            await self._confirm(offset)

    async def stop(self, grace: float = 5.0) -> None:
        """Stops fetching, and lets running handlers end within `grace` seconds; the rest stays in the inbox. `run` has
        ended then, unless the database or Telegram hang."""
        self._stopping = True
        self._cut_short()
        await self._inline_queries.stop()
        await self._feeder.stop(grace)
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=CONFIRM_TIMEOUT + 1)

    def _may_poll(self) -> bool:
        return not self._stopping and (self._peers is None or self._peers.surely_leads)

    def _cut_short(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()

    def _take_over(self, rows: Iterable[InboxUpdate], recovered: bool) -> None:
        self._feeder.take(rows, sure=recovered)

    async def _store(self, rows: list[InboxUpdate], updates: Sequence[object]) -> None:
        """Commits these updates and hands them on. Raises StorageUnavailable; then nothing is taken, and the operator
        and people are told."""
        queries = {update["update_id"]: update for update in updates if is_inline_query(update)}
        beside = self._ask_for_payments(updates) | queries.keys()
        if lasting := [row for row in rows if row.update_id not in beside]:
            await self._commit(lasting, updates)
        if not self._stopping:
            for update in queries.values():
                self._inline_queries.take(update)

    async def _commit(self, rows: list[InboxUpdate], updates: Sequence[object]) -> None:
        try:
            async with self._db.transaction(urgent=True) as unit:
                for update in updates:
                    await book(unit, update)
                if self._peers is not None:
                    new = await unit.shared_inbox.add(rows, self._peers.process_id)
                    self._feeder.late.learn(await unit.long_texts.of({row.lane for row in rows}))
                else:
                    new = await unit.inbox.add(rows)
        except StorageUnavailable as error:
            log.error("updates cannot be stored, Telegram keeps them", count=len(rows), error=str(error))  # noqa: TRY400 - an outage, no mistake of ours
            self._outages += 1
            if self._on_outage is not None and not self._stopping:
                self._supervisor.spawn(self._tell_outage(self._on_outage, updates), name="notice of an outage")
            raise
        if self._outages:
            log.warning("the database is back", held_back=len(rows))
            self._outages = 0
            self._told.clear()
        self._take(new)

    def _ask_for_payments(self, updates: Sequence[object]) -> set[int]:
        """Has pre-checkout queries answered, which no queue may delay: Telegram does not repeat them, and waits ten
        seconds. Returns the ids of those updates."""
        found = set()
        for update in updates:
            if (query := checkout_in(update)) is not None and isinstance(update, dict):
                found.add(update.get("update_id", -1))
                if self._on_checkout is not None:
                    self._supervisor.spawn(self._on_checkout(query), name="checkout")
        return found

    def _take(self, rows: Sequence[InboxUpdate]) -> None:
        """Hands rows on, as far as each lane's share allows."""
        self._feeder.take(self._shares.admit(rows))
        if self._shares and (self._refilling is None or self._refilling.done()):
            self._refilling = self._supervisor.spawn(self._refill(), name="updates beyond a share")

    async def _refill(self) -> None:
        """Hands on rows that wait in the inbox when their lanes get room."""
        while self._shares and not self._stopping:
            self._feeder.take(await self._shares.more())
            await self._clock.sleep(REFILL_EVERY)

    async def _tell_outage(self, tell: OnOutage, updates: Sequence[object]) -> None:
        try:
            await tell([update for update in updates if isinstance(update, dict)], self._told)
        except Exception:
            log.exception("nobody could be told of the outage")

    async def _remove_webhook(self) -> None:
        """Removes the webhook: while one is set, getUpdates is refused."""
        while self._may_poll():
            call = self._bot(DeleteWebhook(drop_pending_updates=False), request_timeout=ANSWER_TIMEOUT)
            try:
                await self._unless_stopped(call)
                self._heard()
                return
            except Exception as error:  # noqa: BLE001 - `_pause` tells what ends us from what passes
                await self._pause(error)

    async def _next(self, offset: int | None) -> list[RawUpdate]:
        method = GetUpdates(offset=offset, timeout=POLL_TIMEOUT, allowed_updates=ALLOWED_UPDATES)
        try:
            updates = await self._unless_stopped(self._bot(method, request_timeout=POLL_TIMEOUT + ANSWER_TIMEOUT))
        except Exception as error:  # noqa: BLE001 - likewise
            await self._pause(error)
            return []
        self._heard()
        return updates or []

    async def _unless_stopped(self, wait: Coroutine[Any, Any, T]) -> T | None:
        """Waits for it. None: the wait was cut short, to stop or because another process polls now."""
        if self._stopping:
            wait.close()
            return None
        future = asyncio.ensure_future(wait)
        self._waiting = future
        try:
            return await future
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():  # it is not the wait that is cancelled, but we
                raise
            return None
        finally:
            self._waiting = None

    async def _pause(self, error: Exception) -> None:
        """Logs what is wrong, and waits accordingly."""
        outcome, said = classify(error), describe(error)
        self._failures += 1
        if outcome is Outcome.UNAUTHORIZED or said.startswith("TelegramNotFound"):
            raise TokenRefused(REFUSED) from error
        if outcome is Outcome.CONFLICT:
            if "webhook" in said.lower():
                log.error(
                    "a webhook was registered for this bot: removing it to poll; "
                    "stop the other program that uses BOT_TOKEN, or set WEBHOOK_URL here"
                )
                await self._remove_webhook()
                return
            # The leader before us may have a call under way. Whoever else it is will not go by itself.
            seconds = CONFLICT_PAUSE if self._peers is None else min(CONFLICT_PAUSE, float(self._failures))
            log.error("another instance polls with this token: stop one of them", error=said, again_in=seconds)
            await self._unless_stopped(self._clock.sleep(seconds))
            return
        pause = min(LONGEST_PAUSE, 2.0 ** min(self._failures - 1, 5)) * (0.75 + random.random() / 2)
        if isinstance(error, TelegramRetryAfter):
            pause = error.retry_after + random.random()
        self._tell_silence(said, pause)
        await self._unless_stopped(self._clock.sleep(pause))

    def _tell_silence(self, error: str, pause: float) -> None:
        """Logs a line when an outage begins, and one every few minutes while it lasts."""
        now = self._clock.monotonic()
        if self._silent_since is None:
            self._silent_since = self._reminded_at = now
            log.warning("no updates from Telegram", error=error, again_in=round(pause, 1))
        elif now - self._reminded_at >= REMIND_EVERY:
            self._reminded_at = now
            log.warning("still no updates from Telegram", error=error, seconds=round(now - self._silent_since))

    def _heard(self) -> None:
        """Call it when Telegram has answered."""
        self._failures = 0
        if self._silent_since is not None:
            seconds = round(self._clock.monotonic() - self._silent_since)
            log.info("Telegram answers again", seconds=seconds)
            self._silent_since = None

    async def _confirm(self, offset: int) -> None:
        """Tells Telegram what is committed, so that the next start does not get it again. Updates that this call
        returns are not confirmed by it, and are fetched again."""
        method = GetUpdates(offset=offset, limit=1, timeout=0, allowed_updates=ALLOWED_UPDATES)
        try:
            await self._bot(method, request_timeout=CONFIRM_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - then they come again and are recognised
            log.debug("last updates not confirmed", error=describe(error))


def _readable(updates: Sequence[object]) -> list[InboxUpdate]:
    rows = []
    for update in updates:
        try:
            rows.append(inbox_row(update))
        except BadUpdate:
            log.exception("no update")
    return rows
