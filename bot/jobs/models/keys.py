"""Several keys behind one model: which one draws now, which rest until their quota is back, and which were refused.

Known to this process, from its own draws. A model with one key has nothing to choose: all that its back-end says is the
model's, and goes to its circuit breaker.
"""

import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from bot.clock import Clock
from providers.base import Provider
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.errors import PaymentRequired, QuotaExceeded, Unauthorized

FIRST_REST, LONGEST_REST = 60.0, 86_400.0  # seconds, where the back-end says nothing, and at most
HOPELESS_REST = 3600.0  # seconds, for a key that is refused or has no credit: only its owner can change that

Spent = (QuotaExceeded, Unauthorized)  # what another key of the same model may mend
MARKED = re.compile(r"key:([0-9a-f]{12})?:(.*)", re.DOTALL)
T = TypeVar("T")


@dataclass(slots=True)
class _State:
    rests_until: float = 0.0  # of the clock's monotonic time
    error: QuotaExceeded | Unauthorized | None = None
    times: int = 0  # that it was spent, in a row
    worked: bool = False  # since it was refused last, or since the start


class Keyring:
    """As large as the catalogue has keys."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._states: dict[tuple[str, str], _State] = {}  # by model and fingerprint

    def choose(self, model: Model, without: Collection[ApiKey] = ()) -> ApiKey | None:
        """The first key of a model that has quota left; None for a model without any.

        Raises what its keys failed for, Unauthorized or QuotaExceeded, when all rest or are in `without`.
        """
        keys = model.keys
        if len(keys) < 2:
            if keys and keys[0] in without:
                raise QuotaExceeded("its only key was tried")
            return keys[0] if keys else None
        now = self._clock.monotonic()
        for key in keys:
            if key not in without and self._state(model, key).rests_until <= now:
                return key
        raise self._nothing_left(model, now)

    def failed(self, model: Model, key: ApiKey, error: QuotaExceeded | Unauthorized) -> None:
        """It rests: as long as the back-end says, else longer each time."""
        state = self._state(model, key)
        state.times, state.error = state.times + 1, error
        if isinstance(error, PaymentRequired | Unauthorized):
            pause = HOPELESS_REST
        elif error.retry_after is not None:
            pause = max(error.retry_after, 1.0)
        else:
            pause = min(FIRST_REST * 2.0 ** min(state.times - 1, 10), HOPELESS_REST)
        state.rests_until = self._clock.monotonic() + min(pause, LONGEST_REST)
        if isinstance(error, Unauthorized):
            state.worked = False

    def worked(self, model: Model, key: ApiKey) -> bool:
        """Its back-end took it. Whether that is news: for the first time since the start, or since it was refused."""
        state = self._state(model, key)
        news = not state.worked
        state.rests_until, state.error, state.times, state.worked = 0.0, None, 0, True
        return news

    async def using(self, model: Model, work: Callable[[Provider], Awaitable[T]]) -> T:
        """What `work` returns with the first key that its back-end takes. Raises what it raises."""
        tried: list[ApiKey] = []
        while True:
            key = self.choose(model, tried)
            try:
                return await work(model.create(key))
            except Spent as error:
                if len(model.keys) < 2 or key is None:
                    raise
                self.failed(model, key, error)
                tried.append(key)

    def _state(self, model: Model, key: ApiKey) -> _State:
        return self._states.setdefault((model.id, key.fingerprint), _State())

    def _nothing_left(self, model: Model, now: float) -> QuotaExceeded | Unauthorized:
        states = [self._state(model, key) for key in model.keys]
        spent = [state for state in states if not isinstance(state.error, Unauthorized)]
        if not spent:
            return Unauthorized(f"all {len(states)} keys are refused: {states[0].error}")
        first = min(spent, key=lambda state: state.rests_until)
        said = f"all {len(states)} keys rest: {first.error}"
        if all(isinstance(state.error, PaymentRequired) for state in spent):
            return PaymentRequired(said, retry_after=first.rests_until - now)
        return QuotaExceeded(said, retry_after=max(first.rests_until - now, 1.0))


def marked(ticket: str, model: Model, key: ApiKey | None) -> str:
    """What is stored of a job: its ticket, with the fingerprint of its key where there are several."""
    if key is not None and len(model.keys) > 1:
        return f"key:{key.fingerprint}:{ticket}"
    return f"key::{ticket}" if MARKED.fullmatch(ticket) else ticket


def unmarked(stored: str) -> tuple[str, str | None]:
    """The ticket, and the fingerprint of the key that its job was begun with."""
    found = MARKED.fullmatch(stored)
    return (stored, None) if found is None else (found[2], found[1])


def refused_key(model_id: str, key: ApiKey) -> str:
    """What the operators' alert of a refused key is known by."""
    return f"key-refused:{model_id}:{key.fingerprint}"
