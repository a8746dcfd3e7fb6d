"""What happened, for the page (as server-sent events) and for tests (which wait for it)."""

import asyncio
from collections import deque

from bot.sandbox.errors import JsonObject

_KEPT = 2000


class EventLog:
    """Numbered events; the newest are kept. `cursor` is the number of the latest."""

    def __init__(self) -> None:
        self.cursor = 0
        self._events: deque[JsonObject] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()

    def add(self, kind: str, **fields: object) -> None:
        self.cursor += 1
        self._events.append({"cursor": self.cursor, "type": kind, **fields})
        self._changed.set()
        self._changed = asyncio.Event()

    def since(self, cursor: int) -> list[JsonObject] | None:
        """The events after `cursor`; None when some of them are no longer kept, or it is from another process."""
        if cursor > self.cursor or self.cursor - cursor > len(self._events):
            return None
        count = self.cursor - cursor
        return [self._events[index] for index in range(len(self._events) - count, len(self._events))]

    async def wait(self) -> None:
        """Until the next event."""
        await self._changed.wait()
