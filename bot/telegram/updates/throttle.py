"""Spaces the starts of many tasks: as fast as others end, but not much slower than Telegram takes answers."""

import asyncio
import math
from contextlib import suppress

AT_ONCE = 0.25  # s of the rate: so many begin together; another when one of them ends, or when one more is taken


class Throttle:
    """Of a thousand tasks that come at once, the first have their picture before the last have begun. If all began
    together, all would end together, and late. `rate`: messages a second that Telegram takes."""

    def __init__(self, rate: float) -> None:
        self._each = 1 / rate
        self._at_once = math.ceil(AT_ONCE * rate)
        self._young: dict[asyncio.Task[None], None] = {}  # the newest that run, oldest first
        self._one_ended = asyncio.Event()
        self._due = 0.0  # when another begins although none has ended

    def start(self) -> None:
        """Call it when nobody was waiting: idle time earns no burst."""
        self._due = _now()

    async def began(self, task: asyncio.Task[None]) -> None:
        """Returns when the next task may begin. A late event loop catches up at once, not one task a turn."""
        self._young[task] = None
        task.add_done_callback(self._ended)
        self._due += self._each
        if len(self._young) >= self._at_once and _now() < self._due:
            self._one_ended.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._due):
                    await self._one_ended.wait()
        if len(self._young) >= self._at_once:
            del self._young[next(iter(self._young))]  # it waits for something: it holds up nobody
        else:
            self._due = _now()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._young.pop(task, None)
        self._one_ended.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
