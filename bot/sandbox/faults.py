"""Faults to order: tests say which calls fail and how, and the server does exactly that. None by default."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.sandbox.errors import ApiError, too_many
from bot.sandbox.wire import Call

Hook = Callable[[Call], Awaitable[None]]


class ConnectionCut(Exception):  # noqa: N818 - it is no error of ours, it is an order to cut the line
    """The connection is reset in place of an answer."""


@dataclass
class RawAnswer(Exception):  # noqa: N818 - likewise: an answer that is no JSON
    """This very answer, whatever the call was."""

    status: int
    body: str
    content_type: str = "text/html"


@dataclass
class Fault:
    """One rule. `method`: a name, a prefix ending in *, or * for all but getUpdates.

    `skip`: how many matching calls pass first; `times`: how many are hit then (None: all).
    `before` runs in place of the call if it raises, `after` when it took effect; either may wait.
    """

    method: str = "*"
    times: int | None = 1
    skip: int = 0
    when: Callable[[Call], bool] | None = None
    before: Hook | None = None
    after: Hook | None = None
    hits: int = field(default=0, init=False)

    def takes(self, call: Call) -> bool:
        """Whether the call is hit; counts it."""
        if self.times is not None and self.hits >= self.times:
            return False
        if not _matches(self.method, call.method) or (self.when is not None and not self.when(call)):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.hits += 1
        return True


class Faults:
    """The rules in force; the first that takes a call decides."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.rules: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        self.rules.clear()

    def for_call(self, call: Call) -> Fault | None:
        return next((rule for rule in self.rules if rule.takes(call)), None)

    def flood(self, method: str = "*", retry_after: int | None = 1, *, times: int | None = 1, skip: int = 0) -> Fault:
        """429; `retry_after` None: without parameters."""
        return self.refuse(method, too_many(retry_after), times=times, skip=skip)

    def refuse(self, method: str, error: ApiError, *, times: int | None = 1, skip: int = 0) -> Fault:
        """This error of the Bot API, e.g. `bad("not enough rights to send photos to the chat")`."""
        return self._add(
            method, _raising(lambda: ApiError(error.code, error.description, error.parameters)), times, skip, False
        )

    def server_error(self, method: str = "*", *, times: int | None = 1, skip: int = 0) -> Fault:
        return self.refuse(method, ApiError(500, "Internal Server Error"), times=times, skip=skip)

    def bad_gateway(
        self, method: str = "*", *, times: int | None = 1, skip: int = 0, after_effect: bool = False
    ) -> Fault:
        """502 with HTML in place of JSON, as the front servers answer."""
        body = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
        return self._add(method, _raising(lambda: RawAnswer(502, body)), times, skip, after_effect)

    def reset(self, method: str = "*", *, times: int | None = 1, skip: int = 0, after_effect: bool = False) -> Fault:
        """The connection is cut before the call takes effect, or after it."""
        return self._add(method, _raising(ConnectionCut), times, skip, after_effect)

    def stall(
        self,
        method: str = "*",
        *,
        until: asyncio.Event | None = None,
        seconds: float = 3600,
        times: int | None = 1,
        skip: int = 0,
        after_effect: bool = False,
    ) -> Fault:
        """No answer until the event, or for so many seconds of the sandbox's clock; then the call goes on."""

        async def wait(_: Call) -> None:
            await (until.wait() if until is not None else self._clock.sleep(seconds))

        return self._add(method, wait, times, skip, after_effect)

    def _add(self, method: str, hook: Hook, times: int | None, skip: int, after_effect: bool) -> Fault:
        if after_effect:
            return self.add(Fault(method, times, skip, after=hook))
        return self.add(Fault(method, times, skip, before=hook))


def _raising(make: Callable[[], BaseException]) -> Hook:
    async def hook(_: Call) -> None:
        raise make()

    return hook


def _matches(pattern: str, method: str) -> bool:
    if pattern == "*":
        return method != "getUpdates"
    if pattern.endswith("*"):
        return method.lower().startswith(pattern[:-1].lower())
    return pattern.lower() == method.lower()
