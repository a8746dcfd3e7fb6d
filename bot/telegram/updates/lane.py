"""A lane: updates that are handled one after the other, because one person sent them."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiogram.types import Update

from storage.records import InboxUpdate

CRASHES = 2  # that a process may have died with an update before it is handled alone


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update of the inbox that waits for its handler."""

    row: InboxUpdate
    age: int = 0  # of this process among its peers when it took the row

    @property
    def suspect(self) -> bool:
        """Whether it may be what killed earlier processes."""
        return self.row.crashes >= CRASHES


Part: TypeAlias = tuple[Waiting, Update]  # of an album or of a long text


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as whoever looks for the other parts of its first update sees it."""

    queue: deque[Waiting]  # the first one is being handled
    read: Callable[[InboxUpdate], Update | None]  # None: it cannot be read
    rest: Callable[[float], Awaitable[None]]  # waits so many seconds, in which more may come
    stopping: Callable[[], bool]  # whether the process stops
