"""Chats: what they are, whether they are gone, and where they moved to."""

from sqlalchemy import delete, select, update

from storage.records import Chat, PlaceholderState
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import chats, draws, groups, request_is_open, requests

MOVED_TO = "moved to "  # the reason why a group is gone that became a supergroup; its new id follows
_COLUMNS = (chats.c.chat_id, chats.c.kind, chats.c.title, chats.c.dead_reason)


class Chats:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def get(self, chat_id: int) -> Chat | None:
        found = (await self._statements.execute(select(*_COLUMNS).where(chats.c.chat_id == chat_id))).first()
        return Chat(*found) if found else None

    async def seen(self, chat: Chat) -> None:
        """It spoke: kind and title are as given, and it is not dead."""
        values = {"kind": chat.kind, "title": chat.title, "dead_reason": None}
        await self._statements.execute(
            insert(self._statements, chats)
            .values(chat_id=chat.chat_id, **values)
            .on_conflict_do_update(index_elements=[chats.c.chat_id], set_=values)
        )

    async def mark_dead(self, chat_id: int, reason: str) -> None:
        """Nothing is to be sent there until it speaks again."""
        kind = "private" if chat_id > 0 else "group"  # a guess, for a chat that was never seen
        await self._statements.execute(
            insert(self._statements, chats)
            .values(chat_id=chat_id, kind=kind, dead_reason=reason)
            .on_conflict_do_update(index_elements=[chats.c.chat_id], set_={"dead_reason": reason})
        )

    async def moved_to(self, chat_id: int) -> int | None:
        """The supergroup that a group became; None when it is not known to have become one."""
        chat = await self.get(chat_id)
        if chat is None or chat.dead_reason is None or not chat.dead_reason.startswith(MOVED_TO):
            return None
        return int(chat.dead_reason.removeprefix(MOVED_TO))

    async def migrate(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup with another id: its requests go with it, those that the group itself made,
        and what its admins chose. Message ids do not: the supergroup counts anew, and an old id may be another message
        there. So pictures still to come are sent instead of edited in, and old messages are not found any more."""
        old = await self.get(old_id)
        await self._statements.execute(
            insert(self._statements, chats)
            .values(chat_id=new_id, kind="supergroup", title=old.title if old else None)
            .on_conflict_do_nothing()
        )
        await self._statements.execute(delete(chats).where(chats.c.chat_id == old_id))
        await self.mark_dead(old_id, f"{MOVED_TO}{new_id}")
        taken = select(groups.c.chat_id).where(groups.c.chat_id == new_id)
        if (await self._statements.execute(taken)).first() is None:
            await self._statements.execute(update(groups).where(groups.c.chat_id == old_id).values(chat_id=new_id))
        await self._statements.execute(
            update(requests)
            .where(requests.c.chat_id == old_id, request_is_open)
            .values(placeholder=PlaceholderState.SKIPPED)
        )
        await self._statements.execute(
            update(requests)
            .where(requests.c.chat_id == old_id)
            .values(chat_id=new_id, chat_kind="supergroup", message_id=None, message_kind=None, reply_to=None)
        )
        for table in (requests, draws):
            await self._statements.execute(
                update(table).where(table.c.requester_id == old_id).values(requester_id=new_id)
            )
