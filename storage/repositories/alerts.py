"""What operators are to be alerted to: since when it is so, and whether they were told."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import alerts


class Alerts:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def untold(self) -> dict[str, datetime]:
        """What nobody was told of yet, and since when it is so."""
        statement = select(alerts.c.key, alerts.c.since).where(alerts.c.told_at.is_(None))
        return dict(tuple(row) for row in await self._statements.execute(statement))

    async def keys(self) -> set[str]:
        return {key for (key,) in await self._statements.execute(select(alerts.c.key))}

    async def begin(self, key: str) -> None:
        """It is so; how long it has been is kept."""
        statement = insert(self._statements, alerts).values(key=key, since=self._now(), told_at=None)
        await self._statements.execute(statement.on_conflict_do_nothing())

    async def end(self, key: str) -> bool:
        """It is not so any more: the next time is told anew. Whether the operators had been told."""
        statement = delete(alerts).where(alerts.c.key == key).returning(alerts.c.told_at)
        found = (await self._statements.execute(statement)).first()
        return found is not None and found[0] is not None

    async def untell(self, key: str) -> None:
        """Nobody could be told after all."""
        await self._statements.execute(update(alerts).where(alerts.c.key == key).values(told_at=None))

    async def tell(self, key: str) -> bool:
        """Claims the telling. False: another process tells, or has."""
        statement = update(alerts).where(alerts.c.key == key, alerts.c.told_at.is_(None)).values(told_at=self._now())
        return bool((await self._statements.execute(statement)).rowcount)
