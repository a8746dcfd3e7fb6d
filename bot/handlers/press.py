"""A press on a button: where it was, the one answer that it gets, and whether it was made a moment ago."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.handlers.addressing import aside_below, message_key, place_below, pressed_message
from bot.telegram.outbox.outbox import Card, Destination, Outbox, Shown

REPEAT_WINDOW = 3.0  # seconds in which a second press of the same button means the first one
REMEMBERED = 4096  # presses within that window; more would be far beyond what people can press
PATIENCE = 8.0  # seconds until a press is answered though its handler still works; Telegram expires it after 15


class RecentPresses:
    """Which buttons were pressed within the last three seconds; bounded, the oldest are forgotten first.

    The other half is `Press.source`: an update that is fed again after a crash makes no second request.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now  # seconds from anywhere
        self._seen: OrderedDict[tuple[int | str, int, str], float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def repeated(self, query: CallbackQuery) -> bool:
        """Whether the same button was pressed a moment ago, by whomever; counts this press if not."""
        if query.message is not None:
            key: tuple[int | str, int, str] = (*message_key(query.message), query.data or "")
        elif query.inline_message_id is not None:
            key = (query.inline_message_id, 0, query.data or "")
        else:
            return False
        now = self._now()
        while self._seen and (next(iter(self._seen.values())) <= now - REPEAT_WINDOW or len(self._seen) >= REMEMBERED):
            self._seen.popitem(last=False)
        if key in self._seen:
            return True
        self._seen[key] = now
        return False


class Press:
    """Handlers get it as `press`."""

    def __init__(self, query: CallbackQuery, outbox: Outbox, recent: RecentPresses) -> None:
        self.query = query
        self._outbox = outbox
        self._recent = recent
        self._lock = asyncio.Lock()
        self._answered = False

    @property
    def source(self) -> str:
        """The name of the act: the query's own id, which is the same when its update comes twice."""
        return f"b:{self.query.id}"

    @property
    def place(self) -> Destination | None:
        """As an answer to the message, for all to see, or the inline message itself; None where it is neither."""
        return place_below(self.query)

    @property
    def aside(self) -> Destination | None:
        """The same, in a group for whoever pressed alone."""
        return aside_below(self.query)

    @property
    def shown(self) -> Shown | None:
        """The message whose button was pressed."""
        return pressed_message(self.query)

    @property
    def message(self) -> Message | None:
        """The same as Telegram shows it; None where it does not."""
        return self.query.message if isinstance(self.query.message, Message) else None

    @property
    def carries(self) -> bool | None:
        """Whether the message has the very button that was pressed. A client may send any data for any message of the
        bot's, but only the bot decides which buttons a message has. None: Telegram does not show the message."""
        if self.message is None:
            return None
        if not self.query.data:
            return False
        rows = self.message.reply_markup.inline_keyboard if self.message.reply_markup is not None else ()
        return any(button.callback_data == self.query.data for row in rows for button in row)

    def repeated(self) -> bool:
        """Whether the same button was pressed a moment ago; counts this press if not."""
        return self._recent.repeated(self.query)

    @property
    def inline(self) -> bool:
        """Whether the message was sent through the bot, to a chat that it does not know."""
        return self.query.message is None and self.query.inline_message_id is not None

    async def answer(self, text: str | None = None, *, alert: bool = False) -> None:
        """The first call answers, and any later one only waits until that is done."""
        async with self._lock:
            if not self._answered:
                self._answered = True
                await self._outbox.answer_query(self.query.id, text, alert)

    async def answer_late(self) -> None:
        await asyncio.sleep(PATIENCE)
        await self.answer()

    async def reply(self, card: Card, place: Destination | None = None) -> None:
        """Below the message, or at another `place`, for all to see. Nothing can be below an inline message."""
        if (place := place or self.place) is not None and place.inline is None:
            await self._outbox.reply(place, card)

    async def whisper(self, card: Card) -> None:
        """Below the message, in a group for whoever pressed alone."""
        if (place := self.aside) is not None and place.inline is None:
            await self._outbox.reply(place, card)

    async def edit(self, card: Card) -> None:
        """In place of what the message says."""
        place, shown = self.aside, self.shown
        if place is not None and shown is not None:
            await self._outbox.edit(place, shown, card)

    async def show_page(self, card: Card) -> None:
        """In place of a picture and its caption."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None:
            await self._outbox.card(place, shown, card)

    async def show_buttons(self, keyboard: InlineKeyboardMarkup) -> None:
        """In place of the message's buttons."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None:
            await self._outbox.keyboard(place, shown, keyboard)

    async def remove(self) -> None:
        """Deletes the message, if it is one of the bot's own."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None and place.inline is None:
            await self._outbox.delete(place, shown.message_id)
