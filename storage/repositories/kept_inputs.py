"""Stores what messages asked for, for the buttons below their answers."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from storage.records import ELSEWHERE, KeptInput
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import kept_inputs

_COLUMNS = (
    kept_inputs.c.id,
    kept_inputs.c.source,
    kept_inputs.c.chat_id,
    kept_inputs.c.requester_id,
    kept_inputs.c.content,
    kept_inputs.c.kept_at,
)


class KeptInputs:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def keep(self, source: str, chat_id: int, requester_id: int, content: str) -> KeptInput:
        """Stores what a message asked for. An earlier input of the same `source` is replaced, and keeps its id."""
        given = {"chat_id": chat_id, "requester_id": requester_id, "content": content, "kept_at": self._now()}
        statement = (
            insert(self._statements, kept_inputs)
            .values(source=source, **given)
            .on_conflict_do_update(index_elements=[kept_inputs.c.source], set_=given)
            .returning(*_COLUMNS)
        )
        return KeptInput(*(await self._statements.execute(statement)).one())

    async def get(self, kept_id: int) -> KeptInput | None:
        return await self._one(kept_inputs.c.id == kept_id)

    async def of_source(self, source: str) -> KeptInput | None:
        return await self._one(kept_inputs.c.source == source)

    async def latest(self, requester_id: int) -> KeptInput | None:
        """A person's newest input, in any chat that the bot knows."""
        mine = kept_inputs.c.requester_id == requester_id
        statement = select(*_COLUMNS).where(mine, kept_inputs.c.chat_id != ELSEWHERE)
        found = (await self._statements.execute(statement.order_by(kept_inputs.c.id.desc()).limit(1))).first()
        return KeptInput(*found) if found else None

    async def thin_out(self, requester_id: int, prefix: str, *, newest: int) -> None:
        """Deletes a person's inputs whose source begins with `prefix`, except the `newest` ones."""
        mine = select(kept_inputs.c.id).where(
            kept_inputs.c.requester_id == requester_id, kept_inputs.c.source.startswith(prefix, autoescape=True)
        )
        older = mine.order_by(kept_inputs.c.kept_at.desc(), kept_inputs.c.id.desc()).offset(newest)
        await self._statements.execute(delete(kept_inputs).where(kept_inputs.c.id.in_(older.scalar_subquery())))

    async def purge(self, before: datetime, *, prefix: str = "", limit: int = 1000) -> int:
        """Deletes up to `limit` inputs that were stored before then and whose source begins with `prefix`. Returns the
        number."""
        old = select(kept_inputs.c.id).where(kept_inputs.c.kept_at < before).order_by(kept_inputs.c.kept_at)
        if prefix:
            old = old.where(kept_inputs.c.source.startswith(prefix, autoescape=True))
        statement = delete(kept_inputs).where(kept_inputs.c.id.in_(old.limit(limit).scalar_subquery()))
        return (await self._statements.execute(statement)).rowcount

    async def _one(self, condition: ColumnElement[bool]) -> KeptInput | None:
        found = (await self._statements.execute(select(*_COLUMNS).where(condition))).first()
        return KeptInput(*found) if found else None
