"""A migration on PostgreSQL takes as long as it takes; ordinary statements do not."""

import asyncio

import pytest

from storage import StorageUnavailable
from storage.errors import unavailable
from storage.postgres.engine import PostgreSQL
from storage.postgres.server import Server

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")

STATEMENT = 2.0  # s, in which a busy machine has to do an ordinary one
LONG = 2.5  # s: what the migration waits for


async def test_a_migration_may_wait_longer_than_a_statement(bare_postgresql_url: str) -> None:
    """Its first statement waits for the lock that another replica holds."""
    other = await Server(bare_postgresql_url).connect()
    await other.execute("BEGIN")
    await other.execute("SELECT pg_advisory_xact_lock(x'6D6967726174'::bigint)")
    engine = PostgreSQL(bare_postgresql_url, statement_seconds=STATEMENT)
    opening = asyncio.create_task(engine.open(migrate=True))
    await asyncio.wait({opening}, timeout=LONG)
    await other.execute("ROLLBACK")
    await opening
    async with engine.read() as statements:
        from sqlalchemy import text

        assert (await statements.execute(text("SELECT count(*) FROM requests"))).scalar_one() == 0
    await engine.close()
    engine = PostgreSQL(bare_postgresql_url, statement_seconds=0.2)
    with pytest.raises(StorageUnavailable):
        async with engine.read() as statements:
            await statements.execute(text("SELECT pg_sleep(5)"))
    await engine.close()
    await other.close()


@pytest.mark.parametrize("error", [TimeoutError(), OSError(), ConnectionResetError()])
def test_an_outage_always_says_something(error: Exception) -> None:
    said = str(unavailable(error))
    assert said.startswith("the database is not available: ")
    assert len(said) > len("the database is not available: ")
