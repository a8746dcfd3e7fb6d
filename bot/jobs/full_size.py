"""The pictures behind a sheet's buttons, each sent in full on a press."""

import asyncio
from collections.abc import Collection, Sequence

import structlog

from bot.jobs.contracts import Outlet, Presenter
from bot.jobs.lifecycle.pages import is_covered, is_document, is_video
from bot.jobs.lifecycle.video import fitted_video, sent_video
from bot.jobs.provenance import Provenance
from bot.pictures.fit import fit
from bot.telegram.outbox.outbox import ChatGone, DeliveryFailed, Destination, FinalPicture, Shown
from providers.pictures.budget import within_budget
from providers.tasks import CUTOUT
from storage import Database
from storage.records import PictureRecord, Request

ALBUM = 10  # pictures; Telegram's limit
ALBUM_BYTES = 40_000_000  # of all its pictures together; more go one by one

log = structlog.stdlib.get_logger(__name__)


class FullSize:
    """`memory` bounds how many are in memory at once."""

    def __init__(
        self,
        db: Database,
        outbox: Outlet,
        presenter: Presenter,
        provenance: Provenance,
        memory: asyncio.Semaphore,
    ) -> None:
        self._db = db
        self._outbox = outbox
        self._presenter = presenter
        self._provenance = provenance
        self._memory = memory

    async def send(self, picture_id: int, place: Destination, keys: Collection[str] = ()) -> bool:
        """False when it is not kept any more, or cannot be shown there. `keys`: as in `Presenter`. Raises
        StorageUnavailable."""
        async with self._db.read() as unit:
            record = await unit.pictures.get(picture_id)
            request = await unit.requests.get(record.request_id) if record is not None else None
            siblings = await unit.pictures.of_request(request.id) if request is not None else []
        if record is None or request is None:
            return False
        number = (
            None
            if len(siblings) == 1
            else next((at for at, other in enumerate(siblings, start=1) if other.id == picture_id), 1)
        )
        async with self._memory:
            return await self._send(record, request, number, place, keys)

    async def send_all(self, request_id: int, place: Destination, keys: Collection[str] = ()) -> int:
        """All pictures of a sheet that are kept, in albums; how many came. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
            records = await unit.pictures.of_request(request_id) if request is not None else []
        if request is None:
            return 0
        sent = 0
        for start in range(0, len(records), ALBUM):
            numbered = list(enumerate(records[start : start + ALBUM], start=start + 1))
            async with self._memory:
                sent += await self._send_album(request, numbered, place, keys)
        return sent

    async def _send_album(
        self, request: Request, numbered: Sequence[tuple[int, PictureRecord]], place: Destination, keys: Collection[str]
    ) -> int:
        """Photos and files apart; one by one where an album is refused."""
        found = [
            (number, record, picture)
            for number, record in numbered
            if (picture := await self._picture(record, request, number)) is not None
        ]
        sent = 0
        for as_document in (False, True):
            some = [one for one in found if one[2].as_document is as_document]
            shown: list[Shown] = []
            if len(some) > 1 and sum(len(picture.data or b"") for _, _, picture in some) <= ALBUM_BYTES:
                captions = [self._presenter.full(request, record, number).text for number, record, _ in some]
                shown = await self._outbox.album(place, [picture for _, _, picture in some], captions)
            for (_, record, _), message in zip(some, shown, strict=False):
                await self._shown(record, place, message)
            sent += len(shown)
            if not shown:
                sent += sum([await self._send(record, request, number, place, keys) for number, record, _ in some])
        return sent

    async def _shown(self, record: PictureRecord, place: Destination, shown: Shown) -> None:
        async with self._db.transaction() as unit:
            await unit.pictures.shown_in_full(record.id, place.chat_id, shown.message_id)
            await unit.pictures.delivered(record.id, file_id=shown.file_id, thumbnail=None)

    async def _send(
        self, record: PictureRecord, request: Request, number: int | None, place: Destination, keys: Collection[str]
    ) -> bool:
        picture = await self._picture(record, request, number)
        if picture is None:
            return False
        try:
            card = self._presenter.full(request, record, number, keys)
            shown = await self._outbox.send_picture(place, picture, card)
        except (ChatGone, DeliveryFailed) as error:
            log.info("picture not sent in full size", request=request.id, picture=record.id, error=str(error))
            return False
        await self._shown(record, place, shown)
        return True

    async def _picture(self, record: PictureRecord, request: Request, number: int | None) -> FinalPicture | None:
        """By Telegram's own id once it has one, by its bytes while they are kept."""
        async with self._db.read() as unit:
            data = await unit.pictures.bytes(record.id)
        name = f"imagine-{request.id}-{number or 1}"
        covered = is_covered(request, [record])
        wanted = is_document(request, [record])
        if data is None:
            if record.file_id is None:
                return None
            if is_video(request):
                return sent_video(record.file_id, name, request.message_kind, spoiler=covered)
            return FinalPicture(None, name, as_document=wanted, spoiler=covered, file_id=record.file_id)
        if is_video(request):
            return await asyncio.to_thread(fitted_video, data, name, spoiler=covered, thumbnail=record.thumbnail)
        origin = self._provenance.of(request, [record])
        fitted = await within_budget(
            fit,
            data,
            record.mime,
            as_document=wanted,
            as_png=request.parameters.task == CUTOUT,
            source=origin.source,
            parameters=origin.parameters,
        )
        fitted = await self._provenance.signed(fitted, origin)
        return FinalPicture(
            fitted.data,
            f"{name}.{fitted.suffix}",
            as_document=fitted.as_document,
            spoiler=covered,
            file_id=record.file_id,
        )
