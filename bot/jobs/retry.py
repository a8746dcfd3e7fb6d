"""Another try after the first has failed: how often, how long, with which pauses."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """At most `attempts` tries, within `seconds` of the first failure (None: no limit). Pauses are in seconds: `first`,
    then twice as long each time, at most `longest`, plus a random part of up to `jitter`."""

    attempts: int | None = None
    seconds: float | None = None
    first: float = 1.0
    longest: float = 30.0
    jitter: float = 1.0

    async def run(
        self,
        work: Callable[[], Awaitable[T]],
        on: type[Exception] | Callable[[Exception], bool],
        *,
        told: Callable[[int], None] | None = None,
    ) -> T:
        """What `work` returns at last; raises what its last try raised. `on`: the errors after which it is tried
        again; `told` hears the number of the try that comes next.

        What keeps count of tries is made only after the first has failed: few do, and a thousand draws may be running.
        """

        def worth_it(error: Exception) -> bool:
            return isinstance(error, on) if isinstance(on, type) else on(error)

        try:
            return await work()
        except Exception as error:
            if not worth_it(error):
                raise
            failed: Exception | None = error
        async for attempt in stamina.retry_context(
            on=worth_it,
            attempts=self.attempts,
            timeout=self.seconds,
            wait_initial=self.first,
            wait_max=self.longest,
            wait_jitter=self.jitter,
        ):
            with attempt:
                try:
                    if failed is not None:  # the first, once more: now it counts
                        first, failed = failed, None
                        raise first
                    return await work()
                except Exception as error:
                    if told is not None and worth_it(error) and (self.attempts is None or attempt.num < self.attempts):
                        told(attempt.num + 1)
                    raise
        raise AssertionError("unreachable")

    def pause(self, failures: int) -> float:
        """Seconds before the try that follows so many failures, for who waits by a clock of its own."""
        return min(self.first * 2.0 ** min(failures - 1, 10), self.longest)
