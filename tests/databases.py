"""Databases that have their tables already: migrating each test's own would take longer than the test."""

import asyncio
import functools
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from storage import Database
from storage.sqlite.private_files import make_private_file, make_private_folder
from tests.clock import FakeClock
from tests.postgres import FREE, drop_schema, in_schema, make_schema, say

# Only tables that hold something are emptied: to look is cheaper.
_EMPTY = """
DO $$
DECLARE found record; filled boolean; names text[];
BEGIN
    SET LOCAL lock_timeout = '5s';
    FOR found IN SELECT oid::regclass::text AS name FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || found.name || ')' INTO filled;
        IF filled THEN names := names || found.name; END IF;
    END LOOP;
    IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || array_to_string(names, ', ') || ' CASCADE'; END IF;
    FOR found IN SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences
        WHERE schemaname = current_schema() AND last_value IS NOT NULL
    LOOP
        EXECUTE 'ALTER SEQUENCE ' || found.name || ' RESTART';
    END LOOP;
END $$
"""


def furnish(path: Path) -> str:
    """Put an empty SQLite database with its tables there; its URL."""
    make_private_folder(path.parent)
    make_private_file(path)
    path.write_bytes(_empty_file())
    return f"sqlite:///{path}"


@functools.cache
def _empty_file() -> bytes:
    """Made once a process, in a thread of its own, because the caller's may have a running loop."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        path = Path(folder) / "empty.db"
        thread.submit(asyncio.run, _migrate(f"sqlite:///{path}")).result()
        return path.read_bytes()


async def _migrate(url: str) -> None:
    await (await Database.open(url, clock_now=FakeClock().now)).close()


@asynccontextmanager
async def furnished_schema(server: str) -> AsyncIterator[str]:
    """The URL of a schema on PostgreSQL with its tables, which hold nothing. The next test gets it as well, so only
    rows may change in it; `schema_on` makes one of one's own."""
    name = await _emptied(server) or await _made(server)
    yield in_schema(server, name)
    FREE.append((server, name))


async def _emptied(server: str) -> str | None:
    """One that an earlier test has left; None: there is none."""
    import asyncpg

    for where, name in list(FREE):
        if where == server:
            FREE.remove((where, name))
            try:
                await say(in_schema(server, name), _EMPTY)
            except asyncpg.PostgresError:  # somebody still holds a lock on its tables
                await drop_schema(server, name)
            else:
                return name
    return None


async def _made(server: str) -> str:
    name = await make_schema(server)
    await _migrate(in_schema(server, name))
    return name
