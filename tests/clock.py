"""A clock that stands still until a test moves it."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

TURNS = 25  # of the event loop, enough for a woken task to wake others


class FakeClock:
    """Sleepers wake in order of their time, at their time, with every other task run in between."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self._start = start
        self._seconds = 0.0
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        return self._seconds

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._seconds + seconds, next(self._numbers), wake))
        await wake

    @property
    def sleepers(self) -> int:
        """How many tasks sleep."""
        return sum(not wake.done() for _, _, wake in self._sleepers)

    async def settle(self) -> None:
        """Let every task run until it waits for something. (One that waits for a socket needs real time.)"""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    def stall(self, seconds: float) -> None:
        """So long nobody runs: who was to wake meanwhile wakes late, with the next `advance`."""
        self._seconds += seconds

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        end = self._seconds + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            moment, _, wake = heapq.heappop(self._sleepers)
            if wake.done():  # cancelled
                continue
            self._seconds = max(self._seconds, moment)
            wake.set_result(None)
            await self.settle()
        self._seconds = end

    async def skip(self, seconds: float) -> None:
        """Let them pass at once, as on a machine that slept: who would have woken a thousand times wakes once."""
        self._seconds += seconds
        await self.advance(0)


class HastyClock(FakeClock):
    """Time passes as soon as somebody waits for it: for tests with real sockets and long pauses."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self._seconds += max(0.0, seconds)
