"""The rate limit of Telegram calls that all processes share: one statement checks whether a call may go, and counts it.

It is the generic cell rate algorithm. Each bucket stores one moment, `due`, at which it will be full again; a call
advances it by `interval`, and may go while `due` is at most (burst - 1) intervals ahead of now. So at most burst +
span / interval calls go within any span of seconds.

The table is unlogged: after a crash of PostgreSQL it is empty. Then the global row is created anew with its budget
spent, and remembers when: a chat without a row counts as having spent its budget at that moment.
"""

from dataclasses import dataclass

from storage.postgres.server import Server
from storage.postgres.single_connection import SingleConnection

STATEMENT_SECONDS = 3.0  # a call that waits for longer waits for nothing
TIDIED_EVERY = 2000  # statements
CROWD, CROWD_SPAN = 3, 5.0  # so many chats refused within so many seconds: it is not the chats, it is us

# Lock the rows before reading the clock, so that waiting for the lock does not count as time passed.
_TAKE = """
WITH locked AS MATERIALIZED (
    SELECT key, due, paused_until, since FROM flood WHERE key IN ('', $1::text) ORDER BY key FOR UPDATE
), moment AS MATERIALIZED (
    SELECT extract(epoch FROM clock_timestamp())::float8 AS now FROM (SELECT count(*) FROM locked) AS waited
), known AS MATERIALIZED (
    SELECT now, over_all.key IS NULL AS fresh,
        coalesce(over_all.since, now) AS since,
        coalesce(over_all.due, now + $5::float8 * $6::float8) AS due_over_all,
        coalesce(over_all.paused_until, 0) AS paused_over_all,
        coalesce(chat.due, coalesce(over_all.since, now) + $2::float8 * $3::float8) AS due_chat,
        coalesce(chat.paused_until, 0) AS paused_chat
    FROM moment
    LEFT JOIN locked AS over_all ON over_all.key = ''
    LEFT JOIN locked AS chat ON chat.key = $1
), waits AS MATERIALIZED (
    SELECT *, greatest(due_chat - $2 * ($4::float8 - 1), paused_chat) - now AS wait_chat,
        greatest(due_over_all - $5 * ($7::float8 - 1), paused_over_all) - now AS wait_over_all
    FROM known
), taken AS (
    INSERT INTO flood (key, due, paused_until, since)
    SELECT '', CASE WHEN greatest(wait_chat, wait_over_all) <= 0 THEN greatest(due_over_all, now) + $5
                    ELSE due_over_all END, paused_over_all, since
    FROM waits WHERE fresh OR greatest(wait_chat, wait_over_all) <= 0
    UNION ALL
    SELECT $1, greatest(due_chat, now) + $2, paused_chat, 0
    FROM waits WHERE greatest(wait_chat, wait_over_all) <= 0
    ON CONFLICT (key) DO UPDATE SET due = greatest(flood.due, excluded.due)
)
SELECT greatest(wait_chat, 0) AS chat, greatest(wait_over_all, 0) AS over_all FROM waits
"""
_PAUSE = """
INSERT INTO flood (key, due, paused_until, refused_at)
SELECT $1::text, now, now + $2::float8, now FROM (SELECT extract(epoch FROM clock_timestamp())::float8 AS now) AS moment
ON CONFLICT (key) DO UPDATE
SET paused_until = greatest(flood.paused_until, excluded.paused_until), refused_at = excluded.refused_at
"""
# One of them may be a chat's own, much longer pause, so take the shortest.
_PAUSE_ALL = """
UPDATE flood SET paused_until = greatest(flood.paused_until, crowd.until)
FROM (
    SELECT count(*) AS chats, min(paused_until) AS until FROM flood
    WHERE key <> '' AND refused_at > extract(epoch FROM clock_timestamp())::float8 - $1::float8
) AS crowd
WHERE key = '' AND crowd.chats >= $2
"""
_TIDY = """
DELETE FROM flood
WHERE key <> '' AND greatest(due, paused_until, refused_at + 60) < extract(epoch FROM clock_timestamp())::float8
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A call every `interval` seconds, and `burst` calls at once after a pause.

    `mine`: how much of the burst this call may use; less urgent calls leave a share to the others.
    """

    interval: float
    burst: float
    mine: float


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds until the chat's bucket and the global one allow the call. Both 0: it was counted and may go now."""

    chat: float
    over_all: float

    @property
    def granted(self) -> bool:
        return self.chat <= 0 and self.over_all <= 0


class FloodLedger:
    """The shared rate limit. All methods raise StorageUnavailable."""

    def __init__(self, server: Server) -> None:
        self._wire = SingleConnection(server, seconds=STATEMENT_SECONDS)
        self._until_tidy = TIDIED_EVERY

    async def take(self, chat: str, bucket: Bucket, over_all: Bucket) -> Waits:
        """Counts one call to `chat` in both buckets, or in neither, and returns how long to wait."""
        self._until_tidy -= 1
        if self._until_tidy <= 0:
            self._until_tidy = TIDIED_EVERY
            await self._wire.rows(_TIDY)
        found = await self._wire.rows(
            _TAKE,
            chat,
            *(bucket.interval, bucket.burst, bucket.mine),
            *(over_all.interval, over_all.burst, over_all.mine),
        )
        return Waits(*found[0])

    async def pause(self, chat: str, seconds: float) -> None:
        """Stops calls to `chat` for `seconds` after Telegram refused one (429); stops all calls when several chats
        were refused within a few seconds."""
        await self._wire.rows(_PAUSE, chat, seconds)
        await self._wire.rows(_PAUSE_ALL, CROWD_SPAN, CROWD)

    def close(self) -> None:
        self._wire.drop()
