"""Posts of channels: /imagine is drawn where the channel's /group or ALLOWED_CHATS says so; all else is passed over.

Only its admins can post in a channel, and a post names nobody, so the channel itself asks: limits and costs are its
own. The copy of a post in the discussion group behind the channel is no message to answer (see `AccessMiddleware`).
"""

import re
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import Message, TelegramObject, Update
from cachetools import LRUCache

from bot.config import Settings
from storage import Database

log = structlog.stdlib.get_logger(__name__)

REMEMBERED = 256  # channels that were told of in the log
_COMMAND = re.compile(r"/(imagine|group)(?:@(\w+))?(?=\s|$)", re.IGNORECASE)


class ChannelPosts(BaseMiddleware):
    """Hands a post with a command on as a message; of updates, before all others."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._named = settings.allowed_chats
        self._logged: LRUCache[int, None] = LRUCache(REMEMBERED)

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        assert isinstance(event, Update)
        post = event.channel_post
        if post is None:
            return await handler(event, data)
        if not await self._meant(post):
            return None
        update = Update(update_id=event.update_id, message=post)
        return await handler(update.as_(event.bot) if event.bot is not None else update, data)

    async def _meant(self, post: Message) -> bool:
        """Raises StorageUnavailable."""
        command = _COMMAND.match((post.text or post.caption or "").lstrip())
        if command is None or post.forward_origin is not None or post.via_bot is not None:
            return False
        if command[1].lower() == "group" or post.chat.id in self._named:
            return True
        async with self._db.read() as unit:
            group = await unit.groups.settings(post.chat.id)
        if not group.posts:
            self._log(post.chat.id)
        return group.posts

    def _log(self, chat_id: int) -> None:
        """Once a channel: an operator finds out why nothing comes."""
        if chat_id not in self._logged:
            log.info("posts of this channel are not drawn: /group there switches it on", chat=chat_id)
            self._logged[chat_id] = None
