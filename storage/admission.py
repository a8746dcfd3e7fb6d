"""Who is next: the order of admission, as one statement.

Draws that were taken up before (attempt > 0: after a crash or a shutdown) come first. Then a draw's rank is the number
of draws its requester has running plus its place among those the requester has waiting, so the first of a newcomer goes
before the second of anybody; among equals, whose last service is longest ago (never: first), then the oldest draw.

What is chosen keeps three limits: draws at once of a requester, of a model and over all. A draw of a model that is full
does not count for its requester's places, so it holds up nothing behind it. One run may leave a free slot where two
limits meet; it always chooses something while anything may be admitted, so running it until it chooses nothing fills
all slots.
"""

from sqlalchemy import CTE, ColumnElement, Select, UnaryExpression, case, func, literal, select

from storage.records import DrawState, Limits
from storage.tables import draw_is, draws, users


def admissible(limits: Limits) -> Select[int]:
    """Ids of the draws to admit now, who is first coming first."""
    running = _running()
    queue = _queue(running, free=_free(running, limits))
    mine = (
        select(queue, func.row_number().over(partition_by=queue.c.model, order_by=_order(queue)).label("of_model"))
        .where(queue.c.rank <= limits.per_user)
        .cte("mine")
    )
    chosen = (
        select(mine, func.row_number().over(order_by=_order(mine)).label("place"))
        .where(mine.c.of_model <= mine.c.free)
        .cte("chosen")
    )
    taken = select(func.count()).select_from(running).scalar_subquery()
    return select(chosen.c.id).where(chosen.c.place + taken <= limits.total).order_by(chosen.c.place)


def places() -> Select[int]:
    """Ids of the requests that wait, in the order in which the first waiting draw of each comes up; caps aside."""
    queue = _queue(_running(), free=literal(1))
    order = select(queue, func.row_number().over(order_by=_order(queue)).label("place")).cte("ordered")
    return select(order.c.request_id).group_by(order.c.request_id).order_by(func.min(order.c.place))


def _running() -> CTE:
    return select(draws.c.requester_id, draws.c.model).where(draw_is(DrawState.DRAWING)).cte("running")


def _free(running: CTE, limits: Limits) -> ColumnElement[int]:
    """Free slots of a draw's model; as many as there are over all where the model has no cap."""
    caps = [(draws.c.model == model, literal(cap)) for model, cap in limits.per_model.items()]
    cap = case(*caps, else_=limits.total) if caps else literal(limits.total)
    taken = select(func.count()).select_from(running).where(running.c.model == draws.c.model).scalar_subquery()
    return cap - taken


def _queue(running: CTE, free: ColumnElement[int]) -> CTE:
    """Every waiting draw whose model has a free slot, with what the order looks at."""
    of_user = (
        select(running.c.requester_id, func.count().label("draws"))
        .group_by(running.c.requester_id)
        .cte("running_of_user")
    )
    resumed = case((draws.c.attempt > 0, 0), else_=1)
    place_of_user = func.row_number().over(partition_by=draws.c.requester_id, order_by=(resumed, draws.c.id))
    return (
        select(
            draws.c.id,
            draws.c.request_id,
            draws.c.model,
            resumed.label("resumed"),
            (func.coalesce(of_user.c.draws, 0) + place_of_user).label("rank"),
            users.c.last_served,
            free.label("free"),
        )
        .outerjoin(of_user, of_user.c.requester_id == draws.c.requester_id)
        .outerjoin(users, users.c.user_id == draws.c.requester_id)
        .where(draw_is(DrawState.WAITING), free > 0)
        .cte("queue")
    )


def _order(queue: CTE) -> tuple[ColumnElement[object] | UnaryExpression[object], ...]:
    return queue.c.resumed, queue.c.rank, queue.c.last_served.asc().nulls_first(), queue.c.id
