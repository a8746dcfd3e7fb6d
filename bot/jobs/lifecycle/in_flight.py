"""Counts operations in progress, which a stopping process lets finish for a while."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self


class InFlight:
    """Enter it with `with` around an operation. `settle` waits until no operation is inside."""

    def __init__(self) -> None:
        self._inside = 0
        self._nothing = asyncio.Event()
        self._nothing.set()

    def __enter__(self) -> Self:
        self._inside += 1
        self._nothing.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._inside -= 1
        if not self._inside:
            self._nothing.set()

    async def settle(self, seconds: float) -> None:
        """Waits until no operation is inside, at most `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nothing.wait()
