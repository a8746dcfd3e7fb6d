"""Requests that are partly handled by other processes: their placeholder, their draws, their end.

What the others did stands in the rows; a signal says that a look is worth while, and a slow look makes up for those
that were not heard.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

import structlog

from bot.clock import Clock
from bot.jobs.distributed.leases import Leases
from bot.jobs.lifecycle.active_requests import ActiveRequest, known_placeholder
from bot.jobs.lifecycle.lifecycle import Lifecycle
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from bot.telegram.rate_limit.priority import PATIENCE, Priority
from storage import Database, StorageUnavailable
from storage.records import OPEN_STATES, Draw, PlaceholderState, Request, RequestState
from storage.repositories.signals import DRAWING, ENDED, PLACEHOLDER, RECALL

log = structlog.stdlib.get_logger(__name__)

ANSWERED = PATIENCE[Priority.PLACEHOLDER] + 60.0  # s after which a placeholder that is being sent elsewhere is given up
LOOK = 0.5  # s between two looks for it
EDIT_PATIENCE = 60.0  # s for an edit that has left
CLOCKS_APART = 5.0  # s, at most, between the clocks of two machines


class RemoteRequests:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        supervisor: Supervisor,
        lifecycle: Lifecycle,
        leases: Leases,
        policies: Policies,
    ) -> None:
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._lifecycle = lifecycle
        self._leases = leases
        self._policies = policies
        # Set when there is news of a placeholder. Not by the request's id: an entry that was closed may still be here
        # when the next one of the same request begins.
        self._awaited: dict[ActiveRequest, asyncio.Event] = {}

    def adopt(self, request: Request, draws: Sequence[Draw]) -> ActiveRequest:
        """What this process remembers of a request that another one may have accepted."""
        active = self._lifecycle.active.open(request, draws)
        active.claim.know(request.attempt)
        placeholder = active.placeholder
        if not placeholder.sent_here and not placeholder.is_answered and active not in self._awaited:
            self._awaited[active] = asyncio.Event()
            name = f"placeholder of request {request.id} elsewhere"
            self._supervisor.spawn(self._learn(active), name=name, request=request.id)
        return active

    # -- signals ----------------------------------------------------------------------------------------

    def told(self, word: str, request_id: int) -> None:
        """A signal: see `storage.repositories.signals`."""
        active = self._lifecycle.active.get(request_id)
        if active is None:
            return
        if word == PLACEHOLDER:
            if active in self._awaited:
                self._awaited[active].set()
        elif word == RECALL:
            if active.placeholder.sent_here:
                active.placeholder.recall.call_back()
        elif word in {ENDED, DRAWING} and not active.claim.taken:
            self._supervisor.spawn(self._look(active), name=f"a look at request {request_id}", request=request_id)

    async def look_at_all(self) -> None:
        """For what was not heard."""
        for active in self._lifecycle.active:
            if not active.claim.taken and not self._leases.of(active.request.id):
                await self._look(active)

    async def _look(self, active: ActiveRequest) -> None:
        request_id = active.request.id
        try:
            async with self._db.read() as unit:
                request = await unit.requests.get(request_id)
        except StorageUnavailable:
            return  # the next look
        if request is None or request.state not in OPEN_STATES:
            await self._over(active, request)
        elif request.state is not RequestState.WAITING and not self._leases.of(request_id):
            # Who draws it shows how it goes. A lease of this process begins with an entry of its own.
            active.progress.quiet = True
            await active.placeholder.answered()
            if not self._leases.of(request_id) and not active.claim.taken:
                self._lifecycle.active.close(active)

    async def _over(self, active: ActiveRequest, request: Request | None) -> None:
        """Another process has ended it: what is drawn of it here stops, and an edit on its way must not stay."""
        if active.claim.taken or active.claim.finished:
            return
        self._leases.stop_draws(active.request.id)
        self._lifecycle.active.close(active)
        if request is not None and self._may_be_over(active, request):
            await self.show_again(active)

    def _may_be_over(self, active: ActiveRequest, request: Request) -> bool:
        """Whether an edit of this process may have come after the end, which may be heard of later than it was shown:
        one is under way, or came through when the end was stored already."""
        if active.progress.editing:
            return True
        if request.finished_at is None:
            return False
        stored = (self._clock.now() - request.finished_at).total_seconds()
        return active.progress.since_edit(self._clock.monotonic()) < stored + CLOCKS_APART

    async def show_again(self, active: ActiveRequest) -> None:
        """Once an edit that had left is through: the same end again, which changes nothing unless the edit did."""
        with suppress(TimeoutError):
            async with asyncio.timeout(EDIT_PATIENCE):
                await active.progress.through()
        with suppress(StorageUnavailable):
            async with self._db.read() as unit:
                request = await unit.requests.get(active.request.id)
            if request is not None and self._may_be_over(active, request):
                await self._lifecycle.outcomes.show_again(request)

    # -- the placeholder of another process ----------------------------------------------------------------

    async def _learn(self, active: ActiveRequest) -> None:
        """However it goes, the placeholder is answered."""
        news = self._awaited[active]
        try:
            await self._until_known(active, news)
        finally:
            del self._awaited[active]
            active.placeholder.answer(None)

    async def _until_known(self, active: ActiveRequest, news: asyncio.Event) -> None:
        placeholder = active.placeholder
        began, recalled = time.monotonic(), 0.0
        while not placeholder.is_answered:
            request = await self._row(active)
            waited = time.monotonic() - began
            if request is not None and request.placeholder in {PlaceholderState.KNOWN, PlaceholderState.SKIPPED}:
                placeholder.given_up = request.placeholder is PlaceholderState.SKIPPED
                placeholder.answer(known_placeholder(request))
                return
            if request is not None and request.placeholder is PlaceholderState.NONE and self._is_late(request):
                await self._lifecycle.steps.show_placeholder(active)
                return
            if placeholder.recall.called_back and not recalled:
                recalled = time.monotonic()
                await self._recall(active)
            at_the_end = recalled and time.monotonic() - recalled > self._policies.answered_at_the_end
            if request is not None and (waited > ANSWERED or at_the_end):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await news.wait()
            news.clear()

    def _is_late(self, request: Request) -> bool:
        """Whoever accepted it has died before it began to send its placeholder."""
        return (self._clock.now() - request.accepted_at).total_seconds() > self._policies.sent_by_others

    async def _row(self, active: ActiveRequest) -> Request | None:
        """None: not known now."""
        try:
            async with self._db.read() as unit:
                return await unit.requests.get(active.request.id)
        except StorageUnavailable:
            return None

    async def _recall(self, active: ActiveRequest) -> None:
        with suppress(StorageUnavailable):
            async with self._db.transaction() as unit:
                await unit.dispatch.recall(active.request.id)
