"""The length of the queue, for monitoring."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.records import DrawState, RequestState
from storage.statements.connection import Statements
from storage.statements.tables import draw_is, draws, request_is_open, requests


@dataclass(frozen=True, slots=True)
class QueueStats:
    """Requests that wait for their first draw, when the oldest of them was accepted, and running draws."""

    waiting: int
    oldest: datetime | None
    drawing: int


class Stats:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def queue(self) -> QueueStats:
        waiting = select(func.count(), func.min(requests.c.accepted_at)).where(
            request_is_open, requests.c.state == RequestState.WAITING
        )
        count, oldest = (await self._statements.execute(waiting)).one()
        drawing = select(func.count()).select_from(draws).where(draw_is(DrawState.DRAWING))
        return QueueStats(count, oldest, (await self._statements.execute(drawing)).scalar_one())
