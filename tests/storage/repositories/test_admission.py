"""Who is next, and never more than the limits allow."""

import sqlite3
from collections import Counter
from contextlib import closing
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database, sqlite_path
from storage.records import Draw, DrawState, Limits, Request, RequestState
from storage.repositories.admission import admissible
from tests.storage.stage import Clock, admit, ask, end, stored

_users = count(1000)


async def requesters(db: Database, admitted: list[Draw]) -> list[int]:
    return [(await stored(db, draw.request_id)).requester_id for draw in admitted]


async def finish_all(db: Database) -> None:
    async with db.transaction() as unit:
        for request in await unit.requests.unfinished():
            await unit.requests.finish(request.id, RequestState.CANCELLED)


async def test_nothing_waits(db: Database) -> None:
    assert await admit(db) == []


async def test_the_oldest_first_among_equals(db: Database) -> None:
    for requester in (3, 1, 2):
        await ask(db, requester_id=requester)
    assert await requesters(db, await admit(db, Limits(total=2, per_user=9))) == [3, 1]


async def test_a_newcomer_goes_before_a_backlog_of_twenty(db: Database, clock: Clock) -> None:
    limits = Limits(total=1, per_user=20)
    for _ in range(21):
        await ask(db, requester_id=1)
    (running,) = await admit(db, limits)
    clock.advance(60)
    newcomer, _ = await ask(db, requester_id=2)
    async with db.read() as unit:
        assert (await unit.requests.queue_places())[newcomer.id] == 1
    await end(db, running.id)
    assert [draw.request_id for draw in await admit(db, limits)] == [newcomer.id]


async def test_first_of_everybody_before_second_of_anybody(db: Database) -> None:
    for requester in (1, 1, 1, 2, 2, 3):
        await ask(db, requester_id=requester)
    admitted = await admit(db, Limits(total=5, per_user=9))
    assert await requesters(db, admitted) == [1, 2, 3, 1, 2]


async def test_whose_last_service_is_longest_ago_goes_first(db: Database, clock: Clock) -> None:
    for requester in (1, 2, 3):
        clock.advance(1)
        await ask(db, requester_id=requester)
        (running,) = await admit(db)
        await end(db, running.id)
    for requester in (3, 2, 1):
        await ask(db, requester_id=requester)
    assert await requesters(db, await admit(db, Limits(total=3, per_user=1))) == [1, 2, 3]


async def test_running_draws_count_against_their_requester(db: Database) -> None:
    await ask(db, requester_id=1, seeds=(1, 2))
    await admit(db)
    await ask(db, requester_id=1)
    await ask(db, requester_id=2, seeds=(1, 2))
    assert await requesters(db, await admit(db, Limits(total=5, per_user=9))) == [2, 2, 1]


async def test_limits_of_a_user_a_model_and_over_all(db: Database) -> None:
    for requester in range(1, 11):
        await ask(db, requester_id=requester, seeds=(1, 2, 3), model="slow" if requester <= 5 else "fast")
    assert len(await admit(db, Limits(total=100, per_user=2, per_model={"slow": 3}))) == 3 + 10
    assert len(await admit(db, Limits(total=100, per_user=2, per_model={"slow": 3}))) == 0
    assert len(await admit(db, Limits(total=15, per_user=2))) == 2
    assert len(await admit(db, Limits(total=100, per_user=3, per_model={"slow": 0, "fast": 12}))) == 2
    assert len(await admit(db, Limits(total=0, per_user=0))) == 0


async def test_a_full_model_holds_up_nobody(db: Database) -> None:
    """Neither other users nor what the same user asked of another model."""
    limits = Limits(total=10, per_user=2, per_model={"slow": 1})
    for requester in (1, 1, 1, 2):
        await ask(db, requester_id=requester, model="slow")
    await ask(db, requester_id=1, model="fast")
    await ask(db, requester_id=3, model="fast")
    assert sorted(draw.model for draw in await admit(db, limits)) == ["fast", "fast", "slow"]


async def test_one_transaction_fills_all_slots(db: Database) -> None:
    """The first user's two places are taken by one model; the slot it cannot use goes to the other model."""
    for model in ("slow", "slow", "fast"):
        await ask(db, requester_id=1, model=model)
    admitted = await admit(db, Limits(total=10, per_user=2, per_model={"slow": 1}))
    assert [draw.model for draw in admitted] == ["slow", "fast"]


async def test_places_in_the_queue_are_the_order_of_admission(db: Database) -> None:
    for requester in (1, 1, 2, 3, 3, 3):
        await ask(db, requester_id=requester, seeds=(1, 2))
    async with db.read() as unit:
        places = await unit.requests.queue_places()
    assert sorted(places.values()) == [1, 2, 3, 4, 5, 6]
    started = [draw.request_id for draw in await admit(db)]
    assert list(dict.fromkeys(started)) == sorted(places, key=places.__getitem__)
    async with db.read() as unit:
        assert await unit.requests.queue_places() == {}


async def test_who_stands_first_in_the_queue_is_next(db: Database, clock: Clock) -> None:
    for requester in (1, 1, 1, 2, 2, 3):
        await ask(db, requester_id=requester)
    for running in range(6):
        clock.advance(1)
        async with db.read() as unit:
            places = await unit.requests.queue_places()
        (draw,) = await admit(db, Limits(total=running + 1, per_user=9))
        assert places[draw.request_id] == 1


