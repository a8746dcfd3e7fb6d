"""What this process has of the drawing that many share, and whether it still has it.

A row of the queue is kept by heartbeats; whoever takes it over raises the fence of its draw, or of its request's end.
So a look at the fences, every half second and before anything is shown after a pause, tells what was lost.
"""

import asyncio
import logging
import time
from collections.abc import Iterator

from bot.jobs.drawing.runner import Runner
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.telegram.rate_limit.priority import Withdrawn
from storage import Database, StorageUnavailable
from storage.records import Draw, DrawState

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5  # between two looks
FRESH_SECONDS = 1.0  # what was seen that recently is believed
LOOKS = 3  # of a check, each slower than that, before it is given up


class Lease:
    """One row of the queue in our hands."""

    __slots__ = ("draw", "drawing", "live", "lost", "put_back", "runner", "task", "telling")

    def __init__(self, live: ActiveRequest, draw: Draw | None) -> None:
        self.live = live
        self.draw = draw
        self.runner: Runner | None = None  # while it is drawn
        self.drawing: asyncio.Future[None] | None = None  # likewise
        self.task: asyncio.Task[None] | None = None  # all that is done about it
        self.lost = False
        self.telling = False  # a cancellation, which anybody may tell
        self.put_back: float | None = None  # s: somebody else is to have it, not before

    @property
    def shows(self) -> bool:
        """Whether there is a fence behind what it shows. Between its draw and the claim of the end there is none."""
        return not self.lost and (self.drawing is not None or self.live.claim is not None or self.telling)

    def stop_drawing(self, *, detach: bool) -> None:
        """`detach` leaves the job at the back-end alone: another process goes on with it."""
        if self.drawing is None:
            return
        if detach and self.runner is not None:
            self.runner.detach()
        self.drawing.cancel()

    def lose(self) -> None:
        self.lost = True
        self.live.quiet = True
        if self.runner is not None:
            self.runner.detach()
        if self.task is not None:
            self.task.cancel()


class Leases:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._holds: set[Lease] = set()
        self._seen = float("-inf")  # of time.monotonic(), when the fences were looked at
        self._looking = asyncio.Lock()

    def __iter__(self) -> Iterator[Lease]:
        return iter(list(self._holds))

    def __len__(self) -> int:
        return len(self._holds)

    @property
    def drawing(self) -> int:
        """How many are being drawn here, those included that are just being begun."""
        return sum(hold.drawing is not None for hold in self._holds)

    def of(self, request_id: int) -> list[Lease]:
        return [hold for hold in self._holds if hold.live.request.id == request_id]

    def add(self, hold: Lease) -> None:
        self._holds.add(hold)

    def remove(self, hold: Lease) -> None:
        self._holds.discard(hold)

    async def check(self, hold: Lease) -> None:
        """Raises Withdrawn when the request is not ours any more, or when that cannot be known now. (What one row began
        to show another one of the same request may go on with: the card of a sheet.)"""
        looks = 0
        while time.monotonic() - self._seen > FRESH_SECONDS:
            # Once more, where it stood still in the middle of a look: what it saw is as old as its question.
            if looks == LOOKS:
                raise Withdrawn("whose it is cannot be known now")
            looks += 1
            try:
                await self.look()
            except StorageUnavailable as error:
                raise Withdrawn(str(error)) from error
        if not any(other.shows for other in self._holds if other.live is hold.live):
            raise Withdrawn

    async def look(self) -> None:
        """Raises StorageUnavailable."""
        asked = time.monotonic()
        async with self._looking:
            if self._seen >= asked:
                return
            began = time.monotonic()
            drawing = [(hold, hold.draw) for hold in self._holds if hold.drawing is not None and hold.draw is not None]
            ending = [(hold, hold.live.claim) for hold in self._holds if hold.live.claim is not None]
            if drawing or ending:
                async with self._db.read() as unit:
                    of_draws, of_requests = await unit.dispatch.fences(
                        [draw.id for _, draw in drawing], [hold.live.request.id for hold, _ in ending]
                    )
                for hold, draw in drawing:
                    attempt, state = of_draws.get(draw.id, (0, DrawState.CANCELLED))
                    if attempt != draw.attempt:
                        self._lost(hold)
                    elif state is DrawState.CANCELLED:  # by the person: the signal was not heard
                        hold.stop_drawing(detach=False)
                for hold, claim in ending:
                    if hold.live.claim == claim and of_requests.get(hold.live.request.id, claim) != claim:
                        self._lost(hold)
            self._seen = began

    async def keep_looking(self) -> None:
        """For ever."""
        failed = False
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._holds:
                continue
            try:
                await self.look()
                failed = False
            except StorageUnavailable as error:
                if not failed:
                    log.warning("what was lost is not known now: %s", error)
                failed = True
            except Exception:
                log.exception("what was lost is not known now")

    def _lost(self, hold: Lease) -> None:
        if not hold.lost and hold in self._holds:
            log.warning("request %d has been taken over by another process", hold.live.request.id)
            hold.lose()
