"""A pool of reading connections to an SQLite file, so that a read does not open one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from storage.errors import StorageUnavailable, translated
from storage.statements.async_engine import AsyncConnection
from storage.statements.connection import Statements, to_the_end
from storage.statements.sqlite_driver import DirectConnection

_Pair = tuple[AsyncConnection, DirectConnection]  # the second is beneath the first


class ReadPool:
    """At most `most` connections. Waiting longer than `seconds` for one raises StorageUnavailable.

    `identity` identifies the file as it is now, and raises OSError when it is gone.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection]],
        identity: Callable[[], object],
        most: int,
        seconds: float,
    ) -> None:
        self._connect = connect
        self._identity = identity
        self._seconds = seconds
        self._free = asyncio.Semaphore(most)
        self._idle: list[_Pair] = []
        self._file: object = None  # the identity of the one that they read

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Statements]:
        """A snapshot of what was committed when the first statement ran.

        Raises StorageUnavailable when the file is gone, and when no connection becomes free.
        """
        with translated():
            file = self._identity()
        await self._wait()
        try:
            if file != self._file:  # theirs is not there any more
                await self.close()
                self._file = file
            while not self._idle:
                await to_the_end(self._open())  # kept as well when its caller is cancelled meanwhile
            pair = self._idle.pop()
            statements = Statements(*pair)
            try:
                with translated():
                    pair[1].say("BEGIN")
                yield statements
            finally:
                statements.close()
                await self._take_back(pair, file)
        finally:
            self._free.release()

    async def close(self) -> None:
        while self._idle:
            await _let_go(self._idle.pop())

    async def _wait(self) -> None:
        if self._free.locked():
            try:
                async with asyncio.timeout(self._seconds):
                    await self._free.acquire()
            except TimeoutError as error:
                raise StorageUnavailable("no connection became free") from error
        else:
            await self._free.acquire()

    async def _open(self) -> None:
        with translated():
            connection = await self._connect()
            # Sends nothing to SQLite in autocommit, but without it SQLAlchemy would roll back after an error.
            await connection.begin()
            driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, DirectConnection)
        self._idle.append((connection, driver))

    async def _take_back(self, pair: _Pair, file: object) -> None:
        try:
            await pair[1].rollback()  # ends the snapshot; it waits for nothing
        except Exception:  # noqa: BLE001 - it is broken: another one is opened when it is needed
            await _let_go(pair)
        else:
            if file == self._file:
                self._idle.append(pair)
            else:
                await _let_go(pair)


async def _let_go(pair: _Pair) -> None:
    connection, _ = pair
    with suppress(Exception):  # it is broken or about to go: either way it is left behind
        await to_the_end(connection.invalidate())
    with suppress(Exception):
        await to_the_end(connection.close())
