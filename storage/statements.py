"""How repositories reach a connection: each statement runs to its end, and outages are translated."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import StorageUnavailable, translated

T = TypeVar("T")
Values = Mapping[str, object] | Sequence[Mapping[str, object]]
Rows = CursorResult[*tuple[Any, ...]]  # Any: SQLAlchemy's own type for rows of any shape


async def to_the_end(work: Coroutine[object, object, T]) -> T:
    """Awaits `work` to its end even when the caller is cancelled meanwhile; then the cancellation goes on.

    A cancelled statement would cost the whole connection (SQLAlchemy cannot know its state), and with it the work
    of everybody who shares the transaction. Statements are short, and bounded by the database's own timeouts.
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
    """One connection within one transaction, for one task. Closed when the transaction ends. `suspends`: whether its
    caller may be cancelled in the middle of a statement, as far as the driver is concerned."""

    __slots__ = ("_closed", "_connection", "_suspends", "dialect")

    def __init__(self, connection: AsyncConnection, *, suspends: bool = True) -> None:
        self._connection = connection
        self._suspends = suspends
        self._closed: str | None = None
        self.dialect: str = connection.dialect.name  # sqlite | postgresql

    async def execute(self, statement: Executable, values: Values | None = None) -> Rows:
        """Rows are already fetched. Raises StorageUnavailable, or SQLAlchemy's error where a statement is wrong."""
        if self._closed is not None:
            raise StorageUnavailable(self._closed)
        with translated():
            work = self._connection.execute(statement, values)
            return await (to_the_end(work) if self._suspends else work)

    def close(self, why: str = "the transaction has ended") -> None:
        self._closed = why
