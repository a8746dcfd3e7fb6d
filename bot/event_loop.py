"""The event loop of the programs: uvloop where it runs (not on Windows), asyncio's own elsewhere; how a stop ends."""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self

import structlog

log = structlog.stdlib.get_logger(__name__)

STOP_SECONDS = 40.0  # s: less than the 45 after which systemd and compose kill


def run(program: Coroutine[Any, Any, None]) -> None:  # Any: as asyncio.run has it
    """As `asyncio.run`. With uvloop a picture costs about a tenth less CPU (docs/performance.md)."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(program)
    else:
        uvloop.run(program)


class StopDeadline:
    """Ends the process when it has not stopped by itself within `seconds` of `begin`.

    Each part of a stop has its own deadline, but a thread that hangs (a name that does not resolve, a file system that
    does not answer) holds up the interpreter, which waits for its threads. Nothing is lost by ending then: what is
    committed is committed, and the rest is taken up again as after a crash.
    """

    def __init__(self, seconds: float = STOP_SECONDS, end: Callable[[int], object] = os._exit) -> None:
        self._seconds = seconds
        self._end = end
        self._timer: threading.Timer | None = None

    def begin(self) -> None:
        """The process was told to stop. Only the first call counts."""
        if self._timer is None:
            self._timer = threading.Timer(self._seconds, self._expired)
            self._timer.daemon = True
            self._timer.start()

    def _expired(self) -> None:
        log.error("stopping took too long: ended; unfinished requests go on at the next start", seconds=self._seconds)
        self._end(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
