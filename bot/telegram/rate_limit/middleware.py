"""Flood control: a request middleware through which every message to a chat leaves in time and in turn.

Budgets per chat and over all (`budgets`), the order in which calls leave (`schedule`, `lanes`), and what a 429
does: no call to that chat leaves until its window is over, none at all when several chats were hit at once. Inline
messages that were refused may be in one chat, so from then on they take turns (`REFUSED_TOGETHER`). A call that was
refused had no effect, so it stands in the queue again until its lane's patience ends.

Where several processes share a bot, the schedule still says whose turn it is here, and each call that is about to
leave also takes a place in the budget of all (`shared`).
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from cachetools import TTLCache

from bot.clock import Clock
from bot.operations import metrics
from bot.telegram.not_sent import TooLate, Withdrawn
from bot.telegram.rate_limit.budgets import REFUSED_TOGETHER, ChatKey, is_inline
from bot.telegram.rate_limit.priority import RETRIED_AFTER_429, Priority, Urgency, urgency
from bot.telegram.rate_limit.schedule import Departure, Schedule
from bot.telegram.rate_limit.shared_budget import SharedPlaces

log = structlog.stdlib.get_logger(__name__)

CROWD = 3  # that many chats refused ...
REMEMBERED = 600.0  # s for which an inline message that was refused is taken to be in one chat with others
MOST_REMEMBERED = 10_000
CROWD_SPAN = 5.0  # ... within so many seconds: it is not the chats, it is us


@dataclass(frozen=True, slots=True)
class _Refusal:
    chat: ChatKey
    at: float
    until: float


class FloodControl(BaseRequestMiddleware):
    """One per bot and process. `rate`: messages a second over all chats. `jitter` gives numbers in [0, 1)."""

    def __init__(
        self,
        clock: Clock,
        rate: float,
        *,
        shared: SharedPlaces | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._shared = shared
        self._jitter = jitter
        self._taking: asyncio.Task[None] | None = None
        self._schedule = Schedule(rate)
        self._answers: dict[Departure, asyncio.Future[None]] = {}  # of those that wait
        self._refusals: deque[_Refusal] = deque(maxlen=32)
        self._together: TTLCache[ChatKey, None] = TTLCache(MOST_REMEMBERED, REMEMBERED, timer=clock.monotonic)
        self._timer: asyncio.Task[None] | None = None
        self._timer_due = 0.0

    @property
    def waiting(self) -> int:
        """Calls that wait for their turn."""
        return self._schedule.waiting

    @property
    def remembered(self) -> int:
        """Chats about which something is remembered."""
        return len(self._schedule)

    async def close(self) -> None:
        """Calls that still wait fail with `TooLate`."""
        for future in self._answers.values():
            if not future.done():
                future.set_exception(TooLate("the bot stops"))
        self._stop_timer()
        if self._taking is not None:
            self._taking.cancel()

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Raises `TooLate` or `Withdrawn` if the call did not leave, else what the call raises."""
        how, chat = urgency(), limited_chat(method)
        if chat is None or how.lane is Priority.QUERY:
            return await make_request(bot, method)
        deadline = self._clock.monotonic() + how.seconds
        while True:
            key = REFUSED_TOGETHER if chat in self._together else chat
            departure = await self._leave(key, how, deadline)
            refused = False
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                refused = True
                metrics.telegram_refused()
                if is_inline(chat):
                    self._together[chat] = None
                    key = REFUSED_TOGETHER
                again = self._refused(key, error.retry_after)
                if self._shared is not None:
                    await self._shared.refused(key, error.retry_after)
                if how.lane not in RETRIED_AFTER_429 or again > deadline:
                    raise
            finally:
                now = self._clock.monotonic()
                self._schedule.settle(departure, now, refused=refused)
                self._turn(now)

    async def _leave(self, chat: ChatKey, how: Urgency, deadline: float) -> Departure:
        """Wait for the turn of one call."""
        if how.recall is not None and how.recall.called_back:
            raise Withdrawn
        now = self._clock.monotonic()
        if self._schedule.pause_of(chat) > deadline:
            raise TooLate(f"Telegram takes nothing for {self._schedule.pause_of(chat) - now:.0f} s")
        departure = self._schedule.add(chat, how.lane, deadline, now)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answers[departure] = future
        try:
            self._turn(now)
            if how.recall is None or future.done():
                await future
            else:
                with how.recall.stopping(lambda: self._withdraw(departure)):
                    await future
        except BaseException:
            if departure.waiting:
                self._schedule.remove(departure)
            elif departure.chat_place >= 0:  # cancelled between its turn and its leaving
                self._schedule.give_back(departure, self._clock.monotonic())
            self._turn(self._clock.monotonic())
            raise
        finally:
            del self._answers[departure]
        metrics.flood_delayed(how.lane.name.lower(), self._clock.monotonic() - now)
        return departure

    def _withdraw(self, departure: Departure) -> None:
        future = self._answers[departure]
        if not future.done():  # else it is on its way
            self._schedule.remove(departure)
            future.set_exception(Withdrawn())

    def _turn(self, now: float) -> None:
        if self._shared is None:
            leaving, late = self._schedule.turn(now)
            for departure in leaving:
                self._let_go(departure)
            self._too_late(late)
        elif self._taking is not None and not self._taking.done():
            return  # it looks at all there is, and sets the timer when there is no more
        elif self._schedule.waiting:
            self._taking = asyncio.create_task(self._take_places(self._shared), name="places in the shared budget")
            return
        self._set_timer(self._schedule.next_turn(now), now)

    async def _take_places(self, shared: SharedPlaces) -> None:
        """One after the other, in the schedule's order, as long as there are any."""
        try:
            while (chat := self._schedule.pick(self._clock.monotonic())) is not None:
                head = chat.head()
                assert head is not None
                lane = head.lane
                waits = await shared.take(chat.key, lane)
                now = self._clock.monotonic()
                if not waits.granted:
                    self._schedule.hold(chat, lane, now, chat_until=now + waits.chat, until=now + waits.over_all)
                elif (departure := self._schedule.let_go(chat, now)) is not None:
                    self._let_go(departure)
        except Exception:
            log.exception("no places in the shared budget")
            self._schedule.pause_all(self._clock.monotonic() + 1.0)
        now = self._clock.monotonic()
        self._too_late(self._schedule.expired(now))
        self._set_timer(self._schedule.next_turn(now), now)

    def _let_go(self, departure: Departure) -> None:
        if not self._answers[departure].done():
            self._answers[departure].set_result(None)

    def _too_late(self, late: list[Departure]) -> None:
        for departure in late:
            if not self._answers[departure].done():
                self._answers[departure].set_exception(TooLate("no budget in time"))

    def _set_timer(self, due: float | None, now: float) -> None:
        if due is None:
            self._stop_timer()
        elif self._timer is None or due < self._timer_due:
            self._stop_timer()
            self._timer_due = due
            self._timer = asyncio.create_task(self._ring(due - now), name="flood control's timer")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _ring(self, seconds: float) -> None:
        await self._clock.sleep(max(0.0, seconds))
        self._timer = None
        self._turn(self._clock.monotonic())

    def _refused(self, chat: ChatKey, retry_after: float) -> float:
        """Note a 429 and return the moment from which the chat may be called again."""
        now = self._clock.monotonic()
        until = now + retry_after + 0.1 + self._jitter() * min(1.0, 0.1 * retry_after)
        self._schedule.pause(chat, until, now)
        self._refusals.append(_Refusal(chat, now, until))
        ends = {refusal.chat: refusal.until for refusal in self._refusals if now - refusal.at <= CROWD_SPAN}
        if len(ends) >= CROWD:
            # A chat's own window can be among them and be far longer, so the shortest: the others keep their own.
            self._schedule.pause_all(min(ends.values()))
        log.warning("telegram asks to wait", chat=chat, seconds=retry_after, everywhere=len(ends) >= CROWD)
        return self._schedule.pause_of(chat)


def limited_chat(method: TelegramMethod[TelegramType]) -> ChatKey | None:
    """The chat whose budget a call uses: everything that names a chat, but for reading. None passes freely:
    getUpdates, getMe, getFile, getChatMember, answerCallbackQuery, setMyCommands ..."""
    if method.__api_method__.startswith("get"):
        return None
    chat: ChatKey | None = getattr(method, "chat_id", None)
    inline: str | None = getattr(method, "inline_message_id", None)
    return chat if chat is not None else inline
