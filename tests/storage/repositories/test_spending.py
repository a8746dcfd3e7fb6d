"""What is reserved counts until its draw has failed or was cancelled, and never more than an allowance."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from storage import Database
from storage.records import Detour, RequestState, Spent
from storage.repositories.spending import _spent
from tests.storage.stage import PICTURE, Clock, admit, ask, end, new_request


async def spent(db: Database, clock: Clock, requester_id: int = 7) -> Spent:
    async with db.read() as unit:
        return await unit.spending.since(requester_id, clock.now() - timedelta(days=1))


async def test_nothing_is_spent_on_what_costs_nothing(db: Database, clock: Clock) -> None:
    await ask(db, seeds=(1, 2))
    assert await spent(db, clock) == Spent(0, 0)


async def test_each_draw_counts_until_it_comes_to_nothing(db: Database, clock: Clock) -> None:
    request, (first, second, third) = await ask(db, seeds=(1, 2, 3), cost=40_000)
    await ask(db, requester_id=8, cost=5)
    assert await spent(db, clock) == Spent(120_000, 120_005)
    await admit(db)
    await end(db, first.id, [PICTURE])
    assert await spent(db, clock) == Spent(120_000, 120_005)
    await end(db, second.id, [])
    assert await spent(db, clock) == Spent(80_000, 80_005)
    async with db.transaction() as unit:
        assert (await unit.spending.since(7, clock.now() - timedelta(days=1), without=third.id)).requester == 40_000
        assert await unit.requests.finish(request.id, RequestState.CANCELLED)
    assert await spent(db, clock) == Spent(40_000, 40_005)  # one was drawn


async def test_a_day_later_it_counts_no_more(db: Database, clock: Clock) -> None:
    await ask(db, cost=40_000)
    clock.advance(86_399)
    assert await spent(db, clock) == Spent(40_000, 40_000)
    clock.advance(1)
    assert await spent(db, clock) == Spent(0, 0)


async def test_who_takes_over_costs_what_that_one_costs(db: Database, clock: Clock) -> None:
    _, (draw,) = await ask(db, cost=40_000)
    for attempt, cost in ((1, 0), (2, 70_000), (3, 10_000)):
        await admit(db)
        async with db.transaction() as unit:
            assert await unit.draws.reroute(draw.id, attempt, "other", [Detour("sketch", "quota")], cost=cost)
        assert await spent(db, clock) == Spent(cost, cost)
    clock.advance(86_399)
    assert await spent(db, clock) == Spent(10_000, 10_000)


async def test_descriptions_are_counted_for_an_hour_and_cost_nothing(db: Database, clock: Clock) -> None:
    async def noted(account: int = 7) -> bool:
        async with db.transaction() as unit:
            return await unit.spending.note_description(account, most=2, within=timedelta(hours=1))

    async with db.transaction() as unit:
        await unit.spending.charge(7, "prompt-model", 5, number=1)
    assert sorted(await asyncio.gather(noted(), noted(), noted())) == [False, True, True]
    assert await noted(8)
    assert await spent(db, clock) == Spent(5, 5)
    async with db.read() as unit:
        assert await unit.usage.costs(clock.now() - timedelta(days=1)) == {"prompt-model": 5}
    clock.advance(3599)
    assert not await noted()
    clock.advance(1)
    assert await noted()


async def test_it_survives_a_restart(db: Database, clock: Clock) -> None:
    _, (draw,) = await ask(db, cost=40_000)
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.recover() == 1
    assert await spent(db, clock) == Spent(40_000, 40_000)
    await admit(db)
    await end(db, draw.id, [], attempt=2)
    assert await spent(db, clock) == Spent(0, 0)


async def test_forgetting_gives_nothing_back(db: Database, clock: Clock) -> None:
    request, (draw,) = await ask(db, cost=40_000)
    await admit(db)
    await end(db, draw.id)
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.DELIVERED)
        await unit.history.forget(7, counted_since=clock.now() - timedelta(days=1))
    assert await spent(db, clock) == Spent(40_000, 40_000)


async def test_what_was_handed_over_counts_whatever_becomes_of_it(db: Database, clock: Clock) -> None:
    request, (first, second) = await ask(db, seeds=(1, 2), cost=40_000)
    await admit(db)
    async with db.transaction() as unit:
        assert (
            await unit.spending.hand_over(first.id, 2, number=1, model="sketch", amount=40_000) is None
        )  # not its own
        charge = await unit.spending.hand_over(first.id, 1, number=1, model="sketch", amount=40_000)
        assert charge is not None
    assert await spent(db, clock) == Spent(80_000, 80_000)  # in place of what was reserved
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.CANCELLED)
        assert await unit.spending.hand_over(second.id, 1, number=1, model="sketch", amount=40_000) is None
    assert await spent(db, clock) == Spent(40_000, 40_000)
    async with db.transaction() as unit:
        assert await unit.spending.unsettled(first.id) == charge
        await unit.spending.settle(charge, charged=False)
        await unit.spending.settle(charge, charged=True)  # too late
        assert await unit.spending.unsettled(first.id) is None
    assert await spent(db, clock) == Spent(0, 0)


async def test_charges_outlive_their_draws_for_a_day(db: Database, clock: Clock) -> None:
    request, (draw,) = await ask(db, cost=40_000)
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.spending.hand_over(draw.id, 1, number=1, model="sketch", amount=40_000)
        assert await unit.requests.finish(request.id, RequestState.CANCELLED)
    clock.advance(60)
    async with db.transaction() as unit:
        assert await unit.history.purge(clock.now()) == 1
        await unit.history.forget(7, counted_since=clock.now() - timedelta(days=1))
        assert await unit.spending.purge(clock.now() - timedelta(days=1)) == 0
    assert await spent(db, clock) == Spent(40_000, 40_000)
    clock.advance(86_400)
    async with db.transaction() as unit:
        assert await unit.spending.purge(clock.now() - timedelta(days=1)) == 1
    assert await spent(db, clock) == Spent(0, 0)


@pytest.mark.parametrize("of_all", [False, True])
async def test_of_many_at_once_only_so_many_are_within_the_allowance(db: Database, clock: Clock, of_all: bool) -> None:
    """Requests and detours to a model that costs something, each in a transaction of its own."""
    allowance, cost = 10, 3
    _, waiting = await ask(db, seeds=(1, 2, 3, 4))
    await admit(db)

    async def within(unit: object, requester: int) -> bool:
        found: Spent = await unit.spending.since(requester, clock.now() - timedelta(days=1))  # type: ignore[attr-defined]  # a Unit
        return (found.total if of_all else found.requester) <= allowance

    class TooMuch(Exception):  # noqa: N818 (a way out)
        pass

    async def reserve(number: int) -> bool:
        requester = number if of_all else 7
        try:
            async with db.transaction() as unit:
                if number < 4:
                    await unit.spending.lock()
                    draw = waiting[number]
                    assert await unit.draws.reroute(draw.id, 1, "paid", [Detour("sketch", "quota")], cost=cost)
                    requester = 7
                else:
                    await unit.requests.accept(new_request(requester_id=requester, cost=cost))
                    await unit.spending.lock()
                if not await within(unit, requester):
                    raise TooMuch
        except TooMuch:
            return False
        return True

    accepted = await asyncio.gather(*map(reserve, range(12)))
    assert sum(accepted) == allowance // cost
    found = await spent(db, clock)
    assert (found.total if of_all else found.requester) == sum(accepted) * cost


async def test_the_sum_reads_the_index_alone(sqlite_url: str, clock: Clock) -> None:
    db = await Database.open(sqlite_url, clock_now=clock.now)
    await ask(db, cost=1)
    await db.close()
    with sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///"))) as connection:
        compiled = _spent.compiled
        values = compiled.values({"person": 1, "since": clock.now(), "without": 0})
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values)]
    tables = [step for step in plan if "SEARCH" in step or "SCAN d" in step or "SCAN c" in step]
    assert tables == [
        "SEARCH draws USING COVERING INDEX ix_draws_paid (reserved_at>?)",
        "SEARCH charges USING COVERING INDEX ix_charges_counted (at>?)",
    ]


async def test_a_charge_that_belongs_to_no_job_counts_until_it_turns_out_free(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        first = await unit.spending.charge(7, "prompt-model", 10, attempt=1, number=1)
        second = await unit.spending.charge(7, "prompt-model", 5, draw_id=3, attempt=1, number=0)
    assert await spent(db, clock) == Spent(15, 15)
    async with db.transaction() as unit:
        await unit.spending.settle(first, charged=True)
        await unit.spending.settle(second, charged=False)
    assert await spent(db, clock) == Spent(10, 10)
