"""Which call goes first: the lane of the running task, for how long it waits, and how to call one back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """From the most to the least urgent; `PATIENCE` says how long a call of each waits for its turn."""

    QUERY = 0  # answers to callback queries and the like: never wait, never counted
    FINAL = 1  # the picture, or the failure in its place
    PLACEHOLDER = 2  # the first answer to a command; has a share of its own of the budget over all
    REPLY = 3  # ordinary answers
    PROGRESS = 4  # edits that a newer one replaces: never retried
    BROADCAST = 5  # copies of an operator's message: whatever else there is goes first
    ACTION = 6  # "uploads a photo ...": now or not at all


PATIENCE: dict[Priority, float] = {  # seconds
    Priority.QUERY: 0.0,
    Priority.FINAL: 3600.0,
    Priority.PLACEHOLDER: 600.0,  # whoever asks in a crowd is told sooner or later; the picture calls it back
    Priority.REPLY: 60.0,
    Priority.PROGRESS: 30.0,
    Priority.BROADCAST: 600.0,
    Priority.ACTION: 0.0,
}
RETRIED_AFTER_429 = frozenset({Priority.FINAL, Priority.PLACEHOLDER, Priority.REPLY, Priority.BROADCAST})


class Recall:
    """Calls one waiting call back. A call that has left already is not touched: its effect would be unknown.

    Once called back, it stays so: a call that is made later under the same recall does not leave either.
    """

    def __init__(self) -> None:
        self.called_back = False
        self._stop: Callable[[], None] | None = None

    def call_back(self) -> None:
        self.called_back = True
        if self._stop is not None:
            self._stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """While inside, `call_back` runs `stop`."""
        self._stop = stop
        try:
            yield
        finally:
            self._stop = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """How the calls of the running task are treated. `patience` in seconds, None: the lane's own."""

    lane: Priority = Priority.REPLY
    patience: float | None = None
    recall: Recall | None = None

    @property
    def seconds(self) -> float:
        return PATIENCE[self.lane] if self.patience is None else self.patience


_current: ContextVar[Urgency] = ContextVar("urgency", default=Urgency())  # noqa: B039 - frozen


def urgency() -> Urgency:
    return _current.get()


@contextmanager
def lane(chosen: Priority, *, patience: float | None = None, recall: Recall | None = None) -> Iterator[None]:
    """`with lane(Lane.FINAL): await bot(...)`: the calls made inside go by this lane."""
    token = _current.set(Urgency(chosen, patience, recall))
    try:
        yield
    finally:
        _current.reset(token)
