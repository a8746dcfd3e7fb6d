"""Reads who speaks before a handler runs: their settings, and those of the group in which they speak."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject

from bot.handlers.sender import Sender, speaker_of
from bot.texts.fluent import Texts, choose
from storage import Database


class SenderMiddleware(BaseMiddleware):
    """Puts `person` into the data of a handler. Inner, so that only messages somebody handles cost a read."""

    def __init__(self, db: Database, texts: Texts) -> None:
        self._db = db
        self._texts = texts

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[object]],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        speaker = speaker_of(event)
        if speaker is None:
            return None
        person_id, name, telegram_language = speaker
        chat, group = _group_of(event), None
        async with self._db.read() as unit:
            settings = await unit.users.settings(person_id)
            if chat is not None:
                group = await unit.groups.settings(chat.id)
        language = choose(telegram_language, settings.language)
        common = self._texts(group.language) if group is not None and group.language is not None else None
        data["person"] = Sender(person_id, name, settings, self._texts(language), telegram_language, group, common)
        return await handler(event, data)


def _group_of(event: TelegramObject) -> Chat | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    chat = message.chat if isinstance(message, Message | InaccessibleMessage) else None
    return chat if chat is not None and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP} else None
