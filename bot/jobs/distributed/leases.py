"""The leases that this worker holds, and whether it still holds them.

A lease is a row of the queue, kept by heartbeats. Whoever takes it over raises the fencing token of its draw, or of its
request's end. So a look at the tokens, every half second and before anything is shown after a pause, tells what was
lost.
"""

import asyncio
import time
from collections.abc import Iterator

import structlog

from bot.jobs.drawing.runner import Runner
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.steps import Rows
from bot.telegram.not_sent import Withdrawn
from storage import Database, StorageUnavailable
from storage.records import Draw, DrawState

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 0.5  # between two looks
FRESH_SECONDS = 1.0  # what was seen that recently is believed
LOOKS = 3  # of a check, each slower than that, before it is given up


class Lease:
    """One row of the queue in our hands. `draw` is None where nothing is to be drawn any more."""

    __slots__ = ("active", "draw", "drawing", "lost", "put_back", "runner", "task")

    def __init__(self, active: ActiveRequest, draw: Draw | None) -> None:
        self.active = active
        self.draw = draw
        self.runner: Runner | None = None  # while it is drawn
        self.drawing: asyncio.Future[Rows | None] | None = None  # likewise
        self.task: asyncio.Task[None] | None = None  # all that is done about it
        self.lost = False
        self.put_back: float | None = None  # s: somebody else is to have it, not before

    @property
    def shows(self) -> bool:
        """Whether there is a token behind what it shows. Between its draw and the claim of the end there is none."""
        claim = self.active.claim
        return not self.lost and (self.drawing is not None or claim.held or claim.telling)

    def stop_drawing(self, *, detach: bool) -> None:
        """`detach` leaves the job at the back-end alone: another process goes on with it."""
        if self.drawing is None:
            return
        if detach and self.runner is not None:
            self.runner.detach()
        self.drawing.cancel()

    def lose(self) -> None:
        self.lost = True
        self.active.progress.quiet = True
        if self.runner is not None:
            self.runner.detach()
        if self.task is not None:
            self.task.cancel()


class Leases:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._leases: set[Lease] = set()
        self._seen = float("-inf")  # of time.monotonic(), when the tokens were looked at
        self._looking = asyncio.Lock()

    def __iter__(self) -> Iterator[Lease]:
        return iter(list(self._leases))

    def __len__(self) -> int:
        return len(self._leases)

    @property
    def drawing(self) -> int:
        """How many are being drawn here, those included that are just being begun."""
        return sum(lease.drawing is not None for lease in self._leases)

    def of(self, request_id: int) -> list[Lease]:
        return [lease for lease in self._leases if lease.active.request.id == request_id]

    def add(self, lease: Lease) -> None:
        self._leases.add(lease)

    def remove(self, lease: Lease) -> None:
        self._leases.discard(lease)

    def stop_draws(self, request_id: int) -> None:
        """Stop what is drawn here of a request, at the back-end too."""
        for lease in self.of(request_id):
            lease.stop_drawing(detach=False)

    async def check(self, lease: Lease) -> None:
        """Raises Withdrawn when the request is not ours any more, or when that cannot be known now. (What one row began
        to show another one of the same request may go on with: the card of a sheet.)"""
        looks = 0
        while time.monotonic() - self._seen > FRESH_SECONDS:
            # Once more, where it stood still in the middle of a look: what it saw is as old as its question.
            if looks == LOOKS:
                raise Withdrawn("lease check failed: the database answers too slowly")
            looks += 1
            try:
                await self.look()
            except StorageUnavailable as error:
                raise Withdrawn(str(error)) from error
        if not any(other.shows for other in self._leases if other.active is lease.active):
            raise Withdrawn

    async def look(self) -> None:
        """Raises StorageUnavailable."""
        asked = time.monotonic()
        async with self._looking:
            if self._seen >= asked:
                return
            began = time.monotonic()
            drawing = [
                (lease, lease.draw) for lease in self._leases if lease.drawing is not None and lease.draw is not None
            ]
            ending = [(lease, lease.active.claim.attempt) for lease in self._leases if lease.active.claim.held]
            if drawing or ending:
                async with self._db.read() as unit:
                    of_draws, of_requests = await unit.dispatch.fences(
                        [draw.id for _, draw in drawing], [lease.active.request.id for lease, _ in ending]
                    )
                for lease, draw in drawing:
                    attempt, state = of_draws.get(draw.id, (0, DrawState.CANCELLED))
                    if attempt != draw.attempt:
                        self._lost(lease)
                    elif state is DrawState.CANCELLED:  # by the person: the signal was not heard
                        lease.stop_drawing(detach=False)
                for lease, token in ending:
                    if lease.active.claim.attempt == token and of_requests.get(lease.active.request.id, token) != token:
                        self._lost(lease)
            self._seen = began

    async def keep_looking(self) -> None:
        """For ever."""
        failed = False
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._leases:
                continue
            try:
                await self.look()
                failed = False
            except StorageUnavailable as error:
                if not failed:
                    log.warning("lease check failed: database unavailable", error=str(error))
                failed = True
            except Exception:
                log.exception("lease check failed")

    def _lost(self, lease: Lease) -> None:
        if not lease.lost and lease in self._leases:
            log.warning("taken over by another process", request=lease.active.request.id)
            lease.lose()
