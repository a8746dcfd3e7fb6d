"""What a message asks for: words, source images, and a picture of the bot that it refines."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from aiogram.enums import ChatType
from aiogram.types import Document, Message, PhotoSize, User

from bot.jobs.acceptance.parameters import sources
from storage import Database
from storage.records import PictureRecord, Request

MOST_BYTES = 20_000_000  # getFile, Bot API
MOST_PREFIXES = 5  # commands and names in front of the words; whatever comes after them is a prompt
# What a picture sent as a file may claim to be; its bytes decide. Clients that know no HEIC or AVIF say octet-stream.
UNKNOWN_TYPES = (None, "", "application/octet-stream")
PICTURE_NAMES = re.compile(r"\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|heic|heif|avif)$", re.IGNORECASE)

_COMMAND = re.compile(r"/imagine(?:@\w+)?(?:\s+|$)", re.IGNORECASE)


Album: TypeAlias = Sequence[Message]  # all parts of one, in their order; empty for a message that is in none


@dataclass(frozen=True, slots=True)
class InputPicture:
    """A source image, by Telegram's file_id. `shape` is (width, height): of a photo its size in pixels, of a file that
    of its thumbnail; None: Telegram does not tell."""

    file_id: str
    shape: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MessageInput:
    """`words`: as typed, with flags. `parent`: the request that is refined. `refined`: its pictures; only one if it is
    clear which is meant."""

    words: str
    pictures: tuple[InputPicture, ...] = ()
    sent: bool = False  # the pictures came with the words
    answered: tuple[InputPicture, ...] = ()  # of somebody's message that was replied to with pictures
    parent: Request | None = None
    refined: tuple[PictureRecord, ...] = ()
    model_id: str | None = None  # draws it, unless the words name another model
    borrowed: bool = False  # the words are those of the message that was replied to
    styles: tuple[str, ...] | None = None  # presets that a button named, in place of those that the words name
    alone: bool = False  # words without command, reply or quotation in a private chat: perhaps about the last picture
    continued: bool = False  # `parent` is the last picture there, which they do not name


class PictureTooBigError(Exception):
    """The file is larger than a bot may download."""


class NotAllPicturesError(Exception):
    """A part of the album is not a picture. Leaving it out would draw something else than was asked for."""


class AlbumHiddenError(Exception):
    """In a group only the part of an album that has the command arrived: privacy mode hides the others from the bot."""


async def wish_of(
    message: Message, me: User, db: Database, album: Album = (), known: Callable[[str], bool] = lambda _: False
) -> MessageInput:
    """What a message asks for: its own words, else those of the message that it replies to. Pictures are those of the
    whole `album`, whose parts are given in order. `known(name)`: whether there is such a wildcard. Raises
    PictureTooBigError and NotAllPicturesError."""
    words, pictures = typed(message, me.username, known), pictures_in(album or [message])
    if album and len(pictures) < len(album):
        raise NotAllPicturesError
    replied = message.reply_to_message
    if replied is None:
        quoted = message.quote.text if message.quote is not None else ""
        borrowed, alone = not words and bool(quoted), _is_alone(message)
        return MessageInput(words or quoted, pictures, sent=bool(pictures), borrowed=borrowed, alone=alone)
    ours = replied.from_user is not None and replied.from_user.id == me.id
    parent, refined = None, tuple[PictureRecord, ...]()
    if ours or message.chat.type == ChatType.CHANNEL:  # where all posts are the channel's, the bot's as well
        parent, refined = await _refined(message.chat.id, replied.message_id, db)
    if ours or parent is not None:
        shown = picture_in(replied)
        if shown is not None and len(refined) == 1 and refined[0].file_id is None:
            # Answered before what Telegram said to the sending was stored; the message itself has the picture.
            refined = (replace(refined[0], file_id=shown.file_id),)
        return MessageInput(words, pictures, sent=bool(pictures), parent=parent, refined=refined)
    sent, answered = bool(pictures), pictures_in([replied])
    if not sent:
        pictures, answered = answered, ()
    if words:
        return MessageInput(words, pictures, sent, answered)
    quoted = message.quote.text if message.quote is not None and message.quote.is_manual else ""
    theirs = quoted or typed(replied, me.username, known)
    return MessageInput(theirs, pictures, sent, answered, borrowed=bool(theirs))


def _is_alone(message: Message) -> bool:
    """Whether the message is nothing but the writer's own words, in a private chat."""
    about_another = message.quote or message.external_reply or message.forward_origin
    plain = message.text is not None and not message.text.lstrip().startswith(("/", "@"))
    return plain and message.chat.type == ChatType.PRIVATE and about_another is None


