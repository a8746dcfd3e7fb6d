"""From stored pictures to the one message that shows them, and to the row that says so."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.jobs.contracts import Failure, Outcome, Outlet, Presenter
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests, place_of
from bot.jobs.lifecycle.in_flight import InFlight
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.settings import JobSettings
from bot.operations import metrics
from bot.pictures.fit import REDUCED_SIDE, Fitted, as_it_is, fit, preview, thumbnail
from bot.pictures.sheet import MAX_PICTURES, sheet
from bot.telegram.errors import Outcome as TelegramOutcome
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, FinalPicture, Shown
from providers.pictures.budget import within_budget
from storage import Database, StorageError, Unit
from storage.records import Draw, DrawState, PictureRecord, Request, RequestState

log = logging.getLogger(__name__)

# Requests whose pictures are in memory for delivery. Groups, whose budget is out for up to a minute, hold up only
# each other.
AT_ONCE = 32
AT_ONCE_GROUPS = 32
SETTLING = 10.0  # seconds for deliveries under way at shutdown


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What goes to Telegram, and the small pictures that are to stay and are not stored yet."""

    fitted: Fitted
    thumbnails: dict[int, bytes] = field(repr=False)  # by picture id


_Drawn = tuple[Request, list[Draw], list[PictureRecord], list[bytes | None]]  # the bytes are None where they are gone


