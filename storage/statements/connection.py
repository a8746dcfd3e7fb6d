"""The connection that repositories use: statements run to their end, and outages are translated."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Executable

from storage.errors import StorageUnavailable, is_mistake, is_outage, unavailable
from storage.statements.async_engine import AsyncConnection
from storage.statements.prepared import Compiled, Prepared, Rows

if TYPE_CHECKING:  # a bot on PostgreSQL does without SQLite
    from storage.statements.sqlite_driver import DirectConnection

T = TypeVar("T")
Values = Mapping[str, object] | Sequence[Mapping[str, object]]


async def to_the_end(work: Coroutine[object, object, T]) -> T:
    """Awaits `work` to its end even when the caller is cancelled; the cancellation is raised after it.

    A cancelled statement would cost the connection (SQLAlchemy cannot know its state), and with it the work of all that
    share the transaction. Statements are short, and bounded by the database's own timeouts.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError:
                continue
        if not task.cancelled():
            task.exception()  # seen: the cancellation is what the caller gets
        raise


class Statements:
    """A connection within one transaction, for one task; closed when the transaction ends.

    `driver` is the SQLite connection underneath: its statements do not suspend the caller, so they cannot be cancelled.
    """

    __slots__ = ("_closed", "_connection", "_driver", "dialect")

    def __init__(self, connection: AsyncConnection, driver: "DirectConnection | None" = None) -> None:
        self._connection = connection
        self._driver = driver
        self._closed: str | None = None
        self.dialect: str = "postgresql" if driver is None else "sqlite"

    async def execute(self, statement: Executable | Prepared, values: Values | None = None) -> Rows:
        """Runs a statement and fetches its rows.

        Raises StorageUnavailable for an outage, and the driver's error for a mistake in the statement.
        """
        if self._closed is not None:
            raise StorageUnavailable(self._closed)
        try:
            if isinstance(statement, Prepared):
                if self._driver is not None:
                    return self._driver.run(statement.compiled, values)
                statement = statement.statement(self.dialect)
            work = self._connection.execute(statement, values)
            return await (to_the_end(work) if self._driver is None else work)
        except Exception as error:
            if is_outage(error):
                raise unavailable(error) from error
            raise

    async def execute_aside(self, statement: Executable) -> Rows:
        """Like `execute`, for a statement without values that reads many rows. On SQLite it runs in a thread, because
        statements run on the event loop there and would block it. Raises StorageUnavailable."""
        if self._driver is None:
            return await self.execute(statement)
        if self._closed is not None:
            raise StorageUnavailable(self._closed)
        try:
            return await to_the_end(asyncio.to_thread(self._driver.run, Compiled(statement, ())))
        except Exception as error:
            if is_outage(error):
                raise unavailable(error) from error
            raise

    async def beneath(self, work: Callable[[Any], Awaitable[T]]) -> T:  # Any: asyncpg's connection has no type
        """Runs another library's work on the same PostgreSQL connection, within the same transaction. One of our
        statements must have begun that transaction. Raises StorageUnavailable for an outage."""
        if self._closed is not None:
            raise StorageUnavailable(self._closed)

        async def run() -> T:
            return await work((await self._connection.get_raw_connection()).driver_connection)

        try:
            return await to_the_end(run())
        except Exception as error:
            if is_mistake(error):
                raise
            raise unavailable(error) from error

    def close(self, why: str = "the transaction has ended") -> None:
        self._closed = why
