"""What happens to every press before and after its handler: it is answered once and soon, and counts only when it may.

Handlers behind these middlewares begin with the thing itself: who pressed, on which request or picture, and that they
may, is settled.
"""

import asyncio
from typing import Any, cast

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, TelegramObject

from bot.handlers.permissions.presses import PressRights, Refusal
from bot.handlers.press import Press, RecentPresses
from bot.handlers.sender import Sender, speaker_of
from bot.telegram.outbox.outbox import Outbox
from bot.texts.fluent import Texts, choose
from storage import StorageUnavailable


class PressMiddleware(BaseMiddleware):
    """Outer: also a press that no handler wants, or whose handler fails, is answered. Puts `press` into the data, and
    lets nothing through that stands on no button of its message."""

    def __init__(self, outbox: Outbox, texts: Texts, recent: RecentPresses) -> None:
        self._outbox = outbox
        self._texts = texts
        self._recent = recent

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        assert isinstance(event, CallbackQuery)
        press = data["press"] = Press(event, self._outbox, self._recent)
        speaker = speaker_of(event)
        words = self._texts(choose(speaker[2] if speaker else None, None))
        if press.carries is False:  # forged, or the message has changed since
            await press.answer(words.get("press-button-gone"))
            return None
        late = asyncio.create_task(press.answer_late())  # ends within this call
        try:
            return await handler(event, data)
        except Exception as error:
            key = "error-storage" if isinstance(error, StorageUnavailable) else "error-internal"
            await press.answer(words.get(key), alert=True)
            raise
        finally:
            await press.answer()
            late.cancel()


class PressRightsMiddleware(BaseMiddleware):
    """Inner, behind `person` and the filters' `callback_data`: asks `PressRights`, and either answers the press or
    puts what it found (`owned`, `answered`) into the data. Handlers get the press in place of the query."""

    def __init__(self, rights: PressRights) -> None:
        self._rights = rights

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        press: Press = data.pop("press")
        person: Sender = data["person"]
        pressed = data.get("callback_data")
        if isinstance(pressed, CallbackData):
            found = await self._rights.of(press, person, pressed)
            if isinstance(found, Refusal):
                await press.answer(person.texts.get(found.key, **found.values), alert=True)
                return None
            data.update(found)
        return await handler(cast("TelegramObject", press), data)
