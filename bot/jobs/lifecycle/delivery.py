"""From stored pictures to the one message that shows them, and to the row that says so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.jobs.contracts import Outcome, Square
from bot.jobs.lifecycle import ending
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.in_flight import InFlight
from bot.jobs.lifecycle.new_message import NewMessages
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.video import fitted_video
from bot.jobs.provenance import Origin
from bot.jobs.settings import Policies
from bot.pictures.fit import REDUCED_SIDE, Fitted, as_it_is, fit, preview, thumbnail
from bot.pictures.metadata import with_metadata
from bot.pictures.sheet import MAX_PICTURES, sheet
from bot.telegram.errors import Outcome as TelegramOutcome
from bot.telegram.outbox.outbox import Card, DeliveryFailed, FinalPicture, Recall, Shown
from providers.pictures.budget import within_budget
from providers.tasks import CUTOUT, VIDEO
from storage import Database
from storage.records import Draw, DrawState, PictureRecord, Request, RequestState

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Whether a sheet goes to Telegram, and the small pictures that are to stay and are not stored yet."""

    sheet: bool
    thumbnails: dict[int, bytes] = field(repr=False)  # by picture id


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is to be delivered, under the fence that `request` has. The bytes are None where they are gone."""

    request: Request
    draws: Sequence[Draw]
    pictures: Sequence[PictureRecord]
    data: Sequence[bytes | None] = field(repr=False)


class ClaimTakenError(Exception):
    """It is being cancelled at this very moment."""


class Delivery:
    def __init__(
        self,
        db: Database,
        display: Display,
        placeholders: Placeholders,
        new_messages: NewMessages,
        clock: Clock,
        policies: Policies,
        keep: timedelta,
    ) -> None:
        """The bytes of a sheet's pictures are kept for the time `keep`."""
        self._db = db
        self._display = display
        self._placeholders = placeholders
        self._new_messages = new_messages
        self._clock = clock
        self._policies = policies
        self._keep = keep
        # Groups, whose budget is out for up to a minute, hold up only each other.
        at_once = policies.deliveries_in_memory
        self._memory = {False: asyncio.Semaphore(at_once), True: asyncio.Semaphore(at_once)}
        at_once = policies.videos_in_memory
        self._videos = {False: asyncio.Semaphore(at_once), True: asyncio.Semaphore(at_once)}
        self._turns: dict[int | str, _Turn] = {}  # by chat, or inline message
        self._in_flight = InFlight()

    def __len__(self) -> int:
        """Chats to which something is being delivered."""
        return len(self._turns)

    @property
    def crowded(self) -> bool:
        """Whether as many private chats are delivered to as may be. Groups wait for their budget, not for the CPU."""
        return self._memory[False].locked()

    async def deliver(self, active: ActiveRequest, draws: Sequence[Draw]) -> bool:
        """Bring a `drawn` request to its end. False, and nothing is shown, when another process does.

        One picture of a chat at a time, so that a chat whose budget is out holds one picture in memory, not many.
        Raises StorageUnavailable, ChatGone, DeliveryFailed, ClaimTakenError, and LookupError where the bytes are gone.
        """
        with self._in_flight:
            active.stop_showing()  # while this waits for its turn, the placeholder's place is another's
            key = active.place.inline or active.request.chat_id
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
            try:
                memory = self._videos if is_video(active.request) else self._memory
                async with turn.lock, memory[active.place.group]:
                    return await self._deliver(active, draws)
            finally:
                turn.waiting -= 1
                if not turn.waiting:
                    self._turns.pop(key, None)

    async def settle(self) -> None:
        """Wait until nothing is being delivered; what is not by then is delivered at the next start."""
        await self._in_flight.settle(self._policies.deliveries_settle)

    async def _deliver(self, active: ActiveRequest, draws: Sequence[Draw]) -> bool:
        drawn = await self._claimed(active, draws)
        if drawn is None:
            return False
        request, pictures = drawn.request, drawn.pictures
        found = [body for body in drawn.data if body is not None]
        if not pictures or len(found) != len(pictures):
            raise LookupError("a drawn request has lost its bytes")
        covered, as_document = is_covered(request, pictures), is_document(request, pictures)
        squares = self._display.squares(request, draws, pictures)
        origin = self._display.origin(request, pictures)
        if squares:
            origin = replace(origin, parameters="")  # each square has its own
        name = f"imagine-{request.id}"
        if is_video(request):
            final = await asyncio.to_thread(
                fitted_video, found[0], name, spoiler=covered, thumbnail=pictures[0].thumbnail
            )
            prepared = _Prepared(sheet=False, thumbnails={})
        else:
            fitted = None if squares else _fitted(pictures, found, origin, as_document=as_document)
            prepared = _Prepared(sheet=False, thumbnails={})
            if fitted is None:
                as_png = request.parameters.task == CUTOUT
                fitted, prepared = await _prepare(
                    pictures, found, squares, origin, as_document=as_document, as_png=as_png
                )
            fitted = await self._display.signed(fitted, origin)
            final = FinalPicture(fitted.data, f"{name}.{fitted.suffix}", fitted.as_document, covered)
        outcome = _outcome(draws, pictures, as_document=final.as_document, untaken=active.progress.untaken)
        card = self._display.finished_card(request, outcome)
        shown = await self._placeholders.overtaken(active)
        if request.chat_id != active.request.chat_id:  # the group became a supergroup: nothing of ours is there
            shown = None
        if not active.claim.take():
            raise ClaimTakenError

        async def show(recall: Recall | None = None) -> Shown:
            # If the rest fails, the next try edits this message.
            active.placeholder.shown = sent = await self._show(drawn, shown, final, card, recall, origin)
            return sent

        async def store(sent: Shown) -> bool:
            return await self._delivered(drawn, sent, prepared)

        if shown is None:
            await self._new_messages.send(request, show, store)
        elif not await store(await show()):
            log.warning("delivered by another process as well", request=request.id)
        return True

    async def _claimed(self, active: ActiveRequest, draws: Sequence[Draw]) -> _Drawn | None:
        """What was drawn, to be delivered by nobody else."""
        claim = active.claim
        token = claim.raising()
        async with self._db.transaction(urgent=True) as unit:
            request = await unit.requests.claim_end(active.request.id, claim.attempt, token=token)
            if request is None:
                return None
            pictures = (await unit.pictures.of_request(request.id))[:MAX_PICTURES]
            data = [await unit.pictures.bytes(picture.id) for picture in pictures]
        claim.raised(request.attempt)
        return _Drawn(request, draws, pictures, data)

    async def _show(
        self,
        drawn: _Drawn,
        shown: Shown | None,
        final: FinalPicture,
        card: Card,
        recall: Recall | None,
        origin: Origin,
    ) -> Shown:
        """A proxy before a Bot API server of one's own may take less than Telegram does: then a smaller copy goes."""
        request = drawn.request
        try:
            ready = await self._ready(drawn, final)
            return await self._display.picture(request, shown, ready, card, recall=recall)
        except DeliveryFailed as error:
            if error.outcome is not TelegramOutcome.TOO_LARGE or final.data is None or is_video(request):
                raise
            log.warning("picture reduced: too large for the Bot API server", request=request.id, error=str(error))
            data = await within_budget(preview, final.data, REDUCED_SIDE)
            data = with_metadata(data, origin.source, origin.parameters)
            reduced = replace(final, data=data, filename=f"imagine-{request.id}.jpg", as_document=False)
            ready = await self._ready(drawn, reduced)
            return await self._display.picture(request, shown, ready, card, recall=recall)

    async def _ready(self, drawn: _Drawn, final: FinalPicture) -> FinalPicture:
        """As its message takes it. An inline one takes what Telegram has already: what was uploaded is noted at once,
        so that a next try does not upload it again."""
        if drawn.request.inline_message_id is None:
            return final
        picture = drawn.pictures[0]
        if picture.file_id is not None:
            return replace(final, file_id=picture.file_id)
        ready = await self._display.cached(final)
        if ready.file_id is not None and ready.as_document == is_document(drawn.request, drawn.pictures):
            async with self._db.transaction(urgent=True) as unit:
                await unit.pictures.cached(picture.id, ready.file_id)
        return ready

    async def _delivered(self, drawn: _Drawn, shown: Shown, prepared: _Prepared) -> bool:
        """One transaction: a sheet's singles stay until they expire, the bytes of one picture go now. False: another
        process has taken the end over, or the transaction's answer was lost and this is it again."""
        request, pictures = drawn.request, drawn.pictures
        keep_until = self._clock.now() + self._keep if prepared.sheet else None
        async with self._db.transaction(urgent=True) as unit:
            mine = await unit.requests.finish(request.id, RequestState.DELIVERED, attempt=request.attempt)
            if mine:
                await unit.requests.set_message(request.id, shown.message_id, shown.kind)
                file_id = None if prepared.sheet else shown.file_id
                for picture in pictures:
                    small = prepared.thumbnails.get(picture.id)
                    await unit.pictures.delivered(picture.id, file_id=file_id, thumbnail=small)
                await unit.pictures.drop_bytes(request.id, keep_until=keep_until)
        if mine:
            ending.delivered(request, drawn.draws, self._clock.now())
        return mine


