"""A PostgreSQL connection outside the pool: one statement at a time, each committed by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from storage.errors import StorageError, is_mistake, unavailable
from storage.postgres.server import Connection, Server

T = TypeVar("T")


class SingleConnection:
    """Opened by the first statement, and reopened by the first one after it broke.

    `seconds`: the limit of a statement, opening included. `on_open` runs first on each new connection.
    """

    def __init__(
        self, server: Server, *, seconds: float, on_open: Callable[[Connection], Awaitable[None]] | None = None
    ) -> None:
        self._server = server
        self._seconds = seconds
        self._on_open = on_open
        self._connection: Connection | None = None
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Runs `work` on the connection, which is closed after any error.

        Raises StorageUnavailable for an outage; other errors pass unchanged.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    return await work(await self._opened())
            except BaseException as error:
                self.drop()
                if isinstance(error, StorageError) or not isinstance(error, Exception) or is_mistake(error):
                    raise
                raise unavailable(error) from error

    async def rows(self, statement: str, *values: object) -> list[Any]:  # Any: asyncpg's records
        """The rows of a statement. Raises StorageUnavailable."""

        async def fetch(connection: Connection) -> list[Any]:  # Any: likewise
            found: list[Any] = await connection.fetch(statement, *values)  # Any: likewise
            return found

        return await self.run(fetch)

    def drop(self) -> None:
        """Closes the connection, which releases its locks."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()

    async def _opened(self) -> Connection:
        if self._connection is None or self._connection.is_closed():
            connection = await self._server.connect(statement_seconds=None)
            try:
                if self._on_open is not None:
                    await self._on_open(connection)
            except BaseException:
                connection.terminate()
                raise
            self._connection = connection
        return self._connection
