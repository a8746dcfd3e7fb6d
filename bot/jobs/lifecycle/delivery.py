"""Delivers stored pictures: sends the messages that show them, and stores that they were delivered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.jobs.contracts import Outcome
from bot.jobs.lifecycle import ending
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.in_flight import InFlight
from bot.jobs.lifecycle.pages import Page, ids_of, is_covered, is_video, pages_of, prepare
from bot.jobs.lifecycle.picture_messages import PictureMessage, PictureMessages
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.video import fitted_video
from bot.jobs.provenance import Origin
from bot.jobs.settings import Policies
from bot.pictures.sheet import MAX_PICTURES
from bot.telegram.outbox.outbox import DeliveryFailed, FinalPicture, Recall, Shown
from storage import Database
from storage.records import Draw, DrawState, PictureRecord, Request, RequestState

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The pictures to deliver, under the fencing token that `request` has. The bytes are None if they were deleted."""

    request: Request
    draws: Sequence[Draw]
    pictures: Sequence[PictureRecord]
    data: Sequence[bytes | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Ready:
    """The content of one message, and the thumbnails that still have to be stored."""

    final: FinalPicture
    origin: Origin
    thumbnails: dict[int, bytes] = field(repr=False)  # by picture id


class ClaimTakenError(Exception):
    """The request is being cancelled at this very moment."""


class Delivery:
    def __init__(
        self,
        db: Database,
        display: Display,
        placeholders: Placeholders,
        messages: PictureMessages,
        clock: Clock,
        policies: Policies,
        keep: timedelta,
    ) -> None:
        """`keep`: how long the bytes of a sheet's single pictures are kept."""
        self._db = db
        self._display = display
        self._placeholders = placeholders
        self._messages = messages
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
        """Number of chats to which something is being delivered."""
        return len(self._turns)

    @property
    def crowded(self) -> bool:
        """Whether deliveries to private chats use all their places. Groups do not count: they wait for their budget,
        not for the CPU."""
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
        """Waits until nothing is being delivered, for a limited time; the rest is delivered at the next start."""
        await self._in_flight.settle(self._policies.deliveries_settle)

    async def _deliver(self, active: ActiveRequest, draws: Sequence[Draw]) -> bool:
        drawn = await self._claimed(active, draws)
        if drawn is None:
            return False
        request, pictures = drawn.request, drawn.pictures
        found = [body for body in drawn.data if body is not None]
        if not pictures or len(found) != len(pictures):
            raise LookupError("a drawn request has lost its bytes")
        squares = self._display.squares(request, draws, pictures)
        first, *further = pages_of(pictures, found, squares, several=active.place.inline is None)
        ready = await self._ready(drawn, first)
        card = await self._display.finished_card(
            request,
            _outcome(
                *(draws, pictures),
                as_document=ready.final.as_document,
                untaken=active.progress.untaken,
                elsewhere=ids_of(further),
            ),
        )
        message = PictureMessage(first.pictures, ready.final, card, ready.origin)
        shown = await self._placeholders.overtaken(active)
        if request.chat_id != active.request.chat_id:  # the group became a supergroup: nothing of ours is there
            shown = None
        if not active.claim.take():
            raise ClaimTakenError
        thumbnails = dict(ready.thumbnails)

        async def show(recall: Recall | None) -> Shown:
            # If the rest fails, the next try edits this message.
            active.placeholder.shown = sent = await self._messages.show(request, shown, message, recall)
            return sent

        async def store(sent: Shown) -> bool:
            return await self._delivered(drawn, sent, thumbnails, sheet=not first.single)

        if not further:
            await self._messages.only(request, shown, show, store)
            return True
        sent = await self._messages.first(request, shown, show)
        if sent is not None and await self._show_further(drawn, further, sent, thumbnails):
            await store(sent)
        return True

    async def _show_further(
        self, drawn: _Drawn, pages: Sequence[Page], first: Shown, thumbnails: dict[int, bytes]
    ) -> bool:
        """Sends the sheets that were not sent yet, below the `first`. False: another process continues."""
        request = drawn.request
        async with self._db.read() as unit:
            there = {sheet.number for sheet in await unit.sheets.of_request(request.id)}
        missing = list[Page]()
        for number, page in enumerate(pages, start=2):
            ready = await self._ready(drawn, page, number)
            thumbnails |= ready.thumbnails
            if number in there:
                continue
            card = self._display.further_card(request, page.pictures, page.first, len(drawn.pictures))
            message = PictureMessage(page.pictures, ready.final, card, ready.origin)
            try:
                if not await self._messages.further(request, number, page, message):
                    return False
            except DeliveryFailed as error:
                if error.temporary:
                    raise
                log.warning("sheet cannot be delivered", request=request.id, number=number, error=str(error))
                missing.append(page)
        if missing:  # what they would show can be had by the first one's buttons
            elsewhere = ids_of([page for page in pages if page not in missing])
            await self._display.buttons(request, first, drawn.pictures, elsewhere)
        return True

    async def _ready(self, drawn: _Drawn, page: Page, number: int = 1) -> _Ready:
        """Prepares one page. `number` counts the sheets."""
        request, covered = drawn.request, is_covered(drawn.request, drawn.pictures)
        name = f"imagine-{request.id}" if number == 1 else f"imagine-{request.id}-{number}"
        origin = self._display.origin(request, page.pictures)
        if page.squares:
            origin = replace(origin, parameters="")  # each square has its own
        if is_video(request):
            small = page.pictures[0].thumbnail
            final = await asyncio.to_thread(fitted_video, page.data[0], name, spoiler=covered, thumbnail=small)
            return _Ready(final, origin, {})
        prepared = await prepare(request, page, origin)
        fitted = await self._display.signed(prepared.fitted, origin)
        final = FinalPicture(fitted.data, f"{name}.{fitted.suffix}", fitted.as_document, covered)
        return _Ready(final, origin, prepared.thumbnails)

    async def _claimed(self, active: ActiveRequest, draws: Sequence[Draw]) -> _Drawn | None:
        """Claims the end and returns the pictures to deliver; None: another process has it."""
        claim = active.claim
        token = claim.raising()
        async with self._db.transaction(urgent=True) as unit:
            request = await unit.requests.claim_end(active.request.id, claim.attempt, token=token)
            if request is None:
                return None
            found = await unit.pictures.with_bytes(request.id, most=MAX_PICTURES)
        claim.raised(request.attempt)
        return _Drawn(request, draws, [picture for picture, _ in found], [data for _, data in found])

    async def _delivered(self, drawn: _Drawn, shown: Shown, thumbnails: dict[int, bytes], *, sheet: bool) -> bool:
        """Stores the delivery in one transaction: a sheet's single pictures stay until they expire, the bytes of one
        picture are deleted. False: another process has taken the end over, or this transaction was stored before and
        its answer was lost."""
        request, pictures = drawn.request, drawn.pictures
        keep_until = self._clock.now() + self._keep if sheet else None
        async with self._db.transaction(urgent=True) as unit:
            mine = await unit.requests.finish(
                request.id, RequestState.DELIVERED, attempt=request.attempt, shown=(shown.message_id, shown.kind)
            )
            if mine:
                file_id = None if sheet else shown.file_id
                for picture in pictures:
                    small = thumbnails.get(picture.id)
                    await unit.pictures.delivered(picture.id, file_id=file_id, thumbnail=small)
                await unit.pictures.drop_bytes(request.id, keep_until=keep_until)
        if mine:
            ending.delivered(request, drawn.draws, self._clock.now())
        return mine


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def _outcome(
    draws: Sequence[Draw],
    pictures: Sequence[PictureRecord],
    *,
    as_document: bool,
    untaken: frozenset[str],
    elsewhere: frozenset[int],
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
        elsewhere=elsewhere,
        detours=next((draw.detours for draw in draws if draw.state is DrawState.DRAWN and draw.detours), ()),
        asked=sum(draw.count for draw in draws) if any(draw.count > 1 for draw in draws) else 0,
        unhelped=next((draw.words.failed for draw in draws if draw.words is not None and draw.words.failed), None),
    )
