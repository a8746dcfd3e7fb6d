"""What was learnt of servers, kept for a while: `/config` and `/info` are 10 to 200 KB that seldom change.

One memory for each event loop, so that nothing of one loop (a lock) is waited for in another.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

KEEP = 600.0  # seconds
KEEP_ABSENCE = 60.0  # for a server that has no such route
MAX_ENTRIES = 128

_T = TypeVar("_T")


class _Entry:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.value: Any = None  # what `recall`'s caller parsed; typed again there
        self.until = 0.0


class Memory:
    """Answers by key; the least recently used go first. A key may hold a secret: it is never shown."""

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[str, ...], _Entry] = OrderedDict()

    async def recall(self, key: tuple[str, ...], learn: Callable[[], Awaitable[_T | None]]) -> tuple[_T | None, bool]:
        """The value and whether it was remembered; many callers at once learn it once.

        None is remembered too, for a shorter time: it means that there is nothing to learn there.
        """
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry()
            if len(self._entries) > MAX_ENTRIES:
                self._entries.popitem(last=False)
        else:
            self._entries.move_to_end(key)
        now = asyncio.get_running_loop().time
        if now() < entry.until:
            return entry.value, True
        async with entry.lock:
            if now() < entry.until:
                return entry.value, True
            entry.value = await learn()
            entry.until = now() + (KEEP_ABSENCE if entry.value is None else KEEP)
            return entry.value, False

    def forget(self, key: tuple[str, ...]) -> None:
        self._entries.pop(key, None)


_memories: WeakKeyDictionary[asyncio.AbstractEventLoop, Memory] = WeakKeyDictionary()


def memory() -> Memory:
    return _memories.setdefault(asyncio.get_running_loop(), Memory())
