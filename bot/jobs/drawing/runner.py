"""One admitted draw, from its model to stored pictures; whatever happens, its row says how it ended."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import aiohttp

from bot.jobs.acceptance.budget import price
from bot.jobs.acceptance.parameters import fit_to, image_request
from bot.jobs.contracts import Failure
from bot.jobs.drawing.attempt import Drawing, Listener
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.outcomes import failure_of
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.lifecycle.retry import retried
from bot.jobs.models.failover import Fallback
from bot.jobs.models.health import Health
from bot.operations import metrics
from bot.pictures.sheet import MAX_PICTURES
from providers.catalog.catalog import Catalog, UnknownModel
from providers.catalog.model import Model
from providers.errors import ProviderError
from providers.pictures.budget import within_budget
from providers.pictures.encoded import Picture
from providers.pictures.inputs import MAX_SIDE, prepare_input
from storage import Database, StorageUnavailable, Unit
from storage.records import Detour, Draw, NewPicture, Request, RequestState

log = logging.getLogger(__name__)

FetchFile = Callable[[str], Awaitable[bytes]]
INPUT_BYTES = 20_000_000  # https://core.telegram.org/bots/api#getfile
INPUT_TIMEOUT = 60.0  # seconds
FETCHES_OF_A_MODEL = 8  # draws that fetch and hold pictures at once
INPUTS_AT_ONCE = 4  # fetched from Telegram, 20 MB each at most
# The database may be gone for a while: what was drawn waits for it, in seconds.
STORE_PATIENCE = 600.0


class FenceLostError(Exception):
    """Somebody else has this draw, or it was cancelled: change nothing, show nothing."""


class InputPictureError(Exception):
    """The photo to start from cannot be had."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What all runners share. `memory` bounds how many draws store pictures at once; `settled` hears of a request
    whose last draw ended, with its state (`drawn` or `failed`). `fetching` is by model, `inputs` for all."""

    db: Database
    catalog: Catalog
    fallback: Fallback
    health: Health
    session: aiohttp.ClientSession
    progress: Progress
    fetch_file: FetchFile
    memory: asyncio.Semaphore
    settled: Callable[[ActiveRequest, RequestState], None]
    fetching: defaultdict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(FETCHES_OF_A_MODEL))
    )
    inputs: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(INPUTS_AT_ONCE))


class Runner:
    """Runs once. `run` is cancelled when the person cancels, or, after `detach`, when the process stops."""

    def __init__(self, studio: Studio, draw: Draw, request: Request, live: ActiveRequest) -> None:
        self._studio = studio
        self._draw = draw
        self._request = request
        self._live = live
        self._drawing: Drawing | None = None
        self._detached = False

    def detach(self) -> None:
        """Before a cancellation that is no person's: the back-end's job goes on, and the draw is handed back."""
        self._detached = True
        if self._drawing is not None:
            self._drawing.detach()

    async def run(self) -> None:
        """Raises StorageUnavailable when the end could not be stored: the draw is `drawing` still, without a runner."""
        self._studio.progress.started(self._live, self._draw)
        try:
            if not await self._spared():
                with self._studio.health.watching(self._draw.model, begun=self._draw.ticket is None):
                    await self._try()
        except asyncio.CancelledError:
            if self._detached:
                await self._hand_back()
            raise
        except FenceLostError:
            log.info("draw %d of request %d is somebody else's now", self._draw.id, self._request.id)
            self._studio.progress.stop(self._live)
        except StorageUnavailable:
            raise
        except ProviderError as error:
            metrics.provider_failed(self._draw.model, error)
            log.warning(
                "draw %d of request %d failed at %s: %s", self._draw.id, self._request.id, self._draw.model, error
            )
            if not (error.failover and await self._rerouted(error.code)):
                await self._failed(Failure("model-gone") if isinstance(error, UnknownModel) else failure_of(error))
        except InputPictureError as error:
            log.warning("request %d has no picture to start from: %s", self._request.id, error)
            await self._failed(Failure("input-picture"))
        except Exception as error:
            log.exception("draw %d of request %d failed", self._draw.id, self._request.id)
            await self._failed(failure_of(error))

    async def _try(self) -> None:
        model = self._studio.catalog[self._draw.model]
        prompt = self._request.full_prompt or self._request.prompt
        image = await self._input_picture(model) if model.capabilities.takes("image") else None
        asked = self._request.parameters
        if model.id != self._request.model:
            asked = fit_to(model, asked)
        request = image_request(model, prompt, asked, seed=self._draw.seed, image=image)
        live, draw_id, progress = self._live, self._draw.id, self._studio.progress
        self._drawing = Drawing(
            model,
            request,
            self._studio.session,
            Listener(
                told=lambda event: progress.told(live, draw_id, event),
                previewed=lambda provider, event: progress.previewed(live, provider, event),
                retrying=lambda attempt: progress.retrying(live, draw_id, attempt),
                fetching=lambda: progress.fetching(live, draw_id),
                ticket=self._ticket,
                keep=self._keep,
            ),
            self._studio.memory,
            fetching=self._studio.fetching[model.id],
            ticket=self._draw.ticket,
            most=max(MAX_PICTURES // len(live.lines), 1),
        )
        if self._detached:
            self._drawing.detach()
        await self._drawing.draw()

    async def _input_picture(self, model: Model) -> bytes | None:
        file_id = self._request.parameters.input_file_id
        if file_id is None:
            return None
        try:
            return await self._fetched(file_id, model)
        except InputPictureError as error:
            if not self._request.parameters.input_optional:
                raise
            log.info("request %d is drawn without the picture that it refines: %s", self._request.id, error)
            return None

    async def _fetched(self, file_id: str, model: Model) -> bytes:
        """Upright, as large as the model draws at most, and without what else the file told."""
        can = model.capabilities
        side = min(int(max(can.width.maximum, can.height.maximum)), MAX_SIDE) if can.takes("width") else MAX_SIDE
        try:
            async with self._studio.inputs, asyncio.timeout(INPUT_TIMEOUT):
                data = await self._studio.fetch_file(file_id)
                if len(data) > INPUT_BYTES:
                    raise InputPictureError(f"it has {len(data)} bytes")
                return await within_budget(prepare_input, data, max_side=side)
        except InputPictureError:
            raise
        except Exception as error:  # Telegram's errors are the caller's affair; here all mean the same
            raise InputPictureError(f"{type(error).__name__}: {error}") from error

    # -- what is stored, each under the fence ------------------------------------------------------------

    async def _ticket(self, ticket: str) -> None:
        try:
            async with self._studio.db.transaction() as unit:
                mine = await unit.draws.set_ticket(self._draw.id, self._draw.attempt, ticket)
        except StorageUnavailable as error:
            log.warning("the ticket of draw %d is not stored: %s", self._draw.id, error)
            return
        if not mine:
            raise FenceLostError

    async def _keep(self, pictures: list[Picture], adult: bool) -> None:
        new = [
            NewPicture(picture.data, picture.mime, picture.width, picture.height, adult, picture.small)
            for picture in pictures
        ]

        async def store(unit: Unit) -> RequestState | None:
            return await unit.draws.drawn(self._draw.id, self._draw.attempt, new)

        await self._end(store)

    async def _spared(self) -> bool:
        """Whether another model draws it at once, because this one has failed too often just now."""
        health, draw = self._studio.health, self._draw
        if draw.ticket is not None or health.admit(draw.model):
            return False
        return await self._rerouted(health.reason(draw.model))

    async def _rerouted(self, code: str) -> bool:
        """Hand the draw to the next model of the chain. False: there is none, or the draw is somebody else's."""
        request, draw = self._request, self._draw
        detours = (*draw.detours, Detour(draw.model, code))
        try:
            async with self._studio.db.transaction() as unit:
                group = await unit.groups.settings(request.chat_id) if request.chat_kind != "private" else None
                model = await self._studio.fallback.after(unit, request, draw, group)
                if model is None:
                    return False
                if not await unit.draws.reroute(draw.id, draw.attempt, model.id, detours, cost=price(model)):
                    return False
        except StorageUnavailable as unavailable:
            log.warning("no other model for draw %d: %s", draw.id, unavailable)
            return False
        log.info("draw %d of request %d goes from %s to %s", draw.id, request.id, draw.model, model.id)
        self._studio.progress.rerouted(self._live, draw.id, model.id, detours)
        return True

    async def _failed(self, failure: Failure) -> None:
        failure = replace(failure, model=self._draw.model, detours=self._draw.detours)
        self._live.failure = failure

        async def store(unit: Unit) -> RequestState | None:
            return await unit.draws.failed(self._draw.id, self._draw.attempt, failure.code)

        try:
            await self._end(store)
        except FenceLostError:
            log.info("draw %d had ended already", self._draw.id)
        except StorageUnavailable:
            raise
        except Exception:
            # A mistake of ours would only repeat itself: the request ends here, and its end takes the draw with it.
            log.exception("the end of draw %d cannot be stored", self._draw.id)
            self._live.failure = Failure("internal")
            self._studio.settled(self._live, RequestState.FAILED)

    async def _end(self, store: Callable[[Unit], Awaitable[RequestState | None]]) -> None:
        await self._studio.progress.quiesce(self._live, self._draw.id)

        tries = 0

        async def stored() -> RequestState | None:
            nonlocal tries
            tries += 1
            async with self._studio.db.transaction(urgent=True) as unit:
                state = await store(unit)
                if state is None and tries > 1:  # the first one may have been committed, and its answer lost
                    state = await unit.draws.ended_before(self._draw.id, self._draw.attempt)
                return state

        state = await retried(stored, StorageUnavailable, timeout=STORE_PATIENCE, wait_initial=0.2, wait_max=10.0)
        if state is None:
            raise FenceLostError
        self._studio.progress.ended(self._live, self._draw.id)
        if state in {RequestState.DRAWN, RequestState.FAILED}:
            self._studio.settled(self._live, state)

    async def _hand_back(self) -> None:
        try:
            async with self._studio.db.transaction() as unit:
                await unit.draws.hand_back(self._draw.id, self._draw.attempt)
        except StorageUnavailable as error:  # the next start finds it `drawing` and takes it up all the same
            log.warning("draw %d is not handed back: %s", self._draw.id, error)