def is_covered(request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether people have to tap to see it: somebody chose so, or the back-end found adult content."""
    return request.parameters.spoiler or any(picture.adult for picture in pictures)


def is_document(request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether it goes as a file; of a video its bytes tell. Telegram covers photos only; what was cut out stays a file
    even so, unless the back-end found adult content: as a photo it would not be cut out any more."""
    if request.parameters.task == CUTOUT:
        return not any(picture.adult for picture in pictures)
    return request.parameters.as_document and not is_covered(request, pictures)


def is_video(request: Request) -> bool:
    """Whether a picture was to move."""
    return request.parameters.task == VIDEO


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _fitted(
    pictures: Sequence[PictureRecord], data: Sequence[bytes], origin: Origin, *, as_document: bool
) -> Fitted | None:
    """What most pictures need: no look at their pixels. None where something has to be computed."""
    if len(pictures) > 1 or pictures[0].thumbnail is None:
        return None
    picture = pictures[0]
    fitted = as_it_is(data[0], picture.mime, picture.width, picture.height, as_document=as_document)
    if fitted is None:
        return None
    return replace(fitted, data=with_metadata(fitted.data, origin.source, origin.parameters))


async def _prepare(
    pictures: Sequence[PictureRecord],
    data: Sequence[bytes],
    squares: Sequence[Square],
    origin: Origin,
    *,
    as_document: bool,
    as_png: bool = False,
) -> tuple[Fitted, _Prepared]:
    several = len(pictures) > 1 or bool(squares)
    if not several:
        fitted = await within_budget(
            fit,
            data[0],
            pictures[0].mime,
            as_document=as_document,
            as_png=as_png,
            source=origin.source,
            parameters=origin.parameters,
        )
    else:  # the sheet is a photo always: the singles behind its buttons are what is wanted as documents
        fitted = await within_budget(fit, await _sheet(data, squares), "image/jpeg", source=origin.source)
    small = {
        picture.id: await within_budget(thumbnail, body)
        for picture, body in zip(pictures, data, strict=True)
        if picture.thumbnail is None  # it was not made while it was fetched
    }
    return fitted, _Prepared(several, small)


async def _sheet(data: Sequence[bytes], squares: Sequence[Square]) -> bytes:
    labels = [square.label for square in squares]
    gaps = [[at, square.reason] for at, square in enumerate(squares) if square.reason is not None]
    return await within_budget(sheet, data, labels, gaps)


def _outcome(
    draws: Sequence[Draw], pictures: Sequence[PictureRecord], *, as_document: bool, untaken: frozenset[str]
) -> Outcome:
    begun = [draw.started_at for draw in draws if draw.started_at is not None]
    ended = [draw.finished_at for draw in draws if draw.finished_at is not None]
    return Outcome(
        pictures=tuple(pictures),
        failures=tuple(
            draw.error or "internal" for draw in draws if draw.state is DrawState.FAILED for _ in range(draw.count)
        ),
        seconds=max((max(ended) - min(begun)).total_seconds(), 0.0) if begun and ended else 0.0,
        as_document=as_document,
        untaken=untaken,
        detours=next((draw.detours for draw in draws if draw.state is DrawState.DRAWN and draw.detours), ()),
        asked=sum(draw.count for draw in draws) if any(draw.count > 1 for draw in draws) else 0,
        unhelped=next((draw.words.failed for draw in draws if draw.words is not None and draw.words.failed), None),
    )
