"""The writing connection to an SQLite file, with group commit.

SQLite allows one writer at a time, and each commit waits for the disk. So transactions take turns on one connection,
and those that queue up while others run share one COMMIT. Each is a savepoint (except the first of a group, whose
rollback is a rollback of everything), a failing one rolls back only its own work, and all of them return after the
shared COMMIT. When no other transaction waits, the commit comes at once.

One task (`_run`) owns the connection and lends it to each caller in turn. A caller cancelled while waiting is
skipped; one cancelled during its turn is rolled back; one cancelled after its turn is still committed with the
others. When the COMMIT or SQLite itself fails, all callers of the group get StorageUnavailable, the connection is
closed, and the next group opens a new one.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from itertools import count
from types import TracebackType

from storage.errors import StorageUnavailable, unavailable
from storage.statements.async_engine import AsyncConnection
from storage.statements.connection import Statements
from storage.statements.sqlite_driver import DirectConnection

GROUP_SECONDS = 0.02  # after this a group takes no more turns; a turn takes one or a few milliseconds
GROUP_TURNS = 64
HEAD_START = 3.0  # s: an urgent one precedes others that came up to this much earlier; so nobody waits for ever
TURN_SECONDS = 30.0  # a transaction waits only for the database; one that is held longer is rolled back


class _Turn:
    """One transaction: it gets the connection or an error, its caller ends it, and it is committed or rolled back."""

    __slots__ = ("_statements", "_writer", "committed", "ended", "granted", "urgent")

    def __init__(self, writer: "Writer", *, urgent: bool) -> None:
        loop = asyncio.get_running_loop()
        self._writer = writer
        self.urgent = urgent
        self.granted: asyncio.Future[Statements | StorageUnavailable] = loop.create_future()
        self.ended: asyncio.Future[bool] = loop.create_future()  # True: keep
        self.committed: asyncio.Future[StorageUnavailable | None] = loop.create_future()

    async def __aenter__(self) -> Statements:
        self._writer.join(self)
        try:
            granted = await self.granted
            if isinstance(granted, StorageUnavailable):
                raise granted
        except BaseException:
            self._end(keep=False)
            raise
        self._statements = granted
        return granted

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._statements.close()
        self._end(keep=error is None)
        if error is None and (failed := await self.committed) is not None:
            raise failed

    def _end(self, *, keep: bool) -> None:
        if not self.ended.done():
            self.ended.set_result(keep)

    def overdue(self, seconds: float) -> None:
        if not self.ended.done():
            self.ended.set_exception(StorageUnavailable(f"a transaction was held for more than {seconds:g} s"))

    def fail(self, error: StorageUnavailable) -> None:
        for future in (self.granted, self.committed):
            if not future.done():
                future.set_result(_copy(error))

    def succeed(self) -> None:
        if not self.committed.done():
            self.committed.set_result(None)


class _Watch:
    """Undoes a turn that holds the connection for too long. Turns are many and short, so one timer serves them all."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn: _Turn | None = None
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, turn: _Turn) -> None:
        self._turn, self._since = turn, _now()
        if self._timer is None:
            self._look_in(self._seconds)

    def end(self) -> None:
        self._turn = None

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _look_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._turn is None:
            return
        if (left := self._since + self._seconds - _now()) > 0:
            self._look_in(left)
        else:
            self._turn.overdue(self._seconds)


