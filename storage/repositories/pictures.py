"""Pictures: their records, and their bytes for as long as they are needed."""

from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, func, select, update

from storage.records import PictureRecord
from storage.statements.connection import Statements
from storage.statements.prepared import prepared
from storage.statements.tables import blobs, draws, pictures, seed_of_picture, size_of_run

Data = bytes  # within the class, `bytes` is a method


_OF_REQUEST = blobs.c.picture_id.in_(select(pictures.c.id).where(pictures.c.request_id == bindparam("request")))


@prepared()
def _of_request(_: str) -> Executable:
    """The fields of PictureRecord except the ordinal, which counts across the draws of a request."""
    return (
        select(
            pictures.c.id,
            pictures.c.request_id,
            pictures.c.draw_id,
            pictures.c.mime,
            pictures.c.width,
            pictures.c.height,
            seed_of_picture,
            pictures.c.file_id,
            pictures.c.thumbnail,
            pictures.c.adult,
            draws.c.model,
            draws.c.variant,
            pictures.c.favourite,
            size_of_run,
            draws.c.words,
        )
        .join(draws, draws.c.id == pictures.c.draw_id)
        .where(pictures.c.request_id == bindparam("request"))
        .order_by(draws.c.ordinal, pictures.c.ordinal)
    )


@prepared()
def _bytes(_: str) -> Executable:
    return select(blobs.c.data).where(blobs.c.picture_id == bindparam("picture"))


@prepared()
def _bytes_of_request(_: str) -> Executable:
    """In no order: SQLite would sort by copying the bytes."""
    return select(blobs.c.picture_id, blobs.c.data).where(_OF_REQUEST)


@prepared()
def _delivered(_: str) -> Executable:
    """The update after delivery. Values that are None stay unchanged."""
    known = {
        column: func.coalesce(bindparam(f"new_{column.name}", type_=column.type), column)
        for column in (pictures.c.file_id, pictures.c.thumbnail)
    }
    return update(pictures).where(pictures.c.id == bindparam("picture")).values(known)


@prepared()
def _dropped(_: str) -> Executable:
    return delete(blobs).where(_OF_REQUEST)


@prepared()
def _expiring(_: str) -> Executable:
    return update(blobs).where(_OF_REQUEST).values(expires_at=bindparam("moment"))


class Pictures:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def of_request(self, request_id: int) -> list[PictureRecord]:
        """A request's pictures, in the order of its draws."""
        return await self._select(request_id)

    async def with_bytes(self, request_id: int, *, most: int) -> list[tuple[PictureRecord, Data | None]]:
        """Likewise the first `most` of them, each with its bytes; None where they were deleted."""
        data = dict(tuple(row) for row in await self._statements.execute(_bytes_of_request, {"request": request_id}))
        return [(picture, data.get(picture.id)) for picture in (await self._select(request_id))[:most]]

    async def get(self, picture_id: int) -> PictureRecord | None:
        of_picture = select(pictures.c.request_id).where(pictures.c.id == picture_id)
        request_id: int | None = (await self._statements.execute(of_picture)).scalar()
        if request_id is None:
            return None
        return next((found for found in await self._select(request_id) if found.id == picture_id), None)

    async def bytes(self, picture_id: int) -> bytes | None:
        """A picture's bytes; None once they were deleted."""
        data: bytes | None = (await self._statements.execute(_bytes, {"picture": picture_id})).scalar()
        return data

    async def thumbnail(self, picture_id: int) -> Data | None:
        statement = select(pictures.c.thumbnail).where(pictures.c.id == picture_id)
        data: bytes | None = (await self._statements.execute(statement)).scalar()
        return data

    async def delivered(self, picture_id: int, *, file_id: str | None, thumbnail: Data | None = None) -> None:
        """Stores what Telegram answered for a picture. Values that are None stay unchanged."""
        values = {"picture": picture_id, "new_file_id": file_id, "new_thumbnail": thumbnail}
        await self._statements.execute(_delivered, values)

    async def cached(self, picture_id: int, file_id: str) -> None:
        """Stores that Telegram has a picture, although its message does not show it yet."""
        await self.delivered(picture_id, file_id=file_id)

    async def shown_in_full(self, picture_id: int, chat_id: int, message_id: int) -> None:
        """Stores the message that shows only this picture: a reply to it refines the picture."""
        values = {"full_chat_id": chat_id, "full_message_id": message_id}
        await self._statements.execute(update(pictures).where(pictures.c.id == picture_id).values(values))

    async def by_message(self, chat_id: int, message_id: int) -> PictureRecord | None:
        """The picture of a message that shows only one picture of a sheet; None for other messages."""
        statement = select(pictures.c.id).where(
            pictures.c.full_chat_id == chat_id, pictures.c.full_message_id == message_id
        )
        found: int | None = (await self._statements.execute(statement.limit(1))).scalar()
        return None if found is None else await self.get(found)

    async def messages_of(self, request_id: int) -> list[tuple[int, int]]:
        """Chat and message ids of the messages that show one picture of a request each."""
        columns = pictures.c.full_chat_id, pictures.c.full_message_id
        statement = select(*columns).where(pictures.c.request_id == request_id, columns[1].is_not(None))
        return [(chat, message) for chat, message in await self._statements.execute(statement)]

    async def star(self, picture_id: int, *, favourite: bool) -> bool:
        """Adds or removes the star. False: there is no such picture."""
        statement = update(pictures).where(pictures.c.id == picture_id).values(favourite=favourite)
        return (await self._statements.execute(statement)).rowcount > 0

    async def latest_in_full(self, chat_id: int, *, after: int) -> PictureRecord | None:
        """The picture in the newest message with a single picture in a chat, of messages with ids above `after`."""
        statement = (
            select(pictures.c.id)
            .where(pictures.c.full_chat_id == chat_id, pictures.c.full_message_id > after)
            .order_by(pictures.c.full_message_id.desc())
            .limit(1)
        )
        found: int | None = (await self._statements.execute(statement)).scalar()
        return None if found is None else await self.get(found)

    async def drop_bytes(self, request_id: int, *, keep_until: datetime | None) -> None:
        """Deletes the bytes of a request's pictures now, or at `keep_until`."""
        if keep_until is None:
            await self._statements.execute(_dropped, {"request": request_id})
        else:
            await self._statements.execute(_expiring, {"request": request_id, "moment": keep_until})

    async def purge(self, now: datetime) -> int:
        """Deletes bytes that have expired, and returns the number of pictures."""
        expired = (blobs.c.expires_at.is_not(None), blobs.c.expires_at <= now)
        return (await self._statements.execute(delete(blobs).where(*expired))).rowcount

    async def _select(self, request_id: int) -> list[PictureRecord]:
        rows = await self._statements.execute(_of_request, {"request": request_id})
        return [
            PictureRecord(id_, of_request, draw_id, ordinal, *about)
            for ordinal, (id_, of_request, draw_id, *about) in enumerate(rows)
        ]