@pytest.mark.parametrize("users", [2, 5])
async def test_nobody_starves(db: Database, clock: Clock, users: int) -> None:
    """With everybody asking for more at once, each of n users is served in any n turns."""
    limits = Limits(total=1, per_user=1)
    for user in range(users):
        for _ in range(3):
            await ask(db, requester_id=user)
    served: list[int] = []
    while admitted := await admit(db, limits):
        clock.advance(1)
        served += await requesters(db, admitted)
        for draw in admitted:
            await end(db, draw.id)
    assert len(served) == 3 * users
    for start in range(0, len(served), users):
        assert sorted(served[start : start + users]) == list(range(users))


def allowed(draws: list[tuple[Draw, Request]], limits: Limits) -> bool:
    """Whether a waiting draw could be started beside those that run."""
    running = [(draw, request) for draw, request in draws if draw.state is DrawState.DRAWING]
    users = Counter(request.requester_id for _, request in running)
    models = Counter(draw.model for draw, _ in running)
    return len(running) < limits.total and any(
        users[request.requester_id] < limits.per_user
        and models[draw.model] < limits.per_model.get(draw.model, limits.total)
        for draw, request in draws
        if draw.state is DrawState.WAITING
    )


async def everything(db: Database) -> list[tuple[Draw, Request]]:
    async with db.read() as unit:
        return [
            (draw, request)
            for request in await unit.requests.unfinished()
            for draw in await unit.draws.of_request(request.id)
        ]


MODELS = ("slow", "fast", "free")
steps = st.one_of(
    st.tuples(st.just("ask"), st.integers(0, 3), st.sampled_from(MODELS), st.integers(1, 3)),
    st.tuples(st.just("admit")),
    st.tuples(st.just("end"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("back"), st.integers(0, 5)),
    st.tuples(st.just("cancel"), st.integers(0, 5)),
    st.tuples(st.just("recover")),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    limits=st.builds(
        Limits,
        total=st.integers(1, 5),
        per_user=st.integers(1, 3),
        per_model=st.dictionaries(st.sampled_from(MODELS), st.integers(0, 3)),
    ),
    script=st.lists(steps, min_size=5, max_size=25),
)
async def test_whatever_happens_the_limits_hold_and_no_slot_stays_free(
    db: Database, clock: Clock, limits: Limits, script: list[tuple[object, ...]]
) -> None:
    base = next(_users) * 10
    await finish_all(db)
    for step in [*script, ("admit",)]:
        clock.advance(1)
        running = [draw for draw, _ in await everything(db) if draw.state is DrawState.DRAWING]
        match step:
            case ("ask", int(user), str(model), int(draws)):
                await ask(db, requester_id=base + user, model=model, seeds=tuple(range(draws)))
            case ("end", int(index), bool(well)) if running:
                draw = running[index % len(running)]
                async with db.transaction() as unit:
                    if well:
                        await unit.draws.failed(draw.id, draw.attempt, "unavailable")
                    else:
                        await unit.requests.finish(draw.request_id, RequestState.FAILED)
            case ("back", int(index)) if running:
                draw = running[index % len(running)]
                async with db.transaction() as unit:
                    assert await unit.draws.hand_back(draw.id, draw.attempt)
            case ("cancel", int(index)) if found := await everything(db):
                async with db.transaction() as unit:
                    await unit.requests.finish(found[index % len(found)][1].id, RequestState.CANCELLED)
            case ("recover",):
                async with db.transaction() as unit:
                    assert await unit.draws.recover() == len(running)
            case ("admit",):
                admitted = await admit(db, limits)
                now = await everything(db)
                drawing = [(draw, request) for draw, request in now if draw.state is DrawState.DRAWING]
                assert {draw.id for draw in admitted} <= {draw.id for draw, _ in drawing}
                assert len(drawing) <= limits.total
                assert all(n <= limits.per_user for n in Counter(r.requester_id for _, r in drawing).values())
                for model, n in Counter(draw.model for draw, _ in drawing).items():
                    assert n <= limits.per_model.get(model, limits.total)
                assert not allowed(now, limits)
                assert all(request.state is RequestState.DRAWING for _, request in drawing)


async def test_admission_reads_what_is_open_and_no_history(sqlite_url: str, clock: Clock) -> None:
    """By the partial indexes, so that it costs the same with ten million pictures."""
    statement, values = admissible(Limits(total=10, per_user=2, per_model={"slow": 1}))
    db = await Database.open(sqlite_url, clock_now=clock.now)
    await db.close()
    parameters = statement.compiled.values(values)
    with closing(sqlite3.connect(sqlite_path(sqlite_url) or "")) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.compiled.sql}", parameters)]
    reads = [line for line in plan if "draws" in line.split()[1] or "users" in line.split()[1]]
    assert sorted(line.partition("INDEX ")[2].split()[0] for line in reads) == [
        "ix_draws_drawing",
        "ix_draws_waiting",
        "sqlite_autoindex_users_1",
    ]
