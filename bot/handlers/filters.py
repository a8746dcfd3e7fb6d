"""Rules for messages as filters that are asked in place.

aiogram runs every filter that is not async in a thread, a plain `F.text` as well: a switch there and back for each of
them that an update meets (`CallableObject.call` in its `dispatcher/event/handler.py`).
"""

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message
from magic_filter import MagicFilter


class Where(Filter):
    """Messages for which the rule holds."""

    def __init__(self, rule: MagicFilter) -> None:
        self._rule = rule

    async def __call__(self, message: Message) -> bool:
        return bool(self._rule.resolve(message))


PRIVATE = Where(F.chat.type == ChatType.PRIVATE)
