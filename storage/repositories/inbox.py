"""The inbox: updates that Telegram delivered and that are not handled yet."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, select, update

from storage.records import InboxUpdate
from storage.statements.connection import Statements
from storage.statements.dialects import insert_for
from storage.statements.prepared import prepared
from storage.statements.tables import inbox

_COLUMNS = (inbox.c.update_id, inbox.c.lane, inbox.c.body, inbox.c.attempts, inbox.c.received_at, inbox.c.crashes)
_GIVEN = ("update_id", "lane", "body", "attempts", "received_at")


@prepared(*_GIVEN)
def _added(dialect: str) -> Executable:
    return insert_for(dialect, inbox).on_conflict_do_nothing().returning(*_COLUMNS)


@prepared()
def _removed(_: str) -> Executable:
    return delete(inbox).where(inbox.c.update_id == bindparam("handled"))


class Inbox:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def add(self, updates: Sequence[InboxUpdate]) -> list[InboxUpdate]:
        """Stores a batch, and returns the new updates, in the order of their ids."""
        if not updates:
            return []
        now = self._now()
        values = [
            {
                "update_id": update.update_id,
                "lane": update.lane,
                "body": update.body,
                "attempts": update.attempts,
                "received_at": update.received_at or now,
            }
            for update in updates
        ]
        added = {row[0]: InboxUpdate(*row) for row in await self._statements.execute(_added, values)}
        return [added[update_id] for update_id in sorted(added)]

    async def pending(self) -> list[InboxUpdate]:
        """All updates, in the order of their ids."""
        rows = await self._statements.execute(select(*_COLUMNS).order_by(inbox.c.update_id))
        return [InboxUpdate(*row) for row in rows]

    async def of_lane(self, lane: int, *, after: int, limit: int) -> list[InboxUpdate]:
        """The first `limit` updates of a lane with ids above `after`, in order."""
        statement = (
            select(*_COLUMNS)
            .where(inbox.c.lane == lane, inbox.c.update_id > after)
            .order_by(inbox.c.update_id)
            .limit(limit)
        )
        return [InboxUpdate(*row) for row in await self._statements.execute(statement)]

    async def recovered(self) -> list[InboxUpdate]:
        """All updates, in the order of their ids, with one more crash each. Call it when a process starts: an earlier
        one left them."""
        await self._statements.execute(update(inbox).values(crashes=inbox.c.crashes + 1))
        return await self.pending()

    async def begin(self, update_id: int) -> int:
        """Counts an attempt that failed, or one that is about to be made alone, and returns their number.

        0: the update is no longer there.
        """
        statement = (
            update(inbox)
            .where(inbox.c.update_id == update_id)
            .values(attempts=inbox.c.attempts + 1)
            .returning(inbox.c.attempts)
        )
        attempts: int | None = (await self._statements.execute(statement)).scalar()
        return attempts or 0

    async def remove(self, *update_ids: int) -> None:
        if update_ids:
            await self._statements.execute(_removed, [{"handled": update_id} for update_id in update_ids])

    async def last_id(self) -> int | None:
        """The highest id in the inbox."""
        statement = select(inbox.c.update_id).order_by(inbox.c.update_id.desc()).limit(1)
        found: int | None = (await self._statements.execute(statement)).scalar()
        return found
