"""Statements that differ between SQLite and PostgreSQL."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Union

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select, text
from sqlalchemy.dialects import sqlite

from storage.statements.columns import Ids
from storage.statements.connection import Statements, Values
from storage.statements.prepared import Prepared

# "admit" as a number: any constant that nothing else in the database locks.
_ADMISSION_LOCK = 0x61646D6974
_SPENDING_LOCK = 0x7370656E64  # "spend"
_ACCOUNT_LOCKS = 0x61636374  # "acct": locks of two numbers are apart from those of one
_LANE_LOCKS = 0x6C616E65  # "lane"

if TYPE_CHECKING:  # a bot on SQLite does without the other
    from sqlalchemy.dialects import postgresql

Insert = Union["postgresql.Insert", sqlite.Insert]


def insert(statements: Statements, table: Table) -> Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_for(statements.dialect, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """Like `insert`, for a prepared statement."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def among(dialect: str, column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """The condition that `column` is one of any number of ids, which are the value `name` of a prepared statement."""
    ids = bindparam(name, type_=Ids)
    if dialect == "postgresql":
        return column == func.any(ids)
    return column.in_(select(func.json_each(ids).table_valued("value").c.value))


async def lock_admission(statements: Statements) -> None:
    """Locks admission until this transaction ends."""
    await _lock(statements, _ADMISSION_LOCK)


async def lock_account(statements: Statements, account: int) -> None:
    """Locks everything that counts towards a person's (or a chat's) limits until this transaction ends. Take it before
    any other lock.

    Two accounts may share a lock: then one waits for the other.
    """
    if statements.dialect == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:kind, hashint8(:account))")
        await statements.execute(lock, {"kind": _ACCOUNT_LOCKS, "account": account})


async def lock_lanes(statements: Statements, lanes: Collection[int]) -> None:
    """Locks which process handles the updates of these lanes, until this transaction ends. For PostgreSQL only."""
    ordered = "SELECT DISTINCT hashint8(lane) AS key FROM unnest(:lanes) AS lane ORDER BY key"
    lock = text(f"SELECT pg_advisory_xact_lock(:kind, key) FROM ({ordered}) AS keys")  # noqa: S608 - our own words
    values = {"kind": _LANE_LOCKS, "lanes": list(lanes)}
    await statements.execute(lock.bindparams(bindparam("lanes", type_=Ids)), values)


async def lock_spending(statements: Statements) -> None:
    """Locks reservations of costs until this transaction ends. Take it before locking any request."""
    await _lock(statements, _SPENDING_LOCK)


async def _lock(statements: Statements, key: int) -> None:
    """Takes an advisory lock; nothing to do on SQLite, which has one writer at a time."""
    if statements.dialect == "postgresql":
        await statements.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def try_lock_admission(statements: Statements) -> bool:
    """Like `lock_admission`, but returns False at once if another process has the lock."""
    if statements.dialect != "postgresql":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool((await statements.execute(lock, {"key": _ADMISSION_LOCK})).scalar())


async def lock_rows(statements: Statements, rows: Prepared | Select[int], values: Values | None = None) -> None:
    """Locks rows until this transaction ends. Lock requests before draws, always, to avoid deadlocks. Prepared
    statements use `with_for_update` instead."""
    if statements.dialect == "postgresql":
        await statements.execute(rows if isinstance(rows, Prepared) else rows.with_for_update(), values)
