"""The few statements that SQLite and PostgreSQL spell differently."""

from sqlalchemy import Select, Table, text
from sqlalchemy.dialects import postgresql, sqlite

from storage.statements import Statements

# "admit" as a number: any constant does that nothing else in the database locks.
_ADMISSION_LOCK = 0x61646D6974

Insert = postgresql.Insert | sqlite.Insert


def insert(statements: Statements, table: Table) -> Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if statements.dialect == "sqlite" else postgresql.insert(table)


async def lock_admission(statements: Statements) -> None:
    """One admission at a time until this transaction ends. On SQLite a transaction that writes is alone anyway."""
    if statements.dialect == "postgresql":
        await statements.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADMISSION_LOCK})


async def lock_rows(statements: Statements, rows: Select[int]) -> None:
    """Nobody else changes these rows until this transaction ends. Requests are locked before draws, everywhere, so
    that no two transactions wait for each other."""
    if statements.dialect == "postgresql":
        await statements.execute(rows.with_for_update())
