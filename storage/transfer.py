"""Copies all of a bot's data to another database: from SQLite to PostgreSQL, or back.

Tables are copied one by one, in the order of their keys, in batches that are committed separately. The rows in the
target show how far an earlier run came, so a killed run is simply started again. Until the copy is complete the
target remembers its source, and refuses any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, Table, func, insert, select, text, true

from storage.database import Engine, engine_of, sqlite_path
from storage.errors import AlreadyRunning, StorageMisconfigured
from storage.repositories.draws import Draws
from storage.sqlite.instance_lock import InstanceLock
from storage.statements.connection import Statements
from storage.statements.dialects import insert as insert_or_ignore
from storage.statements.tables import blobs, inbox, metadata, processes, shared_secrets, workers

BATCH = 500  # rows in a transaction
BATCH_OF_BYTES = 8  # likewise, of pictures
MARK = "copy-of"  # among the shared secrets of an unfinished target: its source
LIVING = 60.0  # s since a heartbeat: a source with one younger than this is in use

TABLES = tuple(table for table in metadata.sorted_tables if not table.info.get("transient"))


@dataclass(frozen=True, slots=True)
class Count:
    """The progress of one table."""

    table: str
    source: int
    target: int


# (table, rows that are there, rows there will be)
Progress = Callable[[str, int, int], None]


async def transfer(source: str, target: str, *, now: Callable[[], datetime], progress: Progress) -> list[Count]:
    """Copies everything except the state of running processes; both URLs as in DATABASE_URL.

    Migrates both databases to the newest revision. Returns the counts of each table.
    Raises AlreadyRunning when a bot uses one of them, StorageMisconfigured when the source does not exist or the
    target holds other data, and StorageUnavailable; run it again after the latter.
    """
    if source == target:
        raise StorageMisconfigured("--from and --to name the same database")
    locks = [InstanceLock(path) for url in (source, target) if (path := sqlite_path(url)) is not None]
    if (path := sqlite_path(source)) is not None and not path.exists():
        raise StorageMisconfigured(f"there is no database at {path}")
    opened: list[Engine] = []
    try:
        for lock in locks:
            lock.acquire()
        for url in (source, target):
            engine = engine_of(url)
            opened.append(engine)
            await engine.open(migrate=True)
        await _copy(*opened, origin=_origin(source), now=now, progress=progress)
        counts = [Count(table.name, await _count(opened[0], table), await _count(opened[1], table)) for table in TABLES]
        if wrong := [count for count in counts if count.source != count.target]:
            raise StorageMisconfigured(
                "the copy is not complete: " + ", ".join(f"{c.table} {c.target} of {c.source}" for c in wrong)
            )
        async with opened[1].write() as statements:
            await statements.execute(shared_secrets.delete().where(shared_secrets.c.name == MARK))
        return counts
    finally:
        for engine in opened:
            await engine.close()
        for lock in locks:
            lock.release()


async def _copy(
    source: Engine, target: Engine, *, origin: str, now: Callable[[], datetime], progress: Progress
) -> None:
    for engine in (source, target):
        for seen in (processes.c.beat_at, workers.c.seen_at):
            async with engine.read() as statements:
                last: datetime | None = (await statements.execute(select(func.max(seen)))).scalar()
            if last is not None and abs((now() - last).total_seconds()) < LIVING:
                raise AlreadyRunning("an imagine-bot is using one of the databases, or was a minute ago: stop it first")
    await _mark(target, origin)
    for table in TABLES:
        total, there = await _count(source, table), await _count(target, table)
        progress(table.name, there, total)
        async with target.read() as statements:
            copied = (await statements.execute(select(func.max(_key(table))))).scalar()
        while rows := await _batch(source, table, copied):
            async with target.write() as statements:
                await statements.execute(insert_or_ignore(statements, table).on_conflict_do_nothing(), rows)
            copied = rows[-1][_key(table).name]
            there += len(rows)
            progress(table.name, there, total)
        if table.autoincrement_column is not None:
            await _count_on(source, target, table)
    # No process draws these any more, so they go back to waiting.
    async with target.write() as statements:
        await Draws(statements, now).recover()


async def _batch(source: Engine, table: Table, last: object) -> list[dict[str, Any]]:  # Any: of any column
    key = _key(table)
    statement: Select[*tuple[Any, ...]] = select(table).order_by(key)  # Any: rows of any shape
    statement = statement.where(key > last if last is not None else true())
    async with source.read() as statements:
        found = await statements.execute(statement.limit(BATCH_OF_BYTES if table is blobs else BATCH))
        names = [column.name for column in table.columns]
        rows = [dict(zip(names, row, strict=True)) for row in found]
    for row in rows if table is inbox else ():
        row["owner"] = None
    return rows


async def _mark(target: Engine, origin: str) -> None:
    """Marks the target as a copy of this source. Raises StorageMisconfigured when it has other data."""
    async with target.write() as statements:
        known: str | None = (
            await statements.execute(select(shared_secrets.c.value).where(shared_secrets.c.name == MARK))
        ).scalar()
        if known == origin:
            return
        if known is not None:
            raise StorageMisconfigured(f"the target is an unfinished copy of {known}: go on with that, or empty it")
        for table in TABLES:
            if (await statements.execute(select(_key(table)).limit(1))).first() is not None:
                raise StorageMisconfigured(f"the target is not empty: it has {table.name} already")
        await statements.execute(insert(shared_secrets).values(name=MARK, value=origin))


async def _count_on(source: Engine, target: Engine, table: Table) -> None:
    """Continues the ids after the highest that was ever used: old buttons carry ids, which must not be reused."""
    async with source.read() as statements:
        last = await _last_id(statements, table)
    async with target.write() as statements:
        last = max(last, await _last_id(statements, table))
        if last == 0:
            return
        if statements.dialect == "postgresql":
            await statements.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"), {"table": table.name, "last": last}
            )
            return
        values = {"table": table.name, "last": last}
        await statements.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), values)
        await statements.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values)


async def _last_id(statements: Statements, table: Table) -> int:
    """The highest id that was ever used; 0: none."""
    given = (
        "SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, 'id')::regclass)"
        if statements.dialect == "postgresql"
        else "SELECT seq FROM sqlite_sequence WHERE name = :table"
    )
    counted: int | None = (await statements.execute(text(given), {"table": table.name})).scalar()
    greatest: int | None = (await statements.execute(select(func.max(_key(table))))).scalar()
    return max(counted or 0, greatest or 0)


async def _count(engine: Engine, table: Table) -> int:
    async with engine.read() as statements:
        counted: int = (await statements.execute(select(func.count()).select_from(table))).scalar_one()
    return counted


def _key(table: Table) -> Column[Any]:  # Any: of any type
    (key,) = table.primary_key.columns
    return key


def _origin(url: str) -> str:
    """A database's name, without its password."""
    if (path := sqlite_path(url)) is not None:
        return str(path.resolve())
    return url.partition("://")[2].rpartition("@")[2].partition("?")[0]
