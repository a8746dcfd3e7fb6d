"""What a message wishes for: words, a picture to start from, and a picture of ours that it refines."""

import re
from dataclasses import dataclass

from aiogram.types import Document, Message

from storage import Database
from storage.records import Request

MOST_BYTES = 20_000_000  # getFile, Bot API
INPUT_TYPES = ("image/png", "image/jpeg", "image/webp")

_COMMAND = re.compile(r"/imagine(?:@\w+)?(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """`words` are as typed, flags included; `picture` is a file_id, `parent` the request that is refined."""

    words: str
    picture: str | None = None
    parent: Request | None = None
    borrowed: bool = False  # the words are those of the message that was replied to


class PictureTooBigError(Exception):
    """More than a bot may fetch."""


async def wish_of(message: Message, bot_id: int, db: Database) -> Wish:
    """Its own words, else those of the message it replies to. Raises PictureTooBigError."""
    words, picture, parent = typed(message), picture_in(message), None
    replied = message.reply_to_message
    if replied is None:
        quoted = message.quote.text if message.quote is not None else ""
        return Wish(words or quoted, picture, borrowed=not words and bool(quoted))
    if replied.from_user is not None and replied.from_user.id == bot_id:
        async with db.read() as unit:
            parent = await unit.requests.by_message(message.chat.id, replied.message_id)
        return Wish(words, picture, parent)
    picture = picture or picture_in(replied)
    if words:
        return Wish(words, picture)
    quoted = message.quote.text if message.quote is not None and message.quote.is_manual else ""
    borrowed = quoted or typed(replied)
    return Wish(borrowed, picture, borrowed=bool(borrowed))


def typed(message: Message) -> str:
    """The text or caption, without the command in front of it."""
    text = (message.text or message.caption or "").strip()
    command = _COMMAND.match(text)
    return text[command.end() :].strip() if command else text


def picture_in(message: Message) -> str | None:
    """The file_id of a photo, or of a picture sent as a file. Raises PictureTooBigError."""
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    if document is None or not is_picture(document):
        return None
    if (document.file_size or 0) > MOST_BYTES:
        raise PictureTooBigError
    return document.file_id


def is_picture(document: Document) -> bool:
    return document.mime_type in INPUT_TYPES
