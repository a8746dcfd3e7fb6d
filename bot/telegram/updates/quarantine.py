"""Handles updates that may have killed the process one at a time, without others beside them, so that it becomes known
which one it was."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PATIENCE = 10.0  # s to wait until the others are through, and in which a suspect that still runs holds them up


class Quarantine:
    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._together = 0
        self._nobody = asyncio.Event()
        self._nobody.set()
        self._open = asyncio.Event()
        self._open.set()
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """Enter it to run beside others, once no suspect runs alone."""
        await self._open.wait()
        self._together += 1
        self._nobody.clear()
        try:
            yield
        finally:
            self._together -= 1
            if not self._together:
                self._nobody.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """Enter it to run one suspect at a time. False: others did not end in time, so it is not alone. A suspect that
        runs for long does not kill the process, and no longer delays others."""
        async with self._turn:
            self._open.clear()
            timer = None
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._patience):
                        await self._nobody.wait()
                timer = asyncio.get_running_loop().call_later(self._patience, self._open.set)
                yield self._nobody.is_set()
            finally:
                if timer is not None:
                    timer.cancel()
                self._open.set()
