"""A circuit breaker: whom to spare while it keeps failing, and when to try it again.

    closed --(THRESHOLD failures in a row)--> open --(its pause is over)--> half open --(one trial)--> closed or open

In a row one person's failures count once, because a request may be what breaks it, and the same one does so again.
Each opening after a trial in vain is twice as long. Moments are of one clock, in seconds; it has none of its own.
"""

from enum import StrEnum

THRESHOLD = 2  # failures in a row; a draw fails only after tries of its own
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 600.0  # seconds
TRIAL = 300.0  # seconds, after which a trial that nobody heard of counts as none


class Circuit(StrEnum):
    CLOSED = "closed"  # all may pass
    OPEN = "open"  # nobody may
    HALF_OPEN = "half-open"  # one may, to see


class Breaker:
    __slots__ = ("_failures", "_openings", "_pause_until", "_people", "_trial_until")

    def __init__(self) -> None:
        self._failures = 0
        self._people: set[int] = set()  # whose failures are counted: fewer than THRESHOLD while it is closed
        self._openings = 0  # in a row
        self._pause_until: float | None = None  # None: closed
        self._trial_until: float | None = None

    def circuit(self, now: float) -> Circuit:
        if self._pause_until is None:
            return Circuit.CLOSED
        return Circuit.OPEN if now < self._pause_until else Circuit.HALF_OPEN

    def admit(self, now: float) -> bool:
        """Whether one more may pass now. Who passes a half open circuit is its trial, and the only one until it is
        known how that went."""
        circuit = self.circuit(now)
        if circuit is Circuit.HALF_OPEN:
            if self._trial_until is not None and now < self._trial_until:
                return False
            self._trial_until = now + TRIAL
        return circuit is not Circuit.OPEN

    def succeeded(self) -> None:
        self._failures = self._openings = 0
        self._people.clear()
        self._pause_until = self._trial_until = None

    def failed(
        self, now: float, *, at_once: bool = False, pause: float | None = None, person: int | None = None
    ) -> None:
        """`at_once`: it would fail the same a second time; `pause`: for so long, as it says itself; `person`: whose
        request may be the cause, None where no request can be."""
        circuit = self.circuit(now)
        if person is None or person not in self._people:
            self._failures += 1
        if person is not None and circuit is Circuit.CLOSED:
            self._people.add(person)
        if circuit is Circuit.OPEN:  # one that was under way when it opened
            if self._pause_until is not None and pause is not None:
                self._pause_until = max(self._pause_until, now + min(pause, LONGEST_PAUSE))
            return
        if circuit is Circuit.CLOSED and self._failures < THRESHOLD and not at_once:
            return
        if pause is None:
            pause = FIRST_PAUSE * 2 ** min(self._openings, 10)
        self._pause_until = now + min(max(pause, FIRST_PAUSE), LONGEST_PAUSE)
        self._openings += 1
        self._trial_until = None

    def undecided(self) -> None:
        """A trial ended in a way that says nothing: somebody else may be the next."""
        self._trial_until = None

    def answers(self, now: float) -> None:
        """It was seen to answer, though not to do its work: a trial need not wait."""
        self._failures = 0
        self._people.clear()
        if self._pause_until is not None:
            self._pause_until = min(self._pause_until, now)
