"""The settings of users."""

from dataclasses import fields

from sqlalchemy import Executable, bindparam, select, update

from storage.records import Picked, UserSettings
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.prepared import prepared
from storage.statements.tables import users

_COLUMNS = tuple(users.c[field.name] for field in fields(UserSettings))
_DEFAULTS = {field.name: field.default for field in fields(UserSettings) if field.name != "user_id"}


@prepared()
def _settings(_: str) -> Executable:
    return select(*_COLUMNS).where(users.c.user_id == bindparam("person"))


class Users:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def settings(self, user_id: int) -> UserSettings:
        """A user's settings; the defaults if nothing was ever set."""
        found = (await self._statements.execute(_settings, {"person": user_id})).first()
        return UserSettings(*found) if found else UserSettings(user_id)

    async def change(
        self, user_id: int, **changes: str | float | bool | tuple[str, ...] | tuple[tuple[str, Picked], ...] | None
    ) -> UserSettings:
        """Sets the named fields of UserSettings, None included. Raises TypeError for any other name."""
        if unknown := changes.keys() - _DEFAULTS.keys():
            raise TypeError(f"UserSettings has no {', '.join(sorted(unknown))}")
        if not changes:
            return await self.settings(user_id)
        statement = (
            insert(self._statements, users)
            .values(user_id=user_id, **changes)
            .on_conflict_do_update(index_elements=[users.c.user_id], set_=dict(changes))
            .returning(*_COLUMNS)
        )
        return UserSettings(*(await self._statements.execute(statement)).one())

    async def reset(self, user_id: int) -> None:
        """Resets a user to the defaults. When they were last served is kept, because it is not a setting."""
        await self._statements.execute(update(users).where(users.c.user_id == user_id).values(_DEFAULTS))
