"""The one owner of background tasks: it holds them, logs what they die of, and ends them on close."""

import asyncio
import contextvars
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

log = logging.getLogger(__name__)

T = TypeVar("T")


class Supervisor:
    """Nothing grows: a task that has ended is forgotten. After `close` nothing can be spawned any more."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()  # of any result: nobody here looks at it
        self._closed = False

    def __len__(self) -> int:
        return len(self._tasks)

    def runs(self, name: str) -> bool:
        """Whether a task of that name has not ended."""
        return any(task.get_name() == name for task in self._tasks)

    def spawn(self, coroutine: Coroutine[Any, Any, T], *, name: str, request: int | None = None) -> asyncio.Task[T]:
        """Run in the background; the lines that it logs name the `request`. Raises RuntimeError after `close`."""
        if self._closed:
            coroutine.close()
            raise RuntimeError(f"no task can be started any more: {name}")
        context = contextvars.copy_context()
        if request is not None:
            context.run(structlog.contextvars.bind_contextvars, request=request)
        task = asyncio.create_task(coroutine, name=name, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the task %s failed", task.get_name(), exc_info=error)

    async def close(self, timeout: float = 10) -> None:
        """Cancel what runs and wait until it has ended, at most `timeout` seconds."""
        self._closed = True
        running = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        if not running:
            return
        _, stuck = await asyncio.wait(running, timeout=timeout)
        for task in stuck:
            log.error("the task %s does not end", task.get_name())
