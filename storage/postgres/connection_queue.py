"""Decides which task gets a connection next when all connections of a process are in use."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

from storage.errors import StorageUnavailable

HEAD_START = 3.0  # s: an urgent task precedes others that came up to this much earlier; so nobody waits for ever
MOST_WAITING = 10_000  # far more than the requests of one process; further tasks are refused


class ConnectionQueue:
    """Lends `connections` turns. Tasks that wait get theirs in the order of arrival, urgent ones first.

    SQLAlchemy's own pool wakes a waiting task, but gives the connection to whichever task asks at that moment; under
    load some waited until they were refused.
    """

    def __init__(
        self,
        connections: int,
        seconds: float,
        *,
        most_waiting: int = MOST_WAITING,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds`: the longest wait for a turn. `most_waiting`: how many tasks may wait."""
        self._free = connections
        self._seconds = seconds
        self._most_waiting = most_waiting
        self._now = now
        self._numbers = count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []  # a heap; may hold some that gave up

    @property
    def waiting(self) -> int:
        """How many tasks wait for a turn."""
        return sum(not future.done() for _, _, future in self._waiting)

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """A turn. Raises StorageUnavailable if none comes in time, or if too many tasks wait already."""
        await self._take(urgent)
        try:
            yield
        finally:
            self._pass_on()

    async def _take(self, urgent: bool) -> None:
        if self._free:
            self._free -= 1
            return
        if len(self._waiting) >= self._most_waiting:
            self._forget_those_who_gave_up()
        if len(self._waiting) >= self._most_waiting:
            raise StorageUnavailable("too many wait for the database")
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        rank = self._now() if urgent else self._now() + HEAD_START
        heapq.heappush(self._waiting, (rank, next(self._numbers), future))
        try:
            async with asyncio.timeout(self._seconds):
                await future
        except BaseException as error:
            if future.done() and not future.cancelled():  # it was granted at the moment when nobody waited any more
                self._pass_on()
            if isinstance(error, TimeoutError):
                raise StorageUnavailable(f"no connection to the database became free in {self._seconds:g} s") from None
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, future = heapq.heappop(self._waiting)
            if not future.done():
                future.set_result(None)
                return
        self._free += 1

    def _forget_those_who_gave_up(self) -> None:
        self._waiting = [entry for entry in self._waiting if not entry[2].done()]
        heapq.heapify(self._waiting)
