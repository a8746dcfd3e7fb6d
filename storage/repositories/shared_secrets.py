"""Secrets that one process generated and all processes on the database use."""

from sqlalchemy import select

from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import shared_secrets


class SharedSecrets:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def agree(self, name: str, proposal: str) -> str:
        """Returns the stored value; if there is none, stores `proposal` and returns it."""
        await self._statements.execute(
            insert(self._statements, shared_secrets).values(name=name, value=proposal).on_conflict_do_nothing()
        )
        found = await self._statements.execute(select(shared_secrets.c.value).where(shared_secrets.c.name == name))
        value: str = found.scalar_one()
        return value
