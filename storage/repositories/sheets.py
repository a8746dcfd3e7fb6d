"""The sheets after the first of a request with many pictures: each is a separate message, sent once."""

from dataclasses import fields

from sqlalchemy import delete, select

from storage.records import Sheet
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import sheets

_COLUMNS = tuple(sheets.c[field.name] for field in fields(Sheet))


class Sheets:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add(self, request_id: int, sheet: Sheet) -> None:
        """Stores that the sheet was sent. Changes nothing if one with that number is stored."""
        values = {field.name: getattr(sheet, field.name) for field in fields(Sheet)}
        statement = insert(self._statements, sheets).values(request_id=request_id, **values)
        await self._statements.execute(statement.on_conflict_do_nothing())

    async def of_request(self, request_id: int) -> list[Sheet]:
        """A request's further sheets, in order; empty if it has one sheet or a single picture."""
        statement = select(*_COLUMNS).where(sheets.c.request_id == request_id).order_by(sheets.c.number)
        return [Sheet(*row) for row in await self._statements.execute(statement)]

    async def forget(self, request_id: int) -> None:
        """Deletes the rows, because the messages are gone."""
        await self._statements.execute(delete(sheets).where(sheets.c.request_id == request_id))
