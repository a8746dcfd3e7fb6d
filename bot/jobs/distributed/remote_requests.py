"""Requests of which another process does a part: its placeholder, its drawing, its end.

What the others did stands in the rows; a signal says that a look is worth while, and a slow look makes up for those
that were not heard.
"""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.clock import Clock
from bot.jobs.distributed.leases import Leases
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders, known_placeholder
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.supervisor import Supervisor
from bot.telegram.rate_limit.lease_guard import fenced
from bot.telegram.rate_limit.priority import PATIENCE, Priority, Withdrawn
from storage import Database, StorageUnavailable
from storage.records import OPEN_STATES, Draw, DrawState, PlaceholderState, Request, RequestState
from storage.repositories.signals import DRAWING, ENDED, PLACEHOLDER, RECALL

log = logging.getLogger(__name__)

SENT_BY_OTHERS = 3.0  # s in which the process that accepted a request has begun to send its placeholder
ANSWERED = PATIENCE[Priority.PLACEHOLDER] + 60.0  # s after which a placeholder that is being sent elsewhere is given up
ANSWERED_AT_THE_END = 5.0  # s likewise, once the end is there and the sender has been told
LOOK = 0.5  # s between two looks for it
_ENDED = frozenset({DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED})
EDIT_PATIENCE = 60.0  # s for an edit that has left


class RemoteRequests:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        supervisor: Supervisor,
        board: ActiveRequests,
        holds: Leases,
        progress: Progress,
        placeholders: Placeholders,
        endings: Outcomes,
    ) -> None:
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._board = board
        self._holds = holds
        self._progress = progress
        self._placeholders = placeholders
        self._endings = endings

    def adopt(self, request: Request, draws: list[Draw]) -> ActiveRequest:
        """The place on the board of a request that another process may have accepted."""
        live = self._board.open(request, draws)
        if not live.showing and not live.placeholder.done() and live.news is None:
            live.news = asyncio.Event()
            name = f"placeholder of request {request.id} elsewhere"
            self._supervisor.spawn(self._learn(live), name=name, request=request.id)
        return live

    # -- what is shown while others draw as well ------------------------------------------------------------

    async def has_the_word(self, live: ActiveRequest) -> bool:
        """The process with the first open draw of a request edits its card, for all of them."""
        try:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(live.request.id)
        except StorageUnavailable:
            return False
        for draw in draws:
            if draw.id in live.lines and draw.state in _ENDED:
                live.lines[draw.id].ended = True
        first = next((draw.id for draw in draws if draw.state is DrawState.DRAWING), None)
        return any(hold.draw is not None and hold.draw.id == first for hold in self._holds.of(live.request.id))

    @contextmanager
    def while_it_waits(self, live: ActiveRequest) -> Iterator[None]:
        """Calls made inside leave only while no draw of it is admitted: from then on others show how it goes."""

        async def check() -> None:
            request = await self._row(live)
            if request is None or request.state is not RequestState.WAITING:
                raise Withdrawn

        with fenced(check):
            yield

    # -- signals ----------------------------------------------------------------------------------------

    def told(self, word: str, request_id: int) -> None:
        live = self._board.get(request_id)
        if live is None:
            return
        if word == PLACEHOLDER:
            if live.news is not None:
                live.news.set()
        elif word == RECALL:
            if live.showing:
                live.recall.call_back()
        elif word in {ENDED, DRAWING} and not live.ending:
            self._supervisor.spawn(self._look(live), name=f"a look at request {request_id}", request=request_id)

    async def look_at_all(self) -> None:
        """For what was not heard."""
        for live in self._board:
            if not live.ending and not self._holds.of(live.request.id):
                await self._look(live)

    async def _look(self, live: ActiveRequest) -> None:
        request_id = live.request.id
        try:
            async with self._db.read() as unit:
                request = await unit.requests.get(request_id)
        except StorageUnavailable:
            return  # the next look
        holds = self._holds.of(request_id)
        if request is None or request.state not in OPEN_STATES:
            await self._over(live, request)
        elif request.state is not RequestState.WAITING and not holds:
            live.quiet = True  # who draws it shows how it goes
            await live.answered()
            if not self._holds.of(request_id) and not live.ending:
                self._board.close(request_id)

    async def _over(self, live: ActiveRequest, request: Request | None) -> None:
        """Another process has ended it: what is drawn of it here stops, and an edit on its way must not stay."""
        if live.ending or live.over:
            return
        for hold in self._holds.of(live.request.id):
            hold.stop_drawing(detach=False)
        pushing = live.pushing
        self._progress.stop(live)
        self._board.close(live.request.id)
        if pushing and request is not None:
            await self.show_again(live, request.id)

    async def show_again(self, live: ActiveRequest, request_id: int) -> None:
        """Once an edit that had left is through: the same end again, which changes nothing unless the edit did."""
        with suppress(TimeoutError):
            async with asyncio.timeout(EDIT_PATIENCE):
                await self._progress.through(live)
        with suppress(StorageUnavailable):
            async with self._db.read() as unit:
                request = await unit.requests.get(request_id)
            if request is not None:
                await self._endings.show_again(request)

    # -- the placeholder of another process ----------------------------------------------------------------

    async def _learn(self, live: ActiveRequest) -> None:
        """However it goes, `live.placeholder` gets its answer."""
        began, recalled = time.monotonic(), 0.0
        try:
            while not live.placeholder.done():
                request = await self._row(live)
                waited = time.monotonic() - began
                if request is None or request.placeholder in {PlaceholderState.KNOWN, PlaceholderState.SKIPPED}:
                    if request is not None:
                        live.answer(known_placeholder(request))
                        return
                elif request.placeholder is PlaceholderState.NONE and self._is_late(request):
                    live.showing = True
                    await self._placeholders.show(live)
                    return
                if live.recall.called_back and not recalled:
                    recalled = time.monotonic()
                    await self._recall(live)
                at_the_end = recalled and time.monotonic() - recalled > ANSWERED_AT_THE_END
                if request is not None and (waited > ANSWERED or at_the_end):
                    return
                await self._pause(live)
        finally:
            live.news = None
            live.answer(None)

    def _is_late(self, request: Request) -> bool:
        return (self._clock.now() - request.accepted_at).total_seconds() > SENT_BY_OTHERS

    async def _row(self, live: ActiveRequest) -> Request | None:
        """None: not known now."""
        try:
            async with self._db.read() as unit:
                return await unit.requests.get(live.request.id)
        except StorageUnavailable:
            return None

    async def _recall(self, live: ActiveRequest) -> None:
        with suppress(StorageUnavailable):
            async with self._db.transaction() as unit:
                await unit.dispatch.recall(live.request.id)

    async def _pause(self, live: ActiveRequest) -> None:
        assert live.news is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await live.news.wait()
        if live.news is not None:
            live.news.clear()
