"""What somebody who is banned gets to see: presses are answered with one sentence, messages in private once an hour.
In groups, where all would read it, nothing."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from aiogram.enums import ChatType
from aiogram.types import InlineQuery, Message, TelegramObject

from bot.handlers.addressing import aside_of
from bot.handlers.inline_answers import only_told
from bot.handlers.press import Press
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts
from storage.records import Ban

TOLD_FOR = 3600.0  # s
TOLD = 1024  # people


class Bans:
    def __init__(self, outbox: Outbox, operators: frozenset[int], now: Callable[[], float]) -> None:
        self._outbox = outbox
        self._operators = operators
        self._now = now  # seconds from anywhere
        self._told: OrderedDict[int, float] = OrderedDict()

    def holds(self, person: int, ban: Ban | None) -> bool:
        """A ban that somebody had before they became an operator counts no more."""
        return ban is not None and person not in self._operators

    async def answer(
        self, event: TelegramObject, data: dict[str, Any], person: int, ban: Ban, texts: LanguageTexts
    ) -> None:
        """`data` is aiogram's workflow data."""
        said = banned(texts, ban)
        press = data.get("press")
        if isinstance(press, Press):
            await press.answer(said, alert=True)
        elif isinstance(event, InlineQuery):
            await self._outbox.answer_inline(event.id, only_told(said))
        elif not isinstance(event, Message) or event.guest_query_id is not None:
            return  # the chat of a guest question is not the bot's
        elif event.chat.type == ChatType.PRIVATE and self._first(person):
            await self._outbox.reply(aside_of(event), Card(banned(texts, ban, html=True)))

    def _first(self, person: int) -> bool:
        now = self._now()
        told = self._told.pop(person, None)
        if told is not None and now - told < TOLD_FOR:
            self._told[person] = told
            return False
        self._told[person] = now
        if len(self._told) > TOLD:
            self._told.popitem(last=False)
        return True


def banned(texts: LanguageTexts, ban: Ban, *, html: bool = False) -> str:
    say = texts.html if html else texts.get
    reason = f" {ban.reason}" if ban.reason else ""
    if ban.until is None:
        return say("banned", reason=reason)
    return say("banned-until", until=f"{ban.until:%Y-%m-%d %H:%M}", reason=reason)
