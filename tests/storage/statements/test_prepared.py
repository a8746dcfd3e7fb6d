"""Prepared statements mean the same as SQLAlchemy's own, value by value."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Executable, bindparam, func, insert, select, update

from storage import Database
from storage.records import NewRequest, Parameters, RequestState
from storage.statements.prepared import is_one_of, prepared
from storage.statements.tables import inbox, requests


@prepared()
def by_state(_: str) -> Executable:
    open_states = (RequestState.WAITING, RequestState.DRAWING)
    return (
        select(requests.c.prompt, requests.c.parameters, requests.c.state, requests.c.asked_at, func.count())
        .where(requests.c.requester_id == bindparam("person"), is_one_of(requests.c.state, open_states))
        .group_by(requests.c.id)
    )


@prepared("update_id", "lane", "body", "attempts", "received_at")
def added(_: str) -> Executable:
    return insert(inbox).returning(inbox.c.update_id, inbox.c.body, inbox.c.received_at)


@prepared()
def moved(_: str) -> Executable:
    return update(inbox).where(inbox.c.lane == bindparam("old")).values(lane=bindparam("new"))


async def test_what_goes_in_comes_out_as_it_does_the_usual_way(db: Database) -> None:
    asked = datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=3)))
    new = NewRequest("m:1:1", 1, 7, "a\0 fox \ud83e", "m", (1,), "en", asked, Parameters(width=64, spoiler=True))
    async with db.transaction() as unit:
        await unit.requests.accept(new)
        (row,) = await unit._statements.execute(by_state, {"person": 7})
        (usual,) = await unit._statements.execute(by_state.statement(unit._statements.dialect), {"person": 7})
    assert tuple(row) == tuple(usual)
    assert tuple(row) == ("a fox \ufffd", Parameters(width=64, spoiler=True), RequestState.WAITING, asked, 1)
    assert row[3].utcoffset() == timedelta()


async def test_several_values_one_after_the_other(db: Database) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    values = [
        {"update_id": number, "lane": 5, "body": f"{number}", "attempts": 0, "received_at": now} for number in (1, 2)
    ]
    async with db.transaction() as unit:
        rows = await unit._statements.execute(added, values)
        assert sorted(map(tuple, rows)) == [(1, "1", now), (2, "2", now)]
        assert (await unit._statements.execute(moved, {"old": 5, "new": 6})).rowcount == 2
        assert (await unit._statements.execute(moved, {"old": 5, "new": 6})).rowcount == 0


async def test_a_value_that_is_missing_is_a_mistake(db: Database) -> None:
    async with db.transaction() as unit:
        with pytest.raises(KeyError):
            moved.compiled.values({"old": 1})
        assert (await unit._statements.execute(by_state, {"person": 1})).all() == []
        assert (await unit._statements.execute(by_state, {"person": 1})).first() is None
        assert (await unit._statements.execute(by_state, {"person": 1})).scalar() is None


def test_a_list_of_varying_length_is_refused() -> None:
    varying = prepared()(lambda _: select(inbox.c.lane).where(inbox.c.lane.in_(bindparam("lanes", expanding=True))))
    with pytest.raises(AssertionError, match="is_one_of"):
        _ = varying.compiled
