"""How each model does: whether it draws, and how long it takes. Known to this process, from draws and light checks."""

import asyncio
import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from bot.clock import Clock
from bot.jobs.models.circuit_breaker import Breaker, Circuit
from providers.errors import (
    BadAnswer,
    ContentRejected,
    DeadlineExceeded,
    ModelNotFound,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
    Unreachable,
)

REMEMBERED = 100  # draws of each model
RECENT, ENOUGH = 5, 10  # draws that tell how it goes now, and draws that tell what is usual
SLOW = 60.0  # seconds that nobody likes to wait
SWITCHED_OFF = "switched-off"  # by an operator: the reason why such a model is down
SLOWER = 10.0  # seconds, and twice as long as usual: it has become slow

# The model's fault, not that of the words; the second ones do not go away by themselves.
_FAULTS = (Unavailable, BadAnswer, DeadlineExceeded, QuotaExceeded, Unauthorized, ModelNotFound)
_LASTING = (Unauthorized, ModelNotFound, PaymentRequired)
# What no request can bring about. Any other fault may be due to the one that was drawn: its size, or its words.
_NO_REQUESTS = (Unreachable, QuotaExceeded, NotThisServer)


class Condition(StrEnum):
    UNKNOWN = "unknown"
    UP = "up"
    SLOW = "slow"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Vitals:
    """`usual` and `long` are the 50th and the 95th percentile of its draws, in seconds; `reason` is the code of the
    error for which it is down."""

    condition: Condition = Condition.UNKNOWN
    usual: float | None = None
    long: float | None = None
    reason: str | None = None


@dataclass(slots=True)
class _Record:
    breaker: Breaker = field(default_factory=Breaker)
    times: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    reason: str | None = None
    answered: bool = False  # it drew, or a check went well, since it failed last
    checked: bool | None = None  # how the last check went
    heard_at: float | None = None  # of the clock's monotonic time: the last draw or check


