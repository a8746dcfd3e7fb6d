"""Transactions on SQLite: in turns, committed in groups, independent of each other's fate."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import aiosqlite
import pytest

from storage import Database, StorageUnavailable
from storage.records import InboxUpdate
from storage.sqlite.writer import GROUP_TURNS
from tests.storage.stage import Clock


@pytest.fixture
async def db(sqlite_url: str, clock: Clock) -> AsyncIterator[Database]:
    database = await Database.open(sqlite_url, clock_now=clock.now)
    yield database
    await database.close()


async def put(db: Database, update_id: int) -> None:
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(update_id, 0, "{}")])


async def in_turn(db: Database, update_id: int, order: list[int], *, urgent: bool) -> None:
    """Likewise, and `order` learns when its turn was."""
    async with db.transaction(urgent=urgent) as unit:
        await unit.inbox.add([InboxUpdate(update_id, 0, "{}")])
        order.append(update_id)


async def held(db: Database) -> list[int]:
    async with db.read() as unit:
        return [update.update_id for update in await unit.inbox.pending()]


@pytest.fixture
def outside(db: Database, tmp_path: Path) -> Iterator[Connection]:
    """What another process sees."""
    with closing(sqlite3.connect(tmp_path / "data" / "imagine.db")) as connection:
        yield connection


async def test_who_waits_shares_a_commit_and_returns_after_it(db: Database, outside: Connection) -> None:
    db._engine._writer._group_seconds = 60  # type: ignore[attr-defined]  # groups end by their size alone
    seen: list[int] = []

    async def one(update_id: int) -> None:
        await put(db, update_id)
        (found,) = outside.execute("SELECT count(*) FROM inbox").fetchone()
        seen.append(found)

    await asyncio.gather(*(one(number) for number in range(100)))
    assert (seen[0], seen[-1]) == (GROUP_TURNS, 100)
    assert await held(db) == list(range(100))


async def test_a_failure_takes_back_its_own_work_only(db: Database) -> None:
    async def one(number: int) -> None:
        async with db.transaction() as unit:
            await unit.inbox.add([InboxUpdate(number, 0, "{}")])
            if number % 3 == 0:
                raise ZeroDivisionError

    results = await asyncio.gather(*(one(number) for number in range(30)), return_exceptions=True)
    assert [isinstance(result, ZeroDivisionError) for result in results] == [n % 3 == 0 for n in range(30)]
    assert await held(db) == [number for number in range(30) if number % 3]


async def test_a_wrong_statement_takes_back_its_own_work_only(db: Database) -> None:
    async def one(number: int) -> None:
        async with db.transaction() as unit:
            await unit.inbox.add([InboxUpdate(number, 0, "{}")])
            if number % 2:
                await unit.inbox.add([InboxUpdate(number + 1000, 0, None)])  # type: ignore[arg-type]  # the point

    results = await asyncio.gather(*(one(number) for number in range(20)), return_exceptions=True)
    assert [isinstance(result, Exception) for result in results] == [bool(n % 2) for n in range(20)]
    assert not any(isinstance(result, StorageUnavailable) for result in results)
    assert await held(db) == list(range(0, 20, 2))


async def test_a_transaction_sees_its_own_work_and_no_read_does(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(1, 0, "{}")])
        assert [update.update_id for update in await unit.inbox.pending()] == [1]
        assert await held(db) == []
    assert await held(db) == [1]


async def test_a_read_is_one_state(db: Database) -> None:
    async with db.read() as unit:
        assert await unit.inbox.pending() == []
        await put(db, 1)
        assert await unit.inbox.pending() == []
    assert await held(db) == [1]


async def test_cancelled_while_it_waits(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(1, 0, "{}")])
        waiting = asyncio.create_task(put(db, 2))
        behind = asyncio.create_task(put(db, 3))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await behind
    assert await held(db) == [1, 3]


async def test_cancelled_in_its_turn(db: Database) -> None:
    begun = asyncio.Event()

    async def hold() -> None:
        async with db.transaction() as unit:
            await unit.inbox.add([InboxUpdate(2, 0, "{}")])
            begun.set()
            await asyncio.Event().wait()

    first = asyncio.create_task(put(db, 1))
    holding = asyncio.create_task(hold())
    behind = asyncio.create_task(put(db, 3))
    await begun.wait()
    holding.cancel()
    results = await asyncio.gather(first, holding, behind, return_exceptions=True)
    assert isinstance(results[1], asyncio.CancelledError)
    assert await held(db) == [1, 3]


@pytest.mark.parametrize("turns", range(0, 40, 3))
async def test_cancelled_anywhere(db: Database, turns: int) -> None:
    """In the middle of a statement, of a commit, before, after: all others are as they should be, nobody hangs."""
    others = [asyncio.create_task(put(db, number)) for number in range(5)]
    victims = [asyncio.create_task(put(db, number)) for number in range(100, 105)]
    others += [asyncio.create_task(put(db, number)) for number in range(5, 10)]
    for _ in range(turns):
        await asyncio.sleep(0)
    for victim in victims:
        victim.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(*others)
        ends = await asyncio.gather(*victims, return_exceptions=True)
        await put(db, 10)
    there = await held(db)
    assert [number for number in there if number < 100] == list(range(11))
    for number, result in zip(range(100, 105), ends, strict=True):
        assert isinstance(result, asyncio.CancelledError) or number in there


async def test_cancelled_reads_leave_the_pool_whole(db: Database) -> None:
    await put(db, 1)
    for turns in range(12):
        reads = [asyncio.create_task(held(db)) for _ in range(8)]
        for _ in range(turns):
            await asyncio.sleep(0)
        for read in reads:
            read.cancel()
        await asyncio.gather(*reads, return_exceptions=True)
    assert await asyncio.gather(*(held(db) for _ in range(20))) == [[1]] * 20


async def test_when_the_commit_fails_all_of_the_group_know(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = aiosqlite.Connection.commit
    failures = iter([sqlite3.OperationalError("disk I/O error")])

    async def failing(connection: aiosqlite.Connection) -> None:
        if (error := next(failures, None)) is not None:
            raise error
        await commit(connection)

    monkeypatch.setattr(aiosqlite.Connection, "commit", failing)
    results = await asyncio.gather(*(put(db, number) for number in range(10)), return_exceptions=True)
    assert any(isinstance(result, StorageUnavailable) for result in results)
    kept = [number for number, result in enumerate(results) if result is None]
    assert await held(db) == kept
    await put(db, 100)
    assert await held(db) == [*kept, 100]


async def test_a_full_disk_is_told_and_survived(db: Database) -> None:
    await put(db, 1)

    async def large(number: int) -> None:
        async with db.transaction() as unit:
            await unit.inbox.add([InboxUpdate(number, 0, "x" * 1_000_000)])

    driver = db._engine._writer._driver  # type: ignore[attr-defined]  # a disk that fills up, by its own means
    await driver.execute("PRAGMA max_page_count=100")
    results = await asyncio.gather(*(large(number) for number in range(2, 6)), return_exceptions=True)
    assert all(isinstance(result, StorageUnavailable) for result in results)
    assert "full" in str(results[0])
    assert await held(db) == [1]
    driver = db._engine._writer._driver  # type: ignore[attr-defined]
    await driver.execute("PRAGMA max_page_count=1000000")
    await large(7)
    assert await held(db) == [1, 7]


async def test_a_transaction_cannot_be_used_after_its_end(db: Database) -> None:
    async with db.transaction() as unit:
        pass
    with pytest.raises(StorageUnavailable, match="has ended"):
        await unit.inbox.pending()
    async with db.read() as unit:
        pass
    with pytest.raises(StorageUnavailable, match="has ended"):
        await unit.inbox.pending()


async def test_closing_serves_those_who_wait(sqlite_url: str, clock: Clock) -> None:
    db = await Database.open(sqlite_url, clock_now=clock.now)
    puts = [asyncio.create_task(put(db, number)) for number in range(20)]
    await asyncio.sleep(0)
    await db.close()
    await asyncio.gather(*puts)
    with pytest.raises(StorageUnavailable, match="closed"):
        await put(db, 100)
    again = await Database.open(sqlite_url, clock_now=clock.now)
    assert await held(again) == list(range(20))
    await again.close()


class Watched:
    """The writer's watch with a clock that stands still. The watch looks at it every now and then, by real timers."""

    def __init__(self, db: Database, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.time = 0.0
        self._looked = asyncio.Event()
        watch = db._engine._writer._watch  # type: ignore[attr-defined]
        look = watch._look

        def look_and_tell() -> None:
            look()
            self._looked.set()

        monkeypatch.setattr("storage.sqlite.writer._now", lambda: self.time)
        monkeypatch.setattr(watch, "_look", look_and_tell)
        watch._seconds = seconds

    async def seen_at(self, time: float) -> None:
        """Returns when the watch has looked at a clock that shows this time."""
        self.time = time
        self._looked.clear()
        async with asyncio.timeout(60):
            await self._looked.wait()


async def test_a_transaction_that_is_held_too_long_is_undone(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its caller waits for something else, or for itself: all others go on."""
    watched = Watched(db, monkeypatch, seconds=0.05)

    async def hold() -> None:
        async with db.transaction() as unit:
            await unit.inbox.add([InboxUpdate(1, 0, "{}")])
            watched.time = 0.06
            await put(db, 2)  # behind itself

    with pytest.raises(StorageUnavailable, match="held for more than"):
        await hold()
    assert await held(db) == [2]


async def test_how_long_a_transaction_is_held_counts_from_its_own_turn(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timer was set for one that came before."""
    watched = Watched(db, monkeypatch, seconds=0.2)
    await put(db, 1)
    watched.time = 0.15
    async with db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(2, 0, "{}")])
        await watched.seen_at(0.25)
    assert await held(db) == [1, 2]
    with pytest.raises(StorageUnavailable, match="held for more than"):
        async with db.transaction():
            await watched.seen_at(0.55)
    await put(db, 3)
    assert await held(db) == [1, 2, 3]


async def test_the_urgent_go_first(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite.writer.HEAD_START", 600)
    order: list[int] = []
    async with db.transaction():
        usual = [asyncio.create_task(in_turn(db, number, order, urgent=False)) for number in range(5)]
        await asyncio.sleep(0)
        urgent = [asyncio.create_task(in_turn(db, number, order, urgent=True)) for number in range(10, 13)]
        await asyncio.sleep(0)
    await asyncio.gather(*usual, *urgent)
    assert order == [10, 11, 12, 0, 1, 2, 3, 4]


async def test_nobody_waits_for_ever_behind_the_urgent(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite.writer.HEAD_START", 0.05)
    order: list[int] = []
    async with db.transaction():
        usual = asyncio.create_task(in_turn(db, 0, order, urgent=False))
        await asyncio.sleep(0)
        await asyncio.sleep(0.06)
        urgent = asyncio.create_task(in_turn(db, 10, order, urgent=True))
        await asyncio.sleep(0)
    await asyncio.gather(usual, urgent)
    assert order == [0, 10]
