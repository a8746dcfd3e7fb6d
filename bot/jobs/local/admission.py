"""Admission where one process does it all: in the database's order, and a task for each draw that was admitted."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import structlog

from bot.clock import Clock
from bot.jobs.contracts import Failure
from bot.jobs.drawing.runner import EndNotStoredError, Runner, Studio
from bot.jobs.driver import Settle
from bot.jobs.lifecycle.driver import RequestDriver
from bot.jobs.local.running import RunningDraws
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from storage import StorageUnavailable, Unit
from storage.records import Draw, Limits, Request

log = structlog.stdlib.get_logger(__name__)


class LocalAdmission:
    def __init__(
        self,
        studio: Studio,
        driver: RequestDriver,
        running: RunningDraws,
        limits: Limits,
        policies: Policies,
        supervisor: Supervisor,
        clock: Clock,
    ) -> None:
        self._studio = studio
        self._db = studio.db
        self._driver = driver
        self._running = running
        self._limits = limits
        self._policies = policies
        self._supervisor = supervisor
        self._clock = clock
        self._woken = asyncio.Event()
        self._orphans: dict[int, int] = {}  # draw -> attempt: `drawing` in the database, with no runner any more
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False

    def start(self) -> None:
        self._loops = [
            self._supervisor.spawn(self._admit_for_ever(), name="admission"),
            self._supervisor.spawn(self._tick(), name="admission timer"),
        ]
        self.wake()

    async def stop(self) -> None:
        """Admit nothing more. What an admission that was under way has started without a runner is `drawing`; the
        next start takes it up."""
        self._stopping = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    def wake(self) -> None:
        """A draw may be waiting, or a slot may be free. Returns at once."""
        self._woken.set()

    async def admit(self, unit: Unit) -> Settle:
        """In the transaction that has accepted a request. Where little is going on, who asks is admitted at once; in a
        crowd the loop admits a few at a time. Call what it returns once the transaction has ended."""
        calm = len(self._running) < self._policies.admitted_at_once and not self._stopping
        admitted = await unit.draws.admit(self._few_more()) if calm else []

        def settle(committed: bool) -> None:
            if committed:
                self._begin(admitted)
            else:  # perhaps it is, and its answer was lost: handing back what does not exist changes nothing
                self._orphans |= {draw.id: draw.attempt for draw, _ in admitted}
            if not (admitted and committed) or len(self._running) >= self._policies.admitted_at_once:
                self.wake()  # more may wait

        return settle

    async def _tick(self) -> None:
        while True:
            await self._clock.sleep(self._policies.admission_every)
            self.wake()

    async def _admit_for_ever(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            if self._studio.crowded:  # what is drawn goes before what is not begun
                await self._clock.sleep(self._policies.crowded_pause)
            try:
                await self._hand_back_orphans()
                async with self._db.transaction() as unit:
                    admitted = await unit.draws.admit(self._few_more())
            except StorageUnavailable as error:
                log.warning("no admission: database unavailable", error=str(error))
                continue  # the timer wakes it again
            except Exception:
                log.exception("admission failed")
                continue
            self._begin(admitted)
            if len(admitted) >= self._policies.admitted_at_once:
                self.wake()  # more may wait

    def _few_more(self) -> Limits:
        return replace(
            self._limits, total=min(self._limits.total, len(self._running) + self._policies.admitted_at_once)
        )

    async def _hand_back_orphans(self) -> None:
        """What lost its runner while the database was gone."""
        for draw_id, attempt in list(self._orphans.items()):
            async with self._db.transaction() as unit:
                await unit.draws.hand_back(draw_id, attempt)
            del self._orphans[draw_id]

    def _begin(self, admitted: Sequence[tuple[Draw, Request]]) -> None:
        for draw, request in admitted:
            if (runner := self._studio.runner(draw)) is None:
                continue
            name = f"draw {draw.id} of request {request.id}"
            task = self._supervisor.spawn(self._run(runner, draw), name=name, request=request.id)
            self._running.add(draw.id, request.id, runner, task)
            task.add_done_callback(partial(self._ended, draw.id))

    async def _run(self, runner: Runner, draw: Draw) -> None:
        """The draw; and where it was the last of its request, the end of that."""
        try:
            rows = await runner.run()
        except StorageUnavailable:
            self._orphans[draw.id] = draw.attempt
            return
        except EndNotStoredError:
            self._ended(draw.id)
            await self._driver.fail(runner.active, Failure("internal"))
            return
        self._ended(draw.id)
        if rows is not None:
            await self._driver.drive(runner.active, rows)

    def _ended(self, draw_id: int, _: asyncio.Task[None] | None = None) -> None:
        if self._running.ended(draw_id):
            self.wake()
