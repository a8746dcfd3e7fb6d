"""Light checks in the background: whether models answer of which no draw has told anything for a while."""

import asyncio
import logging
import random
from collections.abc import Iterable

import aiohttp

from bot.clock import Clock
from bot.jobs.models.health import Health
from bot.jobs.models.keys import Keyring
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import ProviderError, Unavailable
from storage import Database, StorageUnavailable

log = logging.getLogger(__name__)

PACE = 20.0  # seconds between two looks at who is due
INTERVAL = 300.0  # seconds between two checks of a model that answers
QUIET = 45.0  # seconds after a word of a model in which it is not asked
AGAIN, SELDOM = 60.0, 1800.0  # seconds until one that did not answer is asked again: from and to
UNWANTED = 900.0  # seconds without anybody who draws or looks: then nobody is asked anything
AT_ONCE = 3
DEADLINE = 15.0  # seconds for one answer
JITTER = 0.25  # of each wait, so that many bots do not ask at once


class Probes:
    """Only models that may be asked for nothing: see `Model.light_check`. `first` are asked at the start, all at once:
    those that people draw with who have chosen none, so that nobody's first picture waits for one that is away."""

    def __init__(
        self,
        catalog: Catalog,
        health: Health,
        session: aiohttp.ClientSession,
        clock: Clock,
        db: Database,
        first: Iterable[Model] = (),
        keys: Keyring | None = None,
    ) -> None:
        self._models = [model for model in catalog.enabled() if may_be_checked(model)]
        self._first = [model for model in first if model in self._models]
        self._health = health
        self._keys = keys or Keyring(clock)
        self._session = session
        self._clock = clock
        self._db = db
        self._read_at = clock.monotonic()
        self._failures: dict[str, int] = {}  # by model, in a row
        self._due: dict[str, float] = {}  # by model, of the clock's monotonic time

    async def run(self) -> None:
        """For ever."""
        await self._ask(self._first)
        while True:
            if self._health.unwanted_for >= UNWANTED:
                await self._health.wanted_again()
            await self._clock.sleep(_jittered(PACE))
            await self._read()
            await self._ask(self._next())

    async def _read(self) -> None:
        """How long draws took at the other processes, where this one draws nothing itself."""
        now = self._clock.monotonic()
        if min(self._health.idle_for, now - self._read_at) < INTERVAL:
            return
        self._read_at = now
        try:
            async with self._db.read() as unit:
                self._health.remember(await unit.draws.times())
        except StorageUnavailable as error:
            log.warning("how long models take is not known now: %s", error)

    def _next(self) -> list[Model]:
        """Whoever was silent for longest comes first."""
        now = self._clock.monotonic()
        silent = {model.id: self._health.silent_for(model.id) for model in self._models}
        due = [model for model in self._models if silent[model.id] >= QUIET and now >= self._due.get(model.id, now)]
        return sorted(due, key=lambda model: -silent[model.id])[:AT_ONCE]

    async def _ask(self, models: Iterable[Model]) -> None:
        await asyncio.gather(*map(self._check, models))

    async def _check(self, model: Model) -> None:
        try:
            async with asyncio.timeout(DEADLINE):
                await self._keys.using(model, lambda provider: provider.check(self._session))
        except TimeoutError:
            self._failed(model, Unavailable(f"no answer within {DEADLINE:g} s"))
        except ProviderError as error:
            self._failed(model, error)
        except Exception:
            log.exception("the check of %s failed", model.id)
            self._failed(model, None)
        else:
            self._failures.pop(model.id, None)
            self._due[model.id] = self._clock.monotonic() + _jittered(INTERVAL)
            self._health.answers(model.id)

    def _failed(self, model: Model, error: ProviderError | None) -> None:
        failures = self._failures[model.id] = self._failures.get(model.id, 0) + 1
        pause = min(AGAIN * 2 ** min(failures - 1, 10), SELDOM)
        self._due[model.id] = self._clock.monotonic() + _jittered(pause)
        if error is not None:
            log.info("%s does not answer: %s", model.id, error)
            self._health.unanswered(model.id, error)


def may_be_checked(model: Model) -> bool:
    return model.light_check and not model.cost and not model.provider_class.offline


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(1 - JITTER, 1 + JITTER)
