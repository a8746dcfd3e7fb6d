"""The presets that people keep for themselves."""

from dataclasses import fields

from sqlalchemy import delete, func, select

from storage.records import Parameters, Preset
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import presets

MOST_PRESETS = 20  # of one person
_COLUMNS = tuple(presets.c[field.name] for field in fields(Preset))


class Presets:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def of(self, user_id: int) -> list[Preset]:
        """A person's presets, oldest first."""
        statement = select(*_COLUMNS).where(presets.c.user_id == user_id).order_by(presets.c.id)
        return [Preset(*row) for row in await self._statements.execute(statement)]

    async def get(self, user_id: int, preset_id: int) -> Preset | None:
        """One of this person's; None when it is not theirs, or no longer there."""
        statement = select(*_COLUMNS).where(presets.c.user_id == user_id, presets.c.id == preset_id)
        found = (await self._statements.execute(statement)).first()
        return Preset(*found) if found else None

    async def keep(
        self, user_id: int, name: str, prompt: str, *, model: str | None, parameters: Parameters
    ) -> Preset | None:
        """Stores one, in place of that of the same name. None: the person has MOST_PRESETS others already.

        Two processes that keep one at the same moment may store one more than that."""
        values = {"name": name, "prompt": prompt, "model": model, "parameters": parameters}
        folded = name.casefold()
        others = (
            select(func.count()).select_from(presets).where(presets.c.user_id == user_id, presets.c.folded != folded)
        )
        count: int = (await self._statements.execute(others)).scalar_one()
        if count >= MOST_PRESETS:
            return None
        statement = (
            insert(self._statements, presets)
            .values(user_id=user_id, folded=folded, **values)
            .on_conflict_do_update(index_elements=[presets.c.user_id, presets.c.folded], set_=values)
            .returning(*_COLUMNS)
        )
        return Preset(*(await self._statements.execute(statement)).one())

    async def remove(self, user_id: int, preset_id: int) -> bool:
        """False when it is not this person's, or no longer there."""
        statement = delete(presets).where(presets.c.user_id == user_id, presets.c.id == preset_id)
        return (await self._statements.execute(statement)).rowcount > 0

    async def forget(self, user_id: int) -> None:
        """Deletes all of a person's."""
        await self._statements.execute(delete(presets).where(presets.c.user_id == user_id))
