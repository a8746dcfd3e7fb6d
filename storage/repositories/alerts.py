"""The problems about which operators are alerted: since when each exists, and whether it was told."""

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
        """The problems that were not told yet, by key, and since when each exists."""
        statement = select(alerts.c.key, alerts.c.since).where(alerts.c.told_at.is_(None))
        return dict(tuple(row) for row in await self._statements.execute(statement))

    async def keys(self) -> set[str]:
        return {key for (key,) in await self._statements.execute(select(alerts.c.key))}

    async def begin(self, key: str) -> None:
        """Stores that the problem exists. If it is stored already, its time is kept."""
        statement = insert(self._statements, alerts).values(key=key, since=self._now(), told_at=None)
        await self._statements.execute(statement.on_conflict_do_nothing())

    async def end(self, key: str) -> bool:
        """Deletes the problem: it is over, and a new one is told again. Returns whether the operators had been told."""
        statement = delete(alerts).where(alerts.c.key == key).returning(alerts.c.told_at)
        found = (await self._statements.execute(statement)).first()
        return found is not None and found[0] is not None

    async def untell(self, key: str) -> None:
        """Nobody could be told after all."""
        await self._statements.execute(update(alerts).where(alerts.c.key == key).values(told_at=None))

    async def tell(self, key: str) -> bool:
        """Claims the right to tell the operators. False: another process tells them, or has told them."""
        statement = update(alerts).where(alerts.c.key == key, alerts.c.told_at.is_(None)).values(told_at=self._now())
        return bool((await self._statements.execute(statement)).rowcount)
