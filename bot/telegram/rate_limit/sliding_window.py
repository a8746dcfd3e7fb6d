"""A sliding window over calls whose exact moment only the server knows."""

from bisect import bisect_right, insort
from itertools import count, islice

GUARD = 0.002  # s added to every span: the server's clock ticks at its own pace


class Window:
    """At most `limit` calls in any `span` seconds, as the *server* counts them.

    The server counts a call somewhere between its departure and its answer, so a call takes a place from its
    departure until `span` after its answer. Then no window of the server can hold more than `limit`: of any
    `limit + 1` calls the last left at least `span` after the answer to an earlier one. A call whose answer does
    not come is taken as counted `overdue` seconds after it left, so that a stalled server cannot hold all places.
    """

    def __init__(self, limit: int, span: float, *, overdue: float = 10.0) -> None:
        self.limit = limit
        self._span = span + GUARD
        self._overdue = overdue
        self._numbers = count()
        self._left: dict[int, float] = {}  # departures without an answer, oldest first: when each left
        self._ends: list[float] = []  # sorted: when each counted call falls out of the window

    @property
    def under_way(self) -> int:
        """Calls that have left and are not answered."""
        return len(self._left)

    def take(self, now: float) -> int:
        """Take a place; the number is for `settle` or `give_back`. The caller asked `opening` first."""
        number = next(self._numbers)
        self._left[number] = now
        return number

    def settle(self, number: int, now: float) -> None:
        """The answer came, or the call was given up."""
        if self._left.pop(number, None) is not None:
            insort(self._ends, now + self._span)

    def give_back(self, number: int) -> None:
        """The call never left."""
        self._left.pop(number, None)

    def opening(self, now: float, limit: int | None = None) -> float:
        """The earliest moment at which fewer than `limit` (default: the window's) places are taken, as far as is
        known: an answer that comes soon can make it earlier. Not later than `now` means open."""
        self._tidy(now)
        free = (self.limit if limit is None else limit) - len(self._ends) - len(self._left)
        if free > 0:
            return now
        if -free < len(self._ends):
            return self._ends[-free]
        left = next(islice(self._left.values(), -free - len(self._ends), None))
        return left + self._overdue + self._span

    def empty_at(self, now: float) -> float:
        """When nothing is remembered any more, as far as is known."""
        return self.opening(now, limit=1)

    def _tidy(self, now: float) -> None:
        while self._left:
            number, left = next(iter(self._left.items()))
            if left + self._overdue > now:
                break
            del self._left[number]
            insort(self._ends, left + self._overdue + self._span)
        if self._ends and self._ends[0] <= now:
            del self._ends[: bisect_right(self._ends, now)]
