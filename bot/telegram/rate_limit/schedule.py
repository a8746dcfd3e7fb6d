"""Who leaves next: queues per chat under a budget over all. Pure: it is told the time and awaits nothing.

Thousands may wait: a chat stands either in the queue of its most urgent lane (`_ready`), when its own budget is
open, or in a heap by the moment when it will be (`_asleep`). A place in the budget over all is taken only when
the chat's own is open too and the call leaves at once, so a less urgent call cannot hold what a more urgent one
needs. Chats take turns within a lane, and one that is idle is forgotten.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from bot.telegram.rate_limit.budgets import (
    NEWCOMERS_WAIT,
    OVERDUE_OVER_ALL,
    PLACEHOLDER_SHARE,
    Budget,
    ChatKey,
    chat_budget,
    over_all,
    spread,
)
from bot.telegram.rate_limit.priority import Priority
from bot.telegram.rate_limit.sliding_window import Window

_LANES = tuple(Priority)
PROBE = 10.0  # s after which a chat that is probed is looked at again


@dataclass(eq=False, slots=True)
class Departure:
    """A call that waits for its turn, or has left and not been answered."""

    chat: "Chat"
    lane: Priority
    deadline: float
    since: float  # when it began to wait
    waiting: bool = True
    chat_place: int = -1
    place_over_all: int = -1


@dataclass(eq=False, slots=True)
class Chat:
    key: ChatKey
    budget: Budget
    window: Window
    paused_until: float = 0.0
    probing: bool = False  # it was refused: one call at a time until one passes
    queues: dict[Priority, dict[Departure, None]] = field(default_factory=dict)  # dicts as queues with cheap removal
    stamp: int = 0  # tells its newest entry in `_ready` or `_asleep` from stale ones
    ready: Priority | None = None
    held_lane: Priority = Priority.QUERY  # this one and less urgent ones wait for the shared budget ...
    held_until: float = 0.0  # ... until then

    def head(self) -> Departure | None:
        if not self.queues:
            return None
        return next(iter(self.queues[min(self.queues)]))

    def remove(self, departure: Departure) -> None:
        departure.waiting = False
        queue = self.queues[departure.lane]
        del queue[departure]
        if not queue:
            del self.queues[departure.lane]

    def due(self, lane: Priority, now: float) -> float:
        if self.probing and self.window.under_way:
            return now + PROBE  # or as soon as the answer comes
        if self.held_until > now and lane >= self.held_lane:
            return max(self.held_until, self.paused_until)
        return max(self.paused_until, self.window.opening(now, self.budget.share(lane)))


class Schedule:
    """Times are seconds of one monotonic clock. After every change the owner calls `turn`."""

    def __init__(self, rate: float) -> None:
        self._budget = over_all(rate)
        self._over_all = self._budget.window(OVERDUE_OVER_ALL)
        self._spread_budget = spread(self._budget)
        self._spread = self._spread_budget.window()
        self._newcomers = Window(max(1, int(self._budget.limit * PLACEHOLDER_SHARE)), self._budget.span)
        self._paused_until = 0.0
        self._held_until = [0.0] * len(Priority)  # over all, by lane: what the shared budget says
        self._chats: dict[ChatKey, Chat] = {}
        self._ready: dict[Priority, deque[tuple[int, Chat]]] = {lane: deque() for lane in Priority}
        self._asleep: list[tuple[float, int, ChatKey]] = []  # no chats: stale entries would keep forgotten ones
        self._deadlines: list[tuple[float, int, Departure]] = []
        self._stamps = count(1)
        self.waiting = 0

    def __len__(self) -> int:
        """Chats that are remembered."""
        return len(self._chats)

    def add(self, key: ChatKey, lane: Priority, deadline: float, now: float) -> Departure:
        chat = self._chat(key)
        departure = Departure(chat, lane, deadline, now)
        chat.queues.setdefault(lane, {})[departure] = None
        self.waiting += 1
        if len(self._deadlines) > 2 * self.waiting + 64:  # calls that left long before their deadline
            self._deadlines = [entry for entry in self._deadlines if entry[2].waiting]
            heapq.heapify(self._deadlines)
        heapq.heappush(self._deadlines, (deadline, next(self._stamps), departure))
        self._stand(chat, now)
        return departure

    def remove(self, departure: Departure) -> None:
        """It waits no more. Its chat keeps its turn, for a newer call that takes the place of this one."""
        if departure.waiting:
            departure.chat.remove(departure)
            self.waiting -= 1

    def settle(self, departure: Departure, now: float, *, refused: bool = False) -> None:
        """Its answer came; `refused`: a 429."""
        departure.chat.probing = departure.chat.probing and refused
        if departure.lane is Priority.ACTION:  # no message: it left while the chat had room, and holds nobody up
            departure.chat.window.give_back(departure.chat_place)
        else:
            departure.chat.window.settle(departure.chat_place, now)
        self._over_all.settle(departure.place_over_all, now)
        self._stand(departure.chat, now)

    def give_back(self, departure: Departure, now: float) -> None:
        """It was let go, but did not leave."""
        departure.chat.window.give_back(departure.chat_place)
        self._over_all.give_back(departure.place_over_all)
        self._stand(departure.chat, now)

    def pause(self, key: ChatKey, until: float, now: float) -> None:
        chat = self._chat(key)
        chat.paused_until = max(chat.paused_until, until)
        chat.probing = True
        chat.ready = None
        self._stand(chat, now)

    def pause_all(self, until: float) -> None:
        self._paused_until = max(self._paused_until, until)

    def pause_of(self, key: ChatKey) -> float:
        """No call to this chat leaves before."""
        chat = self._chats.get(key)
        return max(self._paused_until, chat.paused_until if chat else 0.0)

    def turn(self, now: float) -> tuple[list[Departure], list[Departure]]:
        """(those that leave now, those whose deadline passed)."""
        leaving = []
        while (chat := self.pick(now)) is not None:
            leaving.append(self._leave(chat, now))
        return leaving, self.expired(now)

    def pick(self, now: float) -> Chat | None:
        """The chat whose call is next of those that may leave now, as far as this process knows. The caller says what
        becomes of it: `let_go` or `hold`."""
        while self._asleep and self._asleep[0][0] <= now:
            _, stamp, key = heapq.heappop(self._asleep)
            if (chat := self._chats.get(key)) is not None and chat.stamp == stamp:
                self._stand(chat, now)
        return self._next(now)

    def let_go(self, chat: Chat, now: float) -> Departure | None:
        """A chat that was picked a moment ago has its place in the shared budget, too. None: nothing of it may leave
        any more, because it was called back or refused meanwhile."""
        head = chat.head()
        if head is None or chat.due(head.lane, now) > now or self._paused_until > now:
            self._stand(chat, now)
            return None
        return self._leave(chat, now)

    def hold(self, chat: Chat, lane: Priority, now: float, *, chat_until: float, until: float) -> None:
        """A chat that was picked has no place in the shared budget: neither its calls of this lane and of less urgent
        ones leave before `chat_until`, nor anybody's before `until`."""
        if chat_until > now:
            chat.held_lane, chat.held_until = lane, chat_until
        for other in Priority:
            if other >= lane:
                self._held_until[other] = max(self._held_until[other], until)
        self._stand(chat, now)

    def expired(self, now: float) -> list[Departure]:
        """Those whose deadline passed; they wait no more."""
        late = []
        while self._deadlines and (self._deadlines[0][0] <= now or not self._deadlines[0][2].waiting):
            departure = heapq.heappop(self._deadlines)[2]
            if departure.waiting:
                self.remove(departure)
                late.append(departure)
        return late

    def next_turn(self, now: float) -> float | None:
        """When `turn` is due at the latest; None while nothing waits."""
        if not self.waiting:
            return None
        moments = [self._deadlines[0][0]] if self._deadlines else []
        if self._asleep:
            moments.append(self._asleep[0][0])
        moments += [self._opening(lane, now) for lane, queue in self._ready.items() if queue]
        return min(moments, default=None)

    def _opening(self, lane: Priority, now: float) -> float:
        place = self._over_all.opening(now, self._budget.share(lane))
        held = max(self._paused_until, self._held_until[lane])
        return max(held, place, self._spread.opening(now, self._spread_budget.share(lane)))

    def _next(self, now: float) -> Chat | None:
        for lane in (Priority.PLACEHOLDER, *_LANES) if self._newcomers_first(now) else _LANES:
            if not self._ready[lane] or self._opening(lane, now) > now:
                continue
            chat = self._first(lane, now)
            if chat is not None:
                return chat
        return None

    def _newcomers_first(self, now: float) -> bool:
        """Whether a placeholder goes before pictures. One that has just come does not: what is drawn quickly needs
        none, and what it took from the pictures they would all be late by."""
        queue = self._ready[Priority.PLACEHOLDER]
        if not queue or self._newcomers.opening(now) > now:
            return False
        while queue:
            stamp, chat = queue[0]
            head = chat.head()
            if chat.stamp == stamp and head is not None and head.lane is Priority.PLACEHOLDER:
                return now - head.since >= NEWCOMERS_WAIT
            queue.popleft()
            if chat.stamp == stamp:
                chat.ready = None
                self._stand(chat, now)
        return False

    def _first(self, lane: Priority, now: float) -> Chat | None:
        """The first chat in the lane's queue that really can send by this lane; others find their place anew."""
        queue = self._ready[lane]
        while queue:
            stamp, chat = queue.popleft()
            if chat.stamp != stamp or chat.ready is not lane:
                continue
            chat.ready = None
            head = chat.head()
            if head is not None and head.lane is lane and chat.due(lane, now) <= now:
                return chat
            self._stand(chat, now)
        return None

    def _leave(self, chat: Chat, now: float) -> Departure:
        departure = chat.head()
        assert departure is not None
        chat.remove(departure)
        self.waiting -= 1
        departure.chat_place = chat.window.take(now)
        departure.place_over_all = self._over_all.take(now)
        self._spread.settle(self._spread.take(now), now)  # evenness of departures: answers do not matter
        if departure.lane is Priority.PLACEHOLDER:
            self._newcomers.settle(self._newcomers.take(now), now)
        if chat.queues:  # else it finds its place when this call is answered
            self._stand(chat, now)
        return departure

    def _chat(self, key: ChatKey) -> Chat:
        chat = self._chats.get(key)
        if chat is None:
            budget = chat_budget(key)
            chat = self._chats[key] = Chat(key, budget, budget.window())
        return chat

    def _stand(self, chat: Chat, now: float) -> None:
        """Give the chat its place: ready, asleep, or forgotten. One that is ready keeps its turn."""
        head = chat.head()
        if head is None:
            awake = max(chat.paused_until, chat.window.empty_at(now))
            if awake <= now:
                if self._chats.get(chat.key) is chat:  # a late answer may name one forgotten long ago
                    del self._chats[chat.key]
                return
        else:
            awake = chat.due(head.lane, now)
            if awake <= now:
                if chat.ready is not head.lane:
                    chat.ready = head.lane
                    chat.stamp = next(self._stamps)
                    self._ready[head.lane].append((chat.stamp, chat))
                return
        chat.ready = None
        chat.stamp = next(self._stamps)
        heapq.heappush(self._asleep, (awake, chat.stamp, chat.key))
