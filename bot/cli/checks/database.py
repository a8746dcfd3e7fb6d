"""The database: that it can be reached, read and written, and who else can read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cli.checks.findings import Finding, Verdict
from bot.clock import SystemClock
from bot.operations.summary import database_name
from storage import AlreadyRunning, Database, InstanceLock, StorageError, open_to_others, sqlite_path


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """`times` are seconds of draws by model, oldest first; `running`: a bot uses the SQLite file; None: not known."""

    findings: Sequence[Finding]
    times: Mapping[str, Sequence[float]]
    running: bool | None


class _TakeBackError(Exception):
    """Ends the transaction that only tries whether a row can be written."""


async def check_database(url: str) -> DatabaseReport:
    running: bool | None = None
    try:
        if (path := sqlite_path(url)) is not None:
            running = _is_used(InstanceLock(path))
        database = await Database.open(url, clock_now=SystemClock().now, migrate=not running)
        try:
            try:
                async with database.transaction() as unit:
                    await unit.shared_secrets.agree("imagine-bot check", "written, and taken back")
                    raise _TakeBackError
            except _TakeBackError:
                pass
            except StorageError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever the driver says of it
                return DatabaseReport([Finding("Database", Verdict.FAILED, f"cannot be written: {error}")], {}, running)
            async with database.read() as unit:
                times = await unit.draws.times()
        finally:
            await database.close()
    except StorageError as error:
        return DatabaseReport([Finding("Database", Verdict.FAILED, str(error))], {}, running)
    told = database_name(url) + (", in use by a bot that runs now" if running else "")
    findings = [Finding("Database", Verdict.OK, told)]
    if path is not None and open_to_others(path):
        detail = f"other users of this machine can read {path}: chmod 700 {path.parent} && chmod 600 {path}"
        findings.append(Finding("Database", Verdict.NOTE, detail))
    return DatabaseReport(findings, times, running)


def _is_used(lock: InstanceLock) -> bool:
    """Raises StorageUnavailable when the folder cannot be written."""
    try:
        lock.acquire()
    except AlreadyRunning:
        return True
    lock.release()
    return False
