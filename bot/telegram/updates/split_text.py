"""Texts that Telegram's clients cut in two: a message holds 4096 UTF-16 units, and what is pasted beyond that comes as
another message a moment later. Together they are what the person wrote.

Clients cut at 4096 units, or before that where a line or word ends, but never in the first half.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta

from aiogram.types import Message, Update

LIMIT = 4096  # UTF-16 units of a message (Bot API)
LONG = LIMIT // 2  # units from which a message may be the first part of a longer text
WITHIN = timedelta(seconds=2)  # between the dates of two parts; these are whole seconds
MOST_PARTS = 4  # beyond that a text is far too long anyway
REMEMBERED = 256  # long texts whose next part may still come


def is_long(message: Message | None) -> bool:
    """Whether there may be another part of it."""
    return message is not None and message.text is not None and _units(message.text) >= LONG


def continues(part: Message, message: Message | None) -> bool:
    """Whether `message` is the next part of the text that `part`, which is long, belongs to."""
    return (
        message is not None
        and message.text is not None
        and not message.text.startswith("/")
        and message.chat.id == part.chat.id
        and message.forward_origin is None
        and part.forward_origin is None
        and message.message_id > part.message_id
        and (message.reply_to_message is None or _answers(message) == _answers(part))
        and timedelta(0) <= message.date - part.date <= WITHIN
    )


def joined(parts: Sequence[Update]) -> Update:
    """The first update with the text of all; what it quotes, and its entities, are its own."""
    first, texts = parts[0], [part.message.text for part in parts if part.message is not None]
    assert first.message is not None
    whole = ""
    for text, following in zip(texts, [*texts[1:], None], strict=True):
        whole += text or ""
        if following is not None and _units(text or "") < LIMIT:  # Telegram drops the space at which it was cut
            whole += " "
    return first.model_copy(update={"message": first.message.model_copy(update={"text": whole})})


class LateParts:
    """Recognises a part that came when what it belongs to had been answered already: it must not be drawn alone."""

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[int, int], Message] = OrderedDict()

    def handled(self, lane: int, message: Message | None) -> None:
        """`message` was the last part of a text that there was then."""
        if message is None or not is_long(message):
            return
        key = lane, message.chat.id
        self._last[key] = message
        self._last.move_to_end(key)
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)

    def late(self, lane: int, message: Message | None) -> bool:
        if message is None or not self._last:
            return False
        part = self._last.get((lane, message.chat.id))
        if part is None or not continues(part, message):
            return False
        self.handled(lane, message)  # a third part would be late as well
        return True


def _answers(message: Message) -> int | None:
    return message.reply_to_message.message_id if message.reply_to_message is not None else None


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
