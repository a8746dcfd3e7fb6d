"""Opening, and what happens when the database is not there, busy or damaged."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import Database, StorageMisconfigured, StorageUnavailable, sqlite_path
from storage.records import UserSettings
from tests.storage.stage import Clock, ask, new_request, stored


async def test_ping(db: Database) -> None:
    await db.ping()


async def test_what_was_written_is_there_after_opening_again(database_url: str, clock: Clock) -> None:
    db = await Database.open(database_url, clock_now=clock.now)
    request, _ = await ask(db)
    await db.close()
    again = await Database.open(database_url, clock_now=clock.now)
    assert await stored(again, request.id) == request
    await again.close()


async def test_a_block_that_raises_leaves_nothing(db: Database) -> None:
    async def fail() -> None:
        async with db.transaction() as unit:
            await unit.users.change(7, model="flux")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with db.read() as unit:
        assert await unit.users.settings(7) == UserSettings(7)


async def test_many_at_once(db: Database) -> None:
    async def one(user_id: int) -> None:
        async with db.transaction() as unit:
            await unit.users.change(user_id, seed=user_id)
        async with db.read() as unit:
            assert (await unit.users.settings(user_id)).seed == user_id

    await asyncio.gather(*(one(user_id) for user_id in range(200)))


async def test_many_accept_the_same_source_at_once(db: Database) -> None:
    async def one() -> tuple[int, bool]:
        async with db.transaction() as unit:
            request, draws, created = await unit.requests.accept(new_request(source="message:1:1:0"))
            assert len(draws) == 1
        return request.id, created

    accepted = await asyncio.gather(*(one() for _ in range(20)))
    assert len({request_id for request_id, _ in accepted}) == 1
    assert [created for _, created in accepted].count(True) == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/imagine", "sqlite:/// or postgresql://"),
        ("imagine.db", "sqlite:/// or postgresql://"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
    ],
)
async def test_urls_that_cannot_work(url: str, says: str, clock: Clock) -> None:
    with pytest.raises(StorageMisconfigured, match=says):
        await Database.open(url, clock_now=clock.now)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/imagine.db", Path("data/imagine.db")),
        ("sqlite:////var/lib/imagine.db", Path("/var/lib/imagine.db")),
        ("sqlite+aiosqlite:///imagine.db", Path("imagine.db")),
        ("postgresql://localhost/imagine", None),
    ],
)
def test_the_file_of_a_url(url: str, path: Path | None) -> None:
    assert sqlite_path(url) == path


async def test_a_path_with_strange_characters(tmp_path: Path, clock: Clock) -> None:
    db = await Database.open(f"sqlite:///{tmp_path}/a dir#%20/bot ü.db", clock_now=clock.now)
    await db.close()
    assert (tmp_path / "a dir#%20" / "bot ü.db").exists()


async def test_a_server_that_does_not_answer(clock: Clock) -> None:
    pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")
    with pytest.raises(StorageUnavailable):
        await Database.open("postgresql://nobody@127.0.0.1:1/imagine", clock_now=clock.now)


async def test_a_wrong_database_on_the_server(postgresql_server: str, clock: Clock) -> None:
    base = postgresql_server.partition("?")[0].rpartition("/")[0]
    with pytest.raises(StorageUnavailable, match="no_such_database"):
        await Database.open(f"{base}/no_such_database", clock_now=clock.now)


async def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(StorageMisconfigured, match=r"imagine-bot\[postgres\]"):
        await Database.open("postgresql://localhost/imagine", clock_now=clock.now)


def test_sqlite_needs_no_postgresql_driver_and_a_current_schema_no_alembic(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, datetime\n"
        "from storage import Database\n"
        "async def main():\n"
        f"    db = await Database.open('sqlite:///{tmp_path}/b.db', clock_now=datetime.datetime.now)\n"
        "    await db.ping()\n"
        "    await db.close()\n"
        "asyncio.run(main())\n"
        "print(sorted({'alembic', 'asyncpg', 'mako'} & sys.modules.keys()))\n"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    )
    assert "alembic" in first
    assert "asyncpg" not in first
    assert second == "[]"


async def test_a_directory_that_cannot_be_made(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        await Database.open(f"sqlite:///{tmp_path}/file/imagine.db", clock_now=clock.now)


async def test_a_file_that_is_no_database(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "imagine.db").write_text("not a database at all, " * 100)
    with pytest.raises(StorageUnavailable, match="not a database"):
        await Database.open(f"sqlite:///{tmp_path}/imagine.db", clock_now=clock.now)


async def test_a_lock_held_for_long_is_told_and_all_goes_on_after_it(
    sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.engine.BUSY_SECONDS", 0.05)
    db = await Database.open(sqlite_url, clock_now=clock.now)

    async def change(user_id: int) -> None:
        async with db.transaction() as unit:
            await unit.users.change(user_id, seed=user_id)

    with closing(sqlite3.connect(sqlite_path(sqlite_url) or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(*(change(number) for number in range(5)), return_exceptions=True)
        assert all(isinstance(result, StorageUnavailable) for result in results)
        assert "locked" in str(results[0])
        async with db.read() as unit:  # readers do not care
            assert await unit.users.settings(1) == UserSettings(1)
        other.execute("ROLLBACK")
    await change(1)
    async with db.read() as unit:
        assert await unit.users.settings(1) == UserSettings(1, seed=1)
    await db.close()


async def test_a_file_that_is_gone_for_a_while(sqlite_url: str, clock: Clock) -> None:
    """Without a look at the file SQLite would go on writing to what nobody will ever find again."""
    db = await Database.open(sqlite_url, clock_now=clock.now)
    request, _ = await ask(db)
    path = sqlite_path(sqlite_url)
    assert path is not None
    moved = path.parent.with_name("moved")
    path.parent.rename(moved)
    with pytest.raises(StorageUnavailable):
        await ask(db)
    with pytest.raises(StorageUnavailable):
        await db.ping()
    assert not path.exists()
    moved.rename(path.parent)
    await db.ping()
    assert await stored(db, request.id) == request
    await ask(db)
    await db.close()


async def test_a_file_that_was_replaced_is_opened_anew(sqlite_url: str, clock: Clock) -> None:
    """As when a backup is put back."""
    path = sqlite_path(sqlite_url)
    assert path is not None
    db = await Database.open(sqlite_url, clock_now=clock.now)
    request, _ = await ask(db)
    backup = path.with_name("backup.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    later, _ = await ask(db)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    backup.rename(path)
    assert await stored(db, request.id) == request
    async with db.read() as unit:
        assert await unit.requests.get(later.id) is None
    again, _ = await ask(db)
    assert await stored(db, again.id) == again
    await db.close()


async def test_connections_that_the_server_ended(postgresql_url: str, postgresql_server: str, clock: Clock) -> None:
    """A restart of PostgreSQL: what runs fails as unavailable, what comes later works."""
    import asyncpg

    db = await Database.open(f"{postgresql_url}&application_name=to_be_ended", clock_now=clock.now)
    await db.ping()
    admin = await asyncpg.connect(postgresql_server)
    await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to_be_ended'")
    await admin.close()
    with pytest.raises(StorageUnavailable):
        await db.ping()
    request, _ = await ask(db)
    assert await stored(db, request.id) == request
    await db.close()
