"""Migrations: up, down, up; equal to the models; once when many start."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import Database, StorageMisconfigured, StorageUnavailable, schema, sqlite_path
from storage.records import Balance, NewPayment, OfferKind
from storage.statements.tables import metadata, with_conditions
from tests.storage.stage import Clock, ask


def engine_of(url: str) -> AsyncEngine:
    if (path := sqlite_path(url)) is not None:
        path.parent.mkdir(exist_ok=True)
        return create_async_engine(f"sqlite+aiosqlite:///{path}")

    async def connect() -> object:
        import asyncpg

        return await asyncpg.connect(url)

    return create_async_engine("postgresql+asyncpg://", async_creator=connect)


def revisions() -> list[str]:
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]


def differences(connection: Connection) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    opts = {
        "compare_type": True,
        "compare_server_default": True,
        "target_metadata": with_conditions(),
        "include_name": lambda name, kind, _: kind != "table" or not is_pgqueuers(name),
    }
    context = MigrationContext.configure(connection, opts=opts)
    return list(compare_metadata(context, with_conditions()))


def tables(connection: Connection) -> set[str]:
    """Ours."""
    from sqlalchemy import inspect

    found = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {name for name in found if not is_pgqueuers(name)}


def is_pgqueuers(table: str) -> bool:
    """It makes them, and says that it misses none before it uses them."""
    return table.startswith("pgqueuer")


def test_head_is_the_newest_revision() -> None:
    assert revisions()[-1] == schema.HEAD


async def test_up_down_up_step_by_step(bare_database_url: str) -> None:
    engine = engine_of(bare_database_url)
    async with engine.begin() as connection:
        before: str | None = None
        for revision in revisions():
            await connection.run_sync(schema.upgrade, revision)
            assert await connection.run_sync(schema.revision) == revision
            await connection.run_sync(schema.downgrade, before or "base")
            assert await connection.run_sync(schema.revision) == before
            await connection.run_sync(schema.upgrade, revision)
            before = revision
        assert await connection.run_sync(tables) == set(metadata.tables)
        await connection.run_sync(schema.downgrade)
        assert await connection.run_sync(tables) == set()
        await connection.run_sync(schema.upgrade)
    await engine.dispose()


async def test_models_and_migrations_agree(bare_database_url: str) -> None:
    engine = engine_of(bare_database_url)
    async with engine.begin() as connection:
        await connection.run_sync(schema.upgrade)
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_many_that_start_together_migrate_once(bare_database_url: str, clock: Clock) -> None:
    opened = await asyncio.gather(*(Database.open(bare_database_url, clock_now=clock.now) for _ in range(5)))
    for db in opened:
        await ask(db)
        await db.close()


def test_processes_that_start_together_migrate_once(bare_database_url: str) -> None:
    program = (
        "import asyncio, datetime, sys\n"
        "from storage import Database\n"
        "async def main():\n"
        "    await (await Database.open(sys.argv[1], clock_now=datetime.datetime.now)).close()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", program, bare_database_url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b"")


async def test_tables_of_a_newer_version_are_left_alone(bare_database_url: str, clock: Clock) -> None:
    db = await Database.open(bare_database_url, clock_now=clock.now)
    await db.close()
    engine = engine_of(bare_database_url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await engine.dispose()
    with pytest.raises(StorageMisconfigured, match="9999"):
        await Database.open(bare_database_url, clock_now=clock.now)


async def test_without_migrating_nothing_is_made(bare_sqlite_url: str, clock: Clock) -> None:
    db = await Database.open(bare_sqlite_url, clock_now=clock.now, migrate=False)
    with pytest.raises(StorageUnavailable):
        await db.ping()
    await db.close()
    path = sqlite_path(bare_sqlite_url)
    assert path is not None
    assert not path.parent.exists()


def test_migrations_are_part_of_the_package() -> None:
    versions = Path(schema.MIGRATIONS) / "versions"
    assert versions.parent.parent == Path(schema.__file__).parent
    assert list(versions.glob("r*.py"))


async def test_balances_are_added_up_from_the_ledger(bare_database_url: str) -> None:
    """Yesterday's free credits are no more than today's; what is paid for and reserved stays."""
    clock = Clock()
    people = {1: Balance(300, 100, 0), 2: Balance(0, 30, 70), 3: Balance(500, 100, 20)}
    db = await Database.open(bare_database_url, clock_now=clock.now)
    _, yesterday = await ask(db, source="yesterday", requester_id=3)
    async with db.transaction() as unit:
        assert await unit.credits.hold(3, yesterday[0].request_id, {yesterday[0].id: 20}, free=100) is None
    clock.advance(86_400)
    _, today = await ask(db, source="today", requester_id=2)
    async with db.transaction() as unit:
        for charge, person, amount in (("one", 1, 300), ("three", 3, 500)):
            offer = await unit.credits.offer(person, OfferKind.PACK, amount, amount)
            await unit.credits.pay(NewPayment(charge, person, amount, offer.id))
        assert await unit.credits.hold(2, today[0].request_id, {today[0].id: 70}, free=100) is None
    await db.close()
    engine = engine_of(bare_database_url)
    async with engine.begin() as connection:
        await connection.run_sync(schema.downgrade, "0019")
        await connection.run_sync(schema.upgrade)
    await engine.dispose()
    db = await Database.open(bare_database_url, clock_now=clock.now)
    async with db.read() as unit:
        assert {person: await unit.credits.balance(person, free=100) for person in people} == people
        assert (await unit.credits.report()).balances
    await db.close()
