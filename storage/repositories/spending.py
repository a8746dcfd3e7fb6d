"""Costs of draws: reserved when a request is accepted, charged from the moment when a back-end gets the job.

There is no stored balance: rows are summed. A draw that waits, runs or was drawn counts with its `cost`; one that
failed or was cancelled does not; one that another model took over costs what that model costs. A job for a back-end
that charges for it becomes a row of `charges` before it is handed over, in the transaction that removes its cost from
the draw. That row counts whatever happens to the draw, unless it turns out that the back-end charges nothing. So a
crash neither leaves a reservation behind nor loses a charge.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Executable, bindparam, case, cast, delete, func, select, update

from storage.records import ChargeState, DrawState, Spent
from storage.statements.connection import Statements
from storage.statements.dialects import lock_account, lock_spending
from storage.statements.prepared import is_one_of, prepared
from storage.statements.tables import charge_counts, charges, draw_is_paid, draws

DESCRIPTION = "description"  # in place of a model in the charges
_COUNTED = (DrawState.WAITING, DrawState.DRAWING, DrawState.DRAWN)


@prepared()
def _spent(_: str) -> Executable:
    reserved = select(draws.c.requester_id.label("account"), draws.c.cost.label("amount")).where(
        draw_is_paid,
        draws.c.reserved_at > bindparam("since"),
        is_one_of(draws.c.state, _COUNTED),
        draws.c.id != bindparam("without"),
    )
    charged = select(charges.c.account, charges.c.amount).where(charge_counts, charges.c.at > bindparam("since"))
    both = reserved.union_all(charged).subquery()
    of_one = case((both.c.account == bindparam("person"), both.c.amount), else_=0)
    return select(*(cast(func.coalesce(func.sum(amount), 0), BigInteger) for amount in (of_one, both.c.amount)))


@prepared()
def _cost_taken(_: str) -> Executable:
    return (
        update(draws)
        .where(
            draws.c.id == bindparam("draw"),
            draws.c.attempt == bindparam("fence"),
            draws.c.state == DrawState.DRAWING,
        )
        .values(cost=0, reserved_at=None)
        .returning(draws.c.requester_id)
    )


@prepared("draw_id", "attempt", "try", "account", "model", "amount", "state", "at")
def _charge(_: str) -> Executable:
    return charges.insert().returning(charges.c.id)


@prepared()
def _descriptions(_: str) -> Executable:
    return select(func.count()).where(
        charge_counts,
        charges.c.at > bindparam("since"),
        charges.c.account == bindparam("person"),
        charges.c.amount == 0,
        charges.c.draw_id == 0,
    )


@prepared()
def _unsettled(_: str) -> Executable:
    return select(func.max(charges.c.id)).where(
        charges.c.draw_id == bindparam("draw"), charges.c.state == ChargeState.RESERVED
    )


@prepared()
def _settled(_: str) -> Executable:
    return (
        update(charges)
        .where(charges.c.id == bindparam("charge"), charges.c.state == ChargeState.RESERVED)
        .values(state=bindparam("end"))
    )


class Spending:
    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    async def lock_account(self, account: int) -> None:
        """Locks everything that counts towards one account's limits until the transaction ends. Take it before locking
        any row."""
        await lock_account(self._statements, account)

    async def lock(self) -> None:
        """Locks the reservations of everybody until the transaction ends, so that the sum of all stays correct."""
        await lock_spending(self._statements)

    async def since(self, account: int, when: datetime, *, without: int | None = None) -> Spent:
        """The sums, in millionths, of everything reserved and charged after `when`, except the reservation of the draw
        `without`."""
        values = {"person": account, "since": when, "without": without or 0}  # ids begin with 1
        return Spent(*(await self._statements.execute(_spent, values)).one())

    async def hand_over(self, draw_id: int, attempt: int, *, number: int, model: str, amount: int) -> int | None:
        """Charges `amount` for the job that is about to be handed over, in place of the draw's reservation.

        `number`: the try within the attempt, from 1. Returns the charge's id; None: the draw was lost.
        """
        taken = (await self._statements.execute(_cost_taken, {"draw": draw_id, "fence": attempt})).first()
        if taken is None:
            return None
        values = {
            "draw_id": draw_id,
            "attempt": attempt,
            "try": number,
            "account": taken[0],
            "model": model,
            "amount": amount,
            "state": ChargeState.RESERVED,
            "at": self._now(),
        }
        charge: int = (await self._statements.execute(_charge, values)).scalar_one()
        return charge

    async def charge(
        self, account: int, model: str, amount: int, *, draw_id: int = 0, attempt: int = 0, number: int = 0
    ) -> int:
        """Charges `amount` for something that is not a draw's job and was not reserved. Returns the charge's id.
        `draw_id`, `attempt` and `number` together must be unique; a job's numbers begin with 1."""
        values = {
            "draw_id": draw_id,
            "attempt": attempt,
            "try": number,
            "account": account,
            "model": model,
            "amount": amount,
            "state": ChargeState.RESERVED,
            "at": self._now(),
        }
        charge: int = (await self._statements.execute(_charge, values)).scalar_one()
        return charge

    async def note_description(self, account: int, *, most: int, within: timedelta) -> bool:
        """Counts a description of a picture, as a charge of nothing. False: there were `most` of them `within` that
        time, so none is counted."""
        await self.lock_account(account)
        values = {"person": account, "since": self._now() - within}
        if (await self._statements.execute(_descriptions, values)).scalar_one() >= most:
            return False
        # A charge of no draw is only to be unique.
        attempt, number = secrets.randbelow(2**31), secrets.randbelow(2**31)
        charge = await self.charge(account, DESCRIPTION, 0, attempt=attempt, number=number)
        await self.settle(charge, charged=True)
        return True

    async def unsettled(self, draw_id: int) -> int | None:
        """The newest charge of a draw whose job's end is not known yet."""
        charge: int | None = (await self._statements.execute(_unsettled, {"draw": draw_id})).scalar()
        return charge

    async def settle(self, charge: int, *, charged: bool) -> None:
        """Stores how a job ended. A charge that was settled before stays as it is."""
        end = ChargeState.CHARGED if charged else ChargeState.FREE
        await self._statements.execute(_settled, {"charge": charge, "end": end})

    async def purge(self, before: datetime) -> int:
        """Deletes charges that no longer count, and returns their number."""
        return (await self._statements.execute(delete(charges).where(charges.c.at <= before))).rowcount
