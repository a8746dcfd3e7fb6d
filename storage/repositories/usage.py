"""Usage in a period: requests and pictures by outcome and model, waits, failures, costs, people.

A period is added up day by day, so that no statement reads a month. Durations are those of the newest requests.
Requests count when they end.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, case, cast, exists, func, literal_column, select

from storage.records import DrawState, RequestState
from storage.statements.connection import Statements
from storage.statements.prepared import is_one_of
from storage.statements.tables import charge_counts, charges, chats, draw_is_paid, draws, requests, usernames

SAMPLED = 2000  # requests of which the durations are looked at
MOST_CHATS = 50  # of a day that are added to those of the others
EXAMPLES = 5
RUNS = 500  # draws that are looked at
_SPENT = (DrawState.WAITING, DrawState.DRAWING, DrawState.DRAWN)


@dataclass(frozen=True, slots=True)
class DayUsage:
    """Counts of what ended in a day: requests and pictures by (model, state), requests by chat, failures by reason.
    `own_keys`: pictures drawn with people's own keys, by model."""

    requests: dict[tuple[str, str], int] = field(default_factory=dict)
    pictures: dict[tuple[str, str], int] = field(default_factory=dict)
    chats: dict[int, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    own_keys: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FailureExample:
    request_id: int
    at: datetime
    model: str
    reason: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class RecentRequest:
    id: int
    at: datetime
    model: str
    state: RequestState
    reason: str | None
    prompt: str


@dataclass(frozen=True, slots=True)
class RecentRun:
    """A recent run of a model. `error`: None: it drew."""

    model: str
    error: str | None
    at: datetime


class Usage:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def day(self, since: datetime, until: datetime) -> DayUsage:
        ended = _ended(since, until)
        by_state = (
            select(requests.c.model, requests.c.state, func.count())
            .where(*ended)
            .group_by(requests.c.model, requests.c.state)
        )
        by_draw = (
            select(draws.c.model, draws.c.state, draws.c.own_key, func.count())
            .select_from(requests)
            .join(draws, draws.c.request_id == requests.c.id)
            .where(*ended)
            .group_by(draws.c.model, draws.c.state, draws.c.own_key)
        )
        number = func.count().label("number")
        by_chat = (
            select(requests.c.chat_id, number)
            .where(*ended)
            .group_by(requests.c.chat_id)
            .order_by(number.desc(), requests.c.chat_id)
            .limit(MOST_CHATS)
        )
        by_reason = (
            select(requests.c.reason, func.count())
            .where(*ended, requests.c.state == RequestState.FAILED)
            .group_by(requests.c.reason)
        )
        run = self._statements.execute_aside
        pictures, own_keys = Counter[tuple[str, str]](), Counter[str]()
        for model, state, own_key, count in await run(by_draw):
            pictures[model, state.value] += count
            if own_key and state is DrawState.DRAWN:
                own_keys[model] += count
        return DayUsage(
            {(model, state.value): count for model, state, count in await run(by_state)},
            pictures,
            dict(tuple(row) for row in await run(by_chat)),
            {reason or "internal": count for reason, count in await run(by_reason)},
            own_keys,
        )

    async def durations(self, since: datetime) -> tuple[list[float], list[float]]:
        """Seconds until drawing began, and of drawing, of the newest delivered requests."""
        newest = (
            select(requests.c.id, requests.c.accepted_at)
            .where(*_ended(since), requests.c.state == RequestState.DELIVERED)
            .order_by(requests.c.finished_at.desc())
            .limit(SAMPLED)
            .subquery()
        )
        statement = (
            select(newest.c.accepted_at, func.min(draws.c.started_at), func.max(draws.c.finished_at))
            .select_from(newest)
            .join(draws, draws.c.request_id == newest.c.id)
            .group_by(newest.c.id, newest.c.accepted_at)
        )
        waits, drawing = [], []
        for accepted, begun, ended in await self._statements.execute_aside(statement):
            if begun is not None and ended is not None:
                waits.append(max((begun - accepted).total_seconds(), 0.0))
                drawing.append(max((ended - begun).total_seconds(), 0.0))
        return sorted(waits), sorted(drawing)

    async def runs(self, since: datetime) -> list[RecentRun]:
        """The newest runs of models that ended since then, oldest first, including those that another model took over.
        Runs with people's own keys are left out, because they say nothing about the operator's key."""
        columns = (draws.c.model, draws.c.state, draws.c.error, draws.c.detours, draws.c.finished_at)
        newest = (
            select(*columns, draws.c.id)
            .where(draws.c.own_key.is_(False))
            .order_by(draws.c.id.desc())
            .limit(RUNS)
            .subquery()
        )
        statement = (
            select(newest.c.model, newest.c.state, newest.c.error, newest.c.detours, newest.c.finished_at)
            .where(newest.c.finished_at.is_not(None), newest.c.finished_at > since)
            .order_by(newest.c.finished_at)
        )
        found = []
        for model, state, error, detours, at in await self._statements.execute(statement):
            found += [RecentRun(detour.model, detour.code, at) for detour in detours]
            if state is not DrawState.CANCELLED:
                found.append(RecentRun(model, error if state is DrawState.FAILED else None, at))
        return found

    async def examples(self, since: datetime) -> list[FailureExample]:
        """The newest failures."""
        columns = (requests.c.id, requests.c.finished_at, requests.c.model, requests.c.reason, requests.c.detail)
        statement = (
            select(*columns)
            .where(*_ended(since), requests.c.state == RequestState.FAILED)
            .order_by(requests.c.finished_at.desc())
            .limit(EXAMPLES)
        )
        return [
            FailureExample(number, at, model, reason or "internal", detail)
            for number, at, model, reason, detail in await self._statements.execute(statement)
        ]

    async def costs(self, since: datetime, person: int | None = None) -> dict[str, int]:
        """Costs by model, in millionths of the operator's unit; "" for charges of people who used /forget."""
        reserved = select(draws.c.model, cast(func.sum(draws.c.cost), BigInteger)).where(
            draw_is_paid, draws.c.reserved_at > since, is_one_of(draws.c.state, _SPENT)
        )
        charged = select(charges.c.model, cast(func.sum(charges.c.amount), BigInteger)).where(
            charge_counts, charges.c.at > since, charges.c.amount > 0
        )
        if person is not None:
            reserved = reserved.where(draws.c.requester_id == person)
            charged = charged.where(charges.c.account == person)
        found: dict[str, int] = {}
        for statement in (reserved.group_by(draws.c.model), charged.group_by(charges.c.model)):
            for model, amount in await self._statements.execute_aside(statement):
                found[model or ""] = found.get(model or "", 0) + int(amount or 0)
        return found

    async def people(self, since: datetime) -> tuple[int, int]:
        """How many people had a request that ended since then, and how many of them had never asked before."""
        # As a sum, so that SQLite reads the time by its index, and not everybody by theirs.
        person = requests.c.requester_id + literal_column("0")
        active = select(person.label("requester_id")).where(*_ended(since), person > 0).distinct().subquery("active")
        earlier = requests.alias("earlier")
        before = exists().where(earlier.c.requester_id == active.c.requester_id, earlier.c.accepted_at < since)
        counted = select(func.count(), func.coalesce(func.sum(case((before, 0), else_=1)), 0)).select_from(active)
        everybody, new = (await self._statements.execute_aside(counted)).one()
        return int(everybody), int(new)

    async def titles(self, chat_ids: list[int]) -> dict[int, str]:
        """The titles of groups and the usernames of people, as far as they are known."""
        statement = select(chats.c.chat_id, chats.c.title).where(chats.c.chat_id.in_(chat_ids))
        found = {chat: title for chat, title in await self._statements.execute(statement) if title}
        named = select(usernames.c.user_id, usernames.c.name).where(usernames.c.user_id.in_(chat_ids))
        return found | {person: f"@{name}" for person, name in await self._statements.execute(named)}

    async def of_person(self, person: int, since: datetime) -> dict[str, int]:
        """How many requests of one person were accepted since then, by state."""
        statement = (
            select(requests.c.state, func.count())
            .where(requests.c.requester_id == person, requests.c.accepted_at > since)
            .group_by(requests.c.state)
        )
        return {state.value: count for state, count in await self._statements.execute(statement)}

    async def newest_of(self, person: int, limit: int = EXAMPLES) -> list[RecentRequest]:
        columns = (
            requests.c.id,
            requests.c.accepted_at,
            requests.c.model,
            requests.c.state,
            requests.c.reason,
            requests.c.prompt,
        )
        statement = select(*columns).where(requests.c.requester_id == person).order_by(requests.c.id.desc())
        return [RecentRequest(*row) for row in await self._statements.execute(statement.limit(limit))]


def _ended(since: datetime, until: datetime | None = None) -> tuple[ColumnElement[bool], ...]:
    """The condition on the end, with the literal condition of the partial index."""
    at = requests.c.finished_at
    conditions: tuple[ColumnElement[bool], ...] = (at.is_not(None), at > since)
    return conditions if until is None else (*conditions, at <= until)
