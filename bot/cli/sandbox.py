"""`imagine-bot sandbox`: the bot and a Telegram simulator in the browser."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import one_line_errors


def sandbox(
    listen: Annotated[str, typer.Option(help="Where the page is served.")] = "127.0.0.1:8081",
    data: Annotated[Path, typer.Option(help="Where the sandbox keeps its chats and pictures.")] = Path("data/sandbox"),
) -> None:
    """Try the bot in the browser: no token, key or network."""
    with one_line_errors():
        from bot.operations.lean_structlog import load_structlog
        from bot.telegram.lean_import import load_aiogram

        load_structlog()
        load_aiogram()
        from bot import event_loop
        from bot.sandbox.run import run_sandbox

        event_loop.run(run_sandbox(listen, data))
