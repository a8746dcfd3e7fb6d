"""Chats that come, go and move: what the bot is told about its own membership."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated, Message

from bot.handlers.filters import Where
from bot.handlers.permissions.allowed import AllowedChats
from bot.jobs.service import ImagineService
from bot.telegram.outbox.outbox import Outbox
from storage import Database
from storage.records import Chat

_GONE = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}


def router() -> Router:
    chats = Router(name="chats")
    chats.message.register(moved, Where(F.migrate_to_chat_id))
    chats.my_chat_member.register(membership)
    return chats


async def moved(message: Message, db: Database, allowed: AllowedChats) -> None:
    """A group became a supergroup: it goes on under another id."""
    if message.migrate_to_chat_id is not None:
        async with db.transaction() as unit:
            await unit.chats.migrate(message.chat.id, message.migrate_to_chat_id)
        await allowed.moved(message.chat.id, message.migrate_to_chat_id)


async def membership(event: ChatMemberUpdated, db: Database, service: ImagineService, outbox: Outbox) -> None:
    """Blocked or removed: what is open there ends, and nothing is sent. Unblocked, added or restored: it is a chat
    like any other."""
    chat, member = event.chat, event.new_chat_member
    outbox.rights_changed(chat.id)
    outside = isinstance(member, ChatMemberRestricted) and not member.is_member
    if member.status in _GONE or outside:
        await service.chat_gone(chat.id, f"the bot is {'left' if outside else member.status}")
        return
    async with db.transaction() as unit:
        await unit.chats.seen(Chat(chat.id, chat.type, chat.title))  # a private chat has none: no names are kept
