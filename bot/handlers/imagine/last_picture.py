"""The last picture of a private chat, which words without a reply may change."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import Database
from storage.records import PictureRecord, Request, RequestState

_LOOKS, _LOOK = 40, 0.05  # s between two
_TOGETHER = timedelta(seconds=5)  # Telegram's times are whole seconds, and its clock need not be ours


@dataclass(frozen=True, slots=True)
class LastPicture:
    """The request, those of its pictures that are shown, and the message of the newest request in the chat."""

    request: Request
    pictures: tuple[PictureRecord, ...]
    message_id: int


async def last_picture(
    db: Database, chat_id: int, said_at: datetime, source: str, *, within: timedelta | None
) -> LastPicture | None:
    """The picture that a message sent at `said_at` changes. A picture that was shown by itself after the newest request
    takes precedence over that one's. None: there is none, or the message (its act is `source`) has asked already.

    `within`: only the newest request counts, and only if it has a single picture that is not older than this. Raises
    StorageUnavailable.
    """
    request = await _newest(db, chat_id, source, delivered=within is None)
    async with db.read() as unit:
        if request is None or request.state is not RequestState.DELIVERED or request.message_id is None:
            return None
        if within is not None and not _recent(request, said_at, within):
            return None
        message_id = request.message_id
        alone = await unit.pictures.latest_in_full(chat_id, after=request.message_id)
        if alone is None:
            pictures = tuple(await unit.pictures.of_request(request.id))
        else:
            found = await unit.requests.get(alone.request_id)
            if found is None:
                return None
            request, pictures = found, (alone,)
    if not request.prompt or not pictures:  # its person wished to be forgotten
        return None
    if within is not None and (len(pictures) != 1 or pictures[0].file_id is None):
        return None
    return LastPicture(request, pictures, message_id)


async def _newest(db: Database, chat_id: int, source: str, *, delivered: bool) -> Request | None:
    """The newest request. A person sees a picture a moment before its delivery is stored, so this waits for that
    moment."""
    request: Request | None = None
    for _ in range(_LOOKS):
        async with db.read() as unit:
            if await unit.requests.of_source(source) is not None:
                return None
            request = await unit.requests.latest_shown(chat_id, delivered=delivered)
        if request is None or request.state is not RequestState.DRAWN:
            return request
        await asyncio.sleep(_LOOK)
    return request


def _recent(request: Request, said_at: datetime, within: timedelta) -> bool:
    return request.finished_at is not None and -_TOGETHER <= said_at - request.finished_at <= within
