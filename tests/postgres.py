"""The PostgreSQL server of the tests: TEST_DATABASE_URL, or one on this machine."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


FREE: list[tuple[str, str]] = []  # (server, name) of the schemas that the next test may have, see databases.py


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
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
    yield POSTGRESQL
    asyncio.run(_drop_free())


@asynccontextmanager
async def schema_on(server: str) -> AsyncIterator[str]:
    """The URL of an empty schema that is dropped afterwards. Migrating it takes most of a second: see databases.py."""
    name = await make_schema(server)
    try:
        yield in_schema(server, name)
    finally:
        await drop_schema(server, name)


async def make_schema(server: str) -> str:
    name = f"test_{uuid.uuid4().hex}"
    await say(server, f"CREATE SCHEMA {name}")
    return name


async def drop_schema(server: str, name: str) -> None:
    await say(server, f"DROP SCHEMA {name} CASCADE")


async def _drop_free() -> None:
    while FREE:
        await drop_schema(*FREE.pop())


def in_schema(server: str, name: str) -> str:
    """The URL of a schema. Commits wait for the disk: the fleets' server is restarted without a shutdown."""
    return f"{server}{'&' if '?' in server else '?'}search_path={name}"


async def say(url: str, statement: str) -> None:
    """On a connection of its own: what uses the schema may restart the server."""
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
