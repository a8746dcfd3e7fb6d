"""The messages that show a request's pictures: most often one, in place of the placeholder.

Of several sheets the first takes that place. Each further one is a message of its own, and gets a row as soon as it is
there: whoever goes on after a crash sends only those that have none.
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
    """What is shown of these pictures, and what its file says of itself."""

    pictures: Sequence[PictureRecord]
    final: FinalPicture
    card: Card
    origin: Origin


class PictureMessages:
    """Raises what the outbox raises: ChatGone, DeliveryFailed; and StorageUnavailable."""

    def __init__(self, db: Database, display: Display, new_messages: NewMessages) -> None:
        self._db = db
        self._display = display
        self._new_messages = new_messages

    async def show(
        self, request: Request, shown: Shown | None, message: PictureMessage, recall: Recall | None = None
    ) -> Shown:
        """In place of what is `shown`. A proxy before a Bot API server of one's own may take less than Telegram does:
        then a smaller copy goes."""
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
        """As its message takes it. An inline one takes what Telegram has already: what was uploaded is noted at once,
        so that a next try does not upload it again."""
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
        """The one message of a request, which `store` notes with its end."""
        if shown is None:
            await self._new_messages.send(request, show, store)
        elif not await store(await show(None)):
            log.warning("delivered by another process as well", request=request.id)

    async def first(
        self, request: Request, shown: Shown | None, show: Callable[[Recall | None], Awaitable[Shown]]
    ) -> Shown | None:
        """The first of several messages. What was sent is noted at once: from then on it is edited. None: another
        process goes on."""
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
        """A further sheet, noted as soon as it is there. False: another process goes on."""

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
