"""Runs one admitted draw, from its model to stored pictures. However that goes, the row says how it ended."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog

from bot.jobs.acceptance.budget import Money, price
from bot.jobs.acceptance.parameters import fit_to, image_request, sent_prompt, words_of
from bot.jobs.contracts import Failure
from bot.jobs.drawing.attempt import Access, Drawing, Listener
from bot.jobs.drawing.bill import Bill, FenceLostError, OverBudgetError, over_budget
from bot.jobs.drawing.input_picture import InputPictureError, InputPictures
from bot.jobs.drawing.output_check import Checked, OutputCheck, OutputRefusedError
from bot.jobs.drawing.wording import BlockedWordsError, Wording
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.progress import ProgressEdits
from bot.jobs.lifecycle.reasons import failure_of
from bot.jobs.lifecycle.steps import Rows
from bot.jobs.lifecycle.video import SHOWN
from bot.jobs.models.failover import Fallback
from bot.jobs.models.health import Health
from bot.jobs.models.keys import refused_key
from bot.jobs.own_keys import OwnKeys
from bot.jobs.retry import RetryPolicy
from bot.operations import metrics
from bot.pictures.fit import thumbnail
from providers.base import Provider
from providers.catalog.catalog import Catalog, UnknownModel
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.errors import ModelNotFound, ProviderError, QuotaExceeded, Unauthorized
from providers.events import ImagePreview
from providers.pictures.budget import within_budget
from providers.pictures.encoded import Picture
from providers.tasks import VIDEO
from storage import Database, StorageUnavailable, Unit
from storage.records import Detour, Draw, NewPicture, RequestState

MOST_OF_GALLERIES = 9  # pictures of all draws of a request together

log = structlog.stdlib.get_logger(__name__)


class EndNotStoredError(Exception):
    """An unexpected error that would only repeat itself: the request has to end, and the draw with it."""


class OwnKeyError(Exception):
    """The person's own key is gone, refused or used up. No other model takes over; the person decides."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def told_in(self, chat_kind: str) -> str:
        """The code that is shown in this kind of chat: a group does not learn about somebody's key."""
        return self.code if chat_kind == "private" else "own-key"


@dataclass(frozen=True, slots=True)
class Models:
    """All about models: the catalogue, their health, failover, and budgets."""

    catalog: Catalog
    health: Health
    fallback: Fallback
    money: Money


@dataclass(frozen=True, slots=True)
class Studio:
    """What all runners share. `store`: how long results wait for a database that is unavailable. `check`: the
    operator's check of pictures, if there is one."""

    db: Database
    active: ActiveRequests
    models: Models
    access: Access
    inputs: InputPictures
    wording: Wording
    progress: ProgressEdits
    store: RetryPolicy
    own_keys: OwnKeys
    check: OutputCheck | None = None

    def runner(self, draw: Draw) -> "Runner | None":
        """A runner for the draw. None: its request has ended meanwhile."""
        active = self.active.get(draw.request_id)
        return None if active is None or active.claim.finished else Runner(self, draw, active)

    @property
    def crowded(self) -> bool:
        """Whether finished pictures wait to be fetched or stored."""
        return self.access.crowded


