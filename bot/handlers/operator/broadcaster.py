"""Sends the copies of a broadcast, one person after the other, from any number of processes.

The row's cursor is moved before a copy is sent, and only the process that moved it sends. So nobody gets two copies,
whether after a crash or from several processes. If a process is killed, up to `AT_ONCE` copies that it was sending may
be lost. A process that stops in order waits for them.
"""

import asyncio

import structlog

from bot.clock import Clock
from bot.keyboards.broadcast import broadcast_keyboard, copy_keyboard
from bot.telegram.errors import Outcome
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Outbox, Shown
from bot.texts.fluent import LanguageTexts, Texts, choose
from storage import Database, StorageUnavailable
from storage.records import Broadcast, BroadcastState

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 8  # copies that are being sent
LOOK_EVERY = 10.0  # s: for what another process has started
CARD_EVERY = 5.0  # s between two edits of the card that shows the progress
AGAIN = 2.0  # s until a copy is tried again that certainly was not sent
TRIES = 100
GRACE = 15.0  # s after `halt`: as long as one call may take
NOT_COPIED = ("message to copy not found", "message can't be copied")  # Telegram's words
RUNNING = frozenset({BroadcastState.RUNNING})


class Broadcaster:
    """`run` it in every process that receives updates. The database remembers who has got a copy, not this object."""

    def __init__(self, db: Database, outbox: Outbox, texts: Texts, clock: Clock) -> None:
        self._db = db
        self._outbox = outbox
        self._texts = texts
        self._clock = clock
        self._started = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._halted_at: float | None = None
        self._card_at = 0.0

    def wake(self) -> None:
        """Starts sending at once, because a broadcast was started in this process."""
        self._started.set()

    def halt(self) -> None:
        """Sends to nobody else, because this process stops."""
        self._halted_at = self._clock.monotonic()
        self._started.set()

    async def ended(self) -> None:
        """After `halt`, waits for the copies that are being sent, until `GRACE` seconds after it."""
        if self._running is None or self._halted_at is None:
            return
        left = self._halted_at + GRACE - self._clock.monotonic()
        _, late = await asyncio.wait({self._running}, timeout=max(left, 0))
        if late:
            log.warning("broadcast copies given up: Telegram did not answer in time")

    async def run(self) -> None:
        """Sends running broadcasts until `halt`."""
        self._running = asyncio.current_task()
        while self._halted_at is None:
            self._started.clear()
            try:
                async with self._db.read() as unit:
                    running = await unit.broadcasts.running()
                if running is not None:
                    await self._send(running.id)
                    continue
            except StorageUnavailable as error:
                log.warning("broadcast waits: database unavailable", error=str(error))
            look = asyncio.ensure_future(self._clock.sleep(LOOK_EVERY))
            started = asyncio.ensure_future(self._started.wait())
            try:
                await asyncio.wait({look, started}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                look.cancel()
                started.cancel()

    async def copy(self, broadcast: Broadcast, to: int) -> None:
        """Sends one copy. Raises ChatGone, DeliveryFailed and StorageUnavailable."""
        async with self._db.read() as unit:
            language = await unit.broadcasts.language_of(to)
        keyboard = copy_keyboard(self._texts(choose(None, language)))
        await self._outbox.copy(broadcast.by, broadcast.message_id, to, keyboard)

    async def show(self, broadcast_id: int) -> None:
        """Edits the card that shows the operator the progress. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            broadcast = await unit.broadcasts.get(broadcast_id)
            if broadcast is None or broadcast.card_id is None:
                return
            language = (await unit.users.settings(broadcast.by)).language
            language = language or await unit.broadcasts.language_of(broadcast.by)
        card = broadcast_card(self._texts(choose(None, language)), broadcast)
        try:
            await self._outbox.edit(Destination(broadcast.by), Shown(broadcast.card_id), card)
        except (ChatGone, DeliveryFailed) as error:
            log.info("broadcast progress not shown", broadcast=broadcast.id, reason=error.reason)

    async def _send(self, broadcast_id: int) -> None:
        """Sends until the broadcast ends or is paused, or this process stops; then waits for copies that are being
        sent. Raises StorageUnavailable."""
        at_once = asyncio.Semaphore(AT_ONCE)
        outage: StorageUnavailable | None = None
        async with asyncio.TaskGroup() as copies:
            while True:
                await at_once.acquire()
                if self._halted_at is not None:
                    break
                try:
                    person, broadcast = await self._next(broadcast_id)
                    await self._show_now_and_then(broadcast_id)
                except StorageUnavailable as error:  # raising here would cancel the copies that are being sent
                    outage = error
                    break
                if broadcast is None:
                    break
                if person is not None:
                    copies.create_task(self._one(broadcast, person, at_once))
                else:
                    at_once.release()
        if outage is not None:
            raise outage
        await self.show(broadcast_id)

    async def _next(self, broadcast_id: int) -> tuple[int | None, Broadcast | None]:
        """Takes the next person for this process, and returns them with the broadcast. No person: another process took
        them. No broadcast: it does not run any more."""
        async with self._db.transaction() as unit:
            broadcast = await unit.broadcasts.get(broadcast_id)
            if broadcast is None or broadcast.state is not BroadcastState.RUNNING:
                return None, None
            person = await unit.broadcasts.next_person(broadcast)
            if person is None:
                if await unit.broadcasts.turn(broadcast_id, to=BroadcastState.DONE, of=RUNNING):
                    log.info("broadcast ended", broadcast=broadcast_id, sent=broadcast.sent)
                return None, None
            taken = await unit.broadcasts.take(broadcast, person)
        return (person if taken else None), broadcast

    async def _one(self, broadcast: Broadcast, person: int, at_once: asyncio.Semaphore) -> None:
        try:
            outcome = await self._outcome(broadcast, person)
            async with self._db.transaction() as unit:
                await unit.broadcasts.counted(broadcast.id, outcome)
        except StorageUnavailable as error:
            log.warning("broadcast copy not counted: database unavailable", broadcast=broadcast.id, error=str(error))
        except Exception:
            log.exception("broadcast copy failed unexpectedly", broadcast=broadcast.id)
        finally:
            at_once.release()

    async def _outcome(self, broadcast: Broadcast, person: int) -> str:
        for _ in range(TRIES):
            try:
                await self.copy(broadcast, person)
            except ChatGone:
                return "gone"
            except DeliveryFailed as error:
                if error.outcome in {Outcome.FLOOD, Outcome.UNSENT}:  # it certainly was not sent
                    await self._clock.sleep(AGAIN)
                    continue
                log.info("broadcast not delivered", broadcast=broadcast.id, user=person, reason=error.reason)
                if any(words in error.reason for words in NOT_COPIED):  # nobody would get it
                    async with self._db.transaction() as unit:
                        await unit.broadcasts.turn(broadcast.id, to=BroadcastState.PAUSED, of=RUNNING)
                return "failed"
            return "sent"
        return "failed"

    async def _show_now_and_then(self, broadcast_id: int) -> None:
        now = self._clock.monotonic()
        if now - self._card_at >= CARD_EVERY:
            self._card_at = now
            await self.show(broadcast_id)


def broadcast_card(texts: LanguageTexts, broadcast: Broadcast, count: int | None = None) -> Card:
    """The progress of a broadcast. `count`: of a draft, how many people would get it."""
    key = f"broadcast-{broadcast.state}"
    if count is not None:
        words = texts.html("broadcast-draft", count=count)
    else:
        words = texts.html(key, sent=broadcast.sent, gone=broadcast.gone, failed=broadcast.failed)
    return Card(words, broadcast_keyboard(texts, broadcast.id, broadcast.state))
