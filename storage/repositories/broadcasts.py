"""Messages that operators send to everybody: who is next, how far each broadcast is, and who wants none.

There is no list of recipients: the next person is the one with the next higher id. The row's `cursor` moves before a
message is sent. So nobody gets it twice after a crash, and each person belongs to one of the processes that send.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, literal_column, or_, select, update

from storage.records import Broadcast, BroadcastState
from storage.statements.connection import Statements
from storage.statements.dialects import insert
from storage.statements.tables import bans, broadcast_refusals, broadcasts, chats, requests

_COLUMNS = tuple(broadcasts.c[field.name] for field in fields(Broadcast))
_IS_RUNNING = broadcasts.c.state == literal_column("'running'")  # literally, as the partial index says it
_COUNTED = frozenset({"sent", "gone", "failed"})


class Broadcasts:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def draft(self, by: int, message_id: int, since: datetime) -> Broadcast:
        """Adds a broadcast that is not confirmed yet."""
        values = {
            "by": by,
            "message_id": message_id,
            "since": since,
            "state": BroadcastState.DRAFT,
            "cursor": 0,
            "sent": 0,
            "gone": 0,
            "failed": 0,
            "at": self._now(),
        }
        statement = broadcasts.insert().values(**values).returning(*_COLUMNS)
        return Broadcast(*(await self._statements.execute(statement)).one())

    async def get(self, broadcast_id: int) -> Broadcast | None:
        found = (await self._statements.execute(select(*_COLUMNS).where(broadcasts.c.id == broadcast_id))).first()
        return None if found is None else Broadcast(*found)

    async def running(self) -> Broadcast | None:
        """The first running broadcast, if there is one."""
        statement = select(*_COLUMNS).where(_IS_RUNNING).order_by(broadcasts.c.id)
        found = (await self._statements.execute(statement.limit(1))).first()
        return None if found is None else Broadcast(*found)

    async def shown(self, broadcast_id: int, card_id: int) -> None:
        """Stores the message that shows the progress."""
        await self._statements.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast_id).values(card_id=card_id)
        )

    async def turn(self, broadcast_id: int, *, to: BroadcastState, of: frozenset[BroadcastState]) -> bool:
        """Changes the state. False: it was in none of the states `of`."""
        states = [state.value for state in of]
        statement = (
            update(broadcasts).where(broadcasts.c.id == broadcast_id, broadcasts.c.state.in_(states)).values(state=to)
        )
        return bool((await self._statements.execute(statement)).rowcount)

    async def count(self, since: datetime) -> int:
        """How many people would get it now."""
        statement = select(func.count(requests.c.requester_id.distinct())).where(*_wanted(since, self._now()))
        counted: int = (await self._statements.execute_aside(statement)).scalar_one()
        return counted

    async def next_person(self, broadcast: Broadcast) -> int | None:
        """The next person; None: everybody had their turn."""
        wanted = _wanted(broadcast.since, self._now())
        statement = select(requests.c.requester_id).where(requests.c.requester_id > broadcast.cursor, *wanted)
        ordered = statement.order_by(requests.c.requester_id).limit(1)
        found: int | None = (await self._statements.execute(ordered)).scalar()
        return found

    async def language_of(self, person: int) -> str | None:
        """The language of the person's newest request, or None."""
        statement = select(requests.c.language).where(requests.c.requester_id == person)
        found: str | None = (await self._statements.execute(statement.order_by(requests.c.id.desc()).limit(1))).scalar()
        return found

    async def take(self, broadcast: Broadcast, person: int) -> bool:
        """Moves the cursor to this person, whose message may then be sent. False: another process has moved it, or the
        broadcast does not run any more."""
        statement = (
            update(broadcasts)
            .where(
                broadcasts.c.id == broadcast.id,
                broadcasts.c.cursor == broadcast.cursor,
                broadcasts.c.state == BroadcastState.RUNNING,
            )
            .values(cursor=person)
        )
        return bool((await self._statements.execute(statement)).rowcount)

    async def counted(self, broadcast_id: int, outcome: str) -> None:
        """Adds one to `sent`, `gone` or `failed`. Raises ValueError for any other word."""
        if outcome not in _COUNTED:
            raise ValueError(f"a broadcast counts {', '.join(sorted(_COUNTED))}, not {outcome}")
        column = broadcasts.c[outcome]
        await self._statements.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast_id).values({column: column + 1})
        )

    async def refuse(self, user_id: int) -> None:
        """This person wants no more broadcasts."""
        await self._statements.execute(
            insert(self._statements, broadcast_refusals).values(user_id=user_id).on_conflict_do_nothing()
        )

    async def want(self, user_id: int) -> None:
        await self._statements.execute(delete(broadcast_refusals).where(broadcast_refusals.c.user_id == user_id))

    async def refuses(self, user_id: int) -> bool:
        statement = select(broadcast_refusals.c.user_id).where(broadcast_refusals.c.user_id == user_id)
        return (await self._statements.execute(statement)).first() is not None


def _wanted(since: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The condition on requests: their people asked after `since`, have not blocked the bot, are not banned, and want
    broadcasts."""
    person = requests.c.requester_id
    return (
        person > 0,
        requests.c.accepted_at > since,
        ~exists().where(chats.c.chat_id == person, chats.c.dead_reason.is_not(None)),
        ~exists().where(broadcast_refusals.c.user_id == person),
        ~exists().where(bans.c.user_id == person, or_(bans.c.until.is_(None), bans.c.until > now)),
    )
