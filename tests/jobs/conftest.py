"""Real storage, scripted back-ends, an outbox that remembers, and a clock that stands still: see bench.py."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import stamina

from bot.jobs.settings import JobSettings
from storage import Database
from tests.clock import FakeClock
from tests.jobs.bench import Backend, Bench, MakeBench, Telegram

SKETCH: dict[str, dict[str, object]] = {"scripted": {}}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("jobs") / "empty.db"

    async def make() -> None:
        database = await Database.open(f"sqlite:///{path}", clock_now=FakeClock().now)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def db(tmp_path: Path, migrated: Path, clock: FakeClock) -> AsyncIterator[Database]:
    shutil.copy(migrated, tmp_path / "test.db")
    database = await Database.open(f"sqlite:///{tmp_path}/test.db", clock_now=clock.now, migrate=False)
    yield database
    await database.close()


@pytest.fixture
async def make(db: Database, clock: FakeClock, telegram: Telegram, backend: Backend) -> AsyncIterator[MakeBench]:
    """Start a bench: `await make(max_jobs=1)`; also a second one, after the first was killed."""
    benches: list[Bench] = []
    async with aiohttp.ClientSession() as session:

        async def made(models: dict[str, dict[str, object]] | None = None, **settings: object) -> Bench:
            chosen = JobSettings(**settings)  # type: ignore[arg-type]  # the test's own keywords
            bench = Bench(db, telegram, backend, clock, session, chosen, models or SKETCH)
            benches.append(bench)
            return await bench.start()

        yield made
        for bench in benches:
            await bench.supervisor.close()


@pytest.fixture
async def bench(make: MakeBench) -> Bench:
    return await make()
