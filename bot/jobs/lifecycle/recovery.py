"""Taking requests up where they stand: all of them at the start, and single ones whose end got stuck."""

import logging
from datetime import timedelta

from bot.clock import Clock
from bot.jobs.contracts import Failure
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.outcomes import Outcomes, failure_of_draw
from bot.jobs.lifecycle.placeholder import Placeholders, known_placeholder
from bot.jobs.supervisor import Supervisor
from storage import Database, StorageUnavailable
from storage.records import OPEN_STATES, Draw, DrawState, PlaceholderState, Request, RequestState

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds before a stuck request is taken up again
TOLD_WITHIN = timedelta(days=1)  # a cancellation that nobody saw is shown at a later start
MOST_TRIES = 300  # about a day; then its row says `failed` whether anybody could be told or not


class Recovery:
    """`alone`: no other process draws. Else the queue brings what is unfinished to whoever takes it up, and only
    placeholders are shown here."""

    def __init__(
        self, db: Database, clock: Clock, supervisor: Supervisor, board: ActiveRequests, *, alone: bool = True
    ) -> None:
        self._alone = alone
        self._db = db
        self._clock = clock
        self._supervisor = supervisor
        self._board = board

    def attach(self, placeholders: Placeholders, delivery: Delivery, endings: Outcomes) -> None:
        """Whom it hands requests to; they in turn call `later`."""
        self._placeholders = placeholders
        self._delivery = delivery
        self._endings = endings

    async def start(self) -> None:
        """Before anything is admitted: what was being drawn waits again, the rest goes on."""
        if not self._alone:
            return
        async with self._db.transaction() as unit:
            recovered = await unit.draws.recover()
            requests = await unit.requests.unfinished()
            untold = await unit.requests.untold(self._clock.now() - TOLD_WITHIN)
        for request in requests:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(request.id)
            self._go_on(request, draws)
        for request in untold:
            self._tell_cancelled(request)
        if requests:
            log.info("%d requests are taken up again, %d draws of them were running", len(requests), recovered)

    async def take_up(self, request_id: int) -> None:
        """Do what is next for this request, whatever was tried before."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
        if request is None or request.state not in OPEN_STATES:
            self._board.close(request_id)
            return
        self._go_on(request, draws)

    def later(self, request_id: int) -> None:
        """Take it up after a pause that grows with every try."""
        live = self._board.get(request_id)
        if live is None or not self._alone:
            return
        pause = min(FIRST_PAUSE * 2 ** min(live.tries, 10), LONGEST_PAUSE)
        live.tries += 1
        again = self._after(pause, request_id)
        self._supervisor.spawn(again, name=f"request {request_id} once more", request=request_id)

    async def _after(self, pause: float, request_id: int) -> None:
        await self._clock.sleep(pause)
        try:
            live = self._board.get(request_id)
            if live is not None and live.tries > MOST_TRIES:
                await self._give_up(request_id)
            else:
                await self.take_up(request_id)
        except StorageUnavailable as error:
            log.warning("request %d is still stuck: %s", request_id, error)
            self.later(request_id)

    async def _give_up(self, request_id: int) -> None:
        log.error("request %d ends untold", request_id)
        async with self._db.transaction() as unit:
            await unit.requests.finish(request_id, RequestState.FAILED, reason="delivery")
            await unit.pictures.drop_bytes(request_id, keep_until=None)
        self._board.close(request_id)

    def _go_on(self, request: Request, draws: list[Draw]) -> None:
        live = self._board.open(request, draws)
        if request.placeholder is PlaceholderState.NONE:
            self.show(live)
        elif not live.showing:
            live.answer(known_placeholder(request))
        if not self._alone:
            return
        states = {draw.state for draw in draws}
        if request.state is RequestState.DRAWN:
            self.deliver(live)
        elif states.isdisjoint({DrawState.WAITING, DrawState.DRAWING}):
            failed = next((draw for draw in draws if draw.error), None)
            self.fail(live, failure_of_draw(failed) if failed else Failure("internal"))

    def _tell_cancelled(self, request: Request) -> None:
        """The process died between the row and the card. On the board and claimed, so that nobody else shows it."""
        live = self._board.open(request, [])
        live.end()
        live.answer(known_placeholder(request))

        async def tell() -> None:
            await self._endings.show_cancelled(request, live)
            self._board.close(request.id)

        self._supervisor.spawn(tell(), name=f"cancellation of request {request.id}", request=request.id)

    # -- each in a task of its own ------------------------------------------------------------------------

    def show(self, live: ActiveRequest) -> None:
        if live.showing:
            return
        live.showing = True
        number = live.request.id
        self._supervisor.spawn(self._placeholders.show(live), name=f"placeholder of request {number}", request=number)

    def deliver(self, live: ActiveRequest) -> None:
        number = live.request.id
        self._supervisor.spawn(self._delivery.deliver(live), name=f"delivery of request {number}", request=number)

    def fail(self, live: ActiveRequest, failure: Failure) -> None:
        number = live.request.id
        self._supervisor.spawn(self._endings.fail(live, failure), name=f"failure of request {number}", request=number)
