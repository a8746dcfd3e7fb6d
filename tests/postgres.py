"""The PostgreSQL server of the tests: TEST_DATABASE_URL, or one on this machine."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


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

    async def say(statement: str) -> None:
        """On a connection of its own: what uses the schema may restart the server."""
        connection = await asyncpg.connect(server)
        await connection.execute(statement)
        await connection.close()

    await say(f"CREATE SCHEMA {name}")
    try:
        yield f"{server}{'&' if '?' in server else '?'}search_path={name}"
    finally:
        await say(f"DROP SCHEMA {name} CASCADE")