class Writer:
    """The queue of writers.

    `connect` opens the connection in autocommit mode: BEGIN and COMMIT are issued here. `identity` identifies the file
    before each group (a new file needs a new connection), and raises OSError when the file is gone.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection]],
        identity: Callable[[], object],
        *,
        group_seconds: float = GROUP_SECONDS,
        group_turns: int = GROUP_TURNS,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._connect = connect
        self._identity = identity
        self._group_seconds = group_seconds
        self._group_turns = group_turns
        self._watch = _Watch(turn_seconds)
        self._turns: asyncio.PriorityQueue[tuple[float, int, _Turn | None]] = asyncio.PriorityQueue()  # None: the end
        self._numbers = count()
        self._closing = False
        self._connection: AsyncConnection | None = None
        self._driver: DirectConnection | None = None  # beneath it: BEGIN and its like are quicker here
        self._opened: object = None  # the identity of the file behind it
        self._task = asyncio.create_task(self._run(), name="storage-writer")

    def transaction(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Statements]:
        """One transaction; an urgent one overtakes most others. Returns after the commit.

        Raises StorageUnavailable when nothing was committed.
        """
        return _Turn(self, urgent=urgent)

    def join(self, turn: _Turn) -> None:
        """Queues a turn. Raises StorageUnavailable when it would never be served."""
        if self._closing or self._task.done():
            raise StorageUnavailable("the database is closed")
        self._queue(_now() if turn.urgent else _now() + HEAD_START, turn)

    async def close(self) -> None:
        """Serves the waiting callers, then closes the connection."""
        self._closing = True
        self._queue(math.inf, None)
        await asyncio.wait([self._task])

    def _queue(self, rank: float, turn: _Turn | None) -> None:
        self._turns.put_nowait((rank, next(self._numbers), turn))

    async def _run(self) -> None:
        try:
            while (turn := (await self._turns.get())[2]) is not None:
                await self._group(turn)
        finally:
            self._closing = True
            self._watch.stop()
            self._fail([], StorageUnavailable("the database is closed"))
            await self._disconnect()

    async def _group(self, turn: _Turn | None) -> None:
        """Serves `turn` and the callers behind it, and commits their work together."""
        closes_at = _now() + self._group_seconds
        members: list[_Turn] = []  # turns that wait for the COMMIT
        try:
            while turn is not None:
                members.append(turn)
                if not await self._take(turn, nested=len(members) > 1):
                    members.pop()
                turn = self._next() if len(members) < self._group_turns and _now() < closes_at else None
            if self._driver is not None:
                await self._driver.commit()
        except BaseException as error:
            # The waiting turns would fail for the same reason: the lock that did not come, the disk that is full.
            self._fail(members, unavailable(error))
            await self._disconnect()
            if not isinstance(error, Exception):
                raise
        else:
            for member in members:
                member.succeed()

    async def _take(self, turn: _Turn, *, nested: bool) -> bool:
        """Serves one turn, within the open transaction or a new one. True: its work is to be committed."""
        if not nested:
            await self._reconnect()
        assert self._connection is not None
        assert self._driver is not None
        if nested:
            self._driver.say("SAVEPOINT turn")
        else:
            await self._driver.execute("BEGIN IMMEDIATE")  # may wait for another process
        keep = await self._serve(turn, self._connection)
        if (keep or nested) and not self._driver.in_transaction:
            # SQLite does so when the disk is full or reading fails: https://sqlite.org/lang_transaction.html
            raise StorageUnavailable("SQLite took the whole transaction back")
        if nested and not keep:
            self._driver.say("ROLLBACK TO turn")
        if nested:
            self._driver.say("RELEASE turn")
        elif not keep:
            await self._driver.rollback()
        return keep

    async def _serve(self, turn: _Turn, connection: AsyncConnection) -> bool:
        """Lends the connection to a caller. True: commit its work; False: roll it back."""
        if turn.granted.done():  # cancelled while it waited
            return False
        statements = Statements(connection, self._driver)
        turn.granted.set_result(statements)
        self._watch.begin(turn)
        try:
            return await turn.ended
        except StorageUnavailable as held:
            statements.close(str(held))
            turn.fail(held)
            return False
        finally:
            self._watch.end()

    def _next(self) -> _Turn | None:
        """The next waiting turn, if any."""
        while not self._turns.empty():
            turn = self._turns.get_nowait()[2]
            if turn is None:
                self._queue(math.inf, None)  # closing: after this group
                return None
            if not turn.granted.done():  # else it was cancelled while it waited
                return turn
        return None

    def _fail(self, members: list[_Turn], error: StorageUnavailable) -> None:
        """Fails these turns and all that wait."""
        for member in members:
            member.fail(error)
        while (turn := self._next()) is not None:
            turn.fail(error)

    async def _reconnect(self) -> None:
        """Opens a connection when there is none, or when the file was replaced."""
        if (identity := self._identity()) != self._opened:
            await self._disconnect()
        if self._connection is None:
            self._connection, self._opened = await self._connect(), identity
            # Sends nothing to SQLite in autocommit, but without it SQLAlchemy would roll back after an error.
            await self._connection.begin()
            driver = (await self._connection.get_raw_connection()).driver_connection
            assert isinstance(driver, DirectConnection)
            self._driver = driver

    async def _disconnect(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            with suppress(Exception):  # it is broken or about to go: either way it is left behind
                await connection.invalidate()
            with suppress(Exception):
                await connection.close()


def _copy(error: StorageUnavailable) -> StorageUnavailable:
    """A copy of the error for each caller, so that each has its own traceback."""
    copy = StorageUnavailable(*error.args)
    copy.__cause__ = error.__cause__
    return copy


def _now() -> float:
    return asyncio.get_running_loop().time()
