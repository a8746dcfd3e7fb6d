"""Pictures that people reported to the operators."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import func, or_, select, update

from storage.records import Report
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import reports, requests

_COLUMNS = tuple(reports.c[field.name] for field in fields(Report))


class Reports:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def add(self, request_id: int, by: int) -> Report | None:
        """Stores a report. None: this picture was reported before."""
        statement = (
            insert(self._statements, reports)
            .values(request_id=request_id, by=by, at=self._now())
            .on_conflict_do_nothing()
            .returning(*_COLUMNS)
        )
        found = (await self._statements.execute(statement)).first()
        return None if found is None else Report(*found)

    async def count_since(self, by: int, when: datetime) -> int:
        """How many pictures this person reported after then."""
        statement = select(func.count()).select_from(reports).where(reports.c.by == by, reports.c.at > when)
        counted: int = (await self._statements.execute(statement)).scalar_one()
        return counted

    async def get(self, report_id: int) -> Report | None:
        found = (await self._statements.execute(select(*_COLUMNS).where(reports.c.id == report_id))).first()
        return None if found is None else Report(*found)

    async def open_in(self, chat_id: int) -> int:
        """How many pictures of this chat wait for a decision."""
        statement = select(func.count()).select_from(reports).join(requests, requests.c.id == reports.c.request_id)
        waiting = statement.where(requests.c.chat_id == chat_id, reports.c.outcome.is_(None))
        counted: int = (await self._statements.execute(waiting)).scalar_one()
        return counted

    async def oldest_in(self, chat_id: int) -> Report | None:
        """The report of this chat that has waited longest."""
        statement = select(*_COLUMNS).join(requests, requests.c.id == reports.c.request_id)
        waiting = statement.where(requests.c.chat_id == chat_id, reports.c.outcome.is_(None)).order_by(reports.c.id)
        found = (await self._statements.execute(waiting.limit(1))).first()
        return None if found is None else Report(*found)

    async def decide(self, report_id: int, outcome: str, *, over: str | None = None) -> bool:
        """Stores a decision; it replaces the outcome `over`, if that is given. False: somebody has decided already, or
        the report is gone."""
        open_ = (
            reports.c.outcome.is_(None) if over is None else or_(reports.c.outcome.is_(None), reports.c.outcome == over)
        )
        statement = update(reports).where(reports.c.id == report_id, open_).values(outcome=outcome)
        return bool((await self._statements.execute(statement)).rowcount)
