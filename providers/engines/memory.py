"""What was learnt of servers, kept for a while: a TTL cache with single flight, for every engine.

`/config` and `/info` of a Gradio app are 10 to 200 KB that seldom change; who serves a model at Hugging Face likewise.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakValueDictionary

from cachetools import TLRUCache

from providers.errors import InvalidParameter, ModelNotFound

KEEP = 600.0  # seconds
KEEP_ABSENCE = 60.0  # seconds, for a server that has no such thing
MAX_ENTRIES = 128

_T = TypeVar("_T")


class Memory:
    """Answers by key; the least recently used go first. A key may hold a secret: it is never shown."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        *,
        entries: int = MAX_ENTRIES,
        keep: float = KEEP,
        keep_absence: float = KEEP_ABSENCE,
    ) -> None:
        self._known: TLRUCache[Hashable, Any] = TLRUCache(
            entries, ttu=partial(_until, keep, keep_absence), timer=now
        )  # any type that a caller has
        self._learning: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def recall(self, key: Hashable, learn: Callable[[], Awaitable[_T | None]]) -> tuple[_T | None, bool]:
        """The value, and whether it was remembered; many callers at once learn it once.

        None is remembered too, for a shorter time: it means that there is nothing to learn there. Raises what `learn`
        raises, which is not remembered.
        """
        try:
            return self._known[key], True
        except KeyError:
            lock = self._learning.setdefault(key, asyncio.Lock())
        async with lock:
            try:
                return self._known[key], True
            except KeyError:
                value = self._known[key] = await learn()
                return value, False

    def forget(self, key: Hashable) -> None:
        """Have it learnt again when it is next asked for."""
        self._known.pop(key, None)


def _until(keep: float, keep_absence: float, _key: Hashable, value: object, now: float) -> float:
    return now + (keep_absence if value is None else keep)


# One for each loop, so that a lock of one is never waited for in another.
_memories: WeakKeyDictionary[asyncio.AbstractEventLoop, Memory] = WeakKeyDictionary()


def memory() -> Memory:
    """The memory of the running loop."""
    loop = asyncio.get_running_loop()
    found = _memories.get(loop)
    if found is None:
        found = _memories[loop] = Memory()
    return found


class forgotten_if_refused:  # noqa: N801  (like contextlib's own)
    """What is remembered under a key is learnt again after a refusal in the block: it may have changed since."""

    __slots__ = ("_key",)

    def __init__(self, key: Hashable) -> None:
        self._key = key

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, InvalidParameter | ModelNotFound):
            memory().forget(self._key)
