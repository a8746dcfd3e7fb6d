"""What operators decide about people, with its audit: bans, own limits, and usernames by which people are found."""

from collections.abc import Callable, Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, select

from storage.records import Allowance, AuditEntry, Ban
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.prepared import prepared
from storage.statements.tables import allowances, audit, bans, usernames

NO_ALLOWANCE = Allowance()
_ALLOWANCE = tuple(allowances.c[field.name] for field in fields(Allowance))
_AUDIT = tuple(audit.c[field.name] for field in fields(AuditEntry))


@prepared()
def _ban(_: str) -> Executable:
    return select(bans.c.reason, bans.c.until).where(bans.c.user_id == bindparam("person"))


@prepared()
def _allowance(_: str) -> Executable:
    return select(*_ALLOWANCE).where(allowances.c.user_id == bindparam("person"))


class Moderation:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def ban_of(self, user_id: int) -> Ban | None:
        """The person's ban, if one applies now."""
        found = (await self._statements.execute(_ban, {"person": user_id})).first()
        if found is None or (found[1] is not None and found[1] <= self._now()):
            return None
        return Ban(*found)

    async def ban(self, user_id: int, ban: Ban) -> None:
        """Bans a person, replacing an earlier ban."""
        values = {"reason": ban.reason, "until": ban.until, "at": self._now()}
        await self._statements.execute(
            insert(self._statements, bans)
            .values(user_id=user_id, **values)
            .on_conflict_do_update(index_elements=[bans.c.user_id], set_=values)
        )

    async def unban(self, user_id: int) -> None:
        await self._statements.execute(delete(bans).where(bans.c.user_id == user_id))

    async def allowance(self, user_id: int) -> Allowance:
        """A person's own limits; those of everybody if none were ever set."""
        found = (await self._statements.execute(_allowance, {"person": user_id})).first()
        return NO_ALLOWANCE if found is None else Allowance(*found)

    async def allow(self, user_id: int, allowance: Allowance) -> None:
        """Sets a person's own limits."""
        if allowance == NO_ALLOWANCE:
            await self._statements.execute(delete(allowances).where(allowances.c.user_id == user_id))
            return
        values = {field.name: getattr(allowance, field.name) for field in fields(Allowance)}
        await self._statements.execute(
            insert(self._statements, allowances)
            .values(user_id=user_id, **values)
            .on_conflict_do_update(index_elements=[allowances.c.user_id], set_=values)
        )

    async def named(self, user_id: int, username: str) -> None:
        """Stores whose username this is now; nobody else keeps it."""
        name = username.lower()
        await self._statements.execute(
            delete(usernames).where(usernames.c.name == name, usernames.c.user_id != user_id)
        )
        await self._statements.execute(
            insert(self._statements, usernames)
            .values(user_id=user_id, name=name)
            .on_conflict_do_update(index_elements=[usernames.c.user_id], set_={"name": name})
        )

    async def by_name(self, username: str) -> int | None:
        """The id of the person who had this username when they last used the bot."""
        name = username.removeprefix("@").lower()
        statement = select(usernames.c.user_id).where(usernames.c.name == name).limit(1)
        found: int | None = (await self._statements.execute(statement)).scalar()
        return found

    async def name_of(self, user_id: int) -> str | None:
        statement = select(usernames.c.name).where(usernames.c.user_id == user_id)
        found: str | None = (await self._statements.execute(statement)).scalar()
        return found

    async def names_of(self, user_ids: Collection[int]) -> dict[int, str]:
        """The usernames of these people, as far as they are known."""
        statement = select(usernames.c.user_id, usernames.c.name).where(usernames.c.user_id.in_(set(user_ids)))
        return dict((await self._statements.execute(statement)).all())

    async def note(self, by: int, act: str, subject: int | None = None, detail: str | None = None) -> None:
        """Adds an entry to the audit."""
        values = {"at": self._now(), "by": by, "act": act, "subject": subject, "detail": detail}
        await self._statements.execute(audit.insert().values(**values))

    async def acts(self, *, subject: int | None = None, limit: int = 10) -> list[AuditEntry]:
        """The newest entries of the audit: all, or about one person."""
        statement = select(*_AUDIT).order_by(audit.c.id.desc()).limit(limit)
        if subject is not None:
            statement = statement.where(audit.c.subject == subject)
        return [AuditEntry(*row) for row in await self._statements.execute(statement)]
