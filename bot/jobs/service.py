"""What handlers call: ask, cancel, repeat, send in full; and the start and the stop of all that draws."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

import aiohttp

from bot.clock import Clock
from bot.jobs.acceptance.parameters import fit_to
from bot.jobs.acceptance.validation import Ask, RefusedError, Rules
from bot.jobs.contracts import Accepted, Failure, Outlet, Presenter, Refused
from bot.jobs.distributed.dispatcher import Parts, SharedDispatcher
from bot.jobs.drawing.admission import Dispatcher, EmbeddedDispatcher, Settle
from bot.jobs.drawing.runner import FetchFile, Runner, Studio
from bot.jobs.full_size import FullSize
from bot.jobs.housekeeping import keep_house
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.lifecycle.recovery import Recovery
from bot.jobs.models.failover import Fallback
from bot.jobs.models.health import Health
from bot.jobs.models.probes import Probes
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.telegram.outbox.outbox import Destination, Shown
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import OPEN_STATES, Draw, Limits, Request, RequestState

log = logging.getLogger(__name__)

PICTURES_AT_ONCE = 8  # draws that hold pictures between fetching and storing, and singles being sent


class CancelResult(StrEnum):
    CANCELLED = "cancelled"
    NOT_YOURS = "not-yours"
    ALREADY_ENDED = "already-ended"
    UNKNOWN = "unknown"


class ImagineService:
    """All methods may raise StorageUnavailable, and then nothing has changed."""

    def __init__(
        self,
        db: Database,
        catalog: Catalog,
        outbox: Outlet,
        presenter: Presenter,
        session: aiohttp.ClientSession,
        clock: Clock,
        settings: JobSettings,
        supervisor: Supervisor,
        fetch_file: FetchFile,
        *,
        default_model: str | None = None,
        health: Health | None = None,
    ) -> None:
        self._db = db
        self._catalog = catalog
        self._outbox = outbox
        self._presenter = presenter
        self._clock = clock
        self._settings = settings
        self._supervisor = supervisor
        self._board = ActiveRequests()
        self._rules = Rules(catalog, settings, clock, default_model)
        memory = asyncio.Semaphore(PICTURES_AT_ONCE)
        self._progress = progress = Progress(db, outbox, presenter, session, clock, settings, supervisor, self._board)
        sharing = db.sharing()
        alone = sharing is None
        self._recovery = recovery = Recovery(db, clock, supervisor, self._board, alone=alone)
        self._endings = Outcomes(
            *(db, outbox, presenter, progress, self._board),
            *(self._cancel_draws, recovery.later),
            alone=alone,
        )
        self._delivery = Delivery(
            db, outbox, presenter, clock, settings, progress, self._endings, self._board, later=recovery.later
        )
        self._placeholders = Placeholders(db, outbox, presenter, progress, self._endings, alone=alone)
        recovery.attach(self._placeholders, self._delivery, self._endings)
        self._singles = FullSize(db, outbox, presenter, asyncio.Semaphore(PICTURES_AT_ONCE))
        self.health = health or Health(clock)
        self._checks = Probes(catalog, self.health, session, clock, db)
        fallback = Fallback(catalog, self._rules.money, self.health)
        self._studio = Studio(db, catalog, fallback, self.health, session, progress, fetch_file, memory, self._settled)
        per_model = {model.id: model.max_concurrency for model in catalog if model.max_concurrency is not None}
        limits = Limits(settings.max_jobs, settings.max_jobs_per_user, per_model)
        self._shared: SharedDispatcher | None = None
        self._dispatcher: Dispatcher
        if sharing is None:
            self._dispatcher = EmbeddedDispatcher(db, limits, self._runner, supervisor, clock, memory)
        else:
            common = (db, clock, supervisor, self._board, progress)
            parts = Parts(*common, self._placeholders, self._delivery, self._endings, self._runner)
            self._shared = SharedDispatcher(parts, sharing, limits, settings.draws_here)
            self._dispatcher = self._shared

    async def start(self) -> None:
        """Take up what is unfinished, then begin to draw. Call it before the first `ask`."""
        await self._recovery.start()
        async with self._db.read() as unit:
            self.health.remember(await unit.draws.times())
        self._dispatcher.start()
        self._supervisor.spawn(self._progress.follow_queue(), name="places in the queue")
        self._supervisor.spawn(keep_house(self._db, self._clock, self._settings), name="housekeeping")
        self._supervisor.spawn(self._checks.run(), name="light checks")

    async def stop(self, grace: float | None = None) -> None:
        """Let drawings finish for `grace` seconds, hand back the rest, and end what is being shown."""
        await self._dispatcher.drain(self._settings.grace if grace is None else grace)
        await asyncio.gather(self._delivery.settle(), self._placeholders.settle())

    # -- what handlers call ------------------------------------------------------------------------------

    async def ask(self, ask: Ask) -> Accepted | Refused:
        """Commit a request and its draws, and have its placeholder shown. The same `source` makes one request."""
        refusal = self._rules.refusal(ask)
        live: ActiveRequest | None = None
        settle: Settle | None = None
        try:
            async with self._db.transaction(urgent=True) as unit:
                request, draws, created = await unit.requests.accept(await self._rules.new_request(unit, ask))
                if created:
                    if refusal is not None:
                        raise RefusedError(refusal)
                    await self._rules.check_limits(unit, ask, request, len(draws))
                    # Before the commit: from then on its draws may be admitted at any moment.
                    live = self._board.open(request, draws)
                    settle = await self._dispatcher.enqueue(unit)
        except RefusedError as error:
            return error.refused
        except BaseException:
            if live is not None:
                self._board.close(live.request.id)
            if settle is not None:
                settle(False)
            raise
        if live is not None and settle is not None:
            log.info("request %d is accepted", request.id)
            settle(True)
            self._recovery.show(live)
        elif request.state in OPEN_STATES and self._board.get(request.id) is None:
            await self._recovery.take_up(request.id)
            self._dispatcher.wake()
        return Accepted(request, created)

    async def repeat(
        self,
        request_id: int,
        *,
        source: str,
        requester_id: int,
        place: Destination,
        fresh_seed: bool,
        model_id: str | None = None,
        chat_kind: str | None = None,
        language: str | None = None,
        size: tuple[int, int] | None = None,
        prompt: str | None = None,
        seed: int | None = None,
        admin: bool = False,
    ) -> Accepted | Refused:
        """Ask for the same again, now: with its seeds or new ones, with its model or another, at another size (width
        and height in pixels).

        The new request stands beside the old one: it refines what that refined. With a `prompt` of its own, in place
        of all that led to the old one, it refines nothing. `seed` is that of the one picture that is wanted of
        several.
        """
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
        if old is None or not old.prompt:  # purged, or emptied when its requester wished to be forgotten
            return Refused("request-gone")
        parameters = old.parameters
        if fresh_seed:
            parameters = replace(parameters, seed=None)
        seeds = tuple(draw.seed for draw in draws)
        if seed is not None:
            parameters, seeds = replace(parameters, count=1), (seed,)
        if size is not None:
            parameters = replace(parameters, width=size[0], height=size[1], aspect_ratio=None)
        if model_id is not None and model_id != old.model and model_id in self._catalog:
            parameters = fit_to(self._catalog[model_id], parameters)
        return await self.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=chat_kind or old.chat_kind,
                requester_id=requester_id,
                language=language or old.language,
                asked_at=self._clock.now(),
                prompt=prompt or old.prompt,
                model_id=model_id or old.model,
                parameters=parameters,
                parent_id=None if prompt else old.parent_id,
                history=[{"role": "user", "content": prompt or old.full_prompt or old.prompt}],
                seeds=None if fresh_seed else seeds or None,
                repeated=True,
                admin=admin,
            )
        )

    async def cancel(self, request_id: int, *, by: int, admin: bool) -> CancelResult:
        """End it wherever it is, at the back-end too. `by` is who asks, `admin` whether they may end anybody's."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
        if request is None:
            return CancelResult.UNKNOWN
        if by != request.requester_id and not admin:
            return CancelResult.NOT_YOURS
        if request.state is RequestState.CANCELLED and self._board.get(request_id) is None:
            await self._endings.show_cancelled(request)  # a crash may have come between the row and the card
            return CancelResult.CANCELLED
        if request.state not in OPEN_STATES or (live := await self._live(request)) is None:
            return CancelResult.ALREADY_ENDED
        cancelled = await self._endings.cancel(live)
        self._dispatcher.wake()
        return CancelResult.CANCELLED if cancelled else CancelResult.ALREADY_ENDED

    async def cancel_newest(self, chat_id: int, requester_id: int) -> CancelResult:
        """UNKNOWN when nothing of theirs is open there."""
        async with self._db.read() as unit:
            request = await unit.requests.newest_open(chat_id, requester_id)
        if request is None:
            return CancelResult.UNKNOWN
        return await self.cancel(request.id, by=requester_id, admin=False)

    async def send_full(self, picture_id: int, place: Destination) -> bool:
        """One picture of a sheet. False when its bytes are not kept any more: offer to draw it again."""
        return await self._singles.send(picture_id, place)

    async def forget(self, requester_id: int) -> None:
        """Cancel what a person has open, and erase all that is kept of them."""
        async with self._db.read() as unit:
            open_requests = await unit.requests.open_of(requester_id)
        for request in open_requests:
            if (live := await self._live(request)) is not None:
                await self._endings.cancel(live)
        self._dispatcher.wake()
        counted_since = None
        if self._settings.daily_limit or self._rules.money.limited:
            counted_since = self._clock.now() - timedelta(days=1)
        erased = True
        while erased:  # a transaction for some hundred rows each: everybody else writes in between
            async with self._db.transaction() as unit:
                erased = bool(await unit.history.forget(requester_id, counted_since=counted_since))

    async def allowance(self, requester_id: int) -> int | None:
        """What a person may still spend, in millionths of the operator's unit. None: there is no limit."""
        if not self._rules.money.limited:
            return None
        async with self._db.read() as unit:
            return await self._rules.money.left(unit, requester_id)

    async def heal(self, request_id: int, shown: Shown) -> None:
        """A button of this request was pressed on the message `shown`: if that is a placeholder whose sending was
        never answered, it is known from now on, or says how its request ended without it."""
        await self._placeholders.heal(self._board.get(request_id), request_id, shown)

    async def chat_gone(self, chat_id: int, reason: str) -> None:
        """The bot was blocked or removed there: its requests end, undeliverable, and nothing is sent any more."""
        await self._endings.chat_gone(chat_id, reason)

    # -- what the parts call -----------------------------------------------------------------------------

    def _runner(self, draw: Draw, request: Request) -> Runner | None:
        live = self._board.get(request.id)
        if live is None or live.over:  # it ended between its admission and now
            return None
        return Runner(self._studio, draw, live.request, live)  # the same, and held already

    async def _live(self, request: Request) -> ActiveRequest | None:
        """Its place on the board. None: it has ended meanwhile."""
        live = self._board.get(request.id)
        if live is None and self._shared is not None:
            async with self._db.read() as unit:
                draws = await unit.draws.of_request(request.id)
            live = self._shared.adopt(request, draws)
        return live

    def _cancel_draws(self, request_id: int) -> None:
        self._dispatcher.cancel(request_id)

    def _settled(self, live: ActiveRequest, state: RequestState) -> None:
        if self._shared is not None:
            self._shared.settled(live)
        elif state is RequestState.DRAWN:
            self._recovery.deliver(live)
        else:
            self._recovery.fail(live, live.failure or Failure("internal"))
