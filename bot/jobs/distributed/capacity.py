"""This process among those that draw: the draws that it takes from the queue, and the room that others know of."""

import asyncio
import uuid

import structlog

from bot.jobs.distributed.admission import SharedAdmission
from bot.jobs.distributed.leases import Leases
from bot.jobs.distributed.worker import QueueWorker
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from storage import Database, StorageError
from storage.errors import PutBackError
from storage.postgres.sharing import Sharing

log = structlog.stdlib.get_logger(__name__)


class DrawingCapacity:
    """`draws_here`: how many draws at once this process does itself; 0: none, it only admits."""

    def __init__(
        self,
        db: Database,
        sharing: Sharing,
        worker: QueueWorker,
        admission: SharedAdmission,
        leases: Leases,
        draws_here: int,
    ) -> None:
        self._db = db
        self._worker = worker
        self._admission = admission
        self._leases = leases
        self._draws_here = draws_here
        self._id = str(uuid.uuid4())
        self._queue = sharing.queue(self._take, self._room) if draws_here else None
        self._taking: asyncio.Task[None] | None = None

    @property
    def any(self) -> bool:
        return self._queue is not None

    def start(self, supervisor: Supervisor) -> None:
        if self._queue is not None:
            supervisor.spawn(self._leases.keep_looking(), name="leases")
            self._taking = supervisor.spawn(self._queue.run(), name="queue")

    async def stop(self, grace: float, policies: Policies) -> None:
        """Take nothing more, let draws finish for `grace` seconds, and leave the rest to others."""
        if self._queue is None or self._taking is None:
            return
        self._queue.stop()
        await self._leave()
        try:
            async with asyncio.timeout(grace):
                await asyncio.shield(self._taking)
        except TimeoutError:
            await self._let_go(self._taking, policies.letting_go)
        await self._leave()  # what was handed back goes to others

    async def be_seen(self) -> None:
        """Tell the others that there is room here."""
        async with self._db.transaction() as unit:
            first = await unit.dispatch.worker_seen(self._id, self._draws_here)
        if first:
            self._admission.wake()

    async def _let_go(self, queue: asyncio.Task[None], seconds: float) -> None:
        log.info("draws handed back", draws=self._leases.drawing)
        for lease in self._leases:
            lease.stop_drawing(detach=True)
        _, late = await asyncio.wait({queue}, timeout=seconds)
        if not late:
            return
        self._worker.let_go()
        _, late = await asyncio.wait({queue}, timeout=seconds)
        if late:
            log.warning("the queue does not end: others take over what is left")
            queue.cancel()

    async def _leave(self) -> None:
        try:
            async with self._db.transaction() as unit:
                await unit.dispatch.worker_gone(self._id)
                await self._admission.admit(unit)
        except StorageError as error:
            log.warning("others do not know yet that this worker is gone", error=str(error))

    async def _take(self, draw_id: int, job_id: int) -> None:
        seconds = await self._worker.take(draw_id, job_id)
        if seconds is not None:
            raise PutBackError(seconds)

    def _room(self) -> int:
        return self._draws_here - self._worker.busy
