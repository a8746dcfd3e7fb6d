"""The settings of groups."""

from dataclasses import fields

from sqlalchemy import Executable, bindparam, delete, select

from storage.records import GroupSettings
from storage.statements.connection import Statements
from storage.statements.dialects import insert, lock_rows
from storage.statements.prepared import prepared
from storage.statements.tables import groups

_COLUMNS = tuple(groups.c[field.name] for field in fields(GroupSettings))
_NAMES = {field.name for field in fields(GroupSettings)} - {"chat_id"}


@prepared()
def _settings(_: str) -> Executable:
    return select(*_COLUMNS).where(groups.c.chat_id == bindparam("chat"))


class Groups:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def settings(self, chat_id: int) -> GroupSettings:
        """The settings of a group; the defaults if nothing was ever set."""
        found = (await self._statements.execute(_settings, {"chat": chat_id})).first()
        return GroupSettings(*found) if found else GroupSettings(chat_id)

    async def lock(self, chat_id: int) -> None:
        """Locks a group's settings, if it has any, until the transaction ends."""
        await lock_rows(self._statements, select(groups.c.chat_id).where(groups.c.chat_id == chat_id))

    async def change(self, chat_id: int, **changes: str | int | bool | tuple[str, ...] | None) -> GroupSettings:
        """Sets the named fields of GroupSettings, None included. Raises TypeError for any other name."""
        if unknown := changes.keys() - _NAMES:
            raise TypeError(f"GroupSettings has no {', '.join(sorted(unknown))}")
        if not changes:
            return await self.settings(chat_id)
        statement = (
            insert(self._statements, groups)
            .values(chat_id=chat_id, **changes)
            .on_conflict_do_update(index_elements=[groups.c.chat_id], set_=dict(changes))
            .returning(*_COLUMNS)
        )
        return GroupSettings(*(await self._statements.execute(statement)).one())

    async def reset(self, chat_id: int) -> None:
        """Resets a group to the defaults."""
        await self._statements.execute(delete(groups).where(groups.c.chat_id == chat_id))
