"""Positions in the queue: for a placeholder that is about to be sent, and repeatedly for all that wait."""

import time

import structlog

from bot.clock import Clock
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.progress import ProgressEdits
from bot.jobs.settings import JobSettings
from storage import Database, StorageUnavailable, Unit

log = structlog.stdlib.get_logger(__name__)

FEW = 50  # so few positions are read again for each placeholder
SECONDS_EACH = 0.0001  # a longer list is used for this time a request; reading it takes about a thirtieth of that
TOLD_AT_ONCE = 20  # waiting requests whose positions are shown after one read


class Places:
    """Reads the order of all waiting requests at once, which costs more the more they are. Without this a thousand
    people who come together would have it read a thousand times."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._good_until = 0.0

    async def of(self, unit: Unit, request_id: int) -> int | None:
        """The position of a request. None: unknown, because the request came after the last read."""
        if time.monotonic() >= self._good_until:
            self._known = await unit.requests.queue_places()
            many = len(self._known) > FEW
            self._good_until = time.monotonic() + len(self._known) * SECONDS_EACH if many else 0.0
        return self._known.get(request_id)


class QueuePositions:
    """Keeps showing waiting people their position."""

    def __init__(
        self, db: Database, clock: Clock, settings: JobSettings, active: ActiveRequests, edits: ProgressEdits
    ) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._active = active
        self._edits = edits

    async def run(self) -> None:
        """Shows positions for ever. Those that were not updated for longest come first."""
        while True:
            await self._clock.sleep(self._settings.progress_private)
            now = self._clock.monotonic()
            waiting = [active for active in self._active if self._is_due(active, now)]
            waiting.sort(key=lambda active: -active.progress.since_edit(now))
            try:
                await self._tell(waiting[:TOLD_AT_ONCE])
            except StorageUnavailable as error:
                log.warning("queue positions unknown: database unavailable", error=str(error))

    def _is_due(self, active: ActiveRequest, now: float) -> bool:
        progress = active.progress
        if not progress.queued or progress.quiet or active.placeholder.shown is None:
            return False
        return progress.since_edit(now) >= self._edits.interval(active)

    async def _tell(self, waiting: list[ActiveRequest]) -> None:
        if not waiting:
            return
        async with self._db.read() as unit:
            places = await unit.requests.queue_places()
        for active in waiting:
            progress = active.progress
            progress.edited(self._clock.monotonic())
            position = places.get(active.request.id)
            if position != progress.position and progress.queued:
                progress.position = position
                self._edits.show_position(active)
