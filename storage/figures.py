"""How long the queue is, for whoever watches the bot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.records import DrawState, RequestState
from storage.statements import Statements
from storage.tables import draw_is, draws, request_is_open, requests


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """`waiting` requests of which nothing is drawn yet, when the `oldest` of them was accepted, draws under way."""

    waiting: int
    oldest: datetime | None
    drawing: int


class Figures:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def queue(self) -> QueueFigures:
        waiting = select(func.count(), func.min(requests.c.accepted_at)).where(
            request_is_open, requests.c.state == RequestState.WAITING
        )
        count, oldest = (await self._statements.execute(waiting)).one()
        drawing = select(func.count()).select_from(draws).where(draw_is(DrawState.DRAWING))
        return QueueFigures(count, oldest, (await self._statements.execute(drawing)).scalar_one())
