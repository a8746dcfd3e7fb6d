"""Credits: reserved with a request, settled with its end, bought with Stars, taken back with a refund.

Everything is a movement in an append-only ledger with double entry. The rows of a movement each name an account of a
person, and sum to zero. The pair of movement and account is unique, so nothing is moved twice. Each movement is made in
the transaction of the event that causes it, so a kill leaves both or neither. Reserved credits are also a row of
`credit_holds`, which is deleted when they are settled. `credit_balances` keeps the sums of a person's rows, updated in
the same transaction: adding them up for each request took 20 ms after 10,000 pictures.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Executable, bindparam, case, delete, exists, func, literal_column, select, update

from storage.records import (
    Balance,
    CreditAccount,
    DrawState,
    LedgerReport,
    NewPayment,
    Offer,
    OfferKind,
    Payment,
    PaymentState,
)
from storage.statements.connection import Statements
from storage.statements.dialects import insert, insert_for, lock_account
from storage.statements.prepared import prepared
from storage.statements.tables import (
    credit_balances,
    credit_holds,
    credit_ledger,
    credit_offers,
    draws,
    payments,
    pictures,
    request_is_open,
    requests,
    star_books,
)

_OFFER = tuple(credit_offers.c[field.name] for field in fields(Offer))
_PAYMENT = tuple(payments.c[field.name] for field in fields(Payment))
_HOLD = (credit_holds.c.draw_id, credit_holds.c.person, credit_holds.c.free, credit_holds.c.paid)
_REFUNDING = payments.c.state == literal_column("'refunding'")  # literally, as the partial index says it
_BOOKS = 1


@prepared()
def _taken(_: str) -> Executable:
    return delete(credit_holds).where(credit_holds.c.request_id == bindparam("request")).returning(*_HOLD)


@prepared()
def _pictures_drawn(_: str) -> Executable:
    count = select(func.count()).select_from(pictures).where(pictures.c.draw_id == draws.c.id).scalar_subquery()
    return select(draws.c.id, draws.c.count, count).where(
        draws.c.request_id == bindparam("request"), draws.c.state == DrawState.DRAWN
    )


@prepared()
def _balance(_: str) -> Executable:
    of = credit_balances.c
    return select(of.paid, of.held, of.free, of.day).where(of.person == bindparam("somebody"))


@prepared("person", "paid", "held", "free", "day")
def _added(dialect: str) -> Executable:
    """The update that adds a movement to the balances. The free credits of a past day are dropped."""
    added, has = insert_for(dialect, credit_balances), credit_balances.c
    new = added.excluded
    free = case((has.day == new.day, has.free + new.free), (has.day < new.day, new.free), else_=has.free)
    return added.on_conflict_do_update(
        index_elements=[has.person],
        set_={
            "paid": has.paid + new.paid,
            "held": has.held + new.held,
            "free": free,
            "day": case((has.day < new.day, new.day), else_=has.day),
        },
    )


@prepared("entry", "account", "person", "amount", "at")
def _moved(_: str) -> Executable:
    return credit_ledger.insert()


@prepared("draw_id", "request_id", "person", "free", "paid")
def _held(_: str) -> Executable:
    return credit_holds.insert()


class Credits:
    """Amounts are millionths of a credit."""

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    # Drawing

    async def balance(self, person: int, *, free: int) -> Balance:
        """What a person has. `free`: the free credits of everybody each day (UTC), in millionths."""
        found = (await self._statements.execute(_balance, {"somebody": person})).first()
        if found is None:
            return Balance(0, free, 0)
        paid, held, moved, day = found
        today = moved if day >= self._midnight() else 0
        # What is given back of yesterday's is no more than today's.
        return Balance(paid, min(max(free + today, 0), free), held)

    def _midnight(self) -> datetime:
        return self._now().replace(hour=0, minute=0, second=0, microsecond=0)

    async def hold(self, person: int, request_id: int, costs: Mapping[int, int], *, free: int) -> Balance | None:
        """Reserves the cost of each draw (by its id) of a new request, free credits first. The transaction must hold
        the account's lock. None: done. Otherwise returns the balance, which is too low, and reserves nothing."""
        has = await self.balance(person, free=free)
        if sum(costs.values()) > has.available:
            return has
        left, holds = has.free, []
        for draw_id, cost in costs.items():
            of_free = min(left, cost)
            left -= of_free
            if cost:
                holds.append((draw_id, of_free, cost - of_free))
        for draw_id, of_free, paid in holds:
            values = {"draw_id": draw_id, "request_id": request_id, "person": person, "free": of_free, "paid": paid}
            await self._statements.execute(_held, values)
            await self._move(
                f"hold:{draw_id}",
                person,
                {CreditAccount.FREE: -of_free, CreditAccount.PAID: -paid, CreditAccount.HELD: of_free + paid},
            )
        return None

    async def settle(self, request_id: int, *, delivered: bool) -> None:
        """Settles a request in the transaction that ends it: delivered pictures are paid for, the rest is released.
        Does nothing if it was settled before, or if nothing was reserved."""
        taken = (await self._statements.execute(_taken, {"request": request_id})).all()
        if not taken:
            return
        shares: dict[int, tuple[int, int]] = {}
        if delivered:
            rows = await self._statements.execute(_pictures_drawn, {"request": request_id})
            shares = {draw_id: (min(drawn, asked), asked) for draw_id, asked, drawn in rows}
        for draw_id, person, free, paid in taken:
            drawn, asked = shares.get(draw_id, (0, 1))
            await self._release(f"end:{draw_id}", person, free, paid, (free + paid) * drawn // asked)

    async def lower(self, draw_id: int, attempt: int, cost: int) -> None:
        """Another model takes a draw over: where that one costs less, the difference is given back. What it costs more
        is nobody's debt: a person pays at most what they were told."""
        found = (await self._statements.execute(select(*_HOLD).where(credit_holds.c.draw_id == draw_id))).first()
        if found is None or found[2] + found[3] <= cost:
            return
        _, person, free, paid = found
        kept_free = min(free, cost)
        kept_paid = cost - kept_free
        values = {"free": kept_free, "paid": kept_paid}
        await self._statements.execute(update(credit_holds).where(credit_holds.c.draw_id == draw_id).values(values))
        back = {CreditAccount.FREE: free - kept_free, CreditAccount.PAID: paid - kept_paid}
        held = {CreditAccount.HELD: -sum(back.values())}
        await self._move(f"lower:{draw_id}:{attempt}", person, back | held)

    async def release_stranded(self) -> int:
        """Releases what is reserved for requests that have ended or were deleted while they were open. Returns the
        number of draws."""
        is_open = exists().where(requests.c.id == credit_holds.c.request_id, request_is_open)
        stranded = (await self._statements.execute(delete(credit_holds).where(~is_open).returning(*_HOLD))).all()
        # In one order, as each locks the person's balance.
        for draw_id, person, free, paid in sorted(stranded, key=lambda hold: (hold[1], hold[0])):
            await self._release(f"end:{draw_id}", person, free, paid, 0)
        return len(stranded)

    async def _release(self, entry: str, person: int, free: int, paid: int, spent: int) -> None:
        """Spends this much of what was held, free credits first, and returns the rest to where it came from."""
        spent_free = min(free, spent)
        moved = {
            CreditAccount.HELD: -(free + paid),
            CreditAccount.SPENT: spent,
            CreditAccount.FREE: free - spent_free,
            CreditAccount.PAID: paid - (spent - spent_free),
        }
        await self._move(entry, person, moved)

    async def _move(self, entry: str, person: int, amounts: Mapping[CreditAccount, int]) -> None:
        assert sum(amounts.values()) == 0, entry
        now = self._now()
        rows = [
            {"entry": entry, "account": account, "person": person, "amount": amount, "at": now}
            for account, amount in amounts.items()
            if amount
        ]
        if not rows:
            return
        await self._statements.execute(_moved, rows)
        sums = {name: amounts.get(CreditAccount(name), 0) for name in ("paid", "held", "free")}
        await self._statements.execute(_added, {"person": person, "day": self._midnight(), **sums})

    # Buying

    async def offer(self, person: int, kind: OfferKind, stars: int, amount: int) -> Offer:
        """The offer for an invoice; the same one each time."""
        values = {"person": person, "kind": kind, "stars": stars, "amount": amount}
        statement = insert(self._statements, credit_offers).values(**values).on_conflict_do_nothing()
        made = (await self._statements.execute(statement.returning(*_OFFER))).first()
        if made is None:
            known = select(*_OFFER).where(*(credit_offers.c[name] == value for name, value in values.items()))
            made = (await self._statements.execute(known)).one()
        return Offer(*made)

    async def ever_sold(self) -> bool:
        """Whether anything was ever offered or paid for."""
        found = select(exists().select_from(credit_offers) | exists().select_from(payments))
        return bool((await self._statements.execute(found)).scalar())

    async def offered(self, offer_id: int) -> Offer | None:
        found = (await self._statements.execute(select(*_OFFER).where(credit_offers.c.id == offer_id))).first()
        return None if found is None else Offer(*found)

    async def pay(self, new: NewPayment) -> Payment | None:
        """Stores a payment, and credits the person who paid with what the offer contained, whatever is on sale now and
        for whomever the offer was. None: this charge was stored before, and nothing changes.

        If the offer is unknown, or was for another number of Stars, the payment is stored without credits: an operator
        has to look at it.
        """
        offer = await self.offered(new.offer_id) if new.offer_id is not None else None
        known = offer is not None and offer.stars == new.stars
        amount = offer.amount if offer is not None and known else 0
        values = {field.name: getattr(new, field.name) for field in fields(NewPayment)}
        values |= {"amount": amount, "at": self._now(), "state": PaymentState.CREDITED, "refunds": 0}
        statement = insert(self._statements, payments).values(**values)
        statement = statement.on_conflict_do_nothing(index_elements=[payments.c.charge_id])
        stored = (await self._statements.execute(statement.returning(*_PAYMENT))).first()
        if stored is None:
            return None
        bought = {CreditAccount.STARS: -amount, CreditAccount.PAID: amount}
        await self._move(f"pay:{new.charge_id}", new.person, bought)
        return Payment(*stored)

    async def payment(self, payment_id: int) -> Payment | None:
        return await self._payment(payment_id, by_charge=None)

    async def by_charge(self, charge_id: str) -> Payment | None:
        return await self._payment(None, by_charge=charge_id)

    async def _payment(self, payment_id: int | None, *, by_charge: str | None) -> Payment | None:
        this = payments.c.id == payment_id if by_charge is None else payments.c.charge_id == by_charge
        found = (await self._statements.execute(select(*_PAYMENT).where(this))).first()
        return None if found is None else Payment(*found)

    async def payments_of(self, person: int, *, limit: int = 5) -> list[Payment]:
        """A person's payments, the newest first."""
        statement = select(*_PAYMENT).where(payments.c.person == person).order_by(payments.c.id.desc()).limit(limit)
        return [Payment(*row) for row in await self._statements.execute(statement)]

    async def payments_after(self, person: int, payment_id: int, *, limit: int) -> list[Payment]:
        """A person's payments with ids above `payment_id`, in the order of their ids."""
        statement = select(*_PAYMENT).where(payments.c.person == person, payments.c.id > payment_id)
        ordered = statement.order_by(payments.c.id).limit(limit)
        return [Payment(*row) for row in await self._statements.execute(ordered)]

    async def subscribed_until(self, person: int) -> datetime | None:
        """When a person's subscription ends, or has ended; None: they have had none that was not refunded."""
        statement = select(func.max(payments.c.until)).where(
            payments.c.person == person, payments.c.state == PaymentState.CREDITED
        )
        found: datetime | None = (await self._statements.execute(statement)).scalar()
        return found

    # Refunds

    async def ask_refund(self, payment_id: int, by: int) -> Payment | None:
        """Takes back what a payment bought, and stores that Telegram has to be asked for the refund. None: it is being
        refunded, or was. The person's balance may fall below zero."""
        known = await self.payment(payment_id)
        if known is None:
            return None
        await lock_account(self._statements, known.person)
        values = {"state": PaymentState.REFUNDING, "refunds": payments.c.refunds + 1, "refunded_by": by}
        return await self._debit(payment_id, values | {"refund_error": None})

    async def refunded(self, charge_id: str) -> Payment | None:
        """Stores that Telegram has refunded the Stars, whoever asked for it. None: this is stored already, or the
        payment is unknown."""
        known = await self.by_charge(charge_id)
        if known is None or known.state is PaymentState.REFUNDED:
            return None
        if known.state is PaymentState.CREDITED:
            return await self._debit(known.id, {"state": PaymentState.REFUNDED, "refunds": payments.c.refunds + 1})
        statement = update(payments).where(payments.c.id == known.id, _REFUNDING)
        statement = statement.values(state=PaymentState.REFUNDED, refund_error=None)
        found = (await self._statements.execute(statement.returning(*_PAYMENT))).first()
        return None if found is None else Payment(*found)

    async def refund_refused(self, payment_id: int, error: str) -> Payment | None:
        """Telegram does not refund it: the person gets their credits back. None: it is not being refunded."""
        statement = update(payments).where(payments.c.id == payment_id, _REFUNDING)
        statement = statement.values(state=PaymentState.CREDITED, refund_error=error)
        found = (await self._statements.execute(statement.returning(*_PAYMENT))).first()
        if found is None:
            return None
        payment = Payment(*found)
        moved = {CreditAccount.STARS: -payment.amount, CreditAccount.PAID: payment.amount}
        await self._move(f"again:{payment.charge_id}:{payment.refunds}", payment.person, moved)
        return payment

    async def refund_delayed(self, payment_id: int, error: str) -> bool:
        """Stores why Telegram does not refund it yet. False: that is stored already."""
        statement = update(payments).where(payments.c.id == payment_id, _REFUNDING)
        statement = statement.where(payments.c.refund_error.is_distinct_from(error)).values(refund_error=error)
        return (await self._statements.execute(statement)).rowcount > 0

    async def refunding(self, *, limit: int = 50) -> list[Payment]:
        """Payments for whose refund Telegram has to be asked, oldest first."""
        statement = select(*_PAYMENT).where(_REFUNDING).order_by(payments.c.id).limit(limit)
        return [Payment(*row) for row in await self._statements.execute(statement)]

    async def _debit(self, payment_id: int, values: Mapping[str, object]) -> Payment | None:
        statement = update(payments).where(payments.c.id == payment_id, payments.c.state == PaymentState.CREDITED)
        found = (await self._statements.execute(statement.values(values).returning(*_PAYMENT))).first()
        if found is None:
            return None
        payment = Payment(*found)
        moved = {CreditAccount.STARS: payment.amount, CreditAccount.PAID: -payment.amount}
        await self._move(f"refund:{payment.charge_id}:{payment.refunds}", payment.person, moved)
        return payment

    # The books

    async def books_read(self) -> int:
        """How many of the bot's Star transactions, from the oldest on, were compared with the payments."""
        found: int | None = (await self._statements.execute(select(star_books.c.read))).scalar()
        return found or 0

    async def read_books(self, count: int) -> None:
        await self._statements.execute(
            insert(self._statements, star_books)
            .values(id=_BOOKS, read=count)
            .on_conflict_do_update(index_elements=[star_books.c.id], set_={"read": count})
        )

    async def report(self) -> LedgerReport:
        """The sums of everything, for checking that the ledger balances."""
        of = credit_ledger.c
        sums = select(of.account, func.sum(of.amount)).group_by(of.account)
        found = {account: int(total) for account, total in await self._statements.execute(sums)}
        unbalanced = select(of.entry).group_by(of.entry).having(func.sum(of.amount) != 0).subquery()
        kept = credit_balances.c
        sum_of = {
            account: func.sum(case((of.account == account, of.amount), else_=0))
            for account in (CreditAccount.PAID, CreditAccount.HELD)
        }
        summed = select(of.person, *(total.label(account) for account, total in sum_of.items()))
        people = summed.group_by(of.person).subquery()
        wrong = (
            select(func.count())
            .select_from(people.outerjoin(credit_balances, kept.person == people.c.person))
            .where(kept.paid.is_distinct_from(people.c.paid) | kept.held.is_distinct_from(people.c.held))
        )
        is_open = exists().where(requests.c.id == credit_holds.c.request_id, request_is_open)
        credited = payments.c.state == PaymentState.CREDITED
        unclear = credited & (payments.c.amount == 0)
        return LedgerReport(
            accounts={account: found.get(account, 0) for account in CreditAccount},
            holds=await self._number(select(func.coalesce(func.sum(credit_holds.c.free + credit_holds.c.paid), 0))),
            bought=await self._number(select(func.coalesce(func.sum(payments.c.amount), 0)).where(credited)),
            unbalanced=await self._number(select(func.count()).select_from(unbalanced)),
            wrong=await self._number(wrong),
            stranded=await self._number(select(func.count()).select_from(credit_holds).where(~is_open)),
            unclear=await self._number(select(func.count()).select_from(payments).where(unclear)),
        )

    async def _number(self, statement: Executable) -> int:
        return int((await self._statements.execute(statement)).scalar_one())
