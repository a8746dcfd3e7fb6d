"""Keys that people bring for back-ends, as ciphertext: the database alone is not enough to read them."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, and_, bindparam, delete, select, update

from storage.records import OwnKey
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.prepared import prepared
from storage.statements.tables import own_keys

_COLUMNS = tuple(own_keys.c[field.name] for field in fields(OwnKey))


@prepared()
def _of(_: str) -> Executable:
    return select(*_COLUMNS).where(own_keys.c.user_id == bindparam("person")).order_by(own_keys.c.id)


class OwnKeys:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def of(self, user_id: int) -> list[OwnKey]:
        """A person's keys, oldest first."""
        return [OwnKey(*row) for row in await self._statements.execute(_of, {"person": user_id})]

    async def keep(self, user_id: int, provider: str, origin: str, sealed: str) -> None:
        """Stores a key, replacing the one that this person had there."""
        values = {"sealed": sealed, "added_at": self._now(), "refused_at": None}
        await self._statements.execute(
            insert(self._statements, own_keys)
            .values(user_id=user_id, provider=provider, origin=origin, **values)
            .on_conflict_do_update(
                index_elements=[own_keys.c.user_id, own_keys.c.provider, own_keys.c.origin], set_=values
            )
        )

    async def remove(self, user_id: int, provider: str, origin: str) -> bool:
        """Removes a key. False: there was none."""
        return (await self._statements.execute(delete(own_keys).where(_this(user_id, provider, origin)))).rowcount > 0

    async def refused(self, user_id: int, provider: str, origin: str, sealed: str) -> None:
        """Stores that the back-end refused this very key. A key that has replaced it is not changed."""
        which = and_(_this(user_id, provider, origin), own_keys.c.sealed == sealed)
        await self._statements.execute(update(own_keys).where(which).values(refused_at=self._now()))


def _this(user_id: int, provider: str, origin: str) -> ColumnElement[bool]:
    return and_(own_keys.c.user_id == user_id, own_keys.c.provider == provider, own_keys.c.origin == origin)
