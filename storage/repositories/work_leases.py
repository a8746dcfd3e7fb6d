"""Leases of draws and outcomes among the processes on one PostgreSQL, and the queue of admitted draws.

The tables are the truth. A row of PgQueuer's queue (its payload is a draw's id) only asks a worker to take that draw
and to bring its request to an end; heartbeats keep the row while a worker does. Taking a draw raises its fencing token.
So if two workers believe that they hold it, only the later one can write.
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
# Orphans: draws in progress without a worker, and the last draws of requests without a worker that have not ended or
# whose users were not told of the cancellation.
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
    """The request and draw of a queue row. `draw` None: nothing is left to draw."""

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
    """For PostgreSQL only."""

    def __init__(self, statements: Statements, now: Callable[[], datetime]) -> None:
        self._statements = statements
        self._now = now

    # Workers

    async def worker_seen(self, worker_id: str, capacity: int) -> bool:
        """Registers this worker with its concurrency; repeat it within WORKER_SECONDS. True: it was not registered
        before."""
        await self._statements.execute(_FORGET, {"seconds": WORKER_SECONDS})
        seen = await self._statements.execute(_SEEN, {"id": worker_id, "capacity": capacity})
        return bool(seen.scalar())

    async def capacity(self) -> int:
        """The concurrent draws of all workers together."""
        found: int = (await self._statements.execute(_capacity)).scalar_one()
        return found

    # The queue

    async def enqueue(self, admitted: Sequence[Draw]) -> None:
        """Enqueues draws in the transaction that admitted them. Call it after that transaction's first statement:
        before that no transaction is open, and the rows would survive a rollback."""
        await self._enqueue({draw.id: f"{draw.id}.{draw.attempt}" for draw in admitted})

    async def requeue_stranded(self, grace: timedelta, told_within: timedelta) -> int:
        """Enqueues again what has been unfinished for longer than `grace` without a queue row. Returns the number.

        Returns 0 while another process does it.
        """
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

    # Leases

    async def take(self, draw_id: int) -> Taken | None:
        """Takes a draw and raises its fencing token. None: it no longer exists."""
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
        """Asks the process that holds the placeholder not to send it any more."""
        await tell_recall(self._statements, request_id)

    async def somebody_has(self, request_id: int, beside_job: int, heartbeat: float) -> bool:
        """Whether another queue row of this request has a worker, with a heartbeat in the last `seconds`."""
        values = {"request": request_id, "job": beside_job, "seconds": heartbeat}
        return bool((await self._statements.execute(_BUSY, values)).scalar())

    async def fences(
        self, draw_ids: Collection[int], request_ids: Collection[int]
    ) -> tuple[dict[int, tuple[int, DrawState]], dict[int, int]]:
        """The current attempts and states of draws, and the attempts of requests."""
        of_draws = await self._statements.execute(_fences_of_draws, {"chosen": list(draw_ids)}) if draw_ids else ()
        of_requests = (
            await self._statements.execute(_fences_of_requests, {"chosen": list(request_ids)}) if request_ids else ()
        )
        return {row[0]: (row[1], row[2]) for row in of_draws}, {row[0]: row[1] for row in of_requests}

    async def queued(self) -> int:
        """The number of rows in the queue, waiting or taken."""
        found: int = (await self._statements.execute(text("SELECT count(*) FROM pgqueuer"))).scalar_one()
        return found

    async def worker_gone(self, worker_id: str) -> None:
        await self._statements.execute(text("DELETE FROM workers WHERE id = :id"), {"id": worker_id})

    async def tidy(self) -> None:
        """Empties PgQueuer's log, which nothing here reads."""
        await self._statements.execute(text("DELETE FROM pgqueuer_log WHERE created < now() - interval '10 minutes'"))


def can_be_ended(request: Request, of_request: Sequence[Draw]) -> bool:
    """Whether an open request has no draws left to draw, so that its outcome can be shown."""
    if request.state is RequestState.DRAWN:
        return True
    return request.finished_at is None and all(
        draw.state not in {DrawState.WAITING, DrawState.DRAWING} for draw in of_request
    )
