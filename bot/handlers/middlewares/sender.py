"""Reads who speaks before a handler runs: their settings, and those of the group in which they speak."""

from collections.abc import Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User
from cachetools import LRUCache

from bot.handlers.permissions.bans import Bans
from bot.handlers.sender import Sender, speaker_of
from bot.jobs.models.switchboard import Switchboard
from bot.jobs.own_keys import OwnKeys
from bot.texts.fluent import Texts, choose
from storage import Database, Unit
from storage.records import Chat as ChatRecord

REMEMBERED = 4096  # usernames, and titles, that are known to be stored


class SenderMiddleware(BaseMiddleware):
    """Puts `person` into the data of a handler, and lets nobody through who is banned. Inner, so that only messages
    somebody handles cost a read."""

    def __init__(
        self,
        db: Database,
        texts: Texts,
        bans: Bans,
        switchboard: Switchboard,
        own_keys: OwnKeys,
        usernames: "Usernames | None",
        titles: "Titles | None",
        open_to_all: Callable[[TelegramObject], bool] = lambda _: False,
    ) -> None:
        """`usernames`, `titles`: None where no operator could look for one. `open_to_all`: what nobody is kept from."""
        self._open = open_to_all
        self._db = db
        self._texts = texts
        self._bans = bans
        self._switchboard = switchboard
        self._usernames = usernames
        self._own_keys = own_keys
        self._titles = titles

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
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
            ban = await unit.moderation.ban_of(person_id)
            await self._switchboard.look(unit)
            keys = await self._own_keys.models_in(unit, person_id)
            named = await self._usernames.new(unit, event) if self._usernames is not None else None
            titled = await self._titles.new(unit, chat) if self._titles is not None and chat is not None else False
        texts = self._texts(choose(telegram_language, settings.language))
        if ban is not None and self._bans.holds(person_id, ban) and not self._open(event):
            await self._bans.answer(event, data, person_id, ban, texts)
            return None
        if self._usernames is not None and named is not None:
            await self._usernames.store(named)
        if self._titles is not None and chat is not None and titled:
            await self._titles.store(chat)
        common = self._texts(group.language) if group is not None and group.language is not None else None
        channel = chat is not None and chat.type == ChatType.CHANNEL
        data["person"] = Sender(person_id, name, settings, texts, telegram_language, group, common, keys, channel)
        return await handler(event, data)


class Usernames:
    """Stores whose username is whose, so that operators find people by it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._stored: LRUCache[int, str] = LRUCache(REMEMBERED)

    async def new(self, unit: Unit, event: TelegramObject) -> User | None:
        """Whoever has a username that is not stored yet. A read only where it is new to this process. Raises
        StorageUnavailable."""
        user = event.from_user if isinstance(event, Message | CallbackQuery) else None
        if user is None or not user.username or self._stored.get(user.id) == user.username:
            return None
        if await unit.moderation.name_of(user.id) == user.username.lower():
            self._stored[user.id] = user.username
            return None
        return user

    async def store(self, user: User) -> None:
        """Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            await unit.moderation.named(user.id, user.username or "")
        self._stored[user.id] = user.username or ""


class Titles:
    """Stores the titles of groups, so that operators know them by more than their ids."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._stored: LRUCache[int, str] = LRUCache(REMEMBERED)

    async def new(self, unit: Unit, chat: Chat) -> bool:
        """Whether its title is not stored yet. A read only where it is new to this process. Raises
        StorageUnavailable."""
        if not chat.title or self._stored.get(chat.id) == chat.title:
            return False
        known = await unit.chats.get(chat.id)
        if known is not None and known.title == chat.title:
            self._stored[chat.id] = chat.title
            return False
        return True

    async def store(self, chat: Chat) -> None:
        """Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            await unit.chats.seen(ChatRecord(chat.id, chat.type, chat.title))
        self._stored[chat.id] = chat.title or ""


def _group_of(event: TelegramObject) -> Chat | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    if isinstance(message, Message) and message.guest_query_id is not None:
        return None  # the bot is no member there, so nobody has chosen anything for it
    chat = message.chat if isinstance(message, Message | InaccessibleMessage) else None
    return chat if chat is not None and chat.type != ChatType.PRIVATE else None
