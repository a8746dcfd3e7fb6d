"""Limits how many draws of one model fetch and store pictures at once."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

FLOWING = (
    1.0  # s since a draw of the model last finished: the server does not hang then, and others wait for this process
)


class Fetching:
    """A limit for each model, so that a file server that hangs holds up only its own models."""

    def __init__(self, at_once: int, monotonic: Callable[[], float]) -> None:
        self._models: defaultdict[str, _Places] = defaultdict(lambda: _Places(at_once))
        self._monotonic = monotonic

    @property
    def crowded(self) -> bool:
        """Whether finished pictures wait to be fetched while others of their model are."""
        now = self._monotonic()
        return any(places.waiting and now - places.through < FLOWING for places in self._models.values())

    @asynccontextmanager
    async def of(self, model_id: str) -> AsyncIterator[None]:
        """A place among the draws of this model. Entering waits until one is free."""
        places = self._models[model_id]
        places.waiting += 1
        try:
            await places.free.acquire()
        finally:
            places.waiting -= 1
        try:
            yield
        finally:
            places.through = self._monotonic()
            places.free.release()


class _Places:
    __slots__ = ("free", "through", "waiting")

    def __init__(self, at_once: int) -> None:
        self.free = asyncio.Semaphore(at_once)
        self.waiting = 0
        self.through = float("-inf")  # when a draw last gave its place back
