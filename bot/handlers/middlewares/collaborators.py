"""Hands the objects that handlers ask for by name to them."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import TelegramObject


class Collaborators(BaseMiddleware):
    """Inner, and last: gives them to the handler that was found. As aiogram's workflow data they would be copied for
    every router and filter that an update meets."""

    def __init__(self, **collaborators: object) -> None:
        self._collaborators = collaborators

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        return await handler(event, {**self._collaborators, **data})
