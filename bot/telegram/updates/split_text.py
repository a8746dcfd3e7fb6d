"""Texts that Telegram apps cut in two: a message holds 4096 UTF-16 units, and the rest of a longer text comes as
another message a moment later. Together they are what the person wrote.

Apps cut at 4096 units, or before that at the end of a line or word, but never in the first half.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice

from aiogram.types import Message, Update
from cachetools import LRUCache

from bot.telegram.updates.lane import Lane, Part
from storage import Database
from storage.records import LongText

LIMIT = 4096  # UTF-16 units of a message (Bot API)
LONG = LIMIT // 2  # units from which a message may be the first part of a longer text
WITHIN = timedelta(seconds=2)  # between the dates of two parts; these are whole seconds
REMEMBERED = 256  # long texts whose next part may still come
MOST_PARTS = 4  # beyond that a text is far too long anyway
QUIET = 1.0  # s in which the next part comes
LOOKED_AT = 32  # updates of a person among which it is looked for


def is_long(message: Message | None) -> bool:
    """Whether another part of the text may follow."""
    return message is not None and message.text is not None and _units(message.text) >= LONG


async def rest_of_text(first: Message, lane: Lane) -> list[Part] | None:
    """The other parts of the text that `first` begins, if it is long. None: the process stops before they are known."""
    found: list[Part] = []
    last, waited = first, False
    while is_long(last) and len(found) < MOST_PARTS - 1:
        if lane.stopping():
            return None
        following = _next_part(last, lane)
        if following is None and waited:
            break
        if following is None:
            await lane.rest(QUIET)
            waited = True
            continue
        found.append(following)
        assert following[1].message is not None
        last, waited = following[1].message, False
    return found


def _next_part(part: Message, lane: Lane) -> Part | None:
    """The next message in that chat, if it continues the text."""
    for waiting in islice(lane.queue, 1, LOOKED_AT):
        update = lane.read(waiting.row)
        message = update.message if update is not None else None
        if update is not None and message is not None and message.chat.id == part.chat.id:
            if message.message_id <= part.message_id:  # an earlier part
                continue
            return (waiting, update) if continues(part, message) else None
    return None


def continues(part: Message, message: Message) -> bool:
    """Whether `message` is the next part of the text of `part`, which is long."""
    return part.forward_origin is None and _follows(_noted(0, part), message)


def _follows(part: LongText, message: Message) -> bool:
    return (
        message.text is not None
        and not message.text.startswith("/")
        and message.chat.id == part.chat_id
        and message.forward_origin is None
        and message.message_id > part.message_id
        and (message.reply_to_message is None or _answers(message) == part.reply_to)
        and timedelta(0) <= message.date - part.sent_at <= WITHIN
    )


def joined(parts: Sequence[Update]) -> Update:
    """The first update with the text of all parts; what it quotes, and its entities, stay its own."""
    first, texts = parts[0], [part.message.text for part in parts if part.message is not None]
    assert first.message is not None
    whole = ""
    for text, following in zip(texts, [*texts[1:], None], strict=True):
        whole += text or ""
        if following is not None and _units(text or "") < LIMIT:  # Telegram drops the space at which it was cut
            whole += " "
    return first.model_copy(update={"message": first.message.model_copy(update={"text": whole})})


class LateParts:
    """Recognises a part that comes after the text that it belongs to was answered: it must not be drawn by itself.

    It knows the texts that this process has answered, and those that it read from the rows: those of other processes
    for each person who writes to this one, and at the start those of an earlier process.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: LRUCache[tuple[int, int], LongText] = LRUCache(REMEMBERED)

    def learn(self, texts: Iterable[LongText]) -> None:
        for text in texts:
            key = text.lane, text.chat_id
            known = self._last.get(key)
            if known is not None and known.message_id > text.message_id:
                continue
            self._last[key] = text

    async def recall(self, lane: int) -> None:
        """Reads one person's texts from the rows. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            self.learn(await unit.long_texts.of([lane]))

    async def handled(self, lane: int, message: Message | None) -> None:
        """`message` was the last part of a text so far. Raises StorageUnavailable."""
        if message is None or not is_long(message) or message.forward_origin is not None:
            return
        text = _noted(lane, message)
        self.learn([text])
        async with self._db.transaction() as unit:
            await unit.long_texts.note(text)

    def late(self, lane: int, message: Message | None) -> bool:
        if message is None or not self._last:
            return False
        part = self._last.get((lane, message.chat.id))
        return part is not None and _follows(part, message)


def _noted(lane: int, message: Message) -> LongText:
    return LongText(lane, message.chat.id, message.message_id, message.date, _answers(message))


def _answers(message: Message) -> int | None:
    return message.reply_to_message.message_id if message.reply_to_message is not None else None


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
