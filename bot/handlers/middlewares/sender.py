"""Who speaks: the person (or the chat in whose name somebody speaks), what they chose, and their language."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User

from bot.texts.fluent import LanguageTexts, Texts, choose
from storage import Database
from storage.records import GroupSettings, UserSettings


@dataclass(frozen=True, slots=True)
class Sender:
    """`id` is a user's, or that of the chat in whose name an anonymous admin or a channel speaks."""

    id: int
    name: str
    settings: UserSettings
    texts: LanguageTexts
    telegram_language: str | None = None
    group: GroupSettings | None = None  # of the group in which they speak or press
    common: LanguageTexts | None = None  # in the language that the group has chosen

    @property
    def public(self) -> LanguageTexts:
        """The texts of what all in the chat see: the group's where it has chosen a language, else the person's."""
        return self.common or self.texts

    def with_settings(self, settings: UserSettings, texts: Texts) -> "Sender":
        """The same person after a change."""
        language = choose(self.telegram_language, settings.language)
        return replace(self, settings=settings, texts=texts(language))


class SenderMiddleware(BaseMiddleware):
    """Puts `person` into the data of a handler. Inner, so that only messages somebody handles cost a read."""

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
        db: Database = data["db"]
        texts: Texts = data["texts"]
        chat, group = _group_of(event), None
        async with db.read() as unit:
            settings = await unit.users.settings(person_id)
            if chat is not None:
                group = await unit.groups.settings(chat.id)
        language = choose(telegram_language, settings.language)
        common = texts(group.language) if group is not None and group.language is not None else None
        data["person"] = Sender(person_id, name, settings, texts(language), telegram_language, group, common)
        return await handler(event, data)


def _group_of(event: TelegramObject) -> Chat | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    chat = message.chat if isinstance(message, Message | InaccessibleMessage) else None
    return chat if chat is not None and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP} else None


def speaker_of(event: TelegramObject) -> tuple[int, str, str | None] | None:
    """(id, name, Telegram's language code) of who wrote or pressed; None for bots and for nobody."""
    if isinstance(event, Message) and event.sender_chat is not None:
        return event.sender_chat.id, event.sender_chat.full_name, None
    user: User | None = event.from_user if isinstance(event, Message | CallbackQuery) else None
    if user is None or user.is_bot:
        return None
    return user.id, user.first_name, user.language_code
