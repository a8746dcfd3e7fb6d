"""The queue of admitted draws (PgQueuer): workers take jobs from it and keep them with heartbeats.

Only PgQueuer's `QueueManager` is used, over a driver that survives outages of the database. This module decides how
many jobs are taken: a job whose draw has ended and that is being delivered does not count against the worker's
concurrency.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta
from typing import Any, Self, TypeVar

from pgqueuer.core.tm import TaskManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job
from pgqueuer.ports.repository import EntrypointExecutionParameter
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from storage.errors import PutBackError, StorageUnavailable
from storage.postgres.listener import Listener
from storage.postgres.server import Connection, Server
from storage.postgres.single_connection import SingleConnection
from storage.repositories.work_leases import ENTRYPOINT

log = logging.getLogger(__name__)
logging.getLogger("pgqueuer").setLevel(logging.WARNING)  # a line for every statement that it repeats

T = TypeVar("T")
HEARTBEAT = 5.0  # s without one: others may take the job. They come every half of it
LOOK = 2.0  # s between two looks into the queue without a notification
BATCH = 10
STATEMENT_SECONDS = 10.0
PAUSES = (0.1, 0.3, 1.0, 2.0)  # s before a statement is repeated after an outage; the last one from then on


class _Driver:
    """PgQueuer's connection, which repeats a statement after an outage. That is safe for all of PgQueuer's
    statements: a job taken by a lost answer gets no heartbeats, and returns to the queue."""

    def __init__(self, server: Server, listener: Listener) -> None:
        self._wire = SingleConnection(server, seconds=STATEMENT_SECONDS)
        self._listener = listener
        self._shutdown = asyncio.Event()
        self._heard: list[tuple[str, Callable[[str], None]]] = []

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return [dict(row) for row in await self._again(lambda: self._wire.rows(query, *args))]

    async def execute(self, query: str, *args: object) -> str:
        async def run(connection: Connection) -> str:
            done: str = await connection.execute(query, *args)
            return done

        return await self._again(lambda: self._wire.run(run))

    async def notify(self, channel: str, payload: str) -> None:
        await self.execute("SELECT pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: Callable[[str | bytes | bytearray], None]) -> None:
        self._heard.append((f"'{channel}'", callback))
        await self._listener.listen(*self._heard[-1])

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for channel, callback in self._heard:
            self._listener.forget(channel, callback)
        self._heard.clear()

    def close(self) -> None:
        self._wire.drop()

    async def _again(self, statement: Callable[[], Awaitable[T]]) -> T:
        tried = 0
        while True:
            try:
                return await statement()
            except StorageUnavailable as error:
                if not tried:
                    log.warning("work queue waits: database unavailable", extra={"error": str(error)})
                await asyncio.sleep(PAUSES[min(tried, len(PAUSES) - 1)])
                tried += 1


class _Taker(QueueManager):
    """Takes no more jobs than there is room for. `given`: jobs that have not started yet."""

    room: Callable[[], int]
    given: set[int]

    async def fetch_jobs(
        self, batch_size: int, global_concurrency_limit: int | None, heartbeat_timeout: timedelta
    ) -> AsyncGenerator[Job, None]:
        entrypoints = {name: EntrypointExecutionParameter(concurrency_limit=0) for name in self.entrypoint_registry}
        while not self.shutdown.is_set() and (free := self.room() - len(self.given)) > 0:
            jobs = await self.queries.dequeue(
                batch_size=min(batch_size, free),
                entrypoints=entrypoints,
                queue_manager_id=self.queue_manager_id,
                global_concurrency_limit=None,
                heartbeat_timeout=heartbeat_timeout,
            )
            if not jobs:
                return
            for job in jobs:
                if job.id not in self.job_context:  # else it is being done, and PgQueuer passes it over
                    self.given.add(job.id)
                yield job


class WorkQueue:
    """A worker of the queue.

    `take(draw_id, job_id)` runs a job to its end, or raises PutBackError; `room` returns how many more may be taken.
    """

    def __init__(
        self, server: Server, listener: Listener, take: Callable[[int, int], Awaitable[None]], room: Callable[[], int]
    ) -> None:
        self._driver = _Driver(server, listener)
        self._take = take
        self._room = room
        self._stopping = False
        self._taker: _Taker | None = None

    async def run(self) -> None:
        """Takes jobs until `stop`, then waits for those that were taken."""
        try:
            while not self._stopping:
                try:
                    await self._serve()
                except Exception:
                    log.exception("work queue failed, starting it again")
                    await asyncio.sleep(PAUSES[-1])
        finally:
            self._driver.close()

    def stop(self) -> None:
        """Stops taking jobs."""
        self._stopping = True
        if self._taker is not None:
            self._taker.shutdown.set()

    async def _serve(self) -> None:
        self._taker = taker = _Taker(Queries(self._driver))
        taker.room, taker.given = self._room, set()
        taker.entrypoint(ENTRYPOINT, accepts_context=False)(self._do)
        await taker.run(
            dequeue_timeout=timedelta(seconds=LOOK),
            batch_size=BATCH,
            heartbeat_timeout=timedelta(seconds=HEARTBEAT),
            log_aggregation_interval=timedelta(0),
        )

    async def _do(self, job: Any) -> None:  # Any: PgQueuer looks at the annotation, and wants none of Context
        if self._taker is not None:
            self._taker.given.discard(job.id)
        try:
            await self._take(int(job.payload), job.id)
        except PutBackError as error:
            raise RetryRequested(timedelta(seconds=error.seconds)) from error
