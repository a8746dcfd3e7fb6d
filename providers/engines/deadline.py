"""How long a draw may take before it is given up, which depends on whether the back-end has begun."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from providers.errors import DeadlineExceeded, QueueDeadlineExceeded, Unavailable

_T = TypeVar("_T")


class Deadline:
    """The deadline that holds now: `timeout` until the server has spoken, `queue_timeout` in its queue, and
    `timeout` again from when it draws. All in seconds.

    asyncio.timeout keeps it, where it may come before what aiohttp notices by itself (`bounded`). A timer of our own
    for a whole draw saved 6 microseconds a wait, with about 20 waits some 0.1 of the 6 ms of CPU that a picture costs
    the whole bot: too little for its code.
    """

    __slots__ = ("_loop", "_queue_timeout", "_start", "_timeout", "_until", "drawing", "waiting")

    def __init__(self, queue_timeout: float, timeout: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._queue_timeout, self._timeout = queue_timeout, timeout
        self._until = self._start + timeout
        self.drawing = False
        self.waiting = False

    @property
    def longest(self) -> float:
        """Seconds from now that no deadline can exceed: all of the queue, and all of the drawing."""
        return self._queue_timeout + self._timeout

    def in_queue(self) -> None:
        if not self.drawing:
            self.waiting = True
            self._until = self._start + self._queue_timeout

    def begin_drawing(self) -> None:
        if not self.drawing:
            self.drawing, self.waiting = True, False
            self._until = self._loop.time() + self._timeout

    def bounded(self, step: Awaitable[_T], silence: float | None) -> Awaitable[_T]:
        """A step that aiohttp ends by itself after `silence` seconds without a byte (None: it does not). It gets a
        timer, as in `wait`, only where the deadline comes first."""
        comes_first = silence is None or self._until - self._loop.time() <= silence
        return self.wait(step) if comes_first else step

    async def sleep(self, seconds: float) -> None:
        """Wait so long. Raises as `wait` does where the deadline comes first."""
        left = self._until - self._loop.time()
        await asyncio.sleep(min(seconds, left))
        if left < seconds:
            raise self._late()

    async def wait(self, step: Awaitable[_T], silence: float | None = None) -> _T:
        """The step's result; DeadlineExceeded at the deadline (QueueDeadlineExceeded while it waits for its turn),
        Unavailable when `silence` seconds pass first."""
        until = self._until if silence is None else min(self._until, self._loop.time() + silence)
        timeout = asyncio.timeout_at(until)
        try:
            async with timeout:
                return await step
        except TimeoutError:
            if not timeout.expired():  # the step's own
                raise
            raise self._overdue(silence) from None

    def _overdue(self, silence: float | None) -> DeadlineExceeded | Unavailable:
        return self._late() if self._loop.time() >= self._until else Unavailable(f"not a byte for {silence or 0:g} s")

    def _late(self) -> DeadlineExceeded:
        if self.waiting:
            return QueueDeadlineExceeded(f"not its turn within {self._queue_timeout:g} s")
        return DeadlineExceeded(f"no picture within {self._timeout:g} s" + (" of drawing" if self.drawing else ""))
