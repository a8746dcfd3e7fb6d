"""A last look before a call leaves: whether what it shows is still this process's to show.

A process that stood still for a while does not know it. What it was about to send when it stopped would leave as soon
as it goes on, after others have taken its work over. So calls made inside of `fenced` are checked when their turn has
come, after every wait for a budget.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

Check = Callable[[], Awaitable[None]]
_check: ContextVar[Check | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(check: Check) -> Iterator[None]:
    """Calls made inside, and in tasks begun inside, leave only if `check` does not raise `NotSent` then."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


@contextmanager
def unfenced() -> Iterator[None]:
    """Calls made inside leave whatever was taken over: they take back what this process has sent."""
    token = _check.set(None)
    try:
        yield
    finally:
        _check.reset(token)


class LeaseGuard(BaseRequestMiddleware):
    """The innermost middleware: nothing waits between it and the call."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if (check := _check.get()) is not None:
            await check()
        return await make_request(bot, method)