async def _refined(chat_id: int, message_id: int, db: Database) -> tuple[Request | None, tuple[PictureRecord, ...]]:
    """What one of the bot's messages shows: a request with all its pictures, those of one of its sheets, or one picture
    that was sent in full."""
    async with db.read() as unit:
        request = await unit.requests.by_message(chat_id, message_id)
        if request is not None:
            pictures = await unit.pictures.of_request(request.id)
            sheets = await unit.sheets.of_request(request.id) if len(pictures) > 1 else []
            own = [sheet.pictures for sheet in sheets if sheet.message_id == message_id]
            own += [slice(0, sheets[0].first)] if sheets else [slice(None)]
            return request, sources(request, pictures[own[0]])
        picture = await unit.pictures.by_message(chat_id, message_id)
        if picture is None:
            return None, ()
        request = await unit.requests.get(picture.request_id)
        return request, sources(request, [picture]) if request is not None else ()


def typed(message: Message, username: str | None, known: Callable[[str], bool] = lambda _: False) -> str:
    """The text or caption without the command and the bot's @name in front of it, in any order and number: "@bot
    /imagine a fox", "/imagine @bot a fox"."""
    text = _with_wildcards(message, known).strip()
    for _ in range(MOST_PREFIXES):
        said = addressed(text, username)
        command = _COMMAND.match(text)
        if said is None and command is None:
            break
        text = said if said is not None else text[command.end() :].strip() if command is not None else text
    return text


def _with_wildcards(message: Message, known: Callable[[str], bool]) -> str:
    """The text or caption with `__animal__` as it was typed: Telegram apps turn it into "animal" in italics."""
    text = message.text or message.caption or ""
    names = [
        entity
        for entity in message.entities or message.caption_entities or ()
        if entity.type == "italic" and known(entity.extract_from(text))
    ]
    if not names:
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    mark = "__".encode("utf-16-le")
    for entity in sorted(names, key=lambda entity: entity.offset, reverse=True):
        begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        data = data[:begin] + mark + data[begin:end] + mark + data[end:]
    return data.decode("utf-16-le", "surrogatepass")


def addressed(text: str, username: str | None) -> str | None:
    """The words after the bot's name in "@bot a fox"; None: the text does not begin with its name."""
    name = re.match(rf"\s*@{re.escape(username)}(?!\w)[\s,:]*", text, re.IGNORECASE) if username else None
    return text[name.end() :].strip() if name else None


def picture_in(message: Message) -> InputPicture | None:
    """A photo, a static sticker, or a picture sent as a file. An animation is none, although Telegram shows it as a
    file as well. Raises PictureTooBigError."""
    if message.photo:
        photo = message.photo[-1]
        return InputPicture(photo.file_id, _shape(photo))
    sticker = message.sticker
    if sticker is not None and not sticker.is_animated and not sticker.is_video:
        return InputPicture(sticker.file_id, (sticker.width, sticker.height))
    document = message.document
    if document is None or message.animation is not None or not is_picture(document):
        return None
    if (document.file_size or 0) > MOST_BYTES:
        raise PictureTooBigError
    return InputPicture(document.file_id, _shape(document.thumbnail))


def pictures_in(messages: Sequence[Message]) -> tuple[InputPicture, ...]:
    """The pictures of all these messages, in order. Raises PictureTooBigError."""
    return tuple(picture for message in messages if (picture := picture_in(message)) is not None)


def pictures_meant(message: Message, album: Album = ()) -> tuple[InputPicture, ...]:
    """The pictures that a command without words is about: those of its message or album, else those of the message that
    it replies to. Raises PictureTooBigError."""
    replied = message.reply_to_message
    return pictures_in(album or [message]) or pictures_in([replied] if replied is not None else [])


def shows_picture(message: Message) -> bool:
    """Whether there is a source image, of whatever size."""
    try:
        return picture_in(message) is not None
    except PictureTooBigError:
        return True


def is_picture(document: Document) -> bool:
    if document.mime_type in UNKNOWN_TYPES:
        return PICTURE_NAMES.search(document.file_name or "") is not None
    return (document.mime_type or "").startswith("image/") and document.mime_type != "image/svg+xml"


def _shape(size: PhotoSize | None) -> tuple[int, int] | None:
    return (size.width, size.height) if size is not None and size.width > 0 and size.height > 0 else None
