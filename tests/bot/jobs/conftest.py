"""Real storage, scripted back-ends, an outbox that remembers, and a clock that stands still: see bench.py."""

import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import stamina
from sqlalchemy import text

from bot.jobs.settings import JobSettings
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage import Database
from storage.repositories import work_leases
from tests.bot.jobs.bench import Backend, Bench, Gate, MakeBench, Scripted, Telegram, picture_url
from tests.clock import FakeClock
from tests.databases import furnish, furnished_schema
from tests.postgres import postgresql_server

__all__ = ["postgresql_server"]

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


@pytest.fixture
def gate(backend: Backend) -> Gate:
    """Every draw waits for it."""
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    return gate


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("jobs") / "empty.db"
    furnish(path)
    return path


@pytest.fixture
def _seen_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers say by the tests' clock that they are there, and the database judges by its own how long ago."""
    statement = str(work_leases._SEEN).replace("clock_timestamp()", "clock_timestamp() + interval '10 minutes'")
    monkeypatch.setattr(work_leases, "_SEEN", text(statement))


@pytest.fixture
async def shared_schema(postgresql_server: str) -> AsyncIterator[str]:
    """The URL of a schema with its tables, all empty."""
    async with furnished_schema(postgresql_server) as url:
        yield url


@pytest.fixture
async def shared_db(shared_schema: str, clock: FakeClock) -> AsyncIterator[Database]:
    """PostgreSQL: several benches on it share the drawing."""
    database = await Database.open(shared_schema, clock_now=clock.now, migrate=False)
    yield database
    await database.close()


@pytest.fixture
async def db(tmp_path: Path, migrated: Path, clock: FakeClock) -> AsyncIterator[Database]:
    shutil.copy(migrated, tmp_path / "test.db")
    database = await Database.open(f"sqlite:///{tmp_path}/test.db", clock_now=clock.now, migrate=False)
    yield database
    await database.close()


@pytest.fixture
async def make(db: Database, clock: FakeClock, telegram: Telegram, backend: Backend) -> AsyncIterator[MakeBench]:
    """Start a bench: `await make(max_jobs=1)`; also a second one, after the first was killed."""
    async with making(db, clock, telegram, backend) as made:
        yield made


@pytest.fixture
async def make_shared(
    shared_db: Database, clock: FakeClock, telegram: Telegram, backend: Backend, _seen_for_long: None
) -> AsyncIterator[MakeBench]:
    """Likewise, on PostgreSQL: all of them at once; `draws_here=0` is one that only accepts."""
    async with making(shared_db, clock, telegram, backend) as made:
        yield made


@asynccontextmanager
async def making(db: Database, clock: FakeClock, telegram: Telegram, backend: Backend) -> AsyncIterator[MakeBench]:
    benches: list[Bench] = []
    async with aiohttp.ClientSession() as session:

        async def made(models: dict[str, dict[str, object]] | None = None, **settings: object) -> Bench:
            chosen = JobSettings(**{"picture_metadata": "off", **settings})  # type: ignore[arg-type]  # the test's own keywords
            bench = Bench(db, telegram, backend, clock, session, chosen, models or SKETCH)
            benches.append(bench)
            return await bench.start()

        yield made
        for bench in benches:
            await bench.supervisor.close()


@pytest.fixture
async def bench(make: MakeBench) -> Bench:
    return await make()
