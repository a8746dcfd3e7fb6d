"""The PostgreSQL engine (asyncpg), for several processes or machines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from sqlalchemy import Connection, text
from sqlalchemy.pool import NullPool

from storage import schema
from storage.errors import is_outage, translated
from storage.postgres.connection_queue import ConnectionQueue
from storage.postgres.presence import Presence
from storage.postgres.rate_limit import FloodLedger
from storage.postgres.server import STATEMENT_SECONDS, Server
from storage.postgres.sharing import Sharing
from storage.statements.async_engine import AsyncConnection, create_async_engine
from storage.statements.connection import Statements, to_the_end

CONNECTIONS = 10  # of a process that draws nothing
DRAWS_A_CONNECTION = 10  # one writes a few rows at its start and its end, and needs no connection in between
MOST_CONNECTIONS = 40  # PostgreSQL's own `max_connections` is 100, for all processes
POOL_SECONDS = 30.0  # how long to wait for a connection: as long as for a statement; a task that gives up starts again
_MIGRATION_LOCK = 0x6D6967726174  # "migrat" as a number: any constant does


class PostgreSQL:
    """The database that `url` names: `postgresql://user@host/db?sslmode=...`."""

    def __init__(self, url: str, *, draws: int = 0, statement_seconds: float = STATEMENT_SECONDS) -> None:
        """`draws`: how many this process runs at once; the number of connections follows from it (docs/operations.md).

        `statement_seconds`: the limit of an ordinary statement; migrations have none.
        """
        self._server = Server(url)
        connections = min(CONNECTIONS + draws // DRAWS_A_CONNECTION, MOST_CONNECTIONS)
        self._queue = ConnectionQueue(connections, POOL_SECONDS)
        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=partial(self._server.connect, statement_seconds=statement_seconds),
            pool_size=connections,
            max_overflow=0,
            pool_timeout=POOL_SECONDS,  # nobody waits in the pool: there are as many turns as connections
            hide_parameters=True,  # errors are logged, prompts are not
        )
        # With the default isolation level two statements of one read could see different states.
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ")

    async def open(self, *, migrate: bool) -> None:
        with translated():
            await self._server.check_sessions()
            async with self._engine.connect() as connection:
                current = await connection.run_sync(schema.revision) == schema.HEAD
            if migrate and not current:
                await self._migrate()

    async def _migrate(self) -> None:
        """Migrates over a separate connection: on a large table one statement may take minutes."""
        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=partial(self._server.connect, statement_seconds=None),
            poolclass=NullPool,
            hide_parameters=True,
        )
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
        finally:
            await engine.dispose()

    async def close(self) -> None:
        await self._engine.dispose()

    def flood_ledger(self) -> FloodLedger:
        return FloodLedger(self._server)

    def presence(self, label: str) -> Presence:
        return Presence(self._server, label)

    def sharing(self) -> Sharing:
        return Sharing(self._server)

    @asynccontextmanager
    async def write(self, *, urgent: bool = False) -> AsyncIterator[Statements]:
        """A writing transaction. If connections are short, an urgent one gets the next. Raises StorageUnavailable."""
        async with self._queue.turn(urgent=urgent):
            connection = self._engine.connect()
            try:
                with translated():
                    await to_the_end(connection.start())
                async with _statements(connection) as statements:
                    yield statements
                with translated():
                    await to_the_end(connection.commit())
            finally:
                await _release(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Statements]:
        async with self._queue.turn(urgent=True):  # somebody waits for what it says
            connection = self._snapshots.connect()
            try:
                with translated():
                    await to_the_end(connection.start())
                async with _statements(connection) as statements:
                    yield statements
            finally:
                await _release(connection)


@asynccontextmanager
async def _statements(connection: AsyncConnection) -> AsyncIterator[Statements]:
    statements = Statements(connection)
    try:
        yield statements
    finally:
        statements.close()


async def _release(connection: AsyncConnection) -> None:
    if connection.sync_connection is None:
        return
    try:
        await to_the_end(connection.close())  # rolls back what was not committed
    except Exception as error:
        if not is_outage(error):
            raise
        # The server is gone, and so is what was not committed; the statements have already raised.
        with suppress(Exception):
            await to_the_end(connection.invalidate())


def _upgrade(connection: Connection) -> None:
    """Migrates under a lock: of processes that start together the first one migrates, and the others wait."""
    # Between its statements alembic imports and computes for as long as the machine is busy.
    connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    if schema.revision(connection) != schema.HEAD:
        schema.upgrade(connection)
