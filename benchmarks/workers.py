"""A front and 1, 2 and 4 workers on PostgreSQL: `python benchmarks/workers.py`.

The back-end takes a fixed time for each picture, so what W workers of C draws at once can do is known: W * C in that
time. Each run has the same number of requests a worker; were the growth linear, all would take equally long. Then one
person asks for many (their limit holds over all workers), and a worker is killed while it draws.

BENCH_DATABASE_URL names the server; each run has a schema of its own.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from aiohttp import web
from bot_api_server import BotApiServer
from gradio_app import GradioApp, photo
from report import Row, report
from rig import MODELS, served, start_program, stop_program, until

DATABASE_URL = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
PER_PERSON = 2  # MAX_JOBS_PER_USER
LINEAR = 1.25  # the run with 4 workers may take so many times as long as that with 1
TAKEN_OVER = 10.0  # seconds
SEEN = 2.0  # seconds until all know how many workers there are
PATIENCE = 300.0


class FixedLatency(GradioApp):
    """`most`: drawings at once. `begun` has the moments at which each prompt's drawings began."""

    def __init__(self, picture: bytes, seconds: float) -> None:
        super().__init__(picture)
        self.step = seconds
        self.running = self.most = 0
        self.begun: list[float] = []

    async def _draw_slowly(self, answer: web.StreamResponse, step: float) -> None:
        self.begun.append(time.monotonic())
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await asyncio.sleep(step)
        finally:
            self.running -= 1


@dataclass
class Fleet:
    telegram: BotApiServer
    backend: FixedLatency
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def ask(self, count: int, people: int) -> float:
        """Seconds until all of these have their pictures, since the first was asked for."""
        began = time.monotonic()
        asked = [
            self.telegram.imagine(1000 + number % people, 1000 + number % people, "fox") for number in range(count)
        ]
        await until(lambda: all(each.picture for each in asked), f"{count} pictures", PATIENCE)
        doubled = [each for each in asked if each.pictures != 1]
        if doubled:
            raise AssertionError(f"{len(doubled)} of {count} were shown more than once")
        return max(each.picture or 0.0 for each in asked) - began


@asynccontextmanager
async def fleet(workers: int, concurrency: int, seconds: float) -> AsyncIterator[Fleet]:
    schema = f"bench_{os.getpid()}_{workers}"
    connection = await asyncpg.connect(DATABASE_URL)
    await connection.execute(f"CREATE SCHEMA {schema}")
    made = Fleet(BotApiServer(), FixedLatency(photo(512, 50_000), seconds))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connection.close)
        stack.push_async_callback(connection.execute, f"DROP SCHEMA {schema} CASCADE")
        url = await stack.enter_async_context(served(made.telegram, made.backend))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="imagine-bench-")))
        models = MODELS.format(url=url, protocol="queue")
        settings: dict[str, object] = {
            "database_url": f"{DATABASE_URL}{'&' if '?' in DATABASE_URL else '?'}search_path={schema}",
            "telegram_rate": 1000,
            "max_jobs_per_user": PER_PERSON,
            "max_queued_per_user": 1000,
        }

        async def start(*arguments: str) -> asyncio.subprocess.Process:
            process = await start_program(("-m", "bot", *arguments), folder, models, url, settings)
            stack.push_async_callback(stop_program, process)
            return process

        await start("run", "--no-draw")
        await asyncio.wait_for(made.telegram.polled.wait(), 60)
        for _ in range(workers):
            made.workers.append(await start("worker", "--concurrency", str(concurrency)))
        async with asyncio.timeout(60):
            while await connection.fetchval(f"SELECT count(*) FROM {schema}.workers") < workers:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await asyncio.sleep(SEEN)
        yield made


async def measure(concurrency: int, seconds: float, rounds: int) -> int:
    rows: list[Row] = []
    took: dict[int, float] = {}
    for workers in (1, 2, 4):
        requests = workers * concurrency * rounds
        async with fleet(workers, concurrency, seconds) as made:
            took[workers] = await made.ask(requests, requests)
            rows += [
                Row(f"{workers} workers: {requests} pictures", took[workers], "s"),
                Row("  pictures a second", requests / took[workers]),
                Row("  drawn at once, at most", made.backend.most, "", workers * concurrency),
            ]
            if workers == 4:
                rows.append(Row("4 workers' time over 1 worker's", took[4] / took[1], "", LINEAR))
                made.backend.most = 0
                await made.ask(12, 1)
                rows.append(Row("12 of one person: drawn at once", made.backend.most, "", PER_PERSON))
                rows.append(Row("a killed worker's draws begin elsewhere after", await _killed(made), "s", TAKEN_OVER))
    title = f"Workers of {concurrency} draws at once, {seconds:g} s for a picture"
    return report("workers", title, rows)


async def _killed(made: Fleet) -> float:
    """All four draw; one is killed in the middle of it."""
    backend = made.backend
    backend.step = 4.0
    backend.begun.clear()
    people = 4 * len(made.workers)
    asking = asyncio.create_task(made.ask(people, people))
    await until(lambda: len(backend.begun) >= people, "drawings", 30)
    made.workers[0].kill()
    killed = time.monotonic()
    lost = 0
    await until(lambda: len(backend.begun) > people, "a drawing of the killed one's", 60)
    await asking
    lost = len(backend.begun) - people
    print(f"{lost} draws of the killed worker were drawn again")
    return max(backend.begun) - killed


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--concurrency", type=int, default=5, help="of each worker")
    options.add_argument("--seconds", type=float, default=2.0, help="for a picture")
    options.add_argument("--rounds", type=int, default=6, help="times a worker's concurrency: its requests")
    given = options.parse_args()
    return asyncio.run(measure(given.concurrency, given.seconds, given.rounds))


if __name__ == "__main__":
    sys.exit(main())
