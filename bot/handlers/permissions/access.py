"""Who is let in: nobody who is a bot, and where ALLOWED_CHATS is set, nobody who is not in it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject

from bot.clock import Clock
from bot.config import Settings
from bot.handlers.addressing import place_of
from bot.handlers.middlewares.sender import speaker_of
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import Texts, choose

log = structlog.stdlib.get_logger(__name__)

TOLD_AGAIN = 3600.0  # s: a chat that goes on talking is a line an hour
REMEMBERED = 1000  # chats


class AccessMiddleware(BaseMiddleware):
    """Outer, and without the database: most of what a group says ends here or at the filters."""

    def __init__(self) -> None:
        self._told: OrderedDict[int, float] = OrderedDict()  # chats, and when the log was told of them

    def _log_refusal(self, clock: Clock, person_id: int, chat: Chat | None) -> None:
        """So that an operator finds the id to put into ALLOWED_CHATS."""
        chat_id, now = chat.id if chat is not None else person_id, clock.monotonic()
        if now - self._told.get(chat_id, -TOLD_AGAIN) < TOLD_AGAIN:
            return
        self._told[chat_id] = now
        self._told.move_to_end(chat_id)
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        kind = chat.type if chat is not None else None
        log.info("not allowed: not in ALLOWED_CHATS", user=person_id, chat=chat_id, kind=kind)

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[object]],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        speaker = speaker_of(event)
        if speaker is None or (isinstance(event, Message) and event.is_automatic_forward):
            return None
        person_id, _, language = speaker
        settings: Settings = data["settings"]
        allowed = settings.allowed_chats
        chat = event.chat if isinstance(event, Message) else None
        if isinstance(event, CallbackQuery) and event.message is not None:
            chat = event.message.chat
        ids = {person_id, chat.id if chat is not None else person_id}
        if allowed and not ids & (allowed | settings.admin_ids):
            self._log_refusal(data["clock"], person_id, chat)
            texts: Texts = data["texts"]
            outbox: Outbox = data["outbox"]
            refusal = texts(choose(language, None))
            if isinstance(event, CallbackQuery):
                await outbox.answer_query(event.id, refusal.get("press-not-allowed"), alert=True)
            elif isinstance(event, Message) and event.chat.type == "private":
                await outbox.reply(place_of(event), Card(refusal.html("error-not-allowed", id=str(person_id))))
            return None
        return await handler(event, data)
