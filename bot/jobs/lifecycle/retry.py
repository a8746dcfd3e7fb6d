"""Another try after the first has failed. What keeps count of tries is made only then: most first tries succeed, and a
thousand draws may be running."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina

T = TypeVar("T")


async def retried(
    work: Callable[[], Awaitable[T]],
    on: type[Exception],
    *,
    attempts: int | None = None,
    timeout: float | None = None,
    wait_initial: float,
    wait_max: float,
) -> T:
    """What `work` returns at last; raises what its last try raised. Times are in seconds."""
    try:
        return await work()
    except on as error:
        failed: Exception | None = error
    async for attempt in stamina.retry_context(
        on=on, attempts=attempts, timeout=timeout, wait_initial=wait_initial, wait_max=wait_max
    ):
        with attempt:
            if failed is not None:  # the first, once more: now it counts
                first, failed = failed, None
                raise first
            return await work()
    raise AssertionError("unreachable")
