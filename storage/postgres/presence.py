"""Heartbeats and leader election of the processes that share a PostgreSQL database.

Each process has a row with a heartbeat, and a session that holds advisory locks: its own, and the leader's in one of
them. A killed process loses its session at once. A frozen one keeps it, but its heartbeat stops; if it was the
leader, the process that wants to lead terminates its session.
"""

from dataclasses import dataclass

from storage.postgres.server import Connection, Server
from storage.postgres.single_connection import SingleConnection
from storage.records import InboxUpdate
from storage.repositories.signals import INBOX_CHANNEL

DEAD_AFTER = 5.0  # s without a heartbeat, whatever its session says
GONE_AFTER = 2.0  # s without a heartbeat and without a session
FORGOTTEN_AFTER = 3600.0  # s: the row goes
STATEMENT_SECONDS = 3.0

# Advisory locks per schema, so that two bots in one database do not collide: (class, process), and (class, 0) for the
# leader.
_CLASS = "hashtext('imagine-bot ' || current_schema())"
_ENTER = "INSERT INTO processes (label, beat_at) VALUES ($1, clock_timestamp()) RETURNING id"
_BEAT = "UPDATE processes SET beat_at = clock_timestamp() WHERE id = $1 RETURNING id"
_LEAVE = "DELETE FROM processes WHERE id = $1"
_HOLD = f"SELECT pg_try_advisory_lock({_CLASS}, $1::int4)"
_LEAD = f"SELECT pg_try_advisory_lock({_CLASS}, 0)"
_END_A_LEADER_THAT_STANDS_STILL = f"""
SELECT pg_terminate_backend(leader.pid)
FROM pg_locks AS leader
LEFT JOIN pg_locks AS own ON own.pid = leader.pid AND own.locktype = 'advisory' AND own.classid = leader.classid
    AND own.objid <> 0 AND own.objsubid = 2 AND own.database = leader.database
LEFT JOIN processes ON processes.id = own.objid::bigint
WHERE leader.locktype = 'advisory' AND leader.granted AND leader.objid = 0 AND leader.objsubid = 2
    AND leader.classid::bigint = ({_CLASS})::bigint & 4294967295
    AND leader.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (processes.id IS NULL OR processes.beat_at < clock_timestamp() - make_interval(secs => $1))
"""  # noqa: S608 - of constants
_LIVING = f"""
SELECT processes.id FROM processes
WHERE processes.beat_at >= clock_timestamp() - make_interval(secs => $2) AND (
    processes.beat_at >= clock_timestamp() - make_interval(secs => $3) OR EXISTS (
        SELECT FROM pg_locks AS own
        WHERE own.locktype = 'advisory' AND own.granted AND own.objsubid = 2 AND own.objid::bigint = processes.id
            AND own.classid::bigint = ({_CLASS})::bigint & 4294967295
            AND own.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
)
"""  # noqa: S608 - likewise
_CLAIM = f"""
UPDATE inbox SET owner = $1, crashes = crashes + 1
WHERE owner IS NULL OR (owner <> $1 AND owner NOT IN ({_LIVING}))
RETURNING update_id, lane, body, attempts, received_at, crashes
"""  # noqa: S608 - likewise
_MINE = "SELECT update_id, lane, body, attempts, received_at, crashes FROM inbox WHERE owner = $1 ORDER BY update_id"
_IS_MINE = "SELECT true FROM inbox WHERE update_id = $1 AND owner = $2"
_FORGET = "DELETE FROM processes WHERE beat_at < clock_timestamp() - make_interval(secs => $1)"


@dataclass(frozen=True, slots=True)
class Beat:
    """The result of a heartbeat.

    `process_id` changes when the others had given this process up. `leads`: this process is the leader. `called`:
    other processes received updates for this one.
    """

    process_id: int
    leads: bool
    called: bool


class Presence:
    """This process among the others; `label` is for operators.

    All methods raise StorageUnavailable; after that this process is no longer the leader.
    """

    def __init__(self, server: Server, label: str) -> None:
        self._wire = SingleConnection(server, seconds=STATEMENT_SECONDS, on_open=self._opened)
        self._label = label
        self._id: int | None = None
        self._held = False
        self._leads = False
        self._called = True

    async def beat(self, *, lead: bool) -> Beat:
        """Sends a heartbeat. With `lead` this process becomes the leader when there is none, and stays the leader as
        long as its session lives."""

        async def live(connection: Connection) -> Beat:
            if self._id is None or await connection.fetchval(_BEAT, self._id) is None:
                self._id, self._held, self._called = await connection.fetchval(_ENTER, self._label), False, True
            if not self._held:  # it may take the server a moment to see that an earlier session of ours has ended
                self._held = await connection.fetchval(_HOLD, self._id)
            if lead and not self._leads:
                await connection.fetch(_END_A_LEADER_THAT_STANDS_STILL, DEAD_AFTER)
                self._leads = await connection.fetchval(_LEAD)
            assert self._id is not None
            called, self._called = self._called, False
            return Beat(self._id, self._leads, called)

        return await self._wire.run(live)

    async def claim(self) -> list[InboxUpdate]:
        """Takes over the updates of dead processes and those without a process, in the order of their ids."""
        rows = await self._wire.rows(_CLAIM, self._id, DEAD_AFTER, GONE_AFTER)
        await self._wire.rows(_FORGET, FORGOTTEN_AFTER)
        return sorted((InboxUpdate(*row) for row in rows), key=lambda update: update.update_id)

    async def mine(self) -> list[InboxUpdate]:
        """This process's updates, in the order of their ids."""
        return [InboxUpdate(*row) for row in await self._wire.rows(_MINE, self._id)]

    async def is_mine(self, update_id: int) -> bool:
        return bool(await self._wire.rows(_IS_MINE, update_id, self._id))

    async def leave(self) -> None:
        """Ends this process's presence; others may take over its updates."""
        try:
            if self._id is not None:
                await self._wire.rows(_LEAVE, self._id)
        finally:
            self._wire.drop()

    async def _opened(self, connection: Connection) -> None:
        self._leads = self._held = False
        await connection.add_listener(INBOX_CHANNEL, self._hear)
        self._called = True  # what was said meanwhile was not heard

    def _hear(self, _connection: Connection, _pid: int, _channel: str, payload: str) -> None:
        self._called = self._called or payload == str(self._id)