class Runner:
    """Runs once. `run` is cancelled when the person cancels, or, after `detach`, when the process stops."""

    def __init__(self, studio: Studio, draw: Draw, active: ActiveRequest) -> None:
        self._studio = studio
        self._draw = draw
        self._request = active.request
        self._active = active
        self._drawing: Drawing | None = None
        self._bill: Bill | None = None  # once it is known which model draws
        self._unaffordable: Failure | None = None  # another model would take over, but for its cost
        self._detached = False
        self._first_frame: bytes | None = None  # what a video starts from
        self._last: Rows | None = None  # where its end was the last of the request's draws

    def detach(self) -> None:
        """Call it before a cancellation that no person asked for: the back-end's job keeps running, and the draw is
        handed back."""
        self._detached = True
        if self._drawing is not None:
            self._drawing.detach()

    @property
    def active(self) -> ActiveRequest:
        """The request that the draw belongs to."""
        return self._active

    async def run(self) -> Rows | None:
        """Returns the rows if this was the last draw of its request to end; the caller then drives the request on.
        None: other draws are still open, it was handed back, or another model is to draw it.

        Raises StorageUnavailable if the end could not be stored: the draw is still `drawing`, without a runner. Raises
        EndNotStoredError.
        """
        await self._run()
        return self._last

    async def _run(self) -> None:
        self._studio.progress.started(self._active, self._draw)
        try:
            await self._watched()
        except asyncio.CancelledError:
            if self._detached:
                await self._hand_back()
            raise
        except FenceLostError:
            log.info("draw lost: cancelled, or taken over", **self._named)
            self._active.progress.stop()
        except StorageUnavailable:
            raise
        except OverBudgetError as over:
            log.info("draw not handed over: it would cost more than is left", **self._named, code=over.failure.code)
            if not (over.before is not None and over.before.failover and await self._rerouted(over.before.code)):
                await self._failed(over.failure)
        except OwnKeyError as error:
            log.info("draw failed: the person's own key is no good", **self._named, code=error.code)
            await self._failed(Failure(error.told_in(self._request.chat_kind), detail=error.code))
        except ProviderError as error:
            metrics.provider_failed(self._draw.model, error)
            log.warning("draw failed", **self._named, code=error.code, error=str(error))
            if not (error.failover and await self._rerouted(error.code)):
                gone = isinstance(error, UnknownModel)
                failure = Failure("model-gone", detail=str(error)) if gone else failure_of(error)
                await self._failed(self._unaffordable or failure)
        except (InputPictureError, OutputRefusedError) as error:
            log.warning("draw failed: a picture may not be used or shown", **self._named, error=str(error))
            refused = isinstance(error, OutputRefusedError)
            detail = None if refused else str(error).partition(":")[0]
            await self._failed(Failure(str(error) if refused else "input-picture", detail=detail))
        except Exception as error:
            log.exception("draw failed unexpectedly", **self._named)
            await self._failed(failure_of(error))

    async def _watched(self) -> None:
        """Draws, unless the circuit breaker keeps the model out. A draw with a person's own key is not counted for the
        model's health, because others draw with the operator's key."""
        if self._draw.own_key:
            await self._try()
        elif not await self._spared():
            begun, person = self._draw.ticket is None, self._request.requester_id
            with self._studio.models.health.watching(self._draw.model, begun=begun, person=person):
                await self._try()

    @property
    def _named(self) -> dict[str, object]:
        return {"request": self._request.id, "draw": self._draw.id, "model": self._draw.model}

    async def _try(self) -> None:
        model = await self._with_key(self._studio.models.catalog[self._draw.model])
        given = await self._studio.inputs.given(self._request, model)
        # Only now it is known which model draws, and whether it gets the pictures that an instruction is about.
        asked = self._request.parameters
        prompt = sent_prompt(
            model,
            *words_of(self._request, self._draw.variant),
            pictures=len(given.images),
            templates=asked.templates,
        )
        if model.id != self._request.model:
            asked = fit_to(model, asked)
        try:
            words = await self._studio.wording.of(self._draw, self._request, model, prompt, pictures=len(given.images))
        except BlockedWordsError:
            log.info("draw not begun: translated, the prompt contains blocked words", **self._named)
            await self._failed(Failure("blocked-words"))
            return
        if words.negative_prompt is not None:
            asked = replace(asked, negative_prompt=words.negative_prompt)
        drawn, count = words.prompt or prompt, self._draw.count
        request = image_request(
            *(model, drawn, asked),
            seed=self._draw.seed,
            images=given.images,
            mask=given.mask,
            expand=given.expand,
            count=count,
        )
        if model.task == VIDEO and given.images:
            self._first_frame = given.images[0]
        draw_id, progress = self._draw.id, self._active.progress
        bill = self._bill = Bill(self._studio.db, self._studio.models.money, self._request, self._draw, model)
        self._drawing = Drawing(
            model,
            request,
            Listener(
                told=lambda event: progress.told(draw_id, event),
                previewed=progress.previewed if self._studio.check is None else _not_shown,
                retrying=lambda attempt: progress.retrying(draw_id, attempt),
                fetching=lambda: progress.fetching(draw_id),
                handing_over=bill.hand_over,
                failed=bill.failed,
                key_refused=self._key_refused,
                key_works=self._key_works,
                ticket=self._ticket,
                keep=self._keep,
            ),
            self._studio.access,
            ticket=self._draw.ticket,
            most=self._most(len(progress)),
        )
        if self._detached:
            self._drawing.detach()
        try:
            await self._drawing.draw()
        except (Unauthorized, ModelNotFound, QuotaExceeded) as error:
            if not self._draw.own_key:
                raise
            refused = not isinstance(error, QuotaExceeded)
            if refused and model.api_key is not None:
                await self._studio.own_keys.refused(self._request.requester_id, model, model.api_key)
            raise OwnKeyError("own-key-refused" if refused else "own-key-quota") from error

    async def _with_key(self, model: Model) -> Model:
        """The model with the person's own key, if the draw was accepted for it. Raises OwnKeyError."""
        if not self._draw.own_key:
            return model
        key = await self._studio.own_keys.key_of(self._request.requester_id, model)
        if key is None:
            raise OwnKeyError("own-key-gone")
        return model.with_key(key)

    def _most(self, draws: int) -> int:
        """How many pictures of a run are kept. A model that returns a gallery may keep more than were asked for."""
        if self._draw.variant is not None:
            return 1
        return self._draw.count if self._draw.count > 1 else max(MOST_OF_GALLERIES // draws, 1)

    # -- what is stored, each under the fence ------------------------------------------------------------

    async def _key_refused(self, key: ApiKey) -> None:
        """Stores that a key was refused, so that the process that sends alerts tells the operators."""
        await self._note_key(key, refused=True)

    async def _key_works(self, key: ApiKey) -> None:
        await self._note_key(key, refused=False)

    async def _note_key(self, key: ApiKey, *, refused: bool) -> None:
        alert = refused_key(self._draw.model, key)
        try:
            async with self._studio.db.transaction() as unit:
                await (unit.alerts.begin(alert) if refused else unit.alerts.end(alert))
        except StorageUnavailable as error:
            log.warning("state of a key not stored: database unavailable", **self._named, error=str(error))

    async def _ticket(self, ticket: str) -> None:
        try:
            async with self._studio.db.transaction() as unit:
                mine = await unit.draws.set_ticket(self._draw.id, self._draw.attempt, ticket)
        except StorageUnavailable as error:
            log.warning("ticket not stored: database unavailable", **self._named, error=str(error))
            return
        if not mine:
            raise FenceLostError

    async def _keep(self, pictures: list[Picture], adult: bool) -> None:
        checked = [Checked(picture, False) for picture in pictures]
        if self._studio.check is not None:
            request = self._request
            prompt = request.full_prompt or request.prompt
            checked = await self._studio.check.of(pictures, model=self._draw.model, prompt=prompt)
        if self._first_frame is not None:
            checked = [await self._fit_to_show(one, adult=adult) for one in checked]
        new = [
            NewPicture(one.data, one.mime, one.width, one.height, adult or found.covered, one.small, one.seed)
            for found in checked
            for one in (found.picture,)
        ]

        async def store(unit: Unit) -> RequestState | None:
            state = await unit.draws.drawn(self._draw.id, self._draw.attempt, new)
            await self._settle(unit)
            return state

        await self._end(store)

    async def _fit_to_show(self, one: Checked, *, adult: bool) -> Checked:
        """A video with what it starts from as its small copy, where it has none. Raises OutputRefusedError where it has
        to be covered and cannot be: Telegram shows some formats as files alone."""
        covered = adult or one.covered or self._request.parameters.spoiler
        if covered and one.picture.mime not in SHOWN:
            raise OutputRefusedError("delivery")
        if one.picture.small is not None or self._first_frame is None:
            return one
        small = await within_budget(thumbnail, self._first_frame)
        return replace(one, picture=replace(one.picture, small=small))

    async def _spared(self) -> bool:
        """Whether another model draws it at once, because the circuit breaker keeps this one out."""
        health, draw = self._studio.models.health, self._draw
        if draw.ticket is not None:
            return False
        # One that did not answer a moment ago is waited for only where nobody is known to answer.
        if health.unanswering(draw.model) and await self._rerouted(health.reason(draw.model), sure=True):
            return True
        return not health.admit(draw.model) and await self._rerouted(health.reason(draw.model))

    async def _rerouted(self, code: str, *, sure: bool = False) -> bool:
        """Hands the draw to the next model of the chain. `sure`: only to one that is known to answer. False: there is
        none, or this process no longer has the draw."""
        request, draw = self._request, self._draw
        if draw.variant is not None and draw.variant.compared:  # it is this very model that is to be seen
            return False
        detours = (*draw.detours, Detour(draw.model, code))
        try:
            keys = await self._studio.own_keys.models_of(request.requester_id)
            async with self._studio.db.transaction() as unit:
                group = await unit.groups.settings(request.chat_id) if request.chat_kind != "private" else None
                await self._settle(unit)  # what was not charged may pay for another model
                successor = await self._studio.models.fallback.after(unit, request, draw, group, keys=keys, sure=sure)
                model = successor.model
                if model is None:
                    if not sure:
                        self._unaffordable = None if successor.own is None else over_budget(own=successor.own)
                    return False
                rerouted = await unit.draws.reroute(
                    *(draw.id, draw.attempt, model.id, detours),
                    cost=0 if successor.own_key else price(model),
                    own_key=successor.own_key,
                    run=model.capabilities.images,
                )
                if not rerouted:
                    return False
        except StorageUnavailable as unavailable:
            log.warning("no failover: database unavailable", **self._named, error=str(unavailable))
            return False
        log.info("draw rerouted", **self._named, to=model.id, code=code)
        for draw_id in rerouted:  # several, where the other model gives fewer pictures in a run
            self._active.progress.rerouted(draw_id, model.id, detours)
        return True

    async def _failed(self, failure: Failure) -> None:
        async def store(unit: Unit) -> RequestState | None:
            state = await unit.draws.failed(
                *(self._draw.id, self._draw.attempt, failure.code),
                detail=failure.detail,
                retry_after=failure.retry_after,
            )
            await self._settle(unit)
            return state

        try:
            await self._end(store)
        except FenceLostError:
            log.info("draw had ended already", **self._named)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("the end of a draw cannot be stored", **self._named)
            raise EndNotStoredError from error

    async def _settle(self, unit: Unit) -> None:
        if self._bill is not None:
            await self._bill.settle(unit)

    async def _end(self, store: Callable[[Unit], Awaitable[RequestState | None]]) -> None:
        await self._studio.progress.quiesce(self._active, self._draw.id)

        tries = 0

        async def stored() -> RequestState | None:
            nonlocal tries
            tries += 1
            async with self._studio.db.transaction(urgent=True) as unit:
                state = await store(unit)
                if state is None and tries > 1:  # the first one may have been committed, and its answer lost
                    state = await unit.draws.ended_before(self._draw.id, self._draw.attempt)
                if state in {RequestState.DRAWN, RequestState.FAILED}:
                    request = await unit.requests.get(self._request.id)
                    assert request is not None
                    self._last = Rows(request, await unit.draws.of_request(request.id))
                return state

        if await self._studio.store.run(stored, StorageUnavailable) is None:
            raise FenceLostError
        self._active.progress.ended(self._draw.id)

    async def _hand_back(self) -> None:
        try:
            async with self._studio.db.transaction() as unit:
                await unit.draws.hand_back(self._draw.id, self._draw.attempt)
        except StorageUnavailable as error:  # the next start finds it `drawing` and takes it up all the same
            log.warning("draw not handed back: database unavailable", **self._named, error=str(error))


def _not_shown(_provider: Provider, _preview: ImagePreview) -> None:
    """What is not finished cannot be checked."""
