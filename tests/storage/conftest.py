"""Every test that asks for `db` runs on SQLite and on PostgreSQL, each time on tables of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Database
from tests.databases import furnish, furnished_schema
from tests.postgres import postgresql_server, schema_on
from tests.storage.stage import Clock

__all__ = ["postgresql_server"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """No file yet."""
    return f"sqlite:///{tmp_path}/data/imagine.db"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty database with its tables."""
    return furnish(tmp_path / "data" / "imagine.db")


@pytest.fixture
async def bare_postgresql_url(postgresql_server: str) -> AsyncIterator[str]:
    """A schema without tables."""
    async with schema_on(postgresql_server) as url:
        yield url


@pytest.fixture
async def postgresql_url(postgresql_server: str) -> AsyncIterator[str]:
    """A schema with its tables, all empty."""
    async with furnished_schema(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with its tables, which nobody may change: `bare_database_url` is there for that."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database without tables."""
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest.fixture
async def db(database_url: str, clock: Clock) -> AsyncIterator[Database]:
    database = await Database.open(database_url, clock_now=clock.now)
    yield database
    await database.close()
