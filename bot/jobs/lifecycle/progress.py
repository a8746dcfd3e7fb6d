"""What the person watches: one card for all draws of a request, edited every few seconds, only when it changed."""

import asyncio
import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Protocol

import aiohttp

from bot.clock import Clock
from bot.jobs.contracts import Outlet, Phase, Presenter
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.operations import metrics
from bot.pictures.fit import preview
from bot.telegram.outbox.outbox import ChatGone
from providers.base import Provider
from providers.errors import ProviderError
from providers.events import ImagePreview, Reasoning
from providers.pictures.budget import within_budget
from storage import Database, StorageUnavailable
from storage.records import Detour, Draw, Request

log = logging.getLogger(__name__)

PREVIEW_TIMEOUT = 10.0  # seconds for fetching one
PREVIEWS_AT_ONCE = 4  # fetched or scaled, over all requests
FIRST_WORD = 1.0  # s in which a back-end usually speaks: that a draw has left the queue is told together with it
PLACES_AT_ONCE = 20  # waiting requests whose place in the queue is read in one go


class Others(Protocol):
    """What other processes do of the same requests."""

    async def has_the_word(self, live: ActiveRequest) -> bool:
        """Whether this process edits the card of a request that several draw."""
        ...

    def while_it_waits(self, live: ActiveRequest) -> AbstractContextManager[None]:
        """Calls made inside leave only while no draw of it is admitted."""
        ...


