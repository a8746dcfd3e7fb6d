"""Costs of draws: reserved when a request is accepted, settled by how each draw ends.

There is no balance to keep: the draws themselves are summed. Waiting, running and finished draws count with their cost,
failed and cancelled ones do not, and one that another model took over costs what that model costs. So nothing has to be
refunded, and a crash leaves no reservation behind.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Executable, bindparam, case, cast, func, select

from storage.records import DrawState, Spent
from storage.statements.connection import Statements
from storage.statements.dialects import lock_spending
from storage.statements.prepared import is_one_of, prepared
from storage.statements.tables import draw_is_paid, draws

_COUNTED = (DrawState.WAITING, DrawState.DRAWING, DrawState.DRAWN)


@prepared()
def _spent(_: str) -> Executable:
    of_requester = case((draws.c.requester_id == bindparam("person"), draws.c.cost), else_=0)
    sums = (cast(func.coalesce(func.sum(amount), 0), BigInteger) for amount in (of_requester, draws.c.cost))
    return select(*sums).where(
        draw_is_paid,
        draws.c.reserved_at > bindparam("since"),
        is_one_of(draws.c.state, _COUNTED),
        draws.c.id != bindparam("without"),
    )


class Spending:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def lock(self) -> None:
        """Locks reservations until the transaction ends, so that the sums stay true."""
        await lock_spending(self._statements)

    async def since(self, requester_id: int, when: datetime, *, without: int | None = None) -> Spent:
        """The sums of everything reserved after `when`, except the draw `without`."""
        values = {"person": requester_id, "since": when, "without": without or 0}  # ids begin with 1
        return Spent(*(await self._statements.execute(_spent, values)).one())
