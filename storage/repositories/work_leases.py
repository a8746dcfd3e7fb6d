"""How processes on one PostgreSQL share the drawing: the queue of what was admitted, and whose a draw or an end is.

The tables are the truth. A row of PgQueuer's queue (its payload is a draw's id) only says that somebody is to take
that draw up and bring its request to the end; it stays there, kept alive by heartbeats, for as long as somebody does.
Whoever takes a draw up raises its fence, so that of two who believe to have it the first changes nothing any more.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, func, select, text, update

from storage.records import Draw, DrawState, Request, RequestState
from storage.repositories.draws import DRAW_COLUMNS, draws_of_request
from storage.repositories.request_statements import REQUEST_COLUMNS
from storage.repositories.requests import UNTOLD
from storage.repositories.signals import tell_drawing, tell_recall
from storage.statements.connection import Statements
from storage.statements.dialects import among
from storage.statements.prepared import prepared
from storage.statements.tables import draw_is, draws, requests, workers

ENTRYPOINT = "draw"
WORKER_SECONDS = 10.0  # a worker that was not seen for so long has no capacity
_RECONCILE_LOCK = 0x7265636F6E  # "recon" as a number: any constant does
_IN_QUEUE = "SELECT FROM pgqueuer q WHERE q.entrypoint = 'draw' AND q.payload = convert_to(d.id::text, 'UTF8')"
# Draws that nobody has, although they are being drawn; and of requests that nobody has, although they are not at their
# end, or although nobody saw that they were cancelled: their last draws.
_STRANDED = text(
    f"""
    SELECT d.id FROM draws d
    WHERE d.state = 'drawing' AND d.started_at < :before AND NOT EXISTS ({_IN_QUEUE})
    UNION ALL
    SELECT max(d.id) FROM requests r JOIN draws d ON d.request_id = r.id
    WHERE r.finished_at IS NULL
    GROUP BY r.id
    HAVING bool_and(d.state NOT IN ('waiting', 'drawing')) AND max(d.finished_at) < :before
        AND NOT bool_or(EXISTS ({_IN_QUEUE}))
    UNION ALL
    SELECT max(d.id) FROM requests r JOIN draws d ON d.request_id = r.id
    WHERE r.finished_at IS NOT NULL AND r.finished_at BETWEEN :since AND :before
        AND r.state = 'cancelled' AND r.reason = '{UNTOLD}'
    GROUP BY r.id
    HAVING NOT bool_or(EXISTS ({_IN_QUEUE}))
    """  # noqa: S608 - of constants
)
_BUSY = text(
    """
    SELECT EXISTS (
        SELECT FROM pgqueuer q JOIN draws d ON q.payload = convert_to(d.id::text, 'UTF8')
        WHERE d.request_id = :request AND q.entrypoint = 'draw' AND q.status = 'picked' AND q.id <> :job
            AND q.heartbeat > now() - make_interval(secs => :seconds)
    )
    """
)
_SEEN = text(
    "INSERT INTO workers (id, capacity, seen_at) VALUES (:id, :capacity, clock_timestamp()) "
    "ON CONFLICT (id) DO UPDATE SET capacity = excluded.capacity, seen_at = excluded.seen_at RETURNING xmax = 0"
)
_FORGET = text("DELETE FROM workers WHERE seen_at < clock_timestamp() - make_interval(secs => :seconds)")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row of the queue leads to. `draw` is None when it is not to be drawn (any more)."""

    request: Request
    draws: list[Draw]
    draw: Draw | None


@prepared()
def _taken(_: str) -> Executable:
    return (
        update(draws)
        .where(draws.c.id == bindparam("draw"), draw_is(DrawState.DRAWING))
        .values(attempt=draws.c.attempt + 1)
        .returning(*DRAW_COLUMNS)
    )


@prepared()
def _request_of(_: str) -> Executable:
    return (
        select(*REQUEST_COLUMNS).join(draws, draws.c.request_id == requests.c.id).where(draws.c.id == bindparam("draw"))
    )


@prepared()
def _fences_of_draws(dialect: str) -> Executable:
    return select(draws.c.id, draws.c.attempt, draws.c.state).where(among(dialect, draws.c.id, "chosen"))


@prepared()
def _fences_of_requests(dialect: str) -> Executable:
    return select(requests.c.id, requests.c.attempt).where(among(dialect, requests.c.id, "chosen"))


@prepared()
def _capacity(_: str) -> Executable:
    since = func.clock_timestamp() - timedelta(seconds=WORKER_SECONDS)
    return select(func.coalesce(func.sum(workers.c.capacity), 0)).where(workers.c.seen_at > since)


