"""The database: units of work that read or write, over SQLite or PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from sqlalchemy import text

from storage.errors import StorageMisconfigured
from storage.repositories.alerts import Alerts
from storage.repositories.broadcasts import Broadcasts
from storage.repositories.chats import Chats
from storage.repositories.credits import Credits
from storage.repositories.draws import Draws
from storage.repositories.groups import Groups
from storage.repositories.history import History
from storage.repositories.inbox import Inbox
from storage.repositories.kept_inputs import KeptInputs
from storage.repositories.long_texts import LongTexts
from storage.repositories.moderation import Moderation
from storage.repositories.own_keys import OwnKeys
from storage.repositories.pictures import Pictures
from storage.repositories.presets import Presets
from storage.repositories.reports import Reports
from storage.repositories.requests import Requests
from storage.repositories.shared_inbox import SharedInbox
from storage.repositories.shared_secrets import SharedSecrets
from storage.repositories.sheets import Sheets
from storage.repositories.spending import Spending
from storage.repositories.stats import Stats
from storage.repositories.switches import Switches
from storage.repositories.usage import Usage
from storage.repositories.users import Users
from storage.repositories.work_leases import Dispatch
from storage.statements.connection import Statements

if TYPE_CHECKING:
    from storage.postgres.presence import Presence
    from storage.postgres.rate_limit import FloodLedger
    from storage.postgres.sharing import Sharing


class Unit:
    """The repositories of one transaction, created on first use. Use it in one task, until the transaction ends."""

    __slots__ = ("_now", "_statements")

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    @property
    def inbox(self) -> Inbox:
        return Inbox(self._statements, self._now)

    @property
    def long_texts(self) -> LongTexts:
        return LongTexts(self._statements)

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
    def sheets(self) -> Sheets:
        return Sheets(self._statements)

    @property
    def presets(self) -> Presets:
        return Presets(self._statements)

    @property
    def own_keys(self) -> OwnKeys:
        return OwnKeys(self._statements, self._now)

    @property
    def kept_inputs(self) -> KeptInputs:
        return KeptInputs(self._statements, self._now)

    @property
    def history(self) -> History:
        return History(self._statements)

    @property
    def spending(self) -> Spending:
        return Spending(self._statements, self._now)

    @property
    def credits(self) -> Credits:
        return Credits(self._statements, self._now)

    @property
    def moderation(self) -> Moderation:
        return Moderation(self._statements, self._now)

    @property
    def switches(self) -> Switches:
        return Switches(self._statements)

    @property
    def reports(self) -> Reports:
        return Reports(self._statements, self._now)

    @property
    def broadcasts(self) -> Broadcasts:
        return Broadcasts(self._statements, self._now)

    @property
    def alerts(self) -> Alerts:
        return Alerts(self._statements, self._now)

    @property
    def usage(self) -> Usage:
        return Usage(self._statements)

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


Observe = Callable[[str, float], None]  # told "transaction" or "read", and its seconds


class _Work:
    """A transaction or a read, with a unit for as long as it lasts."""

    __slots__ = ("_began", "_kind", "_now", "_observe", "_statements")

    def __init__(
        self,
        statements: AbstractAsyncContextManager[Statements],
        now: Callable[[], datetime],
        kind: str,
        observe: Observe | None,
    ) -> None:
        self._statements = statements
        self._now = now
        self._kind = kind
        self._observe = observe

    async def __aenter__(self) -> Unit:
        self._began = perf_counter()
        return Unit(await self._statements.__aenter__(), self._now)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._statements.__aexit__(kind, error, trace)
        if error is None and self._observe is not None:
            self._observe(self._kind, perf_counter() - self._began)


class Database:
    """The database. `open` it, then `async with db.transaction() as unit` writes and `async with db.read() as unit`
    reads.

    All methods, and those of the repositories, raise StorageUnavailable when the database stays locked, is full or
    cannot be reached; once it is back, the same Database works again. Keep transactions short, and wait for nothing
    else in them: on SQLite all other writers wait for it.
    """

    def __init__(self, engine: Engine, clock_now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = clock_now
        self.observe: Observe | None = None

    @classmethod
    async def open(cls, url: str, *, clock_now: Callable[[], datetime], migrate: bool = True, draws: int = 0) -> Self:
        """Opens `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://...`.

        Creates the data directory, and migrates the tables to the newest revision unless `migrate` is false.
        `draws`: how many this process does at once, for the number of its connections to PostgreSQL.
        Raises StorageMisconfigured for a URL, a driver or a schema it cannot work with, and StorageUnavailable when
        the database cannot be reached now.
        """
        engine = engine_of(url, draws)
        try:
            await engine.open(migrate=migrate)
        except BaseException:
            await engine.close()
            raise
        return cls(engine, clock_now)

    def transaction(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Unit]:
        """Commits at the end, and rolls back when the block raises. Returns after the commit.

        `urgent` transactions overtake others that wait. Raises StorageUnavailable when nothing was
        committed."""
        return _Work(self._engine.write(urgent=urgent), self._now, "transaction", self.observe)

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A read-only snapshot that includes every transaction that has returned. Raises StorageUnavailable."""
        return _Work(self._engine.read(), self._now, "read", self.observe)

    async def ping(self) -> None:
        """Raises StorageUnavailable when the database does not answer."""
        async with self._engine.read() as statements:
            await statements.execute(text("SELECT 1"))

    def flood_ledger(self) -> "FloodLedger | None":
        """The rate limit that all processes on this database share; None on SQLite. The caller closes it."""
        return self._engine.flood_ledger()

    def presence(self, label: str) -> "Presence | None":
        """This process's heartbeat and leadership among those on this database; None on SQLite. The caller leaves
        it."""
        return self._engine.presence(label)

    def sharing(self) -> "Sharing | None":
        """The work queue and signals between processes on this database; None on SQLite."""
        return self._engine.sharing()

    async def close(self) -> None:
        """Waits for running transactions and closes all connections."""
        await self._engine.close()


def sqlite_path(url: str) -> Path | None:
    """The file that an SQLite `url` names, else None. Raises StorageMisconfigured for an SQLite URL without a file."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"sqlite", "sqlite+aiosqlite"}:
        return None
    path = rest.partition("?")[0].removeprefix("/")
    if path in {"", ":memory:"}:
        raise StorageMisconfigured("DATABASE_URL must name a file, e.g. sqlite:///data/imagine.db")
    return Path(path)


def engine_of(url: str, draws: int = 0) -> Engine:
    if (path := sqlite_path(url)) is not None:
        from storage.sqlite.engine import SQLite

        return SQLite(path)
    scheme, _, rest = url.partition("://")
    if scheme in {"postgresql", "postgres", "postgresql+asyncpg"}:
        from storage.postgres.engine import PostgreSQL

        return PostgreSQL(f"postgresql://{rest}", draws=draws)
    raise StorageMisconfigured("DATABASE_URL must start with sqlite:/// or postgresql://")
