"""The inbox of several processes: one of them handles all updates of a chat, so they stay in order."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage.records import InboxUpdate
from storage.repositories.signals import INBOX_CHANNEL
from storage.statements.connection import Statements
from storage.statements.dialects import insert, lock_lanes
from storage.statements.tables import inbox

_COLUMNS = (inbox.c.update_id, inbox.c.lane, inbox.c.body, inbox.c.attempts, inbox.c.received_at, inbox.c.crashes)


class SharedInbox:
    """For PostgreSQL only."""

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def add(self, updates: Sequence[InboxUpdate], owner: int) -> list[InboxUpdate]:
        """Stores a batch received by the process `owner`, and returns the new updates that this process has to handle,
        by id.

        If another process is handling a chat, the chat's updates go to that process, which is notified. Two processes
        that receive updates of one chat at once agree on one owner.
        """
        if not updates:
            return []
        lanes = {update.lane for update in updates}
        await lock_lanes(self._statements, lanes)
        known = await self._statements.execute(
            select(inbox.c.lane, func.max(inbox.c.owner))
            .where(inbox.c.lane.in_(lanes), inbox.c.owner.is_not(None))
            .group_by(inbox.c.lane)
        )
        owners: dict[int, int] = {lane: other for lane, other in known}  # noqa: C416 - rows are no pairs to mypy
        values = [
            {
                "update_id": update.update_id,
                "lane": update.lane,
                "body": update.body,
                "attempts": update.attempts,
                "received_at": update.received_at or self._now(),
                "owner": owners.get(update.lane, owner),
            }
            for update in updates
        ]
        statement = insert(self._statements, inbox).on_conflict_do_nothing().returning(*_COLUMNS)
        added = {row[0]: InboxUpdate(*row) for row in await self._statements.execute(statement, values)}
        for other in {owners.get(update.lane, owner) for update in added.values()} - {owner}:
            await self._statements.execute(select(func.pg_notify(INBOX_CHANNEL, str(other))))
        return [added[key] for key in sorted(added) if owners.get(added[key].lane, owner) == owner]
