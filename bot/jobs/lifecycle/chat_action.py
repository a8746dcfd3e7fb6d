"""Shows "sending a photo ..." below the bot's name while a picture is drawn in a private chat.

Telegram shows it for five seconds, or until the bot's next message. Groups get none: everybody would see it all the
time, and it would use calls from a small budget.
"""

import heapq
from collections.abc import Callable
from itertools import count

from bot.clock import Clock
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.display import Display
from bot.jobs.supervisor import Supervisor

FIRST = 1.0  # seconds: what is drawn sooner needs none
RENEWED = 5.0  # seconds
LATE = 0.1  # s after its time: then the event loop has more to do than it can


class ChatActions:
    """One task for all requests: a thousand that each slept by themselves would take 2 KB each."""

    def __init__(self, display: Display, clock: Clock, supervisor: Supervisor, makes_way: Callable[[], bool]) -> None:
        """`makes_way`: whether finished pictures need what an action would take; then it is left out, as it is where it
        would come late."""
        self._display = display
        self._makes_way = makes_way
        self._clock = clock
        self._supervisor = supervisor
        self._due: list[tuple[float, int, ActiveRequest]] = []  # a heap: when each is renewed
        self._numbers = count()  # requests cannot be compared
        self._running = False

    def begin(self, active: ActiveRequest) -> None:
        """Shows the action until the request shows nothing any more."""
        self._put(active, FIRST)
        if not self._running:
            self._running = True
            self._supervisor.spawn(self._renew(), name="chat actions")

    def _put(self, active: ActiveRequest, seconds: float) -> None:
        heapq.heappush(self._due, (self._clock.monotonic() + seconds, next(self._numbers), active))

    async def _renew(self) -> None:
        try:
            while self._due:
                # What begins meanwhile is due a second from then, at the earliest.
                await self._clock.sleep(min(max(self._due[0][0] - self._clock.monotonic(), 0.0), FIRST))
                while self._due and self._due[0][0] <= (now := self._clock.monotonic()):
                    due, _, active = heapq.heappop(self._due)
                    if active.progress.quiet:
                        continue
                    if now <= due + LATE and not self._makes_way():
                        name = f"chat action of request {active.request.id}"
                        self._supervisor.spawn(self._display.working(active), name=name, request=active.request.id)
                    self._put(active, RENEWED)
        finally:
            self._running = False
