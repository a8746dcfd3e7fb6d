"""aiosqlite with fewer thread switches: statements run on the event loop, only what may block runs in the thread.

A statement takes microseconds; a switch to the thread and back takes a hundred, plus a turn of the event loop, which is
long when a thousand tasks are busy, and all writers would wait for that four times per statement. What may wait for the
disk or for another process's lock stays in the thread: BEGIN IMMEDIATE, COMMIT, opening, closing.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

import aiosqlite
from aiosqlite.context import Result

from storage.statements.prepared import Compiled, Found

P = ParamSpec("P")
T = TypeVar("T")


class DirectCursor(aiosqlite.Cursor):
    """A cursor that never suspends its caller, so a statement and its rows cannot be separated by a cancellation."""

    async def _execute(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return fn(*args, **kwargs)


class DirectConnection(aiosqlite.Connection):
    """A connection that its thread and its caller use in turn: await each call before making another."""

    def cursor(self) -> Result[aiosqlite.Cursor]:
        async def make() -> aiosqlite.Cursor:
            return DirectCursor(self, self._conn.cursor())

        return Result(make())

    async def rollback(self) -> None:
        """Rolls back, in memory and without the disk."""
        self._conn.rollback()

    def say(self, statement: str) -> None:
        """Executes a statement that returns no rows and does not block."""
        self._conn.execute(statement)

    def run(
        self, statement: Compiled, values: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None
    ) -> Found:
        """Executes a statement once, or once for each of several values."""
        each = [values or {}] if values is None or isinstance(values, Mapping) else values
        found = Found()
        for given in each:
            cursor = self._conn.execute(statement.sql, statement.values(given))
            found += statement.rows(cursor.fetchall())
            found.rowcount += cursor.rowcount
        return found


async def connect(uri: str, *, busy_seconds: float) -> DirectConnection:
    def opened() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=busy_seconds, check_same_thread=False)

    connection = DirectConnection(opened, iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does it for connections that it opens itself
    await connection
    return connection
