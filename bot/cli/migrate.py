"""`imagine-bot migrate`: the database brought up to date, or copied into another."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import WRONG_USAGE, one_line_errors, say
from bot.cli.preparation import prepare

FROM_VARIABLE, TO_VARIABLE = "MIGRATE_FROM", "MIGRATE_TO"
_HOW = "a DATABASE_URL; @file or - (standard input) hold it, so that no password shows in the list of processes"


def migrate(
    source: Annotated[
        str | None, typer.Option("--from", help=f"Copy all data from this database: {_HOW}. Or set {FROM_VARIABLE}.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", help=f"Where the copy goes; DATABASE_URL by default. Or set {TO_VARIABLE}.")
    ] = None,
) -> None:
    """Bring the database up to date, or copy one into another.

    `run` brings it up to date, too. A copy that was interrupted goes on when it is begun again. No bot may run on
    either database meanwhile.
    """
    with one_line_errors():
        import asyncio

        copy_from = _url(source or os.environ.get(FROM_VARIABLE))
        copy_to = _url(target or os.environ.get(TO_VARIABLE))
        if copy_from is None and copy_to is not None:
            say("--to says where the copy goes that --from names: give both, or --from alone")
            raise typer.Exit(WRONG_USAGE)
        prepared = prepare(extra_secrets=[url for url in (copy_from, copy_to) if url])
        for option, given in (("--from", source), ("--to", target)):
            if given is not None and _has_password(given):
                say(f"the password in {option} shows in the list of processes; use {option} - or {option} @file")
        if copy_from is None:
            asyncio.run(_bring_up_to_date(prepared.settings.database_url))
            print("The database is up to date.")
            return
        asyncio.run(_copy(copy_from, copy_to or prepared.settings.database_url))


def _url(given: str | None) -> str | None:
    """The URL itself, or what the file behind `@` or standard input holds. Raises Failure and OSError."""
    from bot.failure import Failure
    from providers.text_file import TextFileError, read_text

    if given is None or not given:
        return None
    if given == "-":
        text = sys.stdin.readline()
    elif given.startswith("@"):
        try:
            text = read_text(Path(given[1:]))
        except TextFileError as error:
            raise Failure(f"{given[1:]}: {error}") from None
    else:
        return given
    if not text.strip():
        raise Failure("there is no database URL in the file or on standard input; give one line")
    return text.strip()


def _has_password(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        return bool(urlsplit(url).password)
    except ValueError:
        return "@" in url


async def _bring_up_to_date(url: str) -> None:
    from bot.clock import SystemClock
    from storage import Database

    await (await Database.open(url, clock_now=SystemClock().now)).close()


async def _copy(source: str, target: str) -> None:
    """With a progress bar, and the counts at the end. Raises StorageError."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    from bot.clock import SystemClock
    from storage.transfer import transfer

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(table: str, there: int, total: int) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(table, total=total)
            bar.update(tasks[table], completed=there, total=total)

        counts = await transfer(source, target, now=SystemClock().now, progress=progress)
    print(f"{'Table':<18} {'Source':>10} {'Target':>10}")
    for count in counts:
        print(f"{count.table:<18} {count.source:>10} {count.target:>10}")
    print("Everything has been copied. Set DATABASE_URL to the new database and start the bot.")
