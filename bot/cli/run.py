"""`imagine-bot run`: the bot."""

import sys
from typing import Annotated

import typer

from bot.cli.exits import WRONG_USAGE, one_line_errors, say
from bot.cli.preparation import FIRST_STEPS, SANDBOX_INSTEAD, prepare, require_postgresql
from bot.cli.sandbox import sandbox


def run(
    or_sandbox: Annotated[
        bool, typer.Option("--or-sandbox", help="Start the sandbox if BOT_TOKEN is not set.")
    ] = False,
    no_draw: Annotated[bool, typer.Option("--no-draw", help="Leave the drawing to workers (PostgreSQL only).")] = False,
) -> None:
    """Run the bot: by polling, or by webhook with WEBHOOK_URL.

    Brings the database up to date first.
    """
    with one_line_errors():
        prepared = prepare()
        settings = prepared.settings
        if settings.bot_token is None:
            if not or_sandbox:
                say(FIRST_STEPS)
                raise typer.Exit(WRONG_USAGE)
            print(SANDBOX_INSTEAD, file=sys.stderr)
            sandbox()
            return
        from bot.telegram.lean_import import load_aiogram

        load_aiogram()
        from bot import event_loop
        from bot.app import DRAWS_HERE, run_bot

        if no_draw:
            require_postgresql(settings.database_url, "--no-draw")
        with event_loop.StopDeadline() as deadline:
            draws_here = 0 if no_draw else DRAWS_HERE
            event_loop.run(run_bot(settings, prepared.catalog, draws_here=draws_here, on_stop=deadline.begin))
