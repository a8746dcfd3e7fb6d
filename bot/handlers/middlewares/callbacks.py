"""A press on a button: answered exactly once and soon, whatever its handler does; and counted once, however often
it is repeated."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from bot.handlers.addressing import message_key
from bot.handlers.middlewares.sender import speaker_of
from bot.telegram.outbox.outbox import Outbox
from bot.texts.fluent import Texts, choose
from storage import StorageUnavailable

REPEAT_WINDOW = 3.0  # seconds in which a second press of the same button is the same wish
REMEMBERED = 4096  # presses within that window; more would be far beyond what people can press
PATIENCE = 8.0  # seconds until a press is answered though its handler still works; Telegram expires it after 15


class Press:
    """Handlers get it as `press`."""

    def __init__(self, outbox: Outbox, query_id: str) -> None:
        self._outbox = outbox
        self._query_id = query_id
        self._lock = asyncio.Lock()
        self._answered = False

    async def answer(self, text: str | None = None, *, alert: bool = False) -> None:
        """The first call answers, and any later one only waits until that is done."""
        async with self._lock:
            if not self._answered:
                self._answered = True
                await self._outbox.answer_query(self._query_id, text, alert)

    async def answer_late(self) -> None:
        await asyncio.sleep(PATIENCE)
        await self.answer()


class PressMiddleware(BaseMiddleware):
    """Outer: also a press that no handler wants, or whose handler fails, is answered."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[object]],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        assert isinstance(event, CallbackQuery)
        outbox: Outbox = data["outbox"]
        texts: Texts = data["texts"]
        press = data["press"] = Press(outbox, event.id)
        late = asyncio.create_task(press.answer_late())  # ends within this call
        try:
            return await handler(event, data)
        except Exception as error:
            speaker = speaker_of(event)
            words = texts(choose(speaker[2] if speaker else None, None))
            if isinstance(error, StorageUnavailable):
                await press.answer(words.get("error-storage"), alert=True)
            else:
                await press.answer(words.get("error-internal"), alert=True)
            raise
        finally:
            await press.answer()
            late.cancel()


class RecentPresses:
    """Which buttons were pressed within the last three seconds; bounded, the oldest are forgotten first.

    The other half is `source_of`: an update that is fed again after a crash makes no second request.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now  # seconds from anywhere
        self._seen: OrderedDict[tuple[int, int, str], float] = OrderedDict()

    def repeated(self, query: CallbackQuery) -> bool:
        """Whether the same button was pressed a moment ago, by whomever; counts this press if not."""
        if query.message is None:
            return False
        key = (*message_key(query.message), query.data or "")
        now = self._now()
        while self._seen and (next(iter(self._seen.values())) <= now - REPEAT_WINDOW or len(self._seen) >= REMEMBERED):
            self._seen.popitem(last=False)
        if key in self._seen:
            return True
        self._seen[key] = now
        return False


def source_of(query: CallbackQuery) -> str:
    """The name of the act: the query's own id, which is the same when its update comes twice."""
    return f"b:{query.id}"
