"""Which of several processes edits a placeholder, and what of it may still leave."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.jobs.distributed.leases import Leases
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.telegram.not_sent import Withdrawn
from bot.telegram.rate_limit.lease_guard import fenced
from storage import Database, StorageUnavailable
from storage.records import OPEN_STATES, DrawState, PlaceholderState, RequestState

FRESH_SECONDS = 1.0  # after which a placeholder that waited for its turn is looked at once more
_ENDED = frozenset({DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED})


class SharedTurns:
    """See `bot.jobs.lifecycle.progress.Turns`."""

    end_elsewhere = True

    def __init__(self, db: Database, leases: Leases) -> None:
        self._db = db
        self._leases = leases

    async def is_ours(self, active: ActiveRequest) -> bool:
        """The process with the first open draw of a request edits its card, for all of them."""
        try:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(active.request.id)
        except StorageUnavailable:
            return False
        for draw in draws:
            if draw.state in _ENDED:
                active.progress.ended(draw.id)
        first = next((draw.id for draw in draws if draw.state is DrawState.DRAWING), None)
        return any(lease.draw is not None and lease.draw.id == first for lease in self._leases.of(active.request.id))

    @contextmanager
    def while_it_waits(self, active: ActiveRequest) -> Iterator[None]:
        """Calls made inside leave only while no draw of it is admitted: from then on others show how it goes."""

        async def check() -> None:
            try:
                async with self._db.read() as unit:
                    request = await unit.requests.get(active.request.id)
            except StorageUnavailable as error:
                raise Withdrawn(str(error)) from error
            if request is None or request.state is not RequestState.WAITING:
                raise Withdrawn

        with fenced(check):
            yield


class PlaceholderGuard:
    """`Placeholders` asks before it sends: another process that waited for the placeholder may have given it up."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @contextmanager
    def __call__(self, request_id: int) -> Iterator[None]:
        began = time.monotonic()

        async def check() -> None:
            if time.monotonic() - began < FRESH_SECONDS:
                return
            try:
                async with self._db.read() as unit:
                    request = await unit.requests.get(request_id)
            except StorageUnavailable:
                return  # whoever gave it up meanwhile has said so in the row: it is taken back then
            wanted = request is not None and request.state in OPEN_STATES
            if not wanted or request.placeholder is not PlaceholderState.SENDING:  # type: ignore[union-attr]  # it is there
                raise Withdrawn

        with fenced(check):
            yield
