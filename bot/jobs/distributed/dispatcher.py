"""Drawing that many processes share: any of them admits, and those that draw take what was admitted from a queue."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.jobs.distributed.leases import Leases
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.distributed.worker import QueueWorker
from bot.jobs.drawing.admission import LETTING_GO, TIMER, Settle
from bot.jobs.drawing.runner import Runner
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.lifecycle.recovery import TOLD_WITHIN
from bot.jobs.supervisor import Supervisor
from storage import Database, StorageError, StorageUnavailable, Unit
from storage.errors import PutBackError
from storage.postgres.sharing import Sharing
from storage.records import Draw, Limits, Request

log = logging.getLogger(__name__)

SEEN_EVERY = 2.0  # s between two words of a worker that it has room
RECONCILED_EVERY = 10.0  # s between two looks for what nobody has
STRANDED_AFTER = timedelta(seconds=20)
TIDIED_EVERY = 300.0  # s


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the service that take part in it; `runner` makes what draws, or None for what has ended."""

    db: Database
    clock: Clock
    supervisor: Supervisor
    board: ActiveRequests
    progress: Progress
    placeholders: Placeholders
    delivery: Delivery
    endings: Outcomes
    runner: Callable[[Draw, Request], Runner | None]


class SharedDispatcher:
    """`capacity`: how many draws at once this process does itself; 0: it only admits."""

    def __init__(self, parts: Parts, sharing: Sharing, limits: Limits, capacity: int) -> None:
        self._db = parts.db
        self._sharing = sharing
        self._limits = limits
        self._supervisor = parts.supervisor
        self._clock = parts.clock
        self._capacity = capacity
        self._holds = Leases(parts.db)
        self._elsewhere = RemoteRequests(
            *(parts.db, parts.clock, parts.supervisor, parts.board, self._holds),
            *(parts.progress, parts.placeholders, parts.endings),
        )
        parts.progress.share(self._elsewhere)
        self._taking = QueueWorker(
            *(parts.db, parts.clock, parts.supervisor, parts.board, self._holds),
            *(parts.progress, parts.delivery, parts.endings),
            *(self._elsewhere, parts.runner, self.wake),
        )
        self._queue = sharing.queue(self._take, self._room) if capacity else None
        self._id = str(uuid.uuid4())
        self._woken = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self._queue_task: asyncio.Task[None] | None = None

    def adopt(self, request: Request, draws: list[Draw]) -> ActiveRequest:
        """The place on the board of a request that another process may have accepted."""
        return self._elsewhere.adopt(request, draws)

    def settled(self, live: ActiveRequest) -> None:
        """Its last draw has ended in this process, which brings it to its end."""
        self._taking.settled(live)

    def start(self) -> None:
        self._loops = [
            self._supervisor.spawn(self._admit_for_ever(), name="admission"),
            self._supervisor.spawn(self._every(TIMER, self._tick), name="admission timer"),
            self._supervisor.spawn(self._every(RECONCILED_EVERY, self._reconcile), name="reconciler"),
            self._supervisor.spawn(self._every(TIDIED_EVERY, self._tidy), name="tidying"),
        ]
        self._supervisor.spawn(self._sharing.listen(), name="listener")
        self._supervisor.spawn(self._sharing.hear(self._elsewhere.told), name="signals")
        if self._queue is not None:
            self._supervisor.spawn(self._holds.keep_looking(), name="fences")
            self._loops.append(self._supervisor.spawn(self._every(SEEN_EVERY, self._be_seen), name="worker"))
            self._queue_task = self._supervisor.spawn(self._queue.run(), name="queue")
        self.wake()

    def wake(self) -> None:
        self._woken.set()

    async def enqueue(self, unit: Unit) -> Settle:
        """Admit what may begin, and have it come to whoever draws, in this very transaction."""
        admitted = await unit.draws.try_admit(await self._limits_now(unit))
        await unit.dispatch.enqueue([draw for draw, _ in admitted or ()])

        def settle(_committed: bool) -> None:
            if admitted is None:  # somebody else was at it
                self.wake()

        return settle

    async def _admit(self, unit: Unit) -> None:
        """Likewise, after whoever is at it."""
        admitted = await unit.draws.admit(await self._limits_now(unit))
        await unit.dispatch.enqueue([draw for draw, _ in admitted])

    async def _limits_now(self, unit: Unit) -> Limits:
        """What all workers together have no room for waits where its turn is fair."""
        return replace(self._limits, total=min(self._limits.total, await unit.dispatch.capacity()))

    def cancel(self, request_id: int) -> None:
        for hold in self._holds.of(request_id):
            hold.stop_drawing(detach=False)

    async def drain(self, grace: float) -> None:
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._queue is None or self._queue_task is None:
            return
        self._queue.stop()
        await self._leave()
        try:
            async with asyncio.timeout(grace):
                await asyncio.shield(self._queue_task)
        except TimeoutError:
            await self._let_go(self._queue_task)
        await self._leave()  # what was handed back goes to others

    async def _let_go(self, queue: asyncio.Task[None]) -> None:
        left = self._holds.drawing
        log.info("%d draws are handed back", left)
        for hold in self._holds:
            hold.stop_drawing(detach=True)
        _, late = await asyncio.wait({queue}, timeout=LETTING_GO)
        if not late:
            return
        for hold in self._holds:  # deliveries that wait for a budget or for Telegram
            hold.put_back = 0.0
            if hold.task is not None:
                hold.task.cancel()
        _, late = await asyncio.wait({queue}, timeout=LETTING_GO)
        if late:
            log.warning("the queue does not end; others take over what is left")
            queue.cancel()

    async def _leave(self) -> None:
        try:
            async with self._db.transaction() as unit:
                await unit.dispatch.worker_gone(self._id)
                await self._admit(unit)
        except StorageError as error:
            log.warning("the others have to find out that this process is gone: %s", error)

    # -- the queue ----------------------------------------------------------------------------------------

    async def _take(self, draw_id: int, job_id: int) -> None:
        seconds = await self._taking.take(draw_id, job_id)
        if seconds is not None:
            raise PutBackError(seconds)

    def _room(self) -> int:
        return self._capacity - self._holds.drawing - self._taking.begun

    # -- what comes round ---------------------------------------------------------------------------------

    async def _admit_for_ever(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                async with self._db.transaction() as unit:
                    await self._admit(unit)
            except StorageUnavailable as error:
                log.warning("nothing can be admitted now: %s", error)
            except Exception:
                log.exception("admission failed")

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except StorageUnavailable as error:
                log.warning("the database does not answer: %s", error)
            except Exception:
                log.exception("%s failed", work.__name__)
            await self._clock.sleep(seconds)

    async def _tick(self) -> None:
        self.wake()
        await self._elsewhere.look_at_all()

    async def _be_seen(self) -> None:
        async with self._db.transaction() as unit:
            first = await unit.dispatch.worker_seen(self._id, self._capacity)
        if first:
            self.wake()

    async def _reconcile(self) -> None:
        async with self._db.transaction() as unit:
            found = await unit.dispatch.requeue_stranded(STRANDED_AFTER, TOLD_WITHIN)
        if found:
            log.warning("%d draws or ends that nobody had are taken up again", found)

    async def _tidy(self) -> None:
        async with self._db.transaction() as unit:
            await unit.dispatch.tidy()