class Progress:
    """One task a request that is being drawn, and one for the places of all that wait."""

    def __init__(
        self,
        db: Database,
        outbox: Outlet,
        presenter: Presenter,
        session: aiohttp.ClientSession,
        clock: Clock,
        settings: JobSettings,
        supervisor: Supervisor,
        board: ActiveRequests,
    ) -> None:
        self._db = db
        self._outbox = outbox
        self._presenter = presenter
        self._session = session
        self._clock = clock
        self._settings = settings
        self._supervisor = supervisor
        self._board = board
        self._previewing = asyncio.Semaphore(PREVIEWS_AT_ONCE)
        self._others: Others | None = None

    def share(self, others: "Others") -> None:
        """Other processes draw as well."""
        self._others = others

    # -- what a draw tells -------------------------------------------------------------------------------

    def started(self, live: ActiveRequest, draw: Draw) -> None:
        live.lines[draw.id].begin(Phase.STARTING, draw.model, draw.detours)
        if live.began is None:
            live.began = self._clock.monotonic()
        if live.follower is None and not live.quiet:
            name = f"progress of request {live.request.id}"
            live.follower = self._supervisor.spawn(self._follow(live), name=name, request=live.request.id)

    def told(self, live: ActiveRequest, draw_id: int, event: Reasoning) -> None:
        line = live.lines[draw_id]
        if line.phase is not Phase.DRAWING:
            live.hasten()
        line.tell(event)

    def previewed(self, live: ActiveRequest, provider: Provider, event: ImagePreview) -> None:
        if live.preview is None:
            live.hasten()
        live.preview = (provider, event.url)

    def retrying(self, live: ActiveRequest, draw_id: int, attempt: int) -> None:
        line = live.lines[draw_id]
        line.phase, line.attempt = Phase.RETRYING, attempt
        line.status = line.progress = line.position = line.eta = None
        live.hasten()

    def rerouted(self, live: ActiveRequest, draw_id: int, model_id: str, detours: tuple[Detour, ...]) -> None:
        """Another model takes the draw over as soon as it is admitted there."""
        live.lines[draw_id].begin(Phase.QUEUED, model_id, detours)
        live.position = None
        live.hasten()

    def fetching(self, live: ActiveRequest, draw_id: int) -> None:
        line = live.lines[draw_id]
        line.phase, line.progress = Phase.SENDING, 1.0
        line.status = line.position = line.eta = None

    def ended(self, live: ActiveRequest, draw_id: int) -> None:
        live.lines[draw_id].ended = True

    def stop(self, live: ActiveRequest) -> None:
        """No progress from here on. An edit that has left cannot be taken back: the outbox orders what follows."""
        live.quiet = True
        live.preview = None
        if live.follower is not None and not live.pushing:
            live.follower.cancel()
        live.follower = None

    async def quiesce(self, live: ActiveRequest, draw_id: int) -> None:
        """The end of this draw is about to be stored, and the request's may be shown by another process at once: no
        edit of this one may be on its way then, unless it has more draws of it, whose ends come later."""
        if self._others is None or len(live.lines) == 1:
            return
        if any(line.phase is not Phase.QUEUED and not line.ended for id_, line in live.lines.items() if id_ != draw_id):
            return
        self.stop(live)
        await self.through(live)

    async def through(self, live: ActiveRequest) -> None:
        """Wait for an edit that is under way."""
        if live.pushing:
            live.through = live.through or asyncio.Event()
            await live.through.wait()

    # -- what is shown of it -----------------------------------------------------------------------------

    def placeholder_shown(self, request: Request) -> None:
        metrics.placeholder_shown(request, self._clock.now())

    def first(self, request: Request, live: ActiveRequest) -> None:
        """Choose the card of the placeholder; it is `live.card` from here on."""
        live.card = self._presenter.progress(request, live.status(self._clock.monotonic()))

    async def _follow(self, live: ActiveRequest) -> None:
        if await live.answered() is None:
            return  # skipped or unknown: there is nothing to edit
        interval = self._interval(live)
        seen: int | None = None  # of the preview's URL, which may hold the whole picture
        if live.just_started:
            await self._pause(live, FIRST_WORD, early=True)
        while not live.quiet:
            picture = None
            newest, live.preview = live.preview, None
            if newest is not None and hash(newest[1]) != seen:
                seen = hash(newest[1])
                picture = await self._preview(*newest)
            if self._others is None or len(live.lines) == 1 or await self._others.has_the_word(live):
                await self._push(live, picture)
            await self._pause(live, interval, early=live.silent)

    async def _pause(self, live: ActiveRequest, seconds: float, *, early: bool) -> None:
        """Until the next edit: the first word of a back-end is shown at once, all others in their turn."""
        if not early:
            await self._clock.sleep(seconds)
            return
        live.nudge = asyncio.Event()
        waits = {
            asyncio.ensure_future(self._clock.sleep(seconds)),
            asyncio.ensure_future(live.nudge.wait()),
        }
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            live.nudge = None
            for wait in waits:
                wait.cancel()

    async def _push(self, live: ActiveRequest, picture: bytes | None = None) -> None:
        if live.quiet or live.shown is None or live.pushing:
            return
        card = self._presenter.progress(live.request, live.status(self._clock.monotonic()))
        if card == live.card and picture is None:
            return
        live.pushing, shown = True, card
        try:
            if picture is not None:
                shown = replace(card, preview=picture, covered=live.request.parameters.spoiler)
            edited = await self._outbox.progress(live.place, live.shown, shown)
        except ChatGone:
            # The end of the request meets the same and stores it; here there is nothing left to watch.
            live.quiet = True
            return
        finally:
            live.pushing = False
            if live.through is not None:
                live.through.set()
                live.through = None
        live.pushed = self._clock.monotonic()
        if edited is not None:
            live.shown, live.card = edited, card

    async def _preview(self, provider: Provider, url: str) -> bytes | None:
        """A small JPEG, or None: an unfinished picture is worth no more than one try."""
        try:
            async with self._previewing, asyncio.timeout(PREVIEW_TIMEOUT):
                picture = await provider.fetch(url, self._session)
                return await within_budget(preview, picture.data)
        except (ProviderError, TimeoutError) as error:
            log.debug("a preview could not be shown: %s", error)
        except Exception:
            log.exception("a preview could not be shown")
        return None

    def _interval(self, live: ActiveRequest) -> float:
        return self._settings.progress_group if live.place.group else self._settings.progress_private

    # -- the places of those that wait -------------------------------------------------------------------

    async def follow_queue(self) -> None:
        """Keep telling waiting people their place, for ever; those that were not told for longest come first."""
        while True:
            await self._clock.sleep(self._settings.progress_private)
            now = self._clock.monotonic()
            waiting = [
                live
                for live in self._board
                if live.queued and live.shown and not live.quiet and now - live.pushed >= self._interval(live)
            ]
            waiting.sort(key=lambda live: live.pushed)
            try:
                await self._tell_places(waiting[:PLACES_AT_ONCE])
            except StorageUnavailable as error:
                log.warning("places in the queue are not known now: %s", error)

    async def _tell_places(self, waiting: list[ActiveRequest]) -> None:
        if not waiting:
            return
        async with self._db.read() as unit:
            places = await unit.requests.queue_places()
        for live in waiting:
            live.pushed = self._clock.monotonic()
            position = places.get(live.request.id)
            if position != live.position and live.queued:
                live.position = position
                with self._others.while_it_waits(live) if self._others is not None else nullcontext():
                    name = f"place of request {live.request.id}"
                    self._supervisor.spawn(self._push(live), name=name, request=live.request.id)
