"""Keys that people bring: one a person, provider and address."""

from dataclasses import replace
from datetime import timedelta

from storage import Database
from storage.records import Detour, NewDraw, RequestState
from tests.storage.stage import admit, end, new_request

PLACE = ("openai", "https://api.openai.com:443")


async def test_they_are_kept_replaced_and_removed_by_whose_they_are(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.own_keys.keep(7, *PLACE, "one")
        await unit.own_keys.keep(7, "fal", "https://queue.fal.run:443", "two")
        await unit.own_keys.keep(8, *PLACE, "three")
        await unit.own_keys.refused(7, *PLACE, "one")
    async with db.read() as unit:
        first, second = await unit.own_keys.of(7)
        assert (first.provider, first.origin, first.sealed, second.sealed) == (*PLACE, "one", "two")
        assert first.refused_at is not None
        assert second.refused_at is None
        assert "sealed" not in repr(first)
    async with db.transaction() as unit:
        await unit.own_keys.keep(7, *PLACE, "another")
        await unit.own_keys.refused(7, *PLACE, "one")  # of the one that is gone
        assert [key.refused_at for key in await unit.own_keys.of(7)] == [None, None]
        assert not await unit.own_keys.remove(9, *PLACE)
        assert await unit.own_keys.remove(7, *PLACE)
        assert not await unit.own_keys.remove(7, *PLACE)
        assert [key.sealed for key in await unit.own_keys.of(8)] == ["three"]


async def test_they_are_forgotten_with_their_person(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.own_keys.keep(7, *PLACE, "one")
        await unit.own_keys.keep(8, *PLACE, "two")
        assert await unit.history.forget(7) == 0
        assert await unit.own_keys.of(7) == []
        assert len(await unit.own_keys.of(8)) == 1


async def test_a_draw_says_whose_key_it_takes(db: Database) -> None:
    new = replace(new_request(seeds=(1, 2)), own_key=True)
    async with db.transaction() as unit:
        _, draws, _ = await unit.requests.accept(new)
        assert [draw.own_key for draw in draws] == [True, True]
    draw, *_ = await admit(db)
    assert draw.own_key
    async with db.transaction() as unit:
        assert await unit.draws.reroute(draw.id, draw.attempt, "other", (Detour("sd35", "unavailable"),), cost=5)
        rerouted = await unit.draws.get(draw.id)
        assert rerouted is not None
        assert not rerouted.own_key


async def test_alerts_do_not_look_at_them_and_figures_count_them(db: Database) -> None:
    new = new_request()
    new = replace(new, draws=(NewDraw("sd35", 1, own_key=True), NewDraw("sd35", 2)))
    async with db.transaction() as unit:
        request, _, _ = await unit.requests.accept(new)
    for draw in await admit(db):
        await end(db, draw.id)
    async with db.transaction() as unit:
        await unit.requests.claim_end(request.id, 0)
        assert await unit.requests.finish(request.id, RequestState.DELIVERED)
    async with db.read() as unit:
        since = request.accepted_at - timedelta(days=1)
        assert len(await unit.usage.runs(since)) == 1
        day = await unit.usage.day(since, request.accepted_at + timedelta(days=1))
        assert day.own_keys == {"sd35": 1}
        assert day.pictures["sd35", "drawn"] == 2
