"""Hands updates from the inbox to the handlers: lanes run side by side, each in order, and a row is removed only when
its handler has ended.

A lane's task lives while the lane has updates. What is left when the process ends stays in the inbox for the next one.

The parts of an album (`media_groups`), and of a text that an app has cut (`split_text`), are separate updates. They are
handled together and removed together.

An update is given up if it failed too often by itself: its handler raised, or the process died while it was handled
alone. Failures do not count if the database was unavailable, or if the process was killed while several updates were
handled.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from typing import Protocol, TypeVar

import structlog
from aiogram import Bot
from aiogram.types import Message, Update

from bot.clock import Clock
from bot.telegram.updates.lane import Lane, Part, Waiting
from bot.telegram.updates.leader import ASK_FIRST, Peers
from bot.telegram.updates.media_groups import rest_of_album, spoken_for
from bot.telegram.updates.quarantine import Quarantine
from bot.telegram.updates.split_text import LateParts, joined, rest_of_text
from bot.telegram.updates.throttle import Throttle
from storage import Database, StorageUnavailable
from storage.records import InboxUpdate

log = structlog.stdlib.get_logger(__name__)

ATTEMPTS = 3  # tries that may fail
RETRY_AFTER = (1.0, 5.0, 15.0)  # s before the try after the first, second, ... failure
ROOM = 10_000  # updates in memory; beyond that no more are fetched
RATE = 30.0  # messages a second that Telegram takes
_OUTAGE_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)  # s between attempts to reach the database

Feed = Callable[[Update, tuple[Message, ...]], Awaitable[object]]  # with all parts of an album, in their order
OnPoison = Callable[[Update], Awaitable[None]]

_Handled = tuple[set[int], asyncio.Future[None]]  # update ids, and who waits until they are gone
_T = TypeVar("_T")


class Spawner(Protocol):
    """Owns the tasks: keeps them, logs what they raise, and ends them at the end."""

    def spawn(self, coro: Coroutine[object, object, None], *, name: str) -> asyncio.Task[None]: ...


def outage_pause(times: int) -> float:
    return _OUTAGE_PAUSES[min(times, len(_OUTAGE_PAUSES) - 1)]


class InboxWorker:
    """`on_poison`: tells a person that their update failed every time; its row is removed afterwards. `rate`: messages
    a second that Telegram takes."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        feed: Feed,
        supervisor: Spawner,
        clock: Clock,
        on_poison: OnPoison | None,
        rate: float = RATE,
        peers: Peers | None = None,
    ) -> None:
        self._bot = bot
        self._db = db
        self._feed = feed
        self._supervisor = supervisor
        self._clock = clock
        self._on_poison = on_poison
        self._peers = peers
        self._quarantine = Quarantine()
        self._lanes: dict[int, deque[Waiting]] = {}
        self._starting: deque[int] = deque()  # lanes without a task yet
        self._starter: asyncio.Task[None] | None = None
        self._pace = Throttle(rate)
        self._handled: list[_Handled] = []  # rows to remove
        self._sweeper: asyncio.Task[None] | None = None
        self.late = LateParts(db)
        self._held: set[int] = set()  # update ids in memory, so that none is fed twice at once
        self._again: set[int] = set()  # those of them that were given once more meanwhile
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None]] = set()  # those of them that wait before another attempt
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False

    def __len__(self) -> int:
        """Number of updates in memory."""
        return len(self._held)

    def waiting(self, lane: int) -> int:
        """Number of updates of a lane in memory."""
        return len(self._lanes.get(lane, ()))

    @property
    def full(self) -> bool:
        return len(self._held) >= ROOM

    async def room(self) -> None:
        """Waits until there is room for more updates."""
        await self._room.wait()

    def take(self, rows: Iterable[InboxUpdate], *, sure: bool = True) -> None:
        """Handles these rows, which are in the inbox. Not `sure`: each only if its row is still there and belongs to
        this process when its turn comes."""
        if self._stopping:
            return
        age = self._peers.age if self._peers is not None and sure else ASK_FIRST
        for row in rows:
            if row.update_id in self._held:
                self._again.add(row.update_id)
                continue
            self._held.add(row.update_id)
            queue = self._lanes.get(row.lane)
            if queue is not None:
                queue.append(Waiting(row, age))
                continue
            self._lanes[row.lane] = deque([Waiting(row, age)])
            self._starting.append(row.lane)
        if self.full:
            self._room.clear()
        if self._starting and (self._starter is None or self._starter.done()):
            self._starter = self._supervisor.spawn(self._start(), name="updates to begin with")

    async def _start(self) -> None:
        """Starts one lane after the other."""
        self._pace.start()
        while self._starting and not self._stopping:
            lane = self._starting.popleft()
            task = self._supervisor.spawn(self._work(lane), name=f"updates of {lane}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            await self._pace.began(task)

    async def stop(self, grace: float) -> None:
        """Lets running handlers end within `grace` seconds; the rest stays in the inbox."""
        self._stopping = True
        for task in self._resting:
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=grace)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _work(self, lane: int) -> None:
        queue = self._lanes[lane]
        try:
            while queue and not self._stopping:
                try:
                    with structlog.contextvars.bound_contextvars(update_id=queue[0].row.update_id):
                        await self._handle(queue[0], queue)
                except Exception:  # the row stays where it is, the lane goes on
                    log.exception("update left in the inbox", update_id=queue[0].row.update_id)
                self._drop(queue.popleft().row)
        finally:
            for waiting in queue:
                self._drop(waiting.row)
            del self._lanes[lane]

    def _drop(self, row: InboxUpdate) -> None:
        self._held.discard(row.update_id)
        self._again.discard(row.update_id)
        if not self.full:
            self._room.set()

    async def _handle(self, waiting: Waiting, queue: deque[Waiting]) -> None:
        """Handles one update, with the rest of its album from the lane's queue, until it is handled, has failed too
        often, or the process stops."""
        row = waiting.row
        if self._peers is not None and not await self._still_ours(self._peers, waiting):
            log.info("update is another process's now", update_id=row.update_id)
            return
        update = self._read(row)
        if update is None:
            await self._remove(row)
            return
        if row.crashes:  # another process may have answered what it belongs to
            await self._with_database(partial(self.late.recall, row.lane))
        if self.late.late(row.lane, update.message):
            log.info("the rest of a text came after it was answered", update_id=row.update_id)
            await self._with_database(partial(self.late.handled, row.lane, update.message))  # and a third part would be
            await self._remove(row)
            return
        parts = await self._parts(update, queue)
        if parts is None:
            return
        rows = [row, *(part.row for part, _ in parts)]
        updates = [update, *(each for _, each in parts)]
        album: tuple[Message, ...] = ()
        if parts and update.message is not None and update.message.media_group_id is None:
            update = joined(updates)
        elif parts:
            update, album = spoken_for(updates)
        if waiting.suspect:
            async with self._quarantine.alone() as alone:
                through = await self._until_through(row, update, album, alone=alone)
        else:
            async with self._quarantine.together():
                through = await self._until_through(row, update, album)
        if not through:
            return
        await self._with_database(partial(self.late.handled, row.lane, updates[-1].message))
        await self._remove(*rows)
        for part, _ in parts:
            queue.remove(part)
            self._drop(part.row)

    async def _parts(self, update: Update, queue: deque[Waiting]) -> list[Part] | None:
        """The other parts of an album, or of a long text that an app has cut. None: the process stops before they are
        known."""
        message = update.message
        lane = Lane(queue, self._read, self._rest, lambda: self._stopping)
        if message is None:
            return []
        if message.media_group_id is not None:
            return await rest_of_album(update, lane)
        return await rest_of_text(message, lane)

    async def _until_through(
        self, row: InboxUpdate, update: Update, album: tuple[Message, ...], *, alone: bool = False
    ) -> bool:
        """Tries until it is handled. False: the process stops before that. A try `alone` is counted before it is made,
        because it may kill the process."""
        failed, outages, counted = row.attempts, 0, False
        while failed < ATTEMPTS:
            if alone and not counted:
                failed, counted = await self._begin(row) - 1, True
            try:
                await self._feed(update, album)
                return True
            except StorageUnavailable as error:  # nobody's mistake: it does not count
                log.warning("update waits for the database", update_id=row.update_id, error=str(error))
                pause = outage_pause(outages)
                outages += 1
            except Exception:
                failed = failed + 1 if counted else await self._begin(row)
                counted = False
                log.exception("update failed", update_id=row.update_id, attempts=failed)
                pause = RETRY_AFTER[min(max(failed, 1), len(RETRY_AFTER)) - 1] if failed < ATTEMPTS else 0.0
            if self._stopping:
                return False
            await self._rest(pause)
        await self._poisoned(update)
        return True

    async def _still_ours(self, peers: Peers, waiting: Waiting) -> bool:
        outages = 0
        while not self._stopping:
            try:
                return await peers.still_ours(waiting.row.update_id, waiting.age)
            except StorageUnavailable:
                await self._rest(outage_pause(outages))
                outages += 1
        return False

    async def _rest(self, seconds: float) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._resting.add(task)
        try:
            await self._clock.sleep(seconds)
        finally:
            self._resting.discard(task)

    def _read(self, row: InboxUpdate) -> Update | None:
        try:
            return Update.model_validate_json(row.body, context={"bot": self._bot})
        except ValueError:  # pydantic's ValidationError is one
            log.exception("update cannot be read", update_id=row.update_id)
            return None

    async def _begin(self, row: InboxUpdate) -> int:
        """Counts an attempt in the row, as soon as the database can."""

        async def count() -> int:
            async with self._db.transaction() as unit:
                return await unit.inbox.begin(row.update_id)

        return await self._with_database(count)

    async def _with_database(self, work: Callable[[], Awaitable[_T]]) -> _T:
        """Does the work, as soon as the database is available."""
        outages = 0
        while True:
            try:
                return await work()
            except StorageUnavailable:
                await self._rest(outage_pause(outages))
                outages += 1

    async def _poisoned(self, update: Update) -> None:
        if self._on_poison is None:
            return
        try:
            await self._on_poison(update)
        except Exception:
            log.exception("nobody could be told that an update failed", update_id=update.update_id)

    async def _remove(self, *rows: InboxUpdate) -> None:
        """Returns when the rows are gone, or stay because the process stops. Telegram may send an update again in that
        very moment: a row that is written anew before this returns goes as well."""
        ids = {row.update_id for row in rows}
        while ids:
            self._again -= ids
            done = asyncio.get_running_loop().create_future()
            self._handled.append((ids, done))
            if self._sweeper is None or self._sweeper.done():
                self._sweeper = self._supervisor.spawn(self._sweep(), name="handled updates")
            await done
            ids = ids & self._again if not self._stopping else set()

    async def _sweep(self) -> None:
        """Removes handled rows: those that come during one transaction are removed in the next."""
        outages = 0
        batch: list[_Handled] = []
        try:
            while self._handled:
                batch, self._handled = self._handled, []
                try:
                    async with self._db.transaction() as unit:
                        await unit.inbox.remove(*(update_id for ids, _ in batch for update_id in ids))
                except StorageUnavailable:
                    if not self._stopping:
                        self._handled = batch + self._handled
                        await self._rest(outage_pause(outages))
                        outages += 1
                        continue
                _tell(batch)
        finally:
            _tell(batch + self._handled)
            self._handled = []


def _tell(batch: list[_Handled]) -> None:
    for _, done in batch:
        if not done.done():
            done.set_result(None)
