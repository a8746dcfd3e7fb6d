"""`imagine-bot stats`: what the bot did today, in 7 or in 30 days."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exits import FAILED, WRONG_USAGE, one_line_errors, say
from bot.cli.preparation import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from bot.operations.usage import Period, UsageReport


def stats(
    days: Annotated[int, typer.Option(help="1 (today, since midnight UTC), 7 or 30.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    ledger: Annotated[bool, typer.Option("--ledger", help="Add up all credits and payments instead.")] = False,
) -> None:
    """Print requests, pictures, waits, failures, costs and people.

    It reads the database only, so it may run beside the bot. With --ledger it exits with 1 when the credits do not
    balance.
    """
    with one_line_errors():
        import asyncio
        import json

        from bot.operations.usage import Period

        if str(days) not in list(Period):
            say("--days is 1, 7 or 30")
            raise typer.Exit(WRONG_USAGE)
        prepared = prepare(quiet=True)
        if ledger:
            from bot.cli.ledger import print_ledger

            if not asyncio.run(print_ledger(prepared.settings.database_url, as_json=as_json)):
                raise typer.Exit(FAILED)
            return
        report = asyncio.run(_gather(prepared.settings.database_url, Period(str(days))))
        if as_json:
            print(json.dumps(report.document(), ensure_ascii=False, indent=2))
            return
        from bot.cli.console import table_console

        print_report(table_console(), report)


async def _gather(url: str, period: "Period") -> "UsageReport":
    """Raises StorageError."""
    from bot.clock import SystemClock
    from bot.operations.usage import gather_usage
    from storage import Database

    clock = SystemClock()
    database = await Database.open(url, clock_now=clock.now, migrate=False)
    try:
        return await gather_usage(database, period, clock.now())
    finally:
        await database.close()


def print_report(console: "Console", report: "UsageReport") -> None:
    """As tables."""
    from bot.operations.usage import MILLION

    console.print(f"Since {report.since:%Y-%m-%d %H:%M} UTC", highlight=False, markup=False)
    _table(console, ("requests", "count"), report.requests.items())
    _table(console, ("pictures", "count"), report.pictures.items())
    states = list(report.requests)
    _table(
        console,
        ("model", *states),
        ((model, *(counts.get(state, 0) for state in states)) for model, counts in report.models.items()),
    )
    _table(console, ("chat", "title", "requests"), ((chat, title or "", count) for chat, title, count in report.chats))
    times = (("wait", report.wait), ("draw", report.draw))
    _table(console, ("seconds", "p50", "p95"), ((name, _told(of.p50), _told(of.p95)) for name, of in times))
    _table(console, ("failures", "count"), report.failures.items())
    _table(
        console,
        ("request", "at (UTC)", "model", "reason", "detail"),
        (
            (example.request_id, f"{example.at:%m-%d %H:%M}", example.model, example.reason, example.detail or "")
            for example in report.examples
        ),
    )
    _table(console, ("cost", "amount"), ((model, f"{count / MILLION:g}") for model, count in report.costs.items()))
    _table(console, ("pictures with own keys", "count"), report.own_keys.items())
    _table(console, ("people", "count"), (("active", report.active), ("new", report.new)))


def _told(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:g}"


def _table(console: "Console", columns: tuple[str, ...], rows: "Iterable[tuple[object, ...]]") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    if table.row_count:
        console.print()
        console.print(table)
