"""Chats that come, go and move: what the bot is told about its own membership."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from storage import Database
from storage.records import Chat

_GONE = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}


def router() -> Router:
    chats = Router(name="chats")
    chats.message.register(moved, F.migrate_to_chat_id)
    chats.my_chat_member.register(membership)
    return chats


async def moved(message: Message, db: Database) -> None:
    """A group became a supergroup: it goes on under another id."""
    if message.migrate_to_chat_id is not None:
        async with db.transaction() as unit:
            await unit.chats.migrate(message.chat.id, message.migrate_to_chat_id)


async def membership(event: ChatMemberUpdated, db: Database) -> None:
    """Blocked or removed: nothing is sent there. Unblocked, added or restored: it is a chat like any other."""
    chat, status = event.chat, event.new_chat_member.status
    async with db.transaction() as unit:
        if status in _GONE:
            await unit.chats.mark_dead(chat.id, f"the bot is {status}")
        else:
            await unit.chats.seen(Chat(chat.id, chat.type, chat.title or chat.full_name or None))
