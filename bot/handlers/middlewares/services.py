"""What handlers share beyond the workflow data: made of it here, so that each handler names only what it uses."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.clock import Clock
from bot.handlers.imagine.submit import Asker
from bot.handlers.middlewares.callbacks import RecentPresses
from bot.handlers.permissions.admins import Admins
from bot.handlers.permissions.ownership import Ownership


class WiringMiddleware(BaseMiddleware):
    """Adds `admins`, `asker`, `owners` and `presses`; what remembers is made once."""

    def __init__(self) -> None:
        self._admins: Admins | None = None
        self._presses: RecentPresses | None = None

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[object]],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        clock: Clock = data["clock"]
        self._admins = self._admins or Admins(clock.monotonic)
        self._presses = self._presses or RecentPresses(clock.monotonic)
        data["admins"] = self._admins
        data["presses"] = self._presses
        data["owners"] = Ownership(data["db"], self._admins)
        data["asker"] = Asker(
            data["service"],
            data["db"],
            data["catalog"],
            data["outbox"],
            data["settings"],
            self._admins,
            data["bot"],
        )
        return await handler(event, data)