class Delivery:
    """`later` has a request taken up again after a while."""

    def __init__(
        self,
        db: Database,
        outbox: Outlet,
        presenter: Presenter,
        clock: Clock,
        settings: JobSettings,
        progress: Progress,
        endings: Outcomes,
        board: ActiveRequests,
        *,
        later: Callable[[int], None],
    ) -> None:
        self._db = db
        self._outbox = outbox
        self._presenter = presenter
        self._clock = clock
        self._settings = settings
        self._progress = progress
        self._endings = endings
        self._board = board
        self._later = later
        self._memory = {False: asyncio.Semaphore(AT_ONCE), True: asyncio.Semaphore(AT_ONCE_GROUPS)}
        self._turns: dict[int, _Turn] = {}  # by chat
        self._under_way = InFlight()

    async def deliver(self, live: ActiveRequest) -> None:
        """Bring a `drawn` request to its end; nothing happens when it is not drawn, or ends in another way.

        One picture of a chat at a time, so that a chat whose budget is out holds one picture in memory, not many.
        """
        with self._under_way:
            await self._in_turn(live)

    async def settle(self, seconds: float = SETTLING) -> None:
        """Wait until nothing is being delivered; what is not by then is delivered at the next start."""
        await self._under_way.settle(seconds)

    async def _in_turn(self, live: ActiveRequest) -> None:
        self._progress.stop(live)
        live.recall.call_back()  # while this waits for its turn, the placeholder's place is another's
        turn = self._turns.setdefault(live.request.chat_id, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock, self._memory[live.place.group]:
                await self._deliver(live)
        except StorageError as error:
            log.warning("request %d is still to be delivered: %s", live.request.id, error)
            live.reopen()
            self._later(live.request.id)
        except Exception:
            log.exception("request %d cannot be delivered", live.request.id)
            live.reopen()
            await self._endings.fail(live, Failure("internal"))
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                self._turns.pop(live.request.chat_id, None)

    async def _deliver(self, live: ActiveRequest) -> None:
        drawn = await self._claimed(live)
        if drawn is None:  # cancelled, or somebody else's
            if live.end():
                self._board.close(live.request.id)
            return
        request, draws, pictures, data = drawn
        found = [body for body in data if body is not None]
        if not pictures or len(found) != len(pictures):
            raise LookupError("a drawn request has lost its bytes")
        covered = is_covered(request, pictures)
        # Telegram covers photos only.
        as_document = request.parameters.as_document and not covered
        prepared = _prepared(pictures, found, as_document=as_document)
        if prepared is None:
            prepared = await _prepare(pictures, found, as_document=as_document)
        outcome = _outcome(draws, pictures, as_document=prepared.fitted.as_document, untaken=live.untaken)
        card = self._presenter.finished(request, outcome)
        final = FinalPicture(
            data=prepared.fitted.data,
            filename=f"imagine-{request.id}.{prepared.fitted.suffix}",
            as_document=prepared.fitted.as_document,
            spoiler=covered,
        )
        shown = await live.overtaken()
        if request.chat_id != live.request.chat_id:  # the group became a supergroup: nothing of ours is there
            shown = None
        if not live.end():
            return  # cancelled in the meantime
        try:
            shown = await self._show(request, shown, final, card)
        except ChatGone as gone:
            await self._endings.gone(live, gone.reason)
        except DeliveryFailed as error:
            log.warning("request %d cannot be delivered: %s", request.id, error)
            if error.temporary:
                live.reopen()
                self._later(live.request.id)
                return
            forbidden = error.outcome is TelegramOutcome.NO_RIGHTS
            await self._endings.tell_failure(live, Failure("no-rights" if forbidden else "delivery"))
        else:
            live.shown = shown  # if the rest fails, the next try edits this message
            await self._delivered(request, shown, draws, pictures, prepared)

    async def _claimed(self, live: ActiveRequest) -> _Drawn | None:
        """What was drawn, to be delivered by nobody else."""
        if live.claim is None:
            async with self._db.transaction(urgent=True) as unit:
                request = await unit.requests.claim_delivery(live.request.id)
                return None if request is None else await _drawn(unit, request)
        async with self._db.read() as unit:  # many processes draw, and who took it up has claimed it
            request = await unit.requests.get(live.request.id)
            if request is None or (request.state, request.attempt) != (RequestState.DRAWN, live.claim):
                return None
            return await _drawn(unit, request)

    async def _show(self, request: Request, shown: Shown | None, final: FinalPicture, card: Card) -> Shown:
        """A proxy before a Bot API server of one's own may take less than Telegram does: then a smaller copy goes."""
        place = place_of(request)
        try:
            return await self._outbox.final(place, shown, final, card)
        except DeliveryFailed as error:
            if error.outcome is not TelegramOutcome.TOO_LARGE or final.data is None:
                raise
            log.warning("the picture of request %d is reduced: %s", request.id, error)
            data = await within_budget(preview, final.data, REDUCED_SIDE)
            reduced = replace(final, data=data, filename=f"imagine-{request.id}.jpg", as_document=False)
            return await self._outbox.final(place, shown, reduced, card)

    async def _delivered(
        self,
        request: Request,
        shown: Shown,
        draws: Sequence[Draw],
        pictures: Sequence[PictureRecord],
        prepared: _Prepared,
    ) -> None:
        """One transaction: a sheet's singles stay until they expire, the bytes of one picture go now."""
        keep_until = self._clock.now() + self._settings.picture_ttl if len(pictures) > 1 else None
        async with self._db.transaction(urgent=True) as unit:
            mine = await unit.requests.finish(request.id, RequestState.DELIVERED, attempt=request.attempt)
            if mine:
                await unit.requests.set_message(request.id, shown.message_id, shown.kind)
                file_id = shown.file_id if len(pictures) == 1 else None
                for picture in pictures:
                    small = prepared.thumbnails.get(picture.id)
                    await unit.pictures.delivered(picture.id, file_id=file_id, thumbnail=small)
                await unit.pictures.drop_bytes(request.id, keep_until=keep_until)
        self._board.close(request.id)
        if mine:
            metrics.delivered(request, draws, self._clock.now())
        else:
            log.warning("request %d was delivered by somebody else as well", request.id)


async def _drawn(unit: Unit, request: Request) -> _Drawn:
    pictures = (await unit.pictures.of_request(request.id))[:MAX_PICTURES]
    data = [await unit.pictures.bytes(picture.id) for picture in pictures]
    return request, await unit.draws.of_request(request.id), pictures, data


def is_covered(request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether people have to tap to see it: somebody chose so, or the back-end found adult content."""
    return request.parameters.spoiler or any(picture.adult for picture in pictures)


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _prepared(pictures: Sequence[PictureRecord], data: Sequence[bytes], *, as_document: bool) -> _Prepared | None:
    """What most pictures need: nothing. None where something has to be computed."""
    if len(pictures) > 1 or pictures[0].thumbnail is None:
        return None
    picture = pictures[0]
    fitted = as_it_is(data[0], picture.mime, picture.width, picture.height, as_document=as_document)
    return None if fitted is None else _Prepared(fitted, {})


async def _prepare(pictures: Sequence[PictureRecord], data: Sequence[bytes], *, as_document: bool) -> _Prepared:
    if len(pictures) == 1:
        fitted = await within_budget(fit, data[0], pictures[0].mime, as_document=as_document)
    else:  # the sheet is a photo always: the singles behind its buttons are what is wanted as documents
        fitted = await within_budget(fit, await within_budget(sheet, data), "image/jpeg")
    small = {
        picture.id: await within_budget(thumbnail, body)
        for picture, body in zip(pictures, data, strict=True)
        if picture.thumbnail is None  # it was not made while it was fetched
    }
    return _Prepared(fitted, small)


def _outcome(
    draws: Sequence[Draw], pictures: Sequence[PictureRecord], *, as_document: bool, untaken: frozenset[str]
) -> Outcome:
    begun = [draw.started_at for draw in draws if draw.started_at is not None]
    ended = [draw.finished_at for draw in draws if draw.finished_at is not None]
    return Outcome(
        pictures=tuple(pictures),
        failures=tuple(draw.error or "internal" for draw in draws if draw.state is DrawState.FAILED),
        seconds=max((max(ended) - min(begun)).total_seconds(), 0.0) if begun and ended else 0.0,
        as_document=as_document,
        untaken=untaken,
        detours=next((draw.detours for draw in draws if draw.state is DrawState.DRAWN and draw.detours), ()),
    )
