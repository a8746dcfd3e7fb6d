"""What a process that stops lets come to its end, for a while."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self


class InFlight:
    """`with under_way:` around it; `settle` waits until nothing is inside."""

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
        """Returns after `seconds` at the latest."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nothing.wait()
