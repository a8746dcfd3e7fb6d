"""SQLite: one file, one writer, readers that never wait for it (WAL)."""

import asyncio
import sqlite3
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from storage import schema
from storage.errors import StorageMisconfigured, StorageUnavailable, translated
from storage.sqlite.private_files import FILE_MODE, make_private_file, make_private_folder
from storage.sqlite.read_pool import ReadPool
from storage.sqlite.writer import Writer
from storage.statements.async_engine import AsyncEngine, create_async_engine
from storage.statements.connection import Statements
from storage.statements.sqlite_driver import DirectConnection, connect

BUSY_SECONDS = 5.0  # how long a statement waits for another process's lock
MIGRATION_SECONDS = 60.0  # how long to wait while another process migrates
READERS = 4
PRAGMAS = (
    "synchronous=FULL",  # what was committed survives a power cut, at almost no cost here
    "foreign_keys=ON",
    "journal_size_limit=67108864",
    # The next picture reuses the pages of a delivered one. Debian's SQLite would overwrite freed pages with zeros, and
    # a checkpoint every 4 MB would copy each of their contents into the file.
    "secure_delete=FAST",
    "wal_autocheckpoint=4000",
    # Each turn of the writer is a savepoint, which keeps the pages that it changes. The default is a temporary file.
    "temp_store=MEMORY",
)
_OLDEST = (3, 35, 0)  # RETURNING; https://sqlite.org/lang_returning.html


class SQLite:
    """The SQLite database at `path`; `open` creates its directory and its tables."""

    def __init__(self, path: Path) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise StorageMisconfigured(
                f"SQLite {sqlite3.sqlite_version} is too old: Python must be built with 3.35 or newer"
            )
        self._path = path
        self._engine = _engine(path, "rw", pool_size=READERS + 1)  # and the writer
        self._readers = ReadPool(self._engine.connect, self._identity, READERS, BUSY_SECONDS)
        self._writer: Writer | None = None

    async def open(self, *, migrate: bool) -> None:
        if migrate and await self._revision() != schema.HEAD:
            with translated():
                await asyncio.to_thread(make_private_folder, self._path.parent)
                await self._migrate()
        self._writer = Writer(self._engine.connect, self._identity)

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.close()
        await self._readers.close()
        await self._engine.dispose()

    def flood_ledger(self) -> None:
        """None: only one process uses the file (`storage.sqlite.instance_lock`)."""
        return

    def presence(self, label: str) -> None:
        """None: only one process uses the file."""
        return

    def sharing(self) -> None:
        """None: only one process uses the file."""
        return

    def write(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Statements]:
        if self._writer is None:
            raise StorageUnavailable("the database is closed")
        return self._writer.transaction(urgent=urgent)

    def read(self) -> AbstractAsyncContextManager[Statements]:
        """A snapshot of what was committed when the first statement ran. Raises StorageUnavailable."""
        return self._readers.lend()

    def _identity(self) -> object:
        """Identifies the file, so that a replaced one is noticed. Raises OSError if it is gone: SQLite would keep
        writing to a deleted file."""
        found = self._path.stat()
        return found.st_dev, found.st_ino

    async def _revision(self) -> str | None:
        if not await asyncio.to_thread(self._path.exists):
            return None
        with translated():
            async with self._engine.connect() as connection:
                return await connection.run_sync(schema.revision)

    async def _migrate(self) -> None:
        """Migrates under an exclusive lock: switching to WAL and copying tables allow no other connection. Raises
        StorageUnavailable when another process is migrating."""
        lock = FileLock(f"{self._path}.migrate.lock", mode=FILE_MODE, thread_local=False)
        try:
            await asyncio.to_thread(lock.acquire, timeout=MIGRATION_SECONDS)
        except Timeout as error:
            raise StorageUnavailable(f"another process is migrating {self._path} for too long") from error
        engine = _engine(self._path, "rw", pool_size=1)
        try:
            await asyncio.to_thread(make_private_file, self._path)
            async with engine.connect() as connection:
                await connection.run_sync(_upgrade)
        finally:
            await engine.dispose()
            await asyncio.to_thread(lock.release)


def _engine(path: Path, mode: str, *, pool_size: int) -> AsyncEngine:
    # mode=rw: opening a file that was removed must fail, not create an empty one.
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"

    async def opened() -> DirectConnection:
        return await connect(uri, busy_seconds=BUSY_SECONDS)

    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=opened,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,  # errors are logged, prompts are not
        isolation_level="AUTOCOMMIT",  # we say BEGIN: sqlite3's own comes late and is never IMMEDIATE
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    return engine


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # a table that is copied is dropped first
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if schema.revision(connection) != schema.HEAD:
        schema.upgrade(connection)
    connection.exec_driver_sql("COMMIT")
