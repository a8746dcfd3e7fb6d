from datetime import UTC, datetime

from storage import Database
from storage.records import InboxUpdate
from tests.storage.stage import Clock


async def test_a_batch_is_stored_once(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        added = await unit.inbox.add([InboxUpdate(11, 7, '{"a": 1}'), InboxUpdate(10, -100, "{}")])
    assert added == [
        InboxUpdate(10, -100, "{}", received_at=clock.now()),
        InboxUpdate(11, 7, '{"a": 1}', received_at=clock.now()),
    ]
    async with db.transaction() as unit:
        again = await unit.inbox.add([InboxUpdate(11, 7, "{}"), InboxUpdate(12, 7, "{}"), InboxUpdate(12, 7, "{}")])
    assert [update.update_id for update in again] == [12]
    async with db.read() as unit:
        assert [update.update_id for update in await unit.inbox.pending()] == [10, 11, 12]
        assert await unit.inbox.last_id() == 12


async def test_an_empty_batch(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.inbox.add([]) == []
        assert await unit.inbox.last_id() is None


async def test_attempts_are_counted_until_it_is_removed(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(1, 7, "{}")])
        assert await unit.inbox.begin(1) == 1
    async with db.transaction() as unit:
        assert await unit.inbox.begin(1) == 2
    async with db.read() as unit:
        assert [update.attempts for update in await unit.inbox.pending()] == [2]
    async with db.transaction() as unit:
        await unit.inbox.remove(1)
        assert await unit.inbox.pending() == []
        assert await unit.inbox.begin(1) == 0


async def test_the_largest_ids_and_strange_texts(db: Database) -> None:
    moment = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(2**62, -(2**52), "a\0b \ud83e c \U0001f98a", 0, moment)])
    async with db.read() as unit:
        assert await unit.inbox.pending() == [InboxUpdate(2**62, -(2**52), "ab \ufffd c \U0001f98a", 0, moment)]
