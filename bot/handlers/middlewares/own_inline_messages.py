"""Messages that people sent through the bot itself: what is in them the bot has made."""

from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import Message, TelegramObject


class OwnInlineMessages(BaseMiddleware):
    """Outer: where the bot is a member, an inline message of its own comes back as a message of whoever sent it, and is
    neither a command nor a prompt. A guest answer of its own does likewise."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        if isinstance(event, Message):
            through = event.via_bot.id if event.via_bot is not None else None
            writer = event.from_user.id if event.from_user is not None else None
            if self._bot.id in {through, writer}:
                return None
        return await handler(event, data)
