"""People's own presets."""

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
        """One of this person's presets; None: it is not theirs, or no longer exists."""
        statement = select(*_COLUMNS).where(presets.c.user_id == user_id, presets.c.id == preset_id)
        found = (await self._statements.execute(statement)).first()
        return Preset(*found) if found else None

    async def keep(
        self, user_id: int, name: str, prompt: str, *, model: str | None, parameters: Parameters
    ) -> Preset | None:
        """Stores a preset, replacing one of the same name. None: the person has MOST_PRESETS others already.

        Two processes that store one at the same moment may exceed that by one.
        """
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
        """Removes a preset. False: it is not this person's, or no longer exists."""
        statement = delete(presets).where(presets.c.user_id == user_id, presets.c.id == preset_id)
        return (await self._statements.execute(statement)).rowcount > 0

    async def forget(self, user_id: int) -> None:
        """Deletes all presets of a person."""
        await self._statements.execute(delete(presets).where(presets.c.user_id == user_id))
