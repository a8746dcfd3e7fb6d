"""From a row of the shared queue to the end of its request: the draw, and what is next once all draws have ended.

The row stays in the queue until all of that is done, so whatever becomes of this process, another one takes it up.
"""

import asyncio
import logging
import random
from collections.abc import Callable

from bot.clock import Clock
from bot.jobs.contracts import Failure
from bot.jobs.distributed.leases import Lease, Leases
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.drawing.runner import Runner
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.outcomes import Outcomes, failure_of_draw
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.lifecycle.recovery import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES
from bot.jobs.supervisor import Supervisor
from bot.telegram.rate_limit.lease_guard import fenced
from storage import Database, StorageUnavailable
from storage.records import Draw, Request, RequestState
from storage.repositories.requests import UNTOLD
from storage.repositories.work_leases import Taken, can_be_ended

log = logging.getLogger(__name__)

SECONDS_OF_OTHERS = 5.0  # a heartbeat of the queue: a row that had none for so long is nobody's
AGAIN = (2.0, 6.0)  # s, from and to: when to look again at what somebody else is busy with
PATIENCE = 5.0  # s between two tries to reach the database


class QueueWorker:
    """`ended` is called when a draw has ended here: somebody else's may begin."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        supervisor: Supervisor,
        board: ActiveRequests,
        holds: Leases,
        progress: Progress,
        delivery: Delivery,
        endings: Outcomes,
        elsewhere: RemoteRequests,
        runner: Callable[[Draw, Request], Runner | None],
        ended: Callable[[], None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._board = board
        self._holds = holds
        self._progress = progress
        self._delivery = delivery
        self._endings = endings
        self._elsewhere = elsewhere
        self._runner = runner
        self._ended = ended
        self._settled: set[int] = set()  # requests whose last draw has ended here, until their end is taken up
        self.begun = 0  # rows that were taken and are not holds yet

    def settled(self, live: ActiveRequest) -> None:
        """Its last draw has ended in this process."""
        self._settled.add(live.request.id)

    async def take(self, draw_id: int, job_id: int) -> float | None:
        """Do all that is to be done about this row. Seconds: somebody else is to have it, not before."""
        self.begun += 1
        try:
            taken = await self._taken(draw_id)
            if taken is None or not _is_work(taken):
                return None
            if not await self._makes_room(taken):
                return random.uniform(*AGAIN)
            live = self._elsewhere.adopt(taken.request, taken.draws)
            hold = Lease(live, taken.draw)
            if taken.draw is not None:
                hold.drawing = asyncio.get_running_loop().create_future()
            self._holds.add(hold)
        finally:
            self.begun -= 1
        hold.task = self._supervisor.spawn(
            self._do(hold, taken, job_id),
            name=f"draw {draw_id} of request {taken.request.id}",
            request=taken.request.id,  # in the lines of all that it starts as well
        )
        try:
            await asyncio.wait({hold.task})
        finally:
            self._holds.remove(hold)
            self._release(hold)
            self._ended()
        return hold.put_back

    async def _makes_room(self, taken: Taken) -> bool:
        """This process may have it already, by another row or by this one, whose heartbeats did not get through. Who
        draws it is fenced out by now; who is ending the request goes on: False."""
        for hold in self._holds.of(taken.request.id):
            if taken.draw is None:
                return False
            if hold.draw is not None and hold.draw.id == taken.draw.id and hold.task is not None:
                hold.lose()
                await asyncio.wait({hold.task})
                self._holds.remove(hold)
                self._release(hold)
        return True

    async def _taken(self, draw_id: int) -> Taken | None:
        while True:
            try:
                async with self._db.transaction(urgent=True) as unit:
                    return await unit.dispatch.take(draw_id)
            except StorageUnavailable as error:
                log.warning("draw %d waits for the database: %s", draw_id, error)
                await asyncio.sleep(PATIENCE / 5)

    async def _do(self, hold: Lease, taken: Taken, job_id: int) -> None:
        async def check() -> None:
            await self._holds.check(hold)

        try:
            with fenced(check):
                await self._go_on(hold, taken, job_id)
        except asyncio.CancelledError:
            if hold.lost:
                hold.live.reopen()  # for another draw of the same request here
            raise

    async def _go_on(self, hold: Lease, taken: Taken, job_id: int) -> None:
        if taken.request.finished_at is not None:
            hold.telling = True
            await self._endings.show_cancelled(taken.request)
            self._board.close(taken.request.id)
            return
        if taken.draw is not None:
            await self._draw(hold, taken.draw)
            if taken.request.id not in self._settled:  # handed back, cancelled, or others of its draws go on
                if hold.live.pushing:  # an edit on its way may come after a cancellation of which no signal was heard
                    again = self._elsewhere.show_again(hold.live, taken.request.id)
                    self._supervisor.spawn(again, name=f"the end of request {taken.request.id} again")
                return
            self._settled.discard(taken.request.id)
        elif await self._is_somebodys(taken.request.id, job_id):
            hold.put_back = random.uniform(*AGAIN)
            return
        await self._bring_to_end(hold, taken)

    async def _draw(self, hold: Lease, draw: Draw) -> None:
        runner = hold.runner = self._runner(draw, hold.live.request)
        if runner is None or (hold.drawing is not None and hold.drawing.cancelled()):
            hold.drawing = None
            return
        drawing = hold.drawing = self._supervisor.spawn(runner.run(), name=f"drawing {draw.id}")
        try:
            await asyncio.wait({drawing})
        except asyncio.CancelledError:
            drawing.cancel()
            await asyncio.wait({drawing})
            raise
        finally:
            hold.runner = hold.drawing = None
        self._ended()
        if not drawing.cancelled() and drawing.exception() is not None:
            hold.put_back = PATIENCE  # its end could not be stored

    async def _is_somebodys(self, request_id: int, job_id: int) -> bool:
        try:
            async with self._db.read() as unit:
                return await unit.dispatch.somebody_has(request_id, job_id, SECONDS_OF_OTHERS)
        except StorageUnavailable:
            return True

    async def _bring_to_end(self, hold: Lease, taken: Taken) -> None:
        live, fence, unsure = hold.live, taken.request.attempt, False
        while not live.over:
            live.claim = None
            try:
                async with self._db.transaction(urgent=True) as unit:
                    request = await unit.dispatch.claim_end(live.request.id, fence, again=unsure)
                if request is None:
                    return
                live.claim = fence = request.attempt
                unsure = False
                if live.tries >= MOST_TRIES:
                    await self._give_up(request)
                elif request.state is RequestState.DRAWN:
                    await self._delivery.deliver(live)
                else:
                    await self._endings.fail(live, live.failure or _failure(taken.draws))
            except StorageUnavailable as error:
                log.warning("request %d is still to be ended: %s", live.request.id, error)
                unsure = live.claim is None
            if not live.over:
                live.tries += 1
                log.info("request %d is to be ended once more, after %d tries", live.request.id, live.tries)
                await self._clock.sleep(min(FIRST_PAUSE * 2 ** min(live.tries - 1, 10), LONGEST_PAUSE))

    async def _give_up(self, request: Request) -> None:
        log.error("request %d ends untold", request.id)
        async with self._db.transaction() as unit:
            await unit.requests.finish(request.id, RequestState.FAILED, reason="delivery")
            await unit.pictures.drop_bytes(request.id, keep_until=None)
        self._board.close(request.id)

    def _release(self, hold: Lease) -> None:
        """Nothing of the request is done here any more, unless by another row."""
        live, request_id = hold.live, hold.live.request.id
        self._settled.discard(request_id)
        if self._holds.of(request_id) or self._board.get(request_id) is not live:
            return
        if live.queued and not hold.lost and hold.put_back is None:
            return  # another model is to draw it: until somebody takes it up, its place in the queue is told here
        if not live.ending or hold.lost or hold.put_back is not None:  # else its end is being shown
            self._progress.stop(live)
            self._board.close(request_id)


def _is_work(taken: Taken) -> bool:
    request = taken.request
    untold = request.state is RequestState.CANCELLED and request.reason == UNTOLD
    return taken.draw is not None or untold or can_be_ended(request, taken.draws)


def _failure(draws: list[Draw]) -> Failure:
    failed = next((draw for draw in draws if draw.error), None)
    return failure_of_draw(failed) if failed else Failure("internal")