class Dispatch:
    """On PostgreSQL only."""

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    # Who draws

    async def worker_seen(self, worker_id: str, capacity: int) -> bool:
        """This process draws, so many at once; say so again within WORKER_SECONDS. True: it was not known before."""
        await self._statements.execute(_FORGET, {"seconds": WORKER_SECONDS})
        seen = await self._statements.execute(_SEEN, {"id": worker_id, "capacity": capacity})
        return bool(seen.scalar())

    async def capacity(self) -> int:
        """How many draws at once all workers together have room for."""
        found: int = (await self._statements.execute(_capacity)).scalar_one()
        return found

    # The queue

    async def enqueue(self, admitted: Sequence[Draw]) -> None:
        """In the transaction that admitted them, after its statement: before the first statement of ours there is no
        transaction, and what is enqueued would survive its rollback."""
        await self._enqueue({draw.id: f"{draw.id}.{draw.attempt}" for draw in admitted})

    async def requeue_stranded(self, grace: timedelta, told_within: timedelta) -> int:
        """Enqueue again what stands unfinished for longer than `grace` without a row in the queue; says how many.
        0 as well when another process is at it."""
        alone = text("SELECT pg_try_advisory_xact_lock(:key)")
        if not (await self._statements.execute(alone, {"key": _RECONCILE_LOCK})).scalar():
            return 0
        now = self._now()
        found = await self._statements.execute(_STRANDED, {"before": now - grace, "since": now - told_within})
        stranded = {draw_id: f"{draw_id}.again" for (draw_id,) in found}
        await self._enqueue(stranded)
        return len(stranded)

    async def _enqueue(self, keys: dict[int, str]) -> None:
        if not keys:
            return
        from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
        from pgqueuer.queries import Queries

        count = len(keys)
        await self._statements.beneath(
            lambda connection: Queries(AsyncpgDriver(connection)).enqueue(
                [ENTRYPOINT] * count,
                [str(draw_id).encode() for draw_id in keys],
                [0] * count,
                dedupe_key=list(keys.values()),
                on_conflict="skip",
            )
        )

    # Whose it is

    async def take(self, draw_id: int) -> Taken | None:
        """Raise the fence of a draw that is to be drawn. None: there is no such draw any more."""
        taken = (await self._statements.execute(_taken, {"draw": draw_id})).first()
        found = (await self._statements.execute(_request_of, {"draw": draw_id})).first()
        if found is None:
            return None
        request = Request(*found)
        rows = await self._statements.execute(draws_of_request, {"request": request.id})
        if taken is not None:
            await tell_drawing(self._statements, request.id)
        return Taken(request, [Draw(*row) for row in rows], Draw(*taken) if taken is not None else None)

    async def recall(self, request_id: int) -> None:
        """Have a placeholder called back, by whatever process, that has not left."""
        await tell_recall(self._statements, request_id)

    async def somebody_has(self, request_id: int, beside_job: int, heartbeat: float) -> bool:
        """Whether another row of the queue keeps somebody busy with this request, by a heartbeat of so many seconds."""
        values = {"request": request_id, "job": beside_job, "seconds": heartbeat}
        return bool((await self._statements.execute(_BUSY, values)).scalar())

    async def fences(
        self, draw_ids: Collection[int], request_ids: Collection[int]
    ) -> tuple[dict[int, tuple[int, DrawState]], dict[int, int]]:
        """The attempts of these draws, with their states, and of these requests."""
        of_draws = await self._statements.execute(_fences_of_draws, {"chosen": list(draw_ids)}) if draw_ids else ()
        of_requests = (
            await self._statements.execute(_fences_of_requests, {"chosen": list(request_ids)}) if request_ids else ()
        )
        return {row[0]: (row[1], row[2]) for row in of_draws}, {row[0]: row[1] for row in of_requests}

    async def queued(self) -> int:
        """How many draws and ends wait for somebody or are somebody's."""
        found: int = (await self._statements.execute(text("SELECT count(*) FROM pgqueuer"))).scalar_one()
        return found

    async def worker_gone(self, worker_id: str) -> None:
        await self._statements.execute(text("DELETE FROM workers WHERE id = :id"), {"id": worker_id})

    async def tidy(self) -> None:
        """PgQueuer's log tells nothing that anybody here asks for."""
        await self._statements.execute(text("DELETE FROM pgqueuer_log WHERE created < now() - interval '10 minutes'"))


def can_be_ended(request: Request, of_request: Sequence[Draw]) -> bool:
    """Whether nothing of an open request is to be drawn any more."""
    if request.state is RequestState.DRAWN:
        return True
    return request.finished_at is None and all(
        draw.state not in {DrawState.WAITING, DrawState.DRAWING} for draw in of_request
    )