class Health:
    """Any id may be asked for; what is kept is as much as the catalogue has models."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: dict[str, _Record] = {}
        self._wanted_at = self._drew_at = clock.monotonic()
        self._wanted = asyncio.Event()
        self._off: frozenset[str] = frozenset()

    def switch_off(self, model_ids: frozenset[str]) -> None:
        """These are down, and no others, until the operators decide otherwise, whatever draws and checks say."""
        self._off = model_ids

    @contextmanager
    def watching(self, model_id: str, *, begun: bool, person: int | None = None) -> Iterator[None]:
        """One draw of it, for `person`. `begun` here: else how long it takes says nothing."""
        since = self._clock.monotonic()
        try:
            yield
        except ContentRejected:  # it works, and has read the words
            self.drew(model_id, None)
            raise
        except _FAULTS as error:
            self._failed(model_id, error, person)
            raise
        except BaseException:
            self.undecided(model_id)
            raise
        self.drew(model_id, self._clock.monotonic() - since if begun else None)

    # -- what draws say ----------------------------------------------------------------------------------

    def admit(self, model_id: str) -> bool:
        """Whether it is worth asking now."""
        self.wanted()
        if model_id in self._off:
            return False
        record = self._records.get(model_id)
        return record is None or record.breaker.admit(self._clock.monotonic())

    def drew(self, model_id: str, seconds: float | None) -> None:
        """None: it was not begun here, so nobody knows how long it took."""
        record = self._heard(model_id)
        record.answered, record.reason, record.checked = True, None, None
        record.breaker.succeeded()
        self._drew_at = self._clock.monotonic()
        if seconds is not None:
            record.times.append(seconds)

    def undecided(self, model_id: str) -> None:
        """A draw ended in a way that says nothing about the model."""
        if model_id in self._records:
            self._records[model_id].breaker.undecided()

    # -- what checks say ---------------------------------------------------------------------------------

    def answers(self, model_id: str) -> None:
        """A light check went well. That does not close a circuit: a server may answer and still not draw."""
        record, now = self._heard(model_id), self._clock.monotonic()
        record.checked = True
        record.breaker.answers(now)
        if record.breaker.circuit(now) is Circuit.CLOSED:
            record.answered, record.reason = True, None

    def unanswered(self, model_id: str, error: ProviderError) -> None:
        if isinstance(error, _FAULTS):
            self._failed(model_id, error)
            self._records[model_id].checked = False

    def wanted(self) -> None:
        """Somebody draws, or looks at a menu: it is worth knowing."""
        self._wanted_at = self._clock.monotonic()
        self._wanted.set()

    async def wanted_again(self) -> None:
        """Wait until somebody does, from now on."""
        self._wanted.clear()
        await self._wanted.wait()

    @property
    def unwanted_for(self) -> float:
        """Seconds."""
        return self._clock.monotonic() - self._wanted_at

    @property
    def idle_for(self) -> float:
        """Seconds since anything was drawn here."""
        return self._clock.monotonic() - self._drew_at

    def silent_for(self, model_id: str) -> float:
        """Seconds since a draw or a check told something of it."""
        record = self._records.get(model_id)
        if record is None or record.heard_at is None:
            return math.inf
        return self._clock.monotonic() - record.heard_at

    # -- what people see ---------------------------------------------------------------------------------

    def remember(self, times: Mapping[str, Sequence[float]]) -> None:
        """What the database knows, in place of what is known here: seconds of draws by model, oldest first."""
        for model_id, seconds in times.items():
            self._records.setdefault(model_id, _Record()).times = deque(seconds, maxlen=REMEMBERED)

    def reason(self, model_id: str) -> str:
        """Why it failed last: an error's code."""
        if model_id in self._off:
            return SWITCHED_OFF
        record = self._records.get(model_id)
        return Unavailable.code if record is None or record.reason is None else record.reason

    def is_down(self, model_id: str) -> bool:
        """It is not worth asking now, nor soon."""
        if model_id in self._off:
            return True
        record = self._records.get(model_id)
        return record is not None and record.breaker.circuit(self._clock.monotonic()) is Circuit.OPEN

    def unanswering(self, model_id: str) -> bool:
        """The last check of it failed, though it may be worth a try still."""
        record = self._records.get(model_id)
        return record is not None and record.checked is False

    def of(self, model_id: str) -> Vitals:
        record = self._records.get(model_id)
        if model_id in self._off:
            return Vitals(Condition.DOWN, reason=SWITCHED_OFF)
        if record is None:
            return Vitals()
        times = sorted(record.times)
        usual, long = percentile(times, 0.5), percentile(times, 0.95)
        circuit = record.breaker.circuit(self._clock.monotonic())
        # Once the pause is over it is worth a try, unless it is known not to answer.
        if circuit is Circuit.OPEN or (circuit is Circuit.HALF_OPEN and record.checked is False):
            return Vitals(Condition.DOWN, usual, long, record.reason)
        if circuit is Circuit.HALF_OPEN or not record.answered:
            return Vitals(Condition.UNKNOWN, usual, long)
        condition = Condition.SLOW if is_slow(list(record.times)) else Condition.UP
        return Vitals(condition, usual, long)

    def _failed(self, model_id: str, error: ProviderError, person: int | None = None) -> None:
        record = self._heard(model_id)
        record.answered, record.reason = False, error.code
        pause = error.retry_after if isinstance(error, QuotaExceeded) else None
        at_once = pause is not None or isinstance(error, _LASTING)
        cause = None if isinstance(error, _NO_REQUESTS) else person
        record.breaker.failed(self._clock.monotonic(), at_once=at_once, pause=pause, person=cause)

    def _heard(self, model_id: str) -> _Record:
        record = self._records.setdefault(model_id, _Record())
        record.heard_at = self._clock.monotonic()
        return record


def percentile(ascending: Sequence[float], share: float) -> float | None:
    """The least value that so large a share of all does not exceed; None of none."""
    if not ascending:
        return None
    return ascending[max(math.ceil(share * len(ascending)) - 1, 0)]


def is_slow(times: Sequence[float]) -> bool:
    """Whether it takes long, always or by now: seconds of draws, oldest first."""
    if not times:
        return False
    recent = median(times[-RECENT:])
    if recent >= SLOW:
        return True
    usual = median(times)
    return len(times) >= ENOUGH and recent >= max(2 * usual, usual + SLOWER)
