"""This process among all that receive updates for the same bot: its heartbeat, and its duties for the others.

One of them is the leader: it polls, or registers the webhook, and maintains the commands' menu. Another process handles
what a dead process left in the inbox. A process that only hung for a while (stopped, swapped out, cut off) asks before
it continues with an update, which may belong to another process by now.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Protocol

import stamina
import structlog

from bot.clock import Clock
from storage import StorageUnavailable
from storage.postgres.presence import DEAD_AFTER, Beat
from storage.records import InboxUpdate

log = structlog.stdlib.get_logger(__name__)

BEAT_EVERY = 1.0  # s
LEASE = DEAD_AFTER - 1.0  # s after a heartbeat for which nobody can have taken our updates
ENTER_TRIES = 4  # heartbeats at the start, before it is given up
ASK_FIRST = -1  # an age that is never current

Take = Callable[[Iterable[InboxUpdate], bool], None]  # True: since another process, so the attempt is counted first


class Presence(Protocol):
    """The interface of `storage.postgres.presence.Presence`."""

    async def beat(self, *, lead: bool) -> Beat: ...

    async def claim(self) -> list[InboxUpdate]: ...

    async def mine(self) -> list[InboxUpdate]: ...

    async def is_mine(self, update_id: int) -> bool: ...

    async def leave(self) -> None: ...


class Peers:
    """Call `enter`, then `run` until it is cancelled, then `leave`."""

    def __init__(self, presence: Presence, clock: Clock) -> None:
        self._presence = presence
        self._clock = clock
        self._take: Take = _nobody
        self._deposed: Callable[[], None] = lambda: None
        self._beat_at = 0.0
        self._steady_since: float | None = None  # since when each heartbeat came through; None: always
        self._left = False
        self.process_id = 0
        self.age = 0  # grows whenever our updates may have become another's
        self.leading = asyncio.Event()
        self._beaten = asyncio.Event()

    def attach(self, take: Take, deposed: Callable[[], None]) -> None:
        """`take`: handles updates. `deposed`: called when this process is the leader no more."""
        self._take = take
        self._deposed = deposed

    async def enter(self) -> None:
        """Enters this process. A busy database gets a few tries. Raises StorageUnavailable."""
        async for attempt in stamina.retry_context(StorageUnavailable, attempts=ENTER_TRIES, wait_max=2.0):
            with attempt:
                await self._live()

    async def run(self) -> None:
        while not self._left:
            await self.tick()
            await self._clock.sleep(BEAT_EVERY)

    async def tick(self) -> None:
        """Sends one heartbeat, and takes what it brings. Never raises for failures of the database."""
        if self._left:
            return
        try:
            called = await self._live()
            if self._steady_since is None or self._clock.monotonic() - self._steady_since >= DEAD_AFTER:
                self._steady_since = None
                if claimed := await self._presence.claim():
                    log.warning("updates of a process that died", count=len(claimed))
                    self._take(claimed, True)
            if called:
                self._take(await self._presence.mine(), False)
        except StorageUnavailable as error:
            if self._steady_since != float("inf"):
                log.warning("this process cannot be seen by the others", why=str(error))
            # After an outage nobody has lived for a while: each gives the others time to come back.
            self._steady_since = float("inf")
            self._depose()

    async def claim(self) -> list[InboxUpdate]:
        """Takes the updates that no living process has. Raises StorageUnavailable."""
        return await self._presence.claim()

    @property
    def surely_leads(self) -> bool:
        """Whether no other process can be the leader: a process that hung is the leader no more, although it does not
        know yet."""
        return self.leading.is_set() and self._clock.monotonic() - self._beat_at <= LEASE

    async def lead(self) -> None:
        """Waits until this process surely leads."""
        while not self.surely_leads:
            self._beaten.clear()
            await self._beaten.wait()

    async def still_ours(self, update_id: int, age: int) -> bool:
        """Whether an update that was taken at that age still belongs to this process. Raises StorageUnavailable."""
        if age == self.age and self._clock.monotonic() - self._beat_at <= LEASE:
            return True
        return await self._presence.is_mine(update_id)

    async def leave(self) -> None:
        self._left = True
        try:
            await self._presence.leave()
        except StorageUnavailable as error:
            log.warning("the others will find out that this process has ended", why=str(error))

    async def _live(self) -> bool:
        asked = self._clock.monotonic()
        beat = await self._presence.beat(lead=True)
        if beat.process_id != self.process_id or asked - self._beat_at > LEASE:
            self.age += 1
        if self._steady_since == float("inf"):
            self._steady_since = asked
        self._beat_at, self.process_id = asked, beat.process_id
        if beat.leads and not self.leading.is_set():
            log.info("this process leads")
            self.leading.set()
        elif not beat.leads:
            self._depose()
        self._beaten.set()
        return beat.called

    def _depose(self) -> None:
        if self.leading.is_set():
            log.warning("this process leads no more")
            self.leading.clear()
            self._deposed()


def _nobody(_updates: Iterable[InboxUpdate], _recovered: bool) -> None:
    """Claims nothing until a worker is attached."""
