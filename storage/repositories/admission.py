"""Admission: which waiting draws start next, as one statement.

Draws that were started before (attempt > 0: after a crash or a shutdown) come first. The others are ranked by
fairness: a draw's rank is the number of running draws of its requester plus its position among the requester's
waiting draws, so a newcomer's first draw precedes anyone's second. Among equals the requester who was served longest
ago (or never) goes first, then the oldest draw.

The choice respects three limits: concurrent draws per requester, per model, and in total. A draw whose model is full
does not count towards its requester's positions, so it delays nothing behind it. One run may leave a slot free where
two limits meet, but it always chooses something while anything is admissible: repeat it until it chooses nothing.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, UnaryExpression, bindparam, case, func, select

from storage.records import DrawState, Limits
from storage.statements.prepared import Prepared
from storage.statements.tables import draw_is, draws, users

_TOTAL = bindparam("total", type_=Integer)


def admissible(limits: Limits) -> tuple[Prepared, dict[str, int]]:
    """The admission statement and its values.

    Its rows, in order of admission and no more than the total allows: a draw's id, its model, how many slots that has
    free, and how many draws were considered. `with_slots` chooses among them; when all that were considered are chosen,
    there is nothing more to admit."""
    caps = {f"cap_{number}": cap for number, cap in enumerate(limits.per_model.values())}
    values = {"total": limits.total, "per_user": limits.per_user, **caps}
    return _prepared(tuple(limits.per_model)), values


@lru_cache(maxsize=8)  # the models change with the catalogue only
def _prepared(models: tuple[str, ...]) -> Prepared:
    return Prepared(lambda _: _admissible(models))


def with_slots(rows: Sequence[tuple[int, str, int, int]]) -> list[int]:
    """The draws of the statement's rows for which their models have free slots; the first one is always among them."""
    of_model = Counter[str]()
    found = []
    for draw_id, model, free, _ in rows:
        if of_model[model] < free:
            of_model[model] += 1
            found.append(draw_id)
    return found


def _admissible(models: tuple[str, ...]) -> Select[int, str, int, int]:
    running = _running()
    taken = select(func.count()).select_from(running).scalar_subquery()
    of_model = _counted(running, running.c.model, "running_of_model")
    free = _cap(models) - func.coalesce(of_model.c.draws, 0)
    queue = (
        _queue(running)
        .add_columns(free.label("free"))
        .outerjoin(of_model, of_model.c.model == draws.c.model)
        .where(free > 0, taken < _TOTAL)  # the second is known before any draw is looked at
        .cte("queue")
    )
    looked_at = select(func.count()).select_from(queue).scalar_subquery()
    return (
        select(queue.c.id, queue.c.model, queue.c.free, looked_at)
        .where(queue.c.rank <= bindparam("per_user", type_=Integer))
        .order_by(*_order(queue))
        .limit(case((taken < _TOTAL, _TOTAL - taken), else_=0))
    )


def places() -> Select[int]:
    """The ids of the requests of waiting draws, in the order of admission of the draws, limits aside."""
    queue = _queue(_running()).cte("queue")
    return select(queue.c.request_id).order_by(*_order(queue))


def _running() -> CTE:
    return select(draws.c.requester_id, draws.c.model).where(draw_is(DrawState.DRAWING)).cte("running")


def _counted(running: CTE, by: ColumnElement[object], name: str) -> CTE:
    return select(by, func.count().label("draws")).group_by(by).cte(name)


def _cap(models: tuple[str, ...]) -> ColumnElement[int]:
    """The limit of a draw's model; the total limit where the model has none."""
    caps = [(draws.c.model == model, bindparam(f"cap_{number}", type_=Integer)) for number, model in enumerate(models)]
    return case(*caps, else_=_TOTAL) if caps else _TOTAL


def _queue(running: CTE) -> Select[*tuple[Any, ...]]:  # Any: SQLAlchemy's own type for rows of any shape
    """All waiting draws with the columns that the order needs."""
    of_user = _counted(running, running.c.requester_id, "running_of_user")
    resumed = case((draws.c.attempt > 0, 0), else_=1)
    place = func.row_number().over(partition_by=draws.c.requester_id, order_by=(resumed, draws.c.id))
    return (
        select(
            draws.c.id,
            draws.c.request_id,
            draws.c.model,
            resumed.label("resumed"),
            (func.coalesce(of_user.c.draws, 0) + place).label("rank"),
            users.c.last_served,
        )
        .outerjoin(of_user, of_user.c.requester_id == draws.c.requester_id)
        .outerjoin(users, users.c.user_id == draws.c.requester_id)
        .where(draw_is(DrawState.WAITING))
    )


def _order(queue: CTE) -> tuple[ColumnElement[object] | UnaryExpression[object], ...]:
    return queue.c.resumed, queue.c.rank, queue.c.last_served.asc().nulls_first(), queue.c.id
