"""The errors of storage, and the translation of the drivers' errors into them.

StorageError
├── StorageUnavailable   the database stays locked, is full, damaged or unreachable: try again later
├── StorageMisconfigured the URL, a driver or the schema's version is wrong: the operator has to act
└── AlreadyRunning       another process uses the same database file
"""

# ruff: noqa: N818  (these read as what happened)

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class StorageError(Exception):
    """The base class of storage's errors."""


class StorageUnavailable(StorageError):
    """Nothing was written. `__cause__` is the driver's error; the same call may succeed later."""


class StorageMisconfigured(StorageError):
    """The text says in one sentence what to change."""


class PutBackError(Exception):
    """Raised by a job's handler that cannot finish it: the job goes back to the queue for `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(f"in {seconds:g} s")
        self.seconds = seconds


class AlreadyRunning(StorageError):
    """The single-instance lock is held by another process."""


# A mistake in a statement or in its values does not go away by waiting.
_MISTAKES = (
    exc.IntegrityError,
    exc.ProgrammingError,
    exc.DataError,
    exc.NotSupportedError,
)
# From SQLite's driver itself, likewise. By name: a process on PostgreSQL does not load it.
_SQLITE_MISTAKES = frozenset({"IntegrityError", "ProgrammingError", "DataError", "NotSupportedError"})
_OUTAGES = (
    exc.DBAPIError,
    exc.TimeoutError,  # no connection of the pool became free
    exc.PendingRollbackError,  # a statement after the connection broke
    exc.ResourceClosedError,
    OSError,  # PostgreSQL does not answer; TimeoutError is one of these
)


def is_outage(error: BaseException) -> bool:
    """Whether the driver's error is temporary, so that the same call may succeed later."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    if raised := _of_sqlite(error):
        if "ProgrammingError" in raised and "closed database" in str(error):
            return True  # it broke, and was closed for that
        return "DatabaseError" in raised and not raised & _SQLITE_MISTAKES
    return isinstance(error, _OUTAGES) and not isinstance(error, _MISTAKES)


def _of_sqlite(error: BaseException) -> frozenset[str]:
    """The names of the error's classes that are those of SQLite's driver."""
    return frozenset(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "sqlite3")


def is_mistake(error: Exception) -> bool:
    """Whether PostgreSQL blames the statement or its values. Source of the classes:
    https://www.postgresql.org/docs/current/errcodes-appendix.html."""
    return str(getattr(error, "sqlstate", None))[:2] in {"22", "23", "42"}


def unavailable(error: BaseException) -> StorageUnavailable:
    """A StorageUnavailable for the driver's `error`. Its text never contains a statement's values."""
    original = getattr(error, "orig", None) or error
    said = str(original) or ("no answer in time" if isinstance(original, TimeoutError) else type(original).__name__)
    told = StorageUnavailable(f"the database is not available: {said}")
    told.__cause__ = error
    return told


@contextmanager
def translated() -> Iterator[None]:
    """Raises StorageUnavailable for the driver's outages; other errors pass unchanged."""
    try:
        yield
    except Exception as error:
        if is_outage(error):
            raise unavailable(error) from error
        raise
