"""Connections to the PostgreSQL server that a URL names, with libpq's URL parameters.

asyncpg itself reads `sslmode`, `sslrootcert`, `passfile`, `target_session_attrs` and others, and sends every parameter
that it does not know to the server as a setting. So libpq's other parameters are translated here, ignored, or rejected
by name, before the server rejects them with an obscure message.
"""

import asyncio
import shlex
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from storage.errors import StorageMisconfigured, unavailable

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0  # nothing here takes as long unless a lock is held
IDLE_SECONDS = 10  # a process that stands still within a transaction loses it, and others get the locks
POOLER_SECONDS = 5.0  # for a statement of the check, which takes a millisecond

# https://www.postgresql.org/docs/current/libpq-connect.html: parameters that have no effect here ...
_WITHOUT_EFFECT = frozenset(
    {"gssencmode", "sslcompression", "sslsni", "client_encoding", "keepalives", "keepalives_idle"}
    | {"keepalives_interval", "keepalives_count", "tcp_user_timeout", "load_balance_hosts", "require_auth"}
)
# ... and parameters that cannot be honoured.
_UNKNOWN = frozenset({"hostaddr", "requirepeer", "replication", "sslcrldir", "gssdelegation", "sslcertmode"})

Connection = Any  # asyncpg's, which has no types


class Server:
    """The server of `postgresql://user:password@host/database?sslmode=...`.

    Raises StorageMisconfigured for parameters that cannot work, and without asyncpg.
    """

    def __init__(self, url: str) -> None:
        try:
            import asyncpg
        except ModuleNotFoundError as error:
            raise StorageMisconfigured(
                "a postgresql:// database needs the extra `postgres`: pip install 'imagine-bot[postgres]'"
            ) from error
        self._asyncpg = asyncpg
        self._ssl: ssl.SSLContext | None = None
        self._timeout = CONNECT_SECONDS
        parts = urlsplit(url)
        kept = self._translated(parse_qsl(parts.query, keep_blank_values=True))
        self.url = urlunsplit(parts._replace(query=urlencode(kept)))

    async def connect(self, *, statement_seconds: float | None = STATEMENT_SECONDS) -> Connection:
        """Opens a connection. Raises StorageMisconfigured or StorageUnavailable; later calls raise asyncpg's errors."""
        errors = self._asyncpg.exceptions
        try:
            connection = await self._asyncpg.connect(
                self.url, ssl=self._ssl, timeout=self._timeout, command_timeout=statement_seconds
            )
        except errors.ClientConfigurationError as error:
            raise StorageMisconfigured(f"DATABASE_URL: {error}") from error
        except (
            errors.UndefinedObjectError,
            errors.InvalidParameterValueError,
            errors.CantChangeRuntimeParamError,
        ) as e:
            raise StorageMisconfigured(f"DATABASE_URL: PostgreSQL says {e}") from e
        except ssl.SSLCertVerificationError as error:
            raise StorageMisconfigured(f"DATABASE_URL: the server's certificate: {error.verify_message}") from error
        except (errors.PostgresError, errors.InterfaceError, OSError) as error:
            raise unavailable(error) from error
        try:
            # With JIT, planning the admission statement takes 30 ms instead of 0.6. Not a startup parameter: a pooler
            # in session mode, which otherwise works, rejects those.
            await connection.execute(f"SET jit = off; SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
        except BaseException as error:
            connection.terminate()
            if isinstance(error, errors.PostgresConnectionError | errors.InterfaceError | OSError):  # it broke again
                raise unavailable(error) from error
            raise
        return connection

    async def check_sessions(self) -> None:
        """Raises StorageMisconfigured behind a pooler in transaction mode: locks and LISTEN would end up in other
        clients' sessions.

        The test: while a second session is busy on the connection that the first one last used, the first must still
        get that same connection.
        """
        async with self._session() as ours, self._session() as others:
            try:
                async with asyncio.timeout(POOLER_SECONDS):
                    mine = await ours.fetchval("SELECT pg_backend_pid()")
                    await others.execute("BEGIN")
                    theirs = await others.fetchval("SELECT pg_backend_pid()")
                    again = await ours.fetchval("SELECT pg_backend_pid()")
            except self._asyncpg.ConnectionDoesNotExistError as error:  # it broke
                raise unavailable(error) from error
            except (TimeoutError, self._asyncpg.PostgresError, self._asyncpg.InterfaceError) as error:
                raise StorageMisconfigured(
                    f"{_POOLER} (asked for its sessions, it said: {error or 'nothing'})"
                ) from error
            if mine != again or mine == theirs:
                raise StorageMisconfigured(_POOLER)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[Connection]:
        connection = await self.connect()
        try:
            yield connection
        finally:
            connection.terminate()

    def _translated(self, given: list[tuple[str, str]]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, value in given:
            if name in _UNKNOWN or (name == "channel_binding" and value == "require"):
                raise StorageMisconfigured(f"DATABASE_URL: {name}={value} is not known here: leave it out")
            if name in _WITHOUT_EFFECT or name == "channel_binding":
                continue
            if name == "connect_timeout":
                self._timeout = max(_seconds(value), 2.0) if _seconds(value) else CONNECT_SECONDS
            elif name == "options":
                kept.update(_settings(value))
            elif name == "fallback_application_name":
                kept.setdefault("application_name", value)
            elif name == "sslrootcert" and value == "system":
                self._ssl = ssl.create_default_context()
            else:
                kept[name] = value
        if self._ssl is not None:
            kept.pop("sslmode", None)  # with the system's authorities libpq allows verify-full alone
        return kept


_POOLER = (
    "DATABASE_URL leads to a pooler that gives every transaction another session (pgbouncer: pool_mode=transaction), "
    "where locks and LISTEN are lost: use session mode there, or the server's own port"
)


def _seconds(value: str) -> float:
    """Parses `connect_timeout` as libpq does: whole seconds, 0 or less for no limit. Raises StorageMisconfigured."""
    try:
        return max(float(value), 0.0)
    except ValueError:
        raise StorageMisconfigured(f"DATABASE_URL: connect_timeout={value} is no number of seconds") from None


def _settings(options: str) -> dict[str, str]:
    """Parses `options` as libpq does: `-c search_path=bot --work_mem=64MB`. Raises StorageMisconfigured."""
    found: dict[str, str] = {}
    words = iter(shlex.split(options))
    for word in words:
        assignment = next(words, "") if word == "-c" else word.removeprefix("-c").removeprefix("--")
        name, equals, value = assignment.partition("=")
        if not word.startswith("-") or not equals:
            raise StorageMisconfigured(f"DATABASE_URL: options={options} is not understood: give -c name=value")
        found[name.replace("-", "_")] = value
    return found
