from datetime import timedelta

from storage import Database
from tests.storage.stage import Clock


async def test_what_a_message_asked_for_is_kept_under_one_id(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        first = await unit.kept_inputs.keep("m:7:1", 7, 7, '{"words": "a fox"}')
        other = await unit.kept_inputs.keep("m:7:2", 7, 7, "{}")
        again = await unit.kept_inputs.keep("m:7:1", 7, 7, '{"words": "a hen\\u0000"}')
    assert (again.id, again.content) == (first.id, '{"words": "a hen\\u0000"}')
    async with db.read() as unit:
        assert await unit.kept_inputs.get(first.id) == again
        assert await unit.kept_inputs.of_source("m:7:2") == other
        assert await unit.kept_inputs.get(99) is None
        assert await unit.kept_inputs.of_source("m:8:1") is None


async def test_of_what_was_only_typed_the_newest_are_kept(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        for person in (7, 8):
            for number in range(5):
                await unit.kept_inputs.keep(f"offer:{person}:f{number}", 0, person, "{}")
                clock.advance(1)
            await unit.kept_inputs.keep(f"m:{person}:1", person, person, "{}")
        await unit.kept_inputs.keep("offer:7:f0", 0, 7, "{}")  # typed once more: it is the newest now
        await unit.kept_inputs.thin_out(7, "offer:", newest=2)
        await unit.kept_inputs.thin_out(9, "offer:", newest=2)
    async with db.transaction() as unit:
        found = [await unit.kept_inputs.of_source(f"offer:7:f{number}") is not None for number in range(5)]
        assert found == [True, False, False, False, True]
        assert await unit.kept_inputs.of_source("offer:8:f0") is not None
        assert await unit.kept_inputs.of_source("m:7:1") is not None
        clock.advance(60)
        assert await unit.kept_inputs.purge(clock.now(), prefix="offer:") == 7
        assert await unit.kept_inputs.of_source("m:7:1") is not None


async def test_it_goes_when_it_is_old_or_its_person_wishes(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        for number in range(5):
            await unit.kept_inputs.keep(f"m:7:{number}", 7, 7, "{}")
        await unit.kept_inputs.keep("m:8:1", 8, 8, "{}")
    async with db.transaction() as unit:
        assert await unit.history.forget(7) == 0
    async with db.read() as unit:
        assert await unit.kept_inputs.of_source("m:7:1") is None
        kept = await unit.kept_inputs.of_source("m:8:1")
    assert kept is not None
    async with db.transaction() as unit:
        assert await unit.kept_inputs.purge(kept.kept_at) == 0
        assert await unit.kept_inputs.purge(kept.kept_at + timedelta(seconds=1), limit=5) == 1
