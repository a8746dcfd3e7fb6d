"""The length of the queue, for monitoring."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from storage.records import DrawState, RequestState
from storage.statements.connection import Statements
from storage.statements.tables import draw_is, draws, request_is_open, requests, workers


@dataclass(frozen=True, slots=True)
class QueueStats:
    """`waiting`: requests that wait for their first draw. `oldest`: when the oldest of them was accepted. `drawing`:
    running draws. `workers`: processes that draw (0 if one process does everything)."""

    waiting: int
    oldest: datetime | None
    drawing: int
    workers: int = 0


class Stats:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def revision(self) -> str | None:
        """The revision of the tables, which a newer version may have migrated meanwhile."""
        found: str | None = (await self._statements.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        return found

    async def queue(self) -> QueueStats:
        waiting = select(func.count(), func.min(requests.c.accepted_at)).where(
            request_is_open, requests.c.state == RequestState.WAITING
        )
        count, oldest = (await self._statements.execute(waiting)).one()
        drawing = select(func.count()).select_from(draws).where(draw_is(DrawState.DRAWING))
        seen = select(func.count()).select_from(workers)
        return QueueStats(
            count,
            oldest,
            (await self._statements.execute(drawing)).scalar_one(),
            (await self._statements.execute(seen)).scalar_one(),
        )
