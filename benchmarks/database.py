"""What a request costs in the database: `python benchmarks/database.py`.

A request is all that is written of one from the update to the delivered picture of 100 KB: nine transactions, one after
the other, as the bot makes them. 1, 100 and 1000 requests go side by side, on SQLite as an operator has it, and beside
them the same writes through `sqlite3` itself with a commit for each, in the calling thread: the floor of who does not
group. Both in turn, in each round on new files.

CPU is that of the process, user and system, all threads. Ratios are medians of the rounds' own ratios.

`--postgresql postgresql://...` measures the same on a PostgreSQL of this machine, in databases of its own, and beside
the process the server: the CPU of all of its processes, which /proc tells, and its transactions.
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
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from report import Plot, Row, report

from bot.jobs.settings import Policies
from storage import Database
from storage.records import Draw, InboxUpdate, Limits, NewPicture, NewRequest, RequestState
from storage.sqlite.engine import PRAGMAS

AT_ONCE = Policies().admitted_at_once

SIZE = 100_000
THUMBNAIL = 4_000
LOADS = {1: 200, 100: 1000, 1000: 2000}  # at once: requests in a round
FALLING = 1.0  # the cost at 100 and at 1000 at once, as a ratio to the cost at 1
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Stats:
    cpu: float  # ms a request
    wall: float  # likewise
    server: float = 0.0  # ms of CPU a request
    transactions: float = 0.0  # a request

    @classmethod
    def of(cls, cpu: float, began: float, requests: int) -> "Stats":
        return cls(1000 * (time.process_time() - cpu) / requests, 1000 * (time.monotonic() - began) / requests)


async def on_sqlite(at_once: int, requests: int) -> Stats:
    with tempfile.TemporaryDirectory(prefix="imagine-bench-") as folder:
        return await ours(f"sqlite:///{Path(folder) / 'imagine.db'}", at_once, requests)


async def ours(url: str, at_once: int, requests: int, server: "Server | None" = None) -> Stats:
    db = await Database.open(url, clock_now=lambda: datetime.now(UTC), draws=at_once)
    admission = Admission(db)
    try:
        await side_by_side(lambda: written(db, admission), at_once, at_once)  # statements are compiled, pages are there
        before = await server.used() if server is not None else (0.0, 0)
        cpu, began = time.process_time(), time.monotonic()
        await side_by_side(lambda: written(db, admission), at_once, requests)
        found = Stats.of(cpu, began, requests)
        if server is None:
            return found
        seconds, transactions = await server.used()
        ms, each = 1000 * (seconds - before[0]) / requests, (transactions - before[1]) / requests
        return replace(found, server=ms, transactions=each)
    finally:
        admission.task.cancel()
        await db.close()


class Server:
    """A PostgreSQL of this machine, and a database in it that exists within `Server.at`."""

    def __init__(self, url: str, connection: "asyncpg.Connection[asyncpg.Record]", postmaster: int) -> None:
        self.url = url
        self._connection = connection
        self._postmaster = postmaster

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str) -> AsyncIterator["Server"]:
        name = f"imagine_bench_{os.getpid()}_{next(_numbers)}"
        own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(f"CREATE DATABASE {name}")
            backend = await connection.fetchval("SELECT pg_backend_pid()")
            yield cls(own, connection, int(_stat(backend)[1]))
        finally:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await connection.close()

    async def used(self) -> tuple[float, int]:
        """Seconds of CPU of all that the server has run, and transactions of this database."""
        await asyncio.sleep(1.2)  # what a session has done it tells once a second
        done = await self._connection.fetchval(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = $1",
            urlsplit(self.url).path.removeprefix("/"),
        )
        return _cpu_below(self._postmaster), int(done)


def _cpu_below(pid: int) -> float:
    """Seconds, of a process, of its children, and of those children that have ended."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = sum(map(int, _stat(pid)[11:15])) + sum(sum(map(int, _stat(int(child))[11:13])) for child in below)
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """proc(5)'s fields from the state on, which follows the name in brackets."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


class Admission:
    """As the bot's: one task, which admits a few at a time of those that wait."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._futures: dict[int, asyncio.Future[Draw]] = {}
        self._woken = asyncio.Event()
        self._running = 0
        self.task = asyncio.create_task(self._admit())

    async def of(self, request_id: int) -> Draw:
        self._woken.set()
        draw = await self._future(request_id)
        del self._futures[request_id]
        return draw

    def _future(self, request_id: int) -> asyncio.Future[Draw]:
        if request_id not in self._futures:  # it may be admitted before its own task asks
            self._futures[request_id] = asyncio.get_running_loop().create_future()
        return self._futures[request_id]

    def ended(self) -> None:
        self._running -= 1

    async def _admit(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            async with self._db.transaction() as unit:
                admitted = await unit.draws.admit(Limits(total=self._running + AT_ONCE, per_user=AT_ONCE))
            self._running += len(admitted)
            for draw, request in admitted:
                self._future(request.id).set_result(draw)
            if len(admitted) >= AT_ONCE:
                self._woken.set()


async def written(db: Database, admission: Admission) -> None:
    """One request, as the handlers, the runner and the delivery write it."""
    number, now = next(_numbers), datetime.now(UTC)
    picture = NewPicture(os.urandom(SIZE), "image/jpeg", 1024, 1024, thumbnail=bytes(THUMBNAIL))
    async with db.transaction(urgent=True) as unit:
        await unit.inbox.add([InboxUpdate(number, number, '{"update_id": 1, "message": {}}' * 10)])
    async with db.transaction(urgent=True) as unit:
        new = NewRequest(f"m:{number}:1", number, number, "a fox in the snow", "bench", (number,), "en", now)
        request, _, _ = await unit.requests.accept(new)
    async with db.transaction(urgent=True) as unit:
        await unit.requests.placeholder_sending(request.id)
    async with db.transaction() as unit:
        await unit.requests.placeholder_known(request.id, number, "text")
    async with db.transaction() as unit:
        await unit.inbox.remove(number)
    draw = await admission.of(request.id)
    async with db.transaction() as unit:
        await unit.draws.set_ticket(draw.id, draw.attempt, "a ticket")
    async with db.transaction(urgent=True) as unit:
        assert await unit.draws.drawn(draw.id, draw.attempt, [picture]) is RequestState.DRAWN
        await unit.requests.get(request.id)
        await unit.draws.of_request(request.id)
    async with db.transaction(urgent=True) as unit:
        claimed = await unit.requests.claim_end(request.id, request.attempt)
        assert claimed is not None
        [(stored, data)] = await unit.pictures.with_bytes(request.id, most=1)
        assert len(data or b"") == SIZE
    async with db.transaction(urgent=True) as unit:
        assert await unit.requests.finish(
            request.id, RequestState.DELIVERED, attempt=claimed.attempt, shown=(number, "photo")
        )
        await unit.pictures.delivered(stored.id, file_id=f"file-{number}", thumbnail=None)
        await unit.pictures.drop_bytes(request.id, keep_until=None)
    admission.ended()


async def side_by_side(one: Callable[[], Awaitable[None]], at_once: int, requests: int) -> None:
    left = requests

    async def line() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await one()

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(line())


def floor(folder: Path, requests: int) -> Stats:
    """As many small writes and the same blob, a commit each."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE requests (id INTEGER PRIMARY KEY, state TEXT, message INTEGER, prompt TEXT)")
    connection.execute("CREATE TABLE blobs (id INTEGER PRIMARY KEY, data BLOB)")
    cpu, began = time.process_time(), time.monotonic()
    for _ in range(requests):
        number = next(_numbers)
        connection.execute("INSERT INTO requests VALUES (?, 'waiting', NULL, 'a fox in the snow')", (number,))
        for state in ("sending", "known", "handled", "drawing", "ticket"):
            connection.execute("UPDATE requests SET state = ? WHERE id = ?", (state, number))
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO blobs VALUES (?, ?)", (number, os.urandom(SIZE)))
            connection.execute("UPDATE requests SET state = 'drawn' WHERE id = ?", (number,))
        connection.execute("UPDATE requests SET state = 'claimed' WHERE id = ?", (number,))
        assert len(connection.execute("SELECT data FROM blobs WHERE id = ?", (number,)).fetchone()[0]) == SIZE
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE requests SET state = 'delivered', message = 1 WHERE id = ?", (number,))
            connection.execute("DELETE FROM blobs WHERE id = ?", (number,))
    figures = Stats.of(cpu, began, requests)
    connection.close()
    return figures


async def compare(rounds: int) -> int:
    found: dict[int, list[Stats]] = {load: [] for load in LOADS}
    floors = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="imagine-bench-") as folder:
            floors.append(await asyncio.to_thread(floor, Path(folder), LOADS[1]))
        for load, requests in LOADS.items():
            found[load].append(await on_sqlite(load, requests))
        told = ", ".join(f"{load} at once {figures[-1].cpu:.2f} ms" for load, figures in found.items())
        print(f"round {number + 1}: floor {floors[-1].cpu:.2f} ms, {told}", flush=True)
    one = found[1]
    rows = [
        Row("rounds", rounds),
        Row("floor, a commit each: CPU a request", statistics.median(each.cpu for each in floors), "ms"),
        Row("floor, a commit each: time a request", statistics.median(each.wall for each in floors), "ms"),
    ]
    for load, figures in found.items():
        rows += [
            Row(f"{load} at once: CPU a request", statistics.median(each.cpu for each in figures), "ms"),
            Row(f"{load} at once: time a request", statistics.median(each.wall for each in figures), "ms"),
            Row(f"{load} at once: CPU / floor", _ratio(figures, floors)),
        ]
        if load > 1:
            rows.append(Row(f"{load} at once / 1 at once, CPU", _ratio(figures, one), bound=FALLING))
    points = [(float(load), statistics.median(each.cpu for each in figures)) for load, figures in found.items()]
    level = statistics.median(each.cpu for each in floors)
    plot = Plot(
        "requests at once",
        "CPU a request, ms",
        {"imagine-bot": points, "sqlite3, a commit each": [(float(load), level) for load in LOADS]},
    )
    return report("database", "What a request costs in the database (SQLite)", rows, plot)


async def postgresql(url: str, rounds: int) -> int:
    found: dict[int, list[Stats]] = {load: [] for load in LOADS}
    for number in range(rounds):
        for load, requests in LOADS.items():
            async with Server.at(url) as server:
                found[load].append(await ours(server.url, load, requests, server))
        each = {load: figures[-1] for load, figures in found.items()}
        told = ", ".join(f"{load} at once {one.cpu:.2f} + {one.server:.2f} ms" for load, one in each.items())
        print(f"round {number + 1}: {told}", flush=True)
    rows = [Row("rounds", rounds)]
    for load, figures in found.items():
        rows += [
            Row(f"{load} at once: CPU of the bot a request", statistics.median(each.cpu for each in figures), "ms"),
            Row(
                f"{load} at once: CPU of the server a request", statistics.median(each.server for each in figures), "ms"
            ),
            Row(f"{load} at once: transactions a request", statistics.median(each.transactions for each in figures)),
            Row(f"{load} at once: time a request", statistics.median(each.wall for each in figures), "ms"),
        ]
        if load > 1:
            both = [Stats(each.cpu + each.server, each.wall) for each in figures]
            one = [Stats(each.cpu + each.server, each.wall) for each in found[1]]
            rows.append(Row(f"{load} at once / 1 at once, CPU of both", _ratio(both, one), bound=FALLING))
    return report("database-postgresql", "What a request costs in the database (PostgreSQL)", rows)


def _ratio(figures: list[Stats], of: list[Stats]) -> float:
    return statistics.median(a.cpu / b.cpu for a, b in zip(figures, of, strict=True))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgresql", help="measure there; the URL of a database whose user may create others")
    options = parser.parse_args()
    if options.postgresql is not None:
        return asyncio.run(postgresql(options.postgresql, options.rounds))
    return asyncio.run(compare(options.rounds))


if __name__ == "__main__":
    sys.exit(main())
