"""`imagine-bot worker`: generates what other processes accepted."""

from typing import Annotated

import typer

from bot.cli.exits import WRONG_USAGE, one_line_errors, say
from bot.cli.preparation import FIRST_STEPS, prepare, require_postgresql


def worker(
    concurrency: Annotated[int, typer.Option(min=1, help="Pictures generated at once.")] = 100,
) -> None:
    """Draw what `run` accepts, beside it (PostgreSQL only).

    As many processes on as many machines as you like.
    """
    with one_line_errors():
        prepared = prepare()
        require_postgresql(prepared.settings.database_url, "a worker")
        if prepared.settings.bot_token is None:
            say(FIRST_STEPS)
            raise typer.Exit(WRONG_USAGE)
        from bot.telegram.lean_import import load_aiogram

        load_aiogram()
        from bot import event_loop
        from bot.worker import run_worker

        with event_loop.StopDeadline() as deadline:
            event_loop.run(run_worker(prepared.settings, prepared.catalog, concurrency, on_stop=deadline.begin))
