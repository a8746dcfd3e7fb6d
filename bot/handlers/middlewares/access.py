"""Who is let in: nobody who is a bot, and where ALLOWED_CHATS is set, nobody who is not in it."""

from collections.abc import Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject
from cachetools import LRUCache

from bot.handlers.addressing import place_of
from bot.handlers.inline_answers import only_told
from bot.handlers.permissions.allowed import AllowedChats
from bot.handlers.sender import speaker_of
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import Texts, choose

log = structlog.stdlib.get_logger(__name__)

REMEMBERED = 256  # chats that were told of in the log


class AccessMiddleware(BaseMiddleware):
    """Where the bot is no member, whoever asks is judged, not the chat.

    Outer, and but for chats that it does not know without the database: most of what a group says ends here or at
    the filters."""

    def __init__(
        self,
        allowed: AllowedChats,
        outbox: Outbox,
        texts: Texts,
        open_to_all: Callable[[TelegramObject], bool] = lambda _: False,
    ) -> None:
        """`open_to_all`: what nobody is kept from."""
        self._open = open_to_all
        self._allowed = allowed
        self._outbox = outbox
        self._texts = texts
        self._logged: LRUCache[int, None] = LRUCache(REMEMBERED)

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        speaker = speaker_of(event)
        if speaker is None or (isinstance(event, Message) and event.is_automatic_forward):
            return None
        person_id, _, language = speaker
        guest = isinstance(event, Message) and event.guest_query_id is not None
        chat = event.chat if isinstance(event, Message) and not guest else None
        if isinstance(event, CallbackQuery) and event.message is not None:
            chat = event.message.chat
        chat_id = chat.id if chat is not None else person_id
        if self._open(event) or await self._allowed.admits(person_id, chat_id):
            return await handler(event, data)
        self._log(person_id, chat_id)
        refusal = self._texts(choose(language, None))
        if isinstance(event, CallbackQuery):
            await self._outbox.answer_query(event.id, refusal.get("press-not-allowed"), alert=True)
        elif isinstance(event, InlineQuery):
            await self._outbox.answer_inline(event.id, only_told(refusal.get("press-not-allowed")))
        elif chat is not None and isinstance(event, Message) and chat.type == "private":
            await self._outbox.reply(place_of(event), Card(refusal.html("error-not-allowed", id=str(person_id))))
        return None

    def _log(self, person_id: int, chat_id: int) -> None:
        """Once a chat: an operator finds the id to allow there."""
        if chat_id not in self._logged:
            log.info("not in ALLOWED_CHATS", chat=chat_id, user=person_id)
            self._logged[chat_id] = None
