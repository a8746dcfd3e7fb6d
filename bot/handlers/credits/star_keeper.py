"""Makes the refunds that operators asked for, and reads Telegram's list of Star transactions to find payments whose
updates never came.

Both work from stored rows, and both may safely be repeated: Telegram refunds a charge once, and a charge is credited
once. One process does this for all.
"""

import asyncio
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import structlog

from bot.clock import Clock
from bot.handlers.credits.payments import Receipts
from bot.telegram.outbox.outbox import DeliveryFailed
from bot.telegram.star_calls import BOOKS_AT_ONCE, RefundOutcome, StarCalls
from bot.telegram.updates.payments import offer_of
from storage import Database, StorageUnavailable
from storage.records import NewPayment, Payment

log = structlog.stdlib.get_logger(__name__)

LOOK_EVERY = 10.0  # s: for refunds that another process has stored
BOOKS_EVERY = 3600.0  # s; Telegram drops an update that nobody fetches after a day
YOUNG = 900.0  # s after a transaction in which its update may still come
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0  # s between attempts at one refund


class StarKeeper:
    """`leads()`: whether this is the process that does it."""

    def __init__(
        self, db: Database, calls: StarCalls, receipts: Receipts, clock: Clock, leads: Callable[[], bool]
    ) -> None:
        self._db = db
        self._calls = calls
        self._receipts = receipts
        self._clock = clock
        self._leads = leads
        self._wanted = asyncio.Event()
        self._pauses: dict[int, tuple[float, float]] = {}  # by payment: when it is tried again, and the pause after
        self._books_due = 0.0

    def wake(self) -> None:
        """Starts a look at once, because a refund was asked for in this process."""
        self._wanted.set()

    async def run_when_wanted(self) -> None:
        """Like `run`, but waits for the first refund that is asked for in this process. For a bot that never sold
        anything: somebody may have paid an invoice of another program."""
        await self._wanted.wait()
        await self.run()

    async def run(self) -> None:
        """Looks for refunds and missed payments, for ever."""
        self._books_due = self._clock.monotonic()
        while True:
            self._wanted.clear()
            try:
                if self._leads():
                    await self.look()
            except StorageUnavailable as error:
                log.warning("refunds wait: database unavailable", error=str(error))
            except Exception:
                log.exception("refund run failed")
            look = asyncio.ensure_future(self._clock.sleep(LOOK_EVERY))
            wanted = asyncio.ensure_future(self._wanted.wait())
            try:
                await asyncio.wait({look, wanted}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                look.cancel()
                wanted.cancel()

    async def look(self) -> None:
        """Looks once. Raises StorageUnavailable."""
        if self._clock.monotonic() >= self._books_due:
            await self.read_books()
            self._books_due = self._clock.monotonic() + BOOKS_EVERY
        async with self._db.read() as unit:
            due = await unit.credits.refunding()
        self._pauses = {payment.id: self._pauses[payment.id] for payment in due if payment.id in self._pauses}
        for payment in due:
            at, _ = self._pauses.get(payment.id, (0.0, 0.0))
            if self._clock.monotonic() >= at:
                await self._refund(payment)

    async def read_books(self) -> None:
        """Credits every Star transaction that was not read yet, oldest first. A payment that is known already changes
        nothing. Raises StorageUnavailable."""
        while True:
            async with self._db.read() as unit:
                read = await unit.credits.books_read()
            try:
                found = await self._calls.transactions(read)
            except DeliveryFailed as error:
                log.info("Star transactions not read", reason=error.reason)
                return
            complete, found = len(found) < BOOKS_AT_ONCE, self._settled(found)
            if not found:
                return
            late: list[Payment] = []
            async with self._db.transaction() as unit:
                for transaction in found:
                    match transaction_of(transaction):
                        case NewPayment() as paid:
                            payment = await unit.credits.pay(paid)
                            late += [payment] if payment is not None else []
                        case str() as charge_id:
                            await unit.credits.refunded(charge_id)
                await unit.credits.read_books(read + len(found))
            for payment in late:
                log.warning("missed payment credited", user=payment.person, stars=payment.stars)
                await self._receipts.paid(
                    await self._receipts.texts_of(payment.person), payment.person, payment.charge_id
                )
            if complete:
                return

    def _settled(self, transactions: list[Any]) -> list[Any]:  # Any: as Telegram sent them
        """The transactions before the first recent one: a recent payment's update may still be on its way."""
        before = self._clock.now().timestamp() - YOUNG
        return list(takewhile(lambda one: _date(one) <= before, transactions))

    async def _refund(self, payment: Payment) -> None:
        outcome, said = await self._calls.refund(payment.person, payment.charge_id)
        values = {"id": str(payment.person), "stars": payment.stars, "reason": said}
        if outcome is RefundOutcome.LATER:
            _, pause = self._pauses.get(payment.id, (0.0, FIRST_PAUSE))
            self._pauses[payment.id] = self._clock.monotonic() + pause, min(pause * 2, LONGEST_PAUSE)
            log.warning("refund delayed", user=payment.person, error=said)
            async with self._db.transaction() as unit:
                new = await unit.credits.refund_delayed(payment.id, said)
            if new:
                await self._tell(payment, "admin-refund-delayed", values)
            return
        async with self._db.transaction() as unit:
            if outcome is RefundOutcome.DONE:
                ended = await unit.credits.refunded(payment.charge_id)
            else:
                ended = await unit.credits.refund_refused(payment.id, said)
        if outcome is RefundOutcome.DONE:  # its update may have been first
            log.info("payment refunded", user=payment.person, stars=payment.stars)
            await self._receipts.refunded(payment)
            await self._tell(payment, "admin-refund-done", values)
        elif ended is not None:
            log.warning("refund refused", user=payment.person, error=said)
            await self._tell(payment, "admin-refund-refused", values)

    async def _tell(self, payment: Payment, key: str, values: dict[str, Any]) -> None:  # Any: texts take several kinds
        """Tells the operator who asked for the refund."""
        if payment.refunded_by is not None:
            texts = await self._receipts.texts_of(payment.refunded_by)
            await self._receipts.send(payment.refunded_by, texts.html(key, **values))


def _date(transaction: object) -> float:
    date = transaction.get("date") if isinstance(transaction, dict) else None
    return date if isinstance(date, int) else 0.0


def transaction_of(transaction: object) -> NewPayment | str | None:
    """A Star transaction as a payment, or as the charge id that it refunds; None: it is neither."""
    if not isinstance(transaction, dict):
        return None
    charge, stars = transaction.get("id"), transaction.get("amount")
    source, receiver = transaction.get("source"), transaction.get("receiver")
    if not isinstance(charge, str) or not charge or type(stars) is not int or stars <= 0:
        return None
    if isinstance(source, dict) and source.get("transaction_type") == "invoice_payment":
        user = source.get("user")
        person = user.get("id") if isinstance(user, dict) else None
        if type(person) is not int:
            return None
        recurring = type(source.get("subscription_period")) is int
        return NewPayment(charge, person, stars, offer_of(source.get("invoice_payload")), recurring)
    return charge if isinstance(receiver, dict) and receiver.get("type") == "user" else None
