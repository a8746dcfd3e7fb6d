"""The command line: one module a command, each with a function of the same name. Exit codes: 0 done, 1 failed, 2 wrong
usage or settings; an error is one line on stderr.

What a command needs is imported inside it, so that `--help` answers at once and each command loads only its own.
"""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli.check import check
from bot.cli.generate import generate
from bot.cli.migrate import migrate
from bot.cli.models import models
from bot.cli.run import run
from bot.cli.sandbox import sandbox
from bot.cli.stats import stats
from bot.cli.worker import worker

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A Telegram bot for AI image generation. Settings come from the environment or .env; see .env.example.",
)
for command in (run, worker, sandbox, migrate, check, stats, models, generate):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"imagine-bot {version('imagine-bot')}")
        raise typer.Exit


@app.callback()
def options(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Nothing but --version stands before the command."""
