"""What the bot does most, in an empty database and in a grown one: `python benchmarks/grown.py sqlite|postgresql`.

A person's settings and a page of their history are read, a request is accepted, admitted and ended, and the database is
opened as at a start: in turn in a database that holds one person's pictures, and in one that holds all others' too. No
figure of the second may be more than 1.5 times that of the first. `--full` is a million people with ten million
pictures (7 GB, on PostgreSQL about ten minutes to fill); the default is a hundredth of that. PostgreSQL is at
BENCH_DATABASE_URL; the schemas `bench_empty` and `bench_grown` there are made anew, and dropped afterwards.
"""

import argparse
import asyncio
import itertools
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from report import Row, report

from storage import Database, sqlite_path
from storage.records import Limits, NewRequest, Parameters, RequestState

DATABASE_URL = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
TIMES = 1.5
ROUNDS, OPENED = 200, 15
PERSON, PERSONS_REQUESTS = 42, 30
PICTURES_A_REQUEST = 4
LIMITS = Limits(total=1000, per_user=2, per_model={"sketch": 100})
SCHEMAS = ("bench_empty", "bench_grown")

Step = Callable[[Database], Awaitable[None]]

# {series} gives g from {first} to {last}; each request has four draws with a picture each.
USERS = "INSERT INTO users (user_id, model, last_served) SELECT g, 'sketch', {when} FROM {series}"
REQUESTS = """
INSERT INTO requests (id, source, chat_id, chat_kind, requester_id, prompt, full_prompt, model, language, parameters,
    placeholder, message_id, message_kind, state, attempt, asked_at, accepted_at, finished_at)
SELECT g, 'message:' || g, {person}, 'private', {person}, 'a fox in the snow, number ' || g, '', 'sketch', 'en', '{{}}',
    'known', g, 'photo', 'delivered', 1, {when}, {when}, {when}
FROM {series}
"""
DRAWS = """
INSERT INTO draws (id, request_id, requester_id, ordinal, model, seed, state, attempt, started_at, finished_at)
SELECT g, (g + 3) / 4, {person_of_draw}, (g - 1) % 4, 'sketch', g, 'drawn', 1, {when}, {when} FROM {series}
"""
PICTURES = """
INSERT INTO pictures (id, request_id, draw_id, ordinal, mime, width, height, file_id)
SELECT g, (g + 3) / 4, g, 0, 'image/jpeg', 1024, 1024, 'AgACAgIAAxkBAAIBG2' || g FROM {series}
"""


def statements(people: int, requests: int, first: int, dialect: str) -> list[str]:
    """Of the requests from `first` on, made by {people} in turn; with one person, by PERSON."""

    def fill(statement: str, begin: int, end: int) -> str:
        series = f"generate_series({begin}::bigint, {end}::bigint) AS series (g)"
        if dialect == "sqlite":
            numbers = f"VALUES ({begin}) UNION ALL SELECT g + 1 FROM s WHERE g < {end}"
            series = f"(WITH RECURSIVE s (g) AS ({numbers}) SELECT g FROM s)"
        when = "timestamptz '2026-06-01'" if dialect == "postgresql" else "'2026-06-01 00:00:00.000000'"
        person = f"1000 + g % {people}" if people > 1 else str(PERSON)
        of_draw = f"1000 + ((g + 3) / 4) % {people}" if people > 1 else str(PERSON)
        return statement.format(series=series, when=when, person=person, person_of_draw=of_draw)

    last, of_each = first + requests - 1, PICTURES_A_REQUEST
    users = fill(USERS, 1000, 999 + people) if people > 1 else fill(USERS, PERSON, PERSON)
    draws = ((first - 1) * of_each + 1, last * of_each)
    return [users, fill(REQUESTS, first, last), fill(DRAWS, *draws), fill(PICTURES, *draws)]


async def settings(db: Database) -> None:
    async with db.read() as unit:
        assert (await unit.users.settings(PERSON)).model == "sketch"


async def history(db: Database) -> None:
    async with db.read() as unit:
        page = await unit.history.page(PERSON)
        page = await unit.history.page(PERSON, picture_id=page.entries[-1].picture_id)
    assert len(page.entries) == 9


_numbers = itertools.count(1)


async def admission(db: Database) -> None:
    """Accepted, admitted, and out of the way again."""
    now = datetime.now(UTC)
    new = NewRequest(
        source=f"bench:{next(_numbers)}",
        chat_id=PERSON,
        chat_kind="private",
        requester_id=PERSON,
        prompt="a fox",
        model="sketch",
        seeds=(1,),
        language="en",
        asked_at=now,
        parameters=Parameters(),
    )
    async with db.transaction() as unit:
        request, _, _ = await unit.requests.accept(new)
        await unit.requests.waiting_count(PERSON)
        await unit.requests.accepted_since(PERSON, now - timedelta(days=1))
    async with db.transaction() as unit:
        assert len(await unit.draws.admit(LIMITS)) == 1
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.CANCELLED)


