"""The database: units of work that read or write, over SQLite or PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, Self

from sqlalchemy import text

from storage.errors import StorageMisconfigured
from storage.repositories.chats import Chats
from storage.repositories.draws import Draws
from storage.repositories.groups import Groups
from storage.repositories.history import History
from storage.repositories.inbox import Inbox
from storage.repositories.pictures import Pictures
from storage.repositories.requests import Requests
from storage.repositories.shared_inbox import SharedInbox
from storage.repositories.shared_secrets import SharedSecrets
from storage.repositories.spending import Spending
from storage.repositories.stats import Stats
from storage.repositories.users import Users
from storage.repositories.work_leases import Dispatch
from storage.statements.connection import Statements

if TYPE_CHECKING:
    from storage.postgres.presence import Presence
    from storage.postgres.rate_limit import FloodLedger
    from storage.postgres.sharing import Sharing


class Unit:
    """The repositories of one transaction, each made where it is used: most units need one or two. For one task, and
    only until the transaction ends."""

    __slots__ = ("_now", "_statements")

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    @property
    def inbox(self) -> Inbox:
        return Inbox(self._statements, self._now)

    @property
    def shared_inbox(self) -> SharedInbox:
        return SharedInbox(self._statements, self._now)

    @property
    def shared_secrets(self) -> SharedSecrets:
        return SharedSecrets(self._statements)

    @property
    def users(self) -> Users:
        return Users(self._statements)

    @property
    def chats(self) -> Chats:
        return Chats(self._statements)

    @property
    def groups(self) -> Groups:
        return Groups(self._statements)

    @property
    def requests(self) -> Requests:
        return Requests(self._statements, self._now)

    @property
    def draws(self) -> Draws:
        return Draws(self._statements, self._now)

    @property
    def dispatch(self) -> Dispatch:
        return Dispatch(self._statements, self._now)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self._statements)

    @property
    def history(self) -> History:
        return History(self._statements)

    @property
    def spending(self) -> Spending:
        return Spending(self._statements)

    @property
    def figures(self) -> Stats:
        return Stats(self._statements)


class Engine(Protocol):
    async def open(self, *, migrate: bool) -> None: ...

    async def close(self) -> None: ...

    def write(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Statements]: ...

    def read(self) -> AbstractAsyncContextManager[Statements]: ...

    def flood_ledger(self) -> "FloodLedger | None": ...

    def presence(self, label: str) -> "Presence | None": ...

    def sharing(self) -> "Sharing | None": ...


class Database:
    """`open` it, then `async with db.transaction() as unit` to write and `async with db.read() as unit` to read.

    Any of them raises StorageUnavailable when the database is locked for long, full or gone; once it is back, the
    same Database works again. A transaction should hold only what belongs together and wait for nothing else: on
    SQLite everybody who writes waits for it.
    """

    def __init__(self, engine: Engine, clock_now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = clock_now
        self.observe: Callable[[str, float], None] | None = None  # told "transaction" or "read", and its seconds

    @classmethod
    async def open(cls, url: str, *, clock_now: Callable[[], datetime], migrate: bool = True) -> Self:
        """`sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://...`. Makes the data directory, and
        brings the tables to the newest revision unless `migrate` is false.

        Raises StorageMisconfigured for a URL, a driver or a schema it cannot work with, StorageUnavailable when the
        database cannot be reached now.
        """
        engine = engine_of(url)
        try:
            await engine.open(migrate=migrate)
        except BaseException:
            await engine.close()
            raise
        return cls(engine, clock_now)

    @asynccontextmanager
    async def transaction(self, *, urgent: bool = False) -> AsyncIterator[Unit]:
        """Commits at the end, or takes everything back when the block raises. Returns after the commit. `urgent`:
        before others that wait, for the few on which something finished depends."""
        began = perf_counter()
        async with self._engine.write(urgent=urgent) as statements:
            yield Unit(statements, self._now)
        if self.observe is not None:
            self.observe("transaction", perf_counter() - began)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """One consistent state, never older than the last transaction that returned. For reading only."""
        began = perf_counter()
        async with self._engine.read() as statements:
            yield Unit(statements, self._now)
        if self.observe is not None:
            self.observe("read", perf_counter() - began)

    async def ping(self) -> None:
        """Raises StorageUnavailable when the database does not answer."""
        async with self._engine.read() as statements:
            await statements.execute(text("SELECT 1"))

    def flood_ledger(self) -> "FloodLedger | None":
        """The flood budget that all processes on this database share; None where there is only one. Close it."""
        return self._engine.flood_ledger()

    def presence(self, label: str) -> "Presence | None":
        """This process among those on this database; None where there is only one. Leave it."""
        return self._engine.presence(label)

    def sharing(self) -> "Sharing | None":
        """How processes on this database share the drawing; None where there is only one."""
        return self._engine.sharing()

    async def close(self) -> None:
        """Ends what is under way and lets go of all connections."""
        await self._engine.close()


def sqlite_path(url: str) -> Path | None:
    """The file that `url` names; None when it is not SQLite's."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"sqlite", "sqlite+aiosqlite"}:
        return None
    path = rest.partition("?")[0].removeprefix("/")
    if path in {"", ":memory:"}:
        raise StorageMisconfigured("DATABASE_URL must name a file, e.g. sqlite:///data/imagine.db")
    return Path(path)


def engine_of(url: str) -> Engine:
    if (path := sqlite_path(url)) is not None:
        from storage.sqlite.engine import SQLite

        return SQLite(path)
    scheme, _, rest = url.partition("://")
    if scheme in {"postgresql", "postgres", "postgresql+asyncpg"}:
        from storage.postgres.engine import PostgreSQL

        return PostgreSQL(f"postgresql://{rest}")
    raise StorageMisconfigured("DATABASE_URL must start with sqlite:/// or postgresql://")
