"""How long a draw may take before it is given up, which depends on whether the back-end has begun."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar
from weakref import ref

from providers.errors import DeadlineExceeded, QueueDeadlineExceeded, Unavailable

_T = TypeVar("_T")


class Deadline:
    """The deadline that holds now: `timeout` until the server has spoken, `queue_timeout` in its queue, and
    `timeout` again from when it draws. All in seconds.

    Nearly every deadline is moved before it is reached, by each chunk of a stream; so there is one timer, which is set
    anew only where it would ring too late, and looks at the deadline when it rings.
    """

    __slots__ = (
        "__weakref__",
        "_loop",
        "_queue_timeout",
        "_rang",
        "_reason",
        "_start",
        "_task",
        "_timeout",
        "_timer",
        "_until",
        "_wait_until",
        "drawing",
        "waiting",
    )

    def __init__(self, queue_timeout: float, timeout: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._queue_timeout, self._timeout = queue_timeout, timeout
        self._until = self._start + timeout
        self._reason = f"no picture within {timeout:g} s"
        self._task: asyncio.Task[Any] | None = None  # of any result; who waits now
        self._wait_until = 0.0
        self._rang = False
        self._timer: asyncio.TimerHandle | None = None
        self.drawing = False
        self.waiting = False

    def in_queue(self) -> None:
        if not self.drawing:
            self.waiting = True
            self._until = self._start + self._queue_timeout
            self._reason = f"not its turn within {self._queue_timeout:g} s"

    def begin_drawing(self) -> None:
        if not self.drawing:
            self.drawing, self.waiting = True, False
            self._until = self._loop.time() + self._timeout
            self._reason = f"no picture within {self._timeout:g} s of drawing"

    async def wait(self, step: Awaitable[_T], silence: float | None = None) -> _T:
        """The step's result; DeadlineExceeded at the deadline (QueueDeadlineExceeded while it waits for its turn),
        Unavailable when `silence` seconds pass first."""
        until = self._until if silence is None else min(self._until, self._loop.time() + silence)
        task = asyncio.current_task()
        if task is None or self._task is not None:
            return await self._wait_beside(step, until, silence)
        cancellations = task.cancelling()
        self._task, self._wait_until, self._rang = task, until, False
        if self._timer is None or until < self._timer.when():
            self._set_timer(until)
        try:
            return await step
        except asyncio.CancelledError:
            # as asyncio.timeout does: ours, unless somebody else has cancelled the task as well
            if self._rang and task.uncancel() <= cancellations:
                raise self._overdue(silence) from None
            raise
        finally:
            self._task = None

    async def _wait_beside(self, step: Awaitable[_T], until: float, silence: float | None) -> _T:
        """Of two that wait at once the second has a timer of its own."""
        try:
            async with asyncio.timeout_at(until):
                return await step
        except TimeoutError:
            raise self._overdue(silence) from None

    def _overdue(self, silence: float | None) -> DeadlineExceeded | Unavailable:
        if self._loop.time() >= self._until:
            return (QueueDeadlineExceeded if self.waiting else DeadlineExceeded)(self._reason)
        return Unavailable(f"not a byte for {silence or 0:g} s")

    def __del__(self) -> None:
        # A timer knows its patience weakly. One that stayed would outlive its draw by minutes, and its context with it:
        # hundreds of draws a second would leave tens of thousands.
        self.rest()

    def rest(self) -> None:
        """Nobody will wait for a while."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self, until: float) -> None:
        self.rest()
        self._timer = self._loop.call_at(until, _ring, ref(self))

    def _ring(self) -> None:
        self._timer = None
        if self._task is None:
            return
        if self._loop.time() < self._wait_until:
            self._set_timer(self._wait_until)
        else:
            self._rang = True
            self._task.cancel()


def _ring(patience: ref[Deadline]) -> None:
    if (still_there := patience()) is not None:
        still_there._ring()  # noqa: SLF001 - its own
