"""The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or settings; an error is one line on stderr.

What a command needs is imported inside it, so that `--help` answers at once and each mode loads only its own.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import event_loop

if TYPE_CHECKING:
    from bot.config import Settings
    from providers import Catalog

FAILED, WRONG_USAGE = 1, 2

FIRST_STEPS = """BOT_TOKEN is not set. Send /newbot to @BotFather on Telegram, and put what it gives you into .env:
    BOT_TOKEN=123456:ABC-DEF...
`imagine-bot sandbox` needs no token, key or network."""

SANDBOX_INSTEAD = """This is the sandbox: the bot with a simulated Telegram in your browser.
For the real Telegram, get a token from @BotFather (/newbot) and put BOT_TOKEN=... into .env."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A Telegram bot that draws. Settings come from the environment or .env; see .env.example.",
)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """What we know how to name ends in a line and an exit code; anything else is a bug and keeps its traceback."""
    from bot.config import SettingsError
    from bot.failure import Failure
    from providers import InvalidParameter, ProviderError
    from providers.catalog.catalog import CatalogError
    from storage import StorageError

    try:
        yield
    except (SettingsError, CatalogError, InvalidParameter) as error:
        _say(str(error))
        raise typer.Exit(WRONG_USAGE) from None
    except (Failure, ProviderError, StorageError, OSError) as error:
        said = str(error) or type(error).__name__
        if isinstance(error, OSError) and error.filename and error.strerror:
            said = f"{error.filename}: {error.strerror}"  # without Python's "[Errno 2]"
        _say(said)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _say(text: str) -> None:
    print(f"imagine-bot: {text}", file=sys.stderr)


def _prepare(extra_secrets: Sequence[str] = ()) -> "tuple[Settings, Catalog]":
    """The settings and the catalogue, with the logs configured."""
    from bot.config import environment, load_settings
    from bot.operations.logs import configure_logs
    from providers import Catalog

    settings = load_settings()
    env = environment()
    catalog = Catalog.load(settings.models_file, env=env)
    keys = [model.api_key for model in catalog if model.api_key]
    configure_logs(settings.log_level, settings.log_format, [*settings.secrets(), *keys, *extra_secrets])
    if settings.proxy_url is not None:
        proxy = settings.proxy_url.get_secret_value()
        catalog = Catalog(model if model.proxy else replace(model, proxy=proxy) for model in catalog)
    return settings, catalog


def _version(wanted: bool) -> None:
    if wanted:
        print(f"imagine-bot {version('imagine-bot')}")
        raise typer.Exit


@app.callback()
def options(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and exit.")
    ] = False,
) -> None:
    """Nothing but --version stands before the command."""


@app.command()
def run(
    or_sandbox: Annotated[bool, typer.Option("--or-sandbox", help="Without BOT_TOKEN start the sandbox.")] = False,
    no_draw: Annotated[bool, typer.Option("--no-draw", help="Leave the drawing to workers (PostgreSQL only).")] = False,
) -> None:
    """Run the bot: by polling, or by webhook with WEBHOOK_URL.

    Brings the database up to date first.
    """
    with _one_line_errors():
        settings, catalog = _prepare()
        if settings.bot_token is None:
            if not or_sandbox:
                _say(FIRST_STEPS)
                raise typer.Exit(WRONG_USAGE)
            print(SANDBOX_INSTEAD, file=sys.stderr)
            sandbox()
            return
        from bot.app import DRAWS_HERE, run_bot

        if no_draw:
            _needs_postgresql(settings.database_url, "--no-draw")
        event_loop.run(run_bot(settings, catalog, draws_here=0 if no_draw else DRAWS_HERE))


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(min=1, help="How many draws at once.")] = 100,
) -> None:
    """Draw what `run` accepts, beside it (PostgreSQL only).

    As many processes on as many machines as you like.
    """
    with _one_line_errors():
        settings, catalog = _prepare()
        _needs_postgresql(settings.database_url, "a worker")
        if settings.bot_token is None:
            _say(FIRST_STEPS)
            raise typer.Exit(WRONG_USAGE)
        from bot.app import run_worker

        event_loop.run(run_worker(settings, catalog, concurrency))


def _needs_postgresql(url: str, who: str) -> None:
    from bot.config import SettingsError
    from storage import sqlite_path

    if sqlite_path(url) is not None:
        raise SettingsError(f"DATABASE_URL: {who} needs PostgreSQL; with SQLite `imagine-bot run` draws by itself")


