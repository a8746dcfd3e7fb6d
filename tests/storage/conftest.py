"""Every test that asks for `db` runs on SQLite and on PostgreSQL, each time on tables of its own."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage import Database
from tests.storage.stage import Clock

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The URL of a server that answers; skips where none does."""
    asyncpg = pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")

    async def knock() -> None:
        connection = await asyncpg.connect(POSTGRESQL, timeout=5)
        await connection.close()

    try:
        asyncio.run(knock())
    except (OSError, asyncpg.PostgresError) as error:
        where = POSTGRESQL.rpartition("@")[2]
        pytest.skip(f"PostgreSQL does not answer at {where}: set TEST_DATABASE_URL ({error})")
    return POSTGRESQL


@asynccontextmanager
async def schema_on(server: str) -> AsyncIterator[str]:
    """The URL of an empty schema that is dropped afterwards."""
    import asyncpg

    name = f"test_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server}{'&' if '?' in server else '?'}search_path={name}"
    finally:
        await connection.execute(f"DROP SCHEMA {name} CASCADE")
        await connection.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/imagine.db"


@pytest.fixture
async def postgresql_url(postgresql_server: str) -> AsyncIterator[str]:
    async with schema_on(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database without tables."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def db(database_url: str, clock: Clock) -> AsyncIterator[Database]:
    database = await Database.open(database_url, clock_now=clock.now)
    yield database
    await database.close()
