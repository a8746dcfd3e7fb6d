"""Messages that hold somebody's key: deleted before anything else is done with them."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.enums import ChatType
from aiogram.types import Message, TelegramObject

from bot.handlers.addressing import place_of
from bot.jobs.own_keys import OwnKeys
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.updates.key_sealing import COMMAND


class KeyMessages(BaseMiddleware):
    """Outer, and first: it needs no database. Puts `key_deleted` into the data."""

    def __init__(self, outbox: Outbox, own_keys: OwnKeys) -> None:
        self._outbox = outbox
        self._own_keys = own_keys

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        assert isinstance(event, Message)
        data["key_deleted"] = False
        said = COMMAND.fullmatch(event.text or event.caption or "")
        # In a group /key may be another bot's: it is deleted there only where ours takes keys.
        private = event.chat.type == ChatType.PRIVATE
        if said is not None and (private or self._own_keys.allowed) and await _is_ours(event, said[1]):
            data["key_deleted"] = await self._outbox.delete(place_of(event), event.message_id)
        return await handler(event, data)


async def _is_ours(message: Message, command: str) -> bool:
    _, at, username = command.partition("@")
    if not at:
        return True
    assert message.bot is not None
    return username.lower() == ((await message.bot.me()).username or "").lower()
