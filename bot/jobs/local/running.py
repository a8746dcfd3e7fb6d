"""The draws that run in this process."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol


class Stoppable(Protocol):
    def detach(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Running:
    request_id: int
    runner: Stoppable
    task: asyncio.Task[None]


class RunningDraws:
    def __init__(self) -> None:
        self._draws: dict[int, _Running] = {}  # by draw
        self._idle = asyncio.Event()
        self._idle.set()

    def __len__(self) -> int:
        return len(self._draws)

    def add(self, draw_id: int, request_id: int, runner: Stoppable, task: asyncio.Task[None]) -> None:
        self._draws[draw_id] = _Running(request_id, runner, task)
        self._idle.clear()

    def ended(self, draw_id: int) -> bool:
        """Whether it was running until now. Its task may go on with the end of its request."""
        known = self._draws.pop(draw_id, None) is not None
        if not self._draws:
            self._idle.set()
        return known

    def stop(self, request_id: int) -> None:
        """Stop what is drawn of a request, at the back-end too."""
        for draw in list(self._draws.values()):
            if draw.request_id == request_id:
                draw.task.cancel()

    async def finish(self, grace: float) -> None:
        """Wait for all, at most `grace` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()

    async def hand_back(self, seconds: float) -> int:
        """End all that are left, their jobs at the back-ends untouched; how many there were."""
        left = list(self._draws.values())
        for draw in left:
            draw.runner.detach()
            draw.task.cancel()
        if left:
            await asyncio.wait([draw.task for draw in left], timeout=seconds)
        return len(left)