async def start(url: str) -> None:
    db = await Database.open(url, clock_now=lambda: datetime.now(UTC))
    async with db.transaction() as unit:
        await unit.draws.recover()
        await unit.requests.unfinished()
        await unit.requests.untold(datetime.now(UTC) - timedelta(days=1))
        await unit.inbox.pending()
        await unit.pictures.purge(datetime.now(UTC))
    await db.close()


async def compare(kind: str, people: int, pictures: int) -> int:
    async with databases(kind) as (empty, grown):
        began = time.monotonic()
        for url in (empty, grown):
            await (await Database.open(url, clock_now=lambda: datetime.now(UTC))).close()
        others = pictures // PICTURES_A_REQUEST
        one = statements(1, PERSONS_REQUESTS, 1, kind)
        await execute(empty, one)
        await execute(grown, [*one, *statements(people, others, PERSONS_REQUESTS + 1, kind)])
        filled = time.monotonic() - began
        rows = [
            Row("people", people),
            Row("pictures", pictures),
            Row("size of the grown database", await size(grown) / 1e6, "MB"),
            Row("time to fill it", filled, "s"),
        ]
        rows += await measured(empty, grown)
    return report(f"grown-{kind}", f"One person's bot, and one of {people} people with {pictures} pictures", rows)


async def measured(empty: str, grown: str) -> list[Row]:
    """In turn, so that whatever else the machine does befalls both."""
    rows = []
    small, large = [await Database.open(url, clock_now=lambda: datetime.now(UTC)) for url in (empty, grown)]
    steps: dict[str, Step] = {"settings read": settings, "two history pages": history, "admission": admission}
    for what, step in steps.items():
        rows += await rows_of(what, partial(step, small), partial(step, large), ROUNDS)
    for db in (small, large):
        await db.close()
    return rows + await rows_of("start-up", lambda: start(empty), lambda: start(grown), OPENED)


async def rows_of(
    what: str, small: Callable[[], Awaitable[None]], large: Callable[[], Awaitable[None]], rounds: int
) -> list[Row]:
    for warm in (small, large):
        await warm()
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for work, seconds in zip((small, large), times, strict=True):
            began = time.perf_counter()
            await work()
            seconds.append(1000 * (time.perf_counter() - began))
    before, after = map(statistics.median, times)
    return [
        Row(f"{what}, empty", round(before, 3), "ms"),
        Row(f"{what}, grown", round(after, 3), "ms"),
        Row(f"{what}, grown / empty", round(after / before, 2), bound=TIMES),
    ]


@asynccontextmanager
async def databases(kind: str) -> AsyncIterator[tuple[str, str]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="imagine-bench-") as folder:
            yield f"sqlite:///{folder}/empty.db", f"sqlite:///{folder}/grown.db"
        return
    import asyncpg

    connection = await asyncpg.connect(DATABASE_URL)
    try:
        for schema in SCHEMAS:
            await connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
        joint = "&" if "?" in DATABASE_URL else "?"
        empty, grown = (f"{DATABASE_URL}{joint}search_path={schema}" for schema in SCHEMAS)
        yield empty, grown
    finally:
        for schema in SCHEMAS:
            await connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        await connection.close()


async def execute(url: str, filling: list[str]) -> None:
    if (path := sqlite_path(url)) is not None:
        await asyncio.to_thread(_execute_sqlite, path, filling)
        return
    import asyncpg

    connection = await asyncpg.connect(url)
    # The rows are right by construction; looking up forty million foreign keys would take longer than writing them.
    await connection.execute("SET session_replication_role = replica")
    for statement in filling:
        await connection.execute(statement)
    for table in ("requests", "draws", "pictures"):
        await connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _execute_sqlite(path: Path, filling: list[str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for statement in filling:
            connection.execute(statement)
            connection.commit()
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def size(url: str) -> int:
    if (path := sqlite_path(url)) is not None:
        return path.stat().st_size
    import asyncpg

    connection = await asyncpg.connect(url)
    total = await connection.fetchval(
        "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND c.relkind = 'r'"
    )
    await connection.close()
    return int(total)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("sqlite", "postgresql"))
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="a million people, ten million pictures")
    chosen = parser.parse_args()
    people, pictures = (1_000_000, 10_000_000) if chosen.full else (chosen.people, chosen.pictures)
    return asyncio.run(compare(chosen.kind, people, pictures))


if __name__ == "__main__":
    sys.exit(main())
