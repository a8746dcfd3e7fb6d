"""Requests driven by whoever holds their lease, where many processes share the drawing."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.jobs.distributed.admission import SharedAdmission
from bot.jobs.distributed.capacity import DrawingCapacity
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.driver import Settle
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.lifecycle import Lifecycle
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from storage import Database, StorageUnavailable, Unit
from storage.postgres.sharing import Sharing
from storage.records import OPEN_STATES, Draw, PlaceholderState, Request

log = structlog.stdlib.get_logger(__name__)

SEEN_EVERY = 2.0  # s between two words of a worker that it has room
RECONCILED_EVERY = 10.0  # s between two looks for what nobody has
TIDIED_EVERY = 300.0  # s
TOLD_WITHIN = timedelta(days=1)  # a cancellation that nobody saw is shown by whoever finds it


class Upkeep:
    """What comes round in every process: nothing that was lost stays lost."""

    def __init__(
        self, db: Database, clock: Clock, supervisor: Supervisor, sharing: Sharing, policies: Policies
    ) -> None:
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._sharing = sharing
        self.policies = policies
        self._loops: list[asyncio.Task[None]] = []

    def start(self, heard: Callable[[str, int], None]) -> None:
        """`heard` is told the signals of other processes."""
        self.every(RECONCILED_EVERY, self._reconcile, name="reconciler")
        self.every(TIDIED_EVERY, self._tidy, name="tidying")
        self._supervisor.spawn(self._sharing.listen(), name="listener")
        self._supervisor.spawn(self._sharing.hear(heard), name="signals")

    async def stop(self) -> None:
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    def every(self, seconds: float, work: Callable[[], Awaitable[None]], *, name: str) -> None:
        """Do it until `stop`."""
        self.run(self._again_and_again(seconds, work, name), name=name)

    def run(self, work: Coroutine[object, object, None], *, name: str) -> None:
        self._loops.append(self._supervisor.spawn(work, name=name))

    async def _again_and_again(self, seconds: float, work: Callable[[], Awaitable[None]], name: str) -> None:
        while True:
            try:
                await work()
            except StorageUnavailable as error:
                log.warning("database unavailable", task=name, error=str(error))
            except Exception:
                log.exception("a task that comes round failed", task=name)
            await self._clock.sleep(seconds)

    async def _reconcile(self) -> None:
        stranded = timedelta(seconds=self.policies.stranded_after)
        async with self._db.transaction() as unit:
            found = await unit.dispatch.requeue_stranded(stranded, TOLD_WITHIN)
        if found:
            log.warning("orphaned jobs requeued", jobs=found)

    async def _tidy(self) -> None:
        async with self._db.transaction() as unit:
            await unit.dispatch.tidy()


class DistributedDriver:
    """The `Driver` of a process among many. What was accepted is driven by whoever takes its row from the queue; here
    its placeholder is sent, and its place in the queue is told."""

    def __init__(
        self,
        db: Database,
        supervisor: Supervisor,
        lifecycle: Lifecycle,
        admission: SharedAdmission,
        remote: RemoteRequests,
        capacity: DrawingCapacity,
        upkeep: Upkeep,
    ) -> None:
        self._db = db
        self._supervisor = supervisor
        self._lifecycle = lifecycle
        self._admission = admission
        self._remote = remote
        self._capacity = capacity
        self._upkeep = upkeep

    async def start(self) -> None:
        """The queue brings what is unfinished to whoever takes it up."""
        upkeep = self._upkeep
        upkeep.run(self._admission.run(), name="admission")
        upkeep.every(upkeep.policies.admission_every, self._tick, name="admission timer")
        upkeep.start(self._remote.told)
        if self._capacity.any:
            upkeep.every(SEEN_EVERY, self._capacity.be_seen, name="worker")
        self._capacity.start(self._supervisor)
        self._admission.wake()

    async def stop(self, grace: float) -> None:
        await self._upkeep.stop()
        await self._capacity.stop(grace, self._upkeep.policies)
        await self._lifecycle.settle()

    async def accept(self, unit: Unit, request: Request, draws: Sequence[Draw]) -> Settle:
        return await self._lifecycle.accept(request, draws, partial(self._admission.admit_with, unit), self._show)

    async def take_up(self, request: Request) -> None:
        """The process that accepted it may have died before it sent the placeholder."""
        if self._lifecycle.active.get(request.id) is None and request.placeholder is PlaceholderState.NONE:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(request.id)
            self._show(self._lifecycle.active.open(request, draws))
        self._admission.wake()

    async def cancel(self, request: Request) -> bool:
        cancelled = await self._lifecycle.cancel(request, await self._active(request))
        self._admission.wake()
        return cancelled

    async def supersede(self, request: Request) -> bool:
        superseded = await self._lifecycle.supersede(request, await self._active(request))
        self._admission.wake()
        return superseded

    async def _active(self, request: Request) -> ActiveRequest | None:
        """What this process knows of it; None of one that has ended."""
        active = self._lifecycle.active.get(request.id)
        if active is None and request.state in OPEN_STATES:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(request.id)
            return self._remote.adopt(request, draws)
        return active

    async def _tick(self) -> None:
        self._admission.wake()
        await self._remote.look_at_all()

    def _show(self, active: ActiveRequest) -> None:
        active.placeholder.sent_here = True  # nobody here waits for another process
        number, show = active.request.id, self._lifecycle.steps.show_placeholder(active)
        self._supervisor.spawn(show, name=f"placeholder of request {number}", request=number)
