"""The messages that show a request's pictures: usually one, in place of the placeholder.

Of several sheets the first takes the placeholder's place. Each further one is a new message, and gets a row as soon as
it is sent: after a crash only those without a row are sent.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.new_message import NewMessages
from bot.jobs.lifecycle.pages import Page, is_document, is_video
from bot.jobs.provenance import Origin
from bot.pictures.fit import REDUCED_SIDE, preview
from bot.pictures.metadata import with_metadata
from bot.telegram.errors import Outcome as TelegramOutcome
from bot.telegram.outbox.outbox import Card, DeliveryFailed, FinalPicture, Recall, Shown
from providers.pictures.budget import within_budget
from storage import Database, Unit
from storage.records import PictureRecord, Request, Sheet

log = structlog.stdlib.get_logger(__name__)

Store = Callable[[Shown], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class PictureMessage:
    """The content of one message, and the metadata of its file."""

    pictures: Sequence[PictureRecord]
    final: FinalPicture
    card: Card
    origin: Origin


class PictureMessages:
    """Raises what the outbox raises, ChatGone and DeliveryFailed, and StorageUnavailable."""

    def __init__(self, db: Database, display: Display, new_messages: NewMessages) -> None:
        self._db = db
        self._display = display
        self._new_messages = new_messages

    async def show(
        self, request: Request, shown: Shown | None, message: PictureMessage, recall: Recall | None = None
    ) -> Shown:
        """Shows the message in place of what is `shown`. A proxy before one's own Bot API server may accept less than
        Telegram does; then a smaller copy is sent."""
        final, card = message.final, message.card
        try:
            ready = await self._ready(request, message, final)
            return await self._display.picture(request, shown, ready, card, recall=recall)
        except DeliveryFailed as error:
            if error.outcome is not TelegramOutcome.TOO_LARGE or final.data is None or is_video(request):
                raise
            log.warning("picture reduced: too large for the Bot API server", request=request.id, error=str(error))
            data = await within_budget(preview, final.data, REDUCED_SIDE)
            data = with_metadata(data, message.origin.source, message.origin.parameters)
            reduced = replace(final, data=data, filename=f"imagine-{request.id}.jpg", as_document=False)
            ready = await self._ready(request, message, reduced)
            return await self._display.picture(request, shown, ready, card, recall=recall)

    async def _ready(self, request: Request, message: PictureMessage, final: FinalPicture) -> FinalPicture:
        """The file as its message takes it. An inline message takes only what Telegram has already. An upload is stored
        at once, so that a later try does not repeat it."""
        if request.inline_message_id is None:
            return final
        picture = message.pictures[0]
        if picture.file_id is not None:
            return replace(final, file_id=picture.file_id)
        ready = await self._display.cached(final)
        if ready.file_id is not None and ready.as_document == is_document(request, message.pictures):
            async with self._db.transaction(urgent=True) as unit:
                await unit.pictures.cached(picture.id, ready.file_id)
        return ready

    async def only(
        self, request: Request, shown: Shown | None, show: Callable[[Recall | None], Awaitable[Shown]], store: Store
    ) -> None:
        """Shows the only message of a request. `store` stores it together with the request's end."""
        if shown is None:
            await self._new_messages.send(request, show, store)
        elif not await store(await show(None)):
            log.warning("delivered by another process as well", request=request.id)

    async def first(
        self, request: Request, shown: Shown | None, show: Callable[[Recall | None], Awaitable[Shown]]
    ) -> Shown | None:
        """Shows the first of several messages, and stores it at once, because from then on it is edited. None: another
        process continues."""
        sent: Shown | None = None

        async def keep(message: Shown) -> bool:
            nonlocal sent
            sent = message
            async with self._db.transaction(urgent=True) as unit:
                return await unit.requests.first_shown(
                    request.id, message.message_id, message.kind, attempt=request.attempt
                )

        if shown is None:
            return sent if await self._new_messages.send(request, show, keep) else None
        there = await show(None)
        known = there.message_id == shown.message_id or await keep(there)
        return there if known else None

    async def further(self, request: Request, number: int, page: Page, message: PictureMessage) -> bool:
        """Sends a further sheet, and stores it at once. False: another process continues."""

        async def show(recall: Recall) -> Shown:
            return await self.show(request, None, message, recall)

        async def store(sent: Shown) -> bool:
            sheet = Sheet(number, page.first, len(page.pictures), request.chat_id, sent.message_id)
            async with self._db.transaction(urgent=True) as unit:
                mine = await unit.requests.ending_by(request.id, request.attempt)
                if mine:
                    await unit.sheets.add(request.id, sheet)
            return mine

        async def is_known(unit: Unit, message_id: int) -> bool:
            return any(sheet.message_id == message_id for sheet in await unit.sheets.of_request(request.id))

        return await self._new_messages.send(request, show, store, is_known)
