"""Chats: kind, title, whether they are gone, and what they migrated to."""

from sqlalchemy import delete, select, update

from storage.records import Chat, PlaceholderState
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import charges, chats, draws, groups, request_is_open, requests, sheets

MOVED_TO = "moved to "  # the reason why a group is gone that became a supergroup; its new id follows
_COLUMNS = (chats.c.chat_id, chats.c.kind, chats.c.title, chats.c.dead_reason)


class Chats:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def get(self, chat_id: int) -> Chat | None:
        found = (await self._statements.execute(select(*_COLUMNS).where(chats.c.chat_id == chat_id))).first()
        return Chat(*found) if found else None

    async def seen(self, chat: Chat) -> None:
        """Stores kind and title of a chat that wrote, and marks it as alive."""
        values = {"kind": chat.kind, "title": chat.title, "dead_reason": None}
        await self._statements.execute(
            insert(self._statements, chats)
            .values(chat_id=chat.chat_id, **values)
            .on_conflict_do_update(index_elements=[chats.c.chat_id], set_=values)
        )

    async def mark_dead(self, chat_id: int, reason: str) -> None:
        """Marks a chat as gone: nothing is sent there until it writes again."""
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
        """Moves a group's requests and settings to the supergroup that it became.

        Message ids are dropped: the supergroup counts from 1, so an old id may be another message there. Pictures in
        progress are therefore sent instead of edited in, and replies to old messages are not recognised."""
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
        await self._statements.execute(delete(sheets).where(sheets.c.chat_id == old_id))
        await self._statements.execute(update(charges).where(charges.c.account == old_id).values(account=new_id))