@app.command()
def sandbox(
    listen: Annotated[str, typer.Option(help="Where the page is served.")] = "127.0.0.1:8081",
    data: Annotated[Path, typer.Option(help="Where the sandbox keeps its chats and pictures.")] = Path("data/sandbox"),
) -> None:
    """Try the bot in the browser: no token, key or network."""
    with _one_line_errors():
        from bot.sandbox.run import run_sandbox

        event_loop.run(run_sandbox(listen, data))


@app.command()
def migrate(
    source: Annotated[
        str | None, typer.Option("--from", help="Copy all data from this database, as a DATABASE_URL.")
    ] = None,
    target: Annotated[str | None, typer.Option("--to", help="Where the copy goes; DATABASE_URL by default.")] = None,
) -> None:
    """Bring the database up to date, or copy one into another.

    `run` brings it up to date, too. A copy that was interrupted goes on when it is begun again. No bot may run on
    either database meanwhile.
    """
    with _one_line_errors():
        if source is None and target is not None:
            _say("--to says where the copy goes that --from names")
            raise typer.Exit(WRONG_USAGE)
        settings, _ = _prepare(extra_secrets=[url for url in (source, target) if url])
        if source is None:
            asyncio.run(_migrate(settings.database_url))
            print("The database is up to date.")
            return
        from bot.cli.migrate import transfer_data

        asyncio.run(transfer_data(source, target or settings.database_url))


async def _migrate(url: str) -> None:
    from bot.clock import SystemClock
    from storage import Database

    await (await Database.open(url, clock_now=SystemClock().now)).close()


@app.command()
def check() -> None:
    """Say what works, or why not: token, database, models.

    Exits with 1 when the bot could not run.
    """
    with _one_line_errors():
        settings, catalog = _prepare()
        from bot.cli.check import check_everything

        if not asyncio.run(check_everything(settings, catalog)):
            raise typer.Exit(FAILED)


@app.command()
def models(
    workflow: Annotated[
        Path | None, typer.Option("--workflow", help="Show where a request goes in this file of ComfyUI instead.")
    ] = None,
) -> None:
    """List the models of the catalogue and what each can do."""
    with _one_line_errors():
        from rich.console import Console

        if workflow is not None:
            from providers.servers.comfyui import describe_workflow

            Console(soft_wrap=True, highlight=False, markup=False).print("\n".join(describe_workflow(workflow)))
            return

        from bot.cli.models import models_table

        _, catalog = _prepare()
        Console().print(models_table(catalog))


@app.command()
def generate(
    prompt: Annotated[str, typer.Argument(help="What to draw.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write; its ending says the format.")
    ] = Path("out.png"),
    model: Annotated[str | None, typer.Option("--model", help="A model of the catalogue.")] = None,
    ar: Annotated[str | None, typer.Option("--ar", help="Aspect ratio, such as 16:9.")] = None,
    size: Annotated[str | None, typer.Option("--size", help="Size in pixels, such as 1024x768.")] = None,
    seed: Annotated[int | None, typer.Option("--seed")] = None,
    steps: Annotated[int | None, typer.Option("--steps")] = None,
    cfg: Annotated[float | None, typer.Option("--cfg", help="Guidance scale.")] = None,
    no: Annotated[str | None, typer.Option("--no", help="What to leave out.")] = None,
    n: Annotated[int, typer.Option("-n", help="How many, with seeds counting up.")] = 1,
    image: Annotated[Path | None, typer.Option("--image", help="A picture to start from.")] = None,
) -> None:
    """Draw without Telegram, with a progress bar."""
    with _one_line_errors():
        from rich.console import Console

        from bot.cli.generate import generate as draw

        settings, catalog = _prepare()
        paths = asyncio.run(
            draw(
                catalog,
                model or catalog.default(settings.default_model).id,
                prompt,
                output,
                console=Console(stderr=True),
                n=n,
                image=image,
                aspect_ratio=ar,
                seed=seed,
                num_inference_steps=steps,
                guidance_scale=cfg,
                negative_prompt=no,
                **_size(size),
            )
        )
        for path in paths:
            print(path)


def _size(text: str | None) -> dict[str, int]:
    from providers import InvalidParameter

    if text is None:
        return {}
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise InvalidParameter(f"--size is {text!r}; give width and height in pixels, such as 1024x768")
    return {"width": int(width), "height": int(height)}
