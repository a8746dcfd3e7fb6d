"""Requests driven by plain tasks, where one process does it all."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.jobs.driver import Settle
from bot.jobs.lifecycle.active_requests import ActiveRequest, known_placeholder
from bot.jobs.lifecycle.lifecycle import Lifecycle
from bot.jobs.lifecycle.steps import Rows
from bot.jobs.local.admission import LocalAdmission
from bot.jobs.local.running import RunningDraws
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from storage import Database, Unit
from storage.records import Draw, PlaceholderState, Request

log = structlog.stdlib.get_logger(__name__)

TOLD_WITHIN = timedelta(days=1)  # a cancellation that nobody saw is shown at a later start


class LocalDriver:
    """The `Driver` of the only process. The task of a draw goes on with its request when it was the last one."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        supervisor: Supervisor,
        lifecycle: Lifecycle,
        admission: LocalAdmission,
        running: RunningDraws,
        policies: Policies,
    ) -> None:
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._lifecycle = lifecycle
        self._admission = admission
        self._running = running
        self._policies = policies

    async def start(self) -> None:
        """What was being drawn waits again, and every unfinished request is driven."""
        async with self._db.transaction() as unit:
            handed_back = await unit.draws.recover()
            unfinished = await unit.requests.unfinished()
            untold = await unit.requests.untold(self._clock.now() - TOLD_WITHIN)
        for request in [*unfinished, *untold]:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(request.id)
            self._drive(request, draws)
        if unfinished:
            log.info("unfinished requests taken up", requests=len(unfinished), draws_were_running=handed_back)
        self._admission.start()

    async def stop(self, grace: float) -> None:
        await self._admission.stop()
        await self._running.finish(grace)
        if left := await self._running.hand_back(self._policies.letting_go):
            log.info("draws handed back", draws=left)
        await self._lifecycle.settle()

    async def accept(self, unit: Unit, request: Request, draws: Sequence[Draw]) -> Settle:
        return await self._lifecycle.accept(request, draws, partial(self._admission.admit, unit), self._show)

    async def take_up(self, request: Request) -> None:
        if self._lifecycle.active.get(request.id) is not None:
            return
        async with self._db.read() as unit:
            draws = await unit.draws.of_request(request.id)
        self._drive(request, draws)
        self._admission.wake()

    async def cancel(self, request: Request) -> bool:
        cancelled = await self._lifecycle.cancel(request, self._lifecycle.active.get(request.id))
        self._admission.wake()
        return cancelled

    async def supersede(self, request: Request) -> bool:
        superseded = await self._lifecycle.supersede(request, self._lifecycle.active.get(request.id))
        self._admission.wake()
        return superseded

    def _show(self, active: ActiveRequest) -> None:
        number, show = active.request.id, self._lifecycle.steps.show_placeholder(active)
        self._supervisor.spawn(show, name=f"placeholder of request {number}", request=number)

    def _drive(self, request: Request, draws: Sequence[Draw]) -> None:
        """What an earlier process, or an earlier try of this one, has left."""
        active = self._lifecycle.active.open(request, draws)
        if request.placeholder is not PlaceholderState.NONE:
            active.placeholder.answer(known_placeholder(request))
        drive = self._lifecycle.steps.drive(active, Rows(request, draws))
        self._supervisor.spawn(drive, name=f"request {request.id}", request=request.id)
