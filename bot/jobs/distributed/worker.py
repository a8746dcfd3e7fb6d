"""From a row of the shared queue to the end of its request: the draw, and what is next once all draws have ended.

The row stays in the queue until all of that is done, so whatever becomes of this process, another one takes it up.
"""

import asyncio
import random

import structlog

from bot.jobs.contracts import Failure
from bot.jobs.distributed.admission import SharedAdmission
from bot.jobs.distributed.leases import Lease, Leases
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.drawing.runner import EndNotStoredError, Studio
from bot.jobs.lifecycle.driver import RequestDriver
from bot.jobs.lifecycle.steps import Rows, Step, next_step
from bot.jobs.supervisor import Supervisor
from bot.telegram.rate_limit.lease_guard import fenced
from storage import Database, StorageUnavailable
from storage.records import Draw
from storage.repositories.work_leases import Taken

log = structlog.stdlib.get_logger(__name__)

SECONDS_OF_OTHERS = 5.0  # a heartbeat of the queue: a row that had none for so long is nobody's
AGAIN = (2.0, 6.0)  # s, from and to: when to look again at what somebody else is busy with
PATIENCE = 5.0  # s between two tries to reach the database
_ENDS = frozenset({Step.DELIVER, Step.TELL_FAILURE, Step.TELL_CANCELLED})


class QueueWorker:
    def __init__(
        self,
        studio: Studio,
        steps: RequestDriver,
        leases: Leases,
        remote: RemoteRequests,
        admission: SharedAdmission,
        supervisor: Supervisor,
    ) -> None:
        self._db: Database = studio.db
        self._studio = studio
        self._steps = steps
        self._leases = leases
        self._remote = remote
        self._admission = admission
        self._supervisor = supervisor
        self._begun = 0  # rows that were taken and are no leases yet

    @property
    def busy(self) -> int:
        """Draws that run here, or are about to."""
        return self._leases.drawing + self._begun

    async def take(self, draw_id: int, job_id: int) -> float | None:
        """Do all that is to be done about this row. Seconds: somebody else is to have it, not before."""
        self._begun += 1
        try:
            taken = await self._taken(draw_id)
            if taken is None or (taken.draw is None and next_step(taken.request, taken.draws) not in _ENDS):
                return None
            if not await self._makes_room(taken):
                return random.uniform(*AGAIN)
            active = self._remote.adopt(taken.request, taken.draws)
            lease = Lease(active, taken.draw)
            if taken.draw is not None:
                active.progress.quiet = False  # from here on this process shows how it goes
                lease.drawing = asyncio.get_running_loop().create_future()
            self._leases.add(lease)
        finally:
            self._begun -= 1
        lease.task = self._supervisor.spawn(
            self._do(lease, taken, job_id),
            name=f"draw {draw_id} of request {taken.request.id}",
            request=taken.request.id,  # in the lines of all that it starts as well
        )
        try:
            await asyncio.wait({lease.task})
        finally:
            self._leases.remove(lease)
            self._release(lease)
            self._admission.wake()
        return lease.put_back

    def let_go(self) -> None:
        """End what is left: deliveries that wait for a budget or for Telegram. Others take the rows up at once."""
        for lease in self._leases:
            lease.put_back = 0.0
            if lease.task is not None:
                lease.task.cancel()

    async def _makes_room(self, taken: Taken) -> bool:
        """This process may have it already, by another row or by this one, whose heartbeats did not get through. Who
        draws it is fenced out by now; who is ending the request goes on: False."""
        for lease in self._leases.of(taken.request.id):
            if taken.draw is None:
                return False
            if lease.draw is not None and lease.draw.id == taken.draw.id and lease.task is not None:
                lease.lose()
                await asyncio.wait({lease.task})
                self._leases.remove(lease)
                self._release(lease)
        return True

    async def _taken(self, draw_id: int) -> Taken | None:
        while True:
            try:
                async with self._db.transaction(urgent=True) as unit:
                    return await unit.dispatch.take(draw_id)
            except StorageUnavailable as error:
                log.warning("draw waits for the database", draw=draw_id, error=str(error))
                await asyncio.sleep(PATIENCE / 5)

    async def _do(self, lease: Lease, taken: Taken, job_id: int) -> None:
        async def check() -> None:
            await self._leases.check(lease)

        with fenced(check):
            if taken.draw is not None:
                await self._draw(lease, taken.draw)
            elif await self._is_somebodys(taken, job_id):
                lease.put_back = random.uniform(*AGAIN)
            else:
                await self._steps.drive(lease.active, Rows(taken.request, taken.draws))
        progress, claim = lease.active.progress, lease.active.claim
        if progress.editing or (progress.was_edited and not (claim.taken or claim.finished)):
            # Handed back, cancelled, or others of its draws go on: an edit on its way may come after a cancellation of
            # which no signal was heard.
            again = self._remote.show_again(lease.active)
            name = f"the end of request {taken.request.id} again"
            self._supervisor.spawn(again, name=name, request=taken.request.id)

    async def _draw(self, lease: Lease, draw: Draw) -> None:
        """The draw; and where it was the last of its request, the end of that."""
        try:
            rows = await self._drawn(lease, draw)
        except EndNotStoredError:
            await self._steps.fail(lease.active, Failure("internal"))
        except StorageUnavailable:
            lease.put_back = PATIENCE  # its end could not be stored
        else:
            if rows is not None:
                await self._steps.drive(lease.active, rows)

    async def _drawn(self, lease: Lease, draw: Draw) -> Rows | None:
        """What the rows say when it was the last draw to end. Raises StorageUnavailable, EndNotStoredError."""
        runner = lease.runner = self._studio.runner(draw)
        if runner is None or (lease.drawing is not None and lease.drawing.cancelled()):
            lease.drawing = None
            return None
        drawing = lease.drawing = self._supervisor.spawn(runner.run(), name=f"drawing {draw.id}")
        try:
            await asyncio.wait({drawing})
        except asyncio.CancelledError:
            drawing.cancel()
            await asyncio.wait({drawing})
            raise
        finally:
            lease.runner = lease.drawing = None
        self._admission.wake()
        return None if drawing.cancelled() else drawing.result()

    async def _is_somebodys(self, taken: Taken, job_id: int) -> bool:
        """A cancellation may be told by anybody."""
        if taken.request.finished_at is not None:
            return False
        try:
            async with self._db.read() as unit:
                return await unit.dispatch.somebody_has(taken.request.id, job_id, SECONDS_OF_OTHERS)
        except StorageUnavailable:
            return True

    def _release(self, lease: Lease) -> None:
        """Nothing of the request is done here any more, unless by another row."""
        active, request_id = lease.active, lease.active.request.id
        if self._leases.of(request_id) or self._studio.active.get(request_id) is not active:
            return
        if active.progress.queued and not lease.lost and lease.put_back is None:
            return  # another model is to draw it: until somebody takes it up, its place in the queue is told here
        if not active.claim.taken or lease.lost or lease.put_back is not None:  # else its end is being shown
            self._studio.active.close(active)
