"""Telegram's sending limits, enforced exactly, for tests that must never run into one. Off unless switched on.

Private chat: a burst, then one message a second (token bucket). Group: at most 20 sends and edits in any 60 s.
All chats: at most 30 in any second. A call inside a pause that was imposed makes the pause longer, as Telegram does.
An edit of an inline message counts in the chat where that message is, which the bot is not told (a maintainer of the
Bot API server, tdlib/telegram-bot-api issue 648).
"""

import math
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.sandbox.errors import JsonObject, too_many

_COUNTED = ("send", "edit", "copy", "forward")
_FREE = frozenset({"sendchataction", "sendmessagedraft"})
_CHATS_KEPT = 20_000


@dataclass
class Limits:
    """`None` switches one of them off. Windows are in seconds."""

    per_second: int | None = 30
    private_rate: float | None = 1.0
    private_burst: int = 4
    group_count: int | None = 20
    group_window: float = 60.0


class FloodLimits:
    """`refused` counts the 429s; `sent` lists (monotonic time, chat, method) of the newest that passed."""

    def __init__(self, clock: Clock, inline_chat: Callable[[str], int | None] = lambda _: None) -> None:
        """`inline_chat`: the chat of an inline message; None: there is no such message."""
        self._clock = clock
        self._inline_chat = inline_chat
        self.limits: Limits | None = None
        self.refused = 0
        self.sent: deque[tuple[float, int, str]] = deque(maxlen=100_000)
        self._all: deque[float] = deque()
        self._chats: OrderedDict[int, deque[float]] = OrderedDict()
        self._paused: dict[int, tuple[float, int]] = {}  # chat -> until, length of the last pause

    def switch_on(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def switch_off(self) -> None:
        self.limits = None

    def check(self, method: str, params: JsonObject) -> None:
        """Counts the call. Raises ApiError (429 with retry_after)."""
        chat_id = params.get("chat_id")
        if isinstance(inline := params.get("inline_message_id"), str):
            chat_id = self._inline_chat(inline)
        name = method.lower()
        if self.limits is None or not isinstance(chat_id, int) or not name.startswith(_COUNTED) or name in _FREE:
            return
        now = self._clock.monotonic()
        weight = len(params["media"]) if name == "sendmediagroup" else 1
        wait = max(self._still_paused(chat_id, now), self._chat_wait(chat_id, now, weight), self._all_wait(now, weight))
        if wait > 0:
            self.refused += 1
            retry_after = max(1, math.ceil(wait))
            self._paused[chat_id] = (now + retry_after, retry_after)
            if len(self._paused) > _CHATS_KEPT:
                self._paused.pop(next(iter(self._paused)))
            raise too_many(retry_after)
        self._paused.pop(chat_id, None)
        self._all.extend([now] * weight)
        self._chats[chat_id].extend([now] * weight)
        self.sent.append((now, chat_id, method))

    def _still_paused(self, chat_id: int, now: float) -> float:
        until, length = self._paused.get(chat_id, (0.0, 0))
        return until - now + length if until > now else 0.0

    def _all_wait(self, now: float, weight: int) -> float:
        limit = self.limits.per_second if self.limits else None
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        if limit is None or len(self._all) + weight <= limit:
            return 0.0
        return self._all[0] + 1 - now if self._all else 0.0

    def _chat_wait(self, chat_id: int, now: float, weight: int) -> float:
        """How long until this chat may have `weight` messages more; 0: now."""
        limits = self.limits
        assert limits is not None
        times = self._chats.setdefault(chat_id, deque(maxlen=100))
        self._chats.move_to_end(chat_id)
        if len(self._chats) > _CHATS_KEPT:
            self._chats.popitem(last=False)
        if chat_id < 0:
            while times and now - times[0] >= limits.group_window:
                times.popleft()
            if limits.group_count is None or len(times) + weight <= limits.group_count:
                return 0.0
            return times[0] + limits.group_window - now if times else 0.0
        if limits.private_rate is None:
            return 0.0
        due = 0.0  # the bucket, replayed: when it would be full again
        for at in times:
            due = max(due, at) + 1 / limits.private_rate
        return max(0.0, due + (weight - limits.private_burst) / limits.private_rate - now)
