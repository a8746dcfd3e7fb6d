"""Stores what a message asked for, for the buttons below the bot's answer. Telegram shows that message there without
the message that it replied to and without the rest of its album."""

import json
from datetime import datetime

from aiogram.types import Message

from bot.handlers.imagine.message_input import InputPicture, MessageInput
from storage import Database, Unit
from storage.records import KeptInput, PictureRecord


class KeptInputs:
    """Stored for a week, so that buttons work after a restart. All methods raise StorageUnavailable."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep(self, message: Message, requester_id: int, wish: MessageInput) -> int:
        """Stores the input of this message, replacing an earlier one, and returns its id."""
        async with self._db.transaction() as unit:
            kept = await unit.kept_inputs.keep(act_of(message), message.chat.id, requester_id, _written(wish))
        return kept.id

    async def of(self, message: Message) -> MessageInput | None:
        """The stored input of a message, or None."""
        async with self._db.read() as unit:
            kept = await unit.kept_inputs.of_source(act_of(message))
            return await _read(unit, kept) if kept is not None else None

    async def get(self, kept_id: int, chat_id: int) -> MessageInput | None:
        """The stored input with this id, if it belongs to a message of this chat."""
        async with self._db.read() as unit:
            kept = await unit.kept_inputs.get(kept_id)
            return await _read(unit, kept) if kept is not None and kept.chat_id == chat_id else None

    async def photos_without_words(self, chat_id: int, *, since: datetime) -> tuple[int, MessageInput] | None:
        """The pictures that the person of a private chat sent last, without words, and the id of their message."""
        async with self._db.read() as unit:
            kept = await unit.kept_inputs.latest(chat_id)
            if kept is None or kept.chat_id != chat_id or kept.kept_at < since:
                return None
            wish, message_id = await _read(unit, kept), kept.source.rpartition(":")[2]
        return (int(message_id), wish) if wish.pictures and not wish.words and message_id.isdigit() else None


def act_of(message: Message) -> str:
    """The `source` of a message: equal if its update comes twice."""
    if message.ephemeral_message_id is not None:
        return f"e:{message.chat.id}:{message.ephemeral_message_id}"
    return f"m:{message.chat.id}:{message.message_id}"


def _written(wish: MessageInput) -> str:
    content = {
        "words": wish.words,
        "pictures": [[picture.file_id, picture.shape] for picture in wish.pictures],
        "sent": wish.sent,
        "answered": [[picture.file_id, picture.shape] for picture in wish.answered],
        "parent": wish.parent.id if wish.parent is not None else None,
        "refined": [picture.id for picture in wish.refined],
        "model": wish.model_id,
        "borrowed": wish.borrowed,
        "continued": wish.continued,
    }
    return json.dumps({name: value for name, value in content.items() if value}, ensure_ascii=False)


async def _read(unit: Unit, kept: KeptInput) -> MessageInput:
    content = json.loads(kept.content)
    parent, refined = None, list[PictureRecord]()
    if parent_id := content.get("parent"):
        parent = await unit.requests.get(parent_id)
        found = [await unit.pictures.get(picture_id) for picture_id in content.get("refined", ())]
        refined = [picture for picture in found if picture is not None]
    return MessageInput(
        words=content.get("words", ""),
        pictures=_pictures(content.get("pictures", ())),
        sent=bool(content.get("sent")),
        answered=_pictures(content.get("answered", ())),
        parent=parent,
        refined=tuple(refined),
        model_id=content.get("model"),
        borrowed=bool(content.get("borrowed")),
        continued=bool(content.get("continued")),
    )


def _pictures(written: list[tuple[str, list[int] | None]]) -> tuple[InputPicture, ...]:
    return tuple(
        InputPicture(file_id, (shape[0], shape[1]) if shape is not None else None) for file_id, shape in written
    )
