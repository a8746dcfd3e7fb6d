"""What each command loads. A start takes most of its time and memory for imports, so none may come back unnoticed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import Settings

ROOT = Path(__file__).parents[3]
TOKEN = "123456:ABCDEFGHIJKLMNOP"
ONE_MODEL = """
builtin = false
[models.mine]
provider = "sketch"
pace = 0
"""

# Each takes at least 2 MB or a twentieth of a second.
HEAVY = {
    "PIL", "PIL.ImageFont", "aiogram", "aiohttp", "aiohttp.web", "aiosqlite", "alembic", "asyncpg", "babel",
    "bot.handlers", "confusable_homoglyphs", "huggingface_hub", "pgqueuer", "pi_heif", "prometheus_client", "pydantic",
    "pydantic_settings", "rich", "sqlalchemy", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm", "sqlite3",
    "structlog", "uvloop",
}  # fmt: skip
SETTINGS = {"aiohttp", "pydantic", "structlog"}  # and a catalogue
BOT = SETTINGS | {"aiogram", "sqlalchemy", "babel"}
ALLOWED = {
    "--version": set[str](),
    "--help": set[str](),
    "models": SETTINGS | {"rich"},  # what they print are rich's tables and progress
    "generate": SETTINGS | {"PIL", "PIL.ImageFont", "rich"},
    "migrate": SETTINGS | {"aiosqlite", "sqlite3", "rich", "sqlalchemy"},
    "stats": SETTINGS | {"aiosqlite", "sqlite3", "rich", "sqlalchemy"},
    "check": SETTINGS | {"aiogram", "aiosqlite", "sqlite3", "rich", "sqlalchemy"},
    "run": BOT | {"aiosqlite", "sqlite3", "bot.handlers", "uvloop"},
    "worker": BOT | {"asyncpg", "pgqueuer", "pydantic_settings", "sqlalchemy.dialects.postgresql", "uvloop"},
    "sandbox": BOT | {"aiohttp.web", "aiosqlite", "sqlite3", "bot.handlers", "uvloop"},
}
# Runs the command as `python -m bot` does, and writes into the file named last what was loaded, and whether aiogram
# was loaded leanly: then its models are not built before they are used, and nobody uses this one.
PROGRAM = """
import atexit, json, sys

target = sys.argv.pop()

def tell():
    types = sys.modules.get("aiogram.types")
    lean = types is not None and not types.GiveawayWinners.__pydantic_complete__
    with open(target, "w") as file:
        json.dump({"modules": list(sys.modules), "lean": lean}, file)

atexit.register(tell)
from bot.__main__ import main
main()
"""


@dataclass(frozen=True)
class Loaded:
    heavy: set[str]
    lean: bool
    stderr: str
    stdout: str


class Command:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if key.lower() not in Settings.model_fields}
        self.environment = {**kept, "PYTHONPATH": str(ROOT), "MODELS_FILE": "models.toml"}
        (folder / "models.toml").write_text(ONE_MODEL)

    def __call__(self, *arguments: str, until: str | None = None, **settings: str) -> Loaded:
        """Run it to its end, or until it prints a line that begins with `until`, and then tell it to stop."""
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments, "loaded.json"],
            cwd=self.folder,
            env={**self.environment, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                if until is not None:
                    assert process.stdout is not None
                    while (line := process.stdout.readline()) and not line.startswith(until):
                        pass
                    process.send_signal(signal.SIGTERM)
                stdout, stderr = process.communicate(timeout=100)
            finally:
                process.kill()
        found = json.loads((self.folder / "loaded.json").read_text())
        return Loaded(HEAVY & set(found["modules"]), found["lean"], stderr, stdout)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("--help",), ("models",), ("generate", "a fox", "--size", "64x64")],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_command_without_a_bot(command: Command, arguments: tuple[str, ...]) -> None:
    assert command(*arguments).heavy <= ALLOWED[arguments[0]]


@pytest.mark.parametrize("arguments", [("run",), ("worker",)], ids=lambda arguments: str(arguments[0]))
def test_a_bot_that_cannot_start_has_loaded_aiogram_leanly(command: Command, arguments: tuple[str, ...]) -> None:
    """It gives up on the default model, after all imports and before it opens a database."""
    database = {} if arguments[0] == "run" else {"DATABASE_URL": "postgresql://bot@127.0.0.1:9/bot"}
    loaded = command(*arguments, BOT_TOKEN=TOKEN, DEFAULT_MODEL="nothing", **database)
    assert "mine" in loaded.stderr
    assert loaded.heavy <= ALLOWED[arguments[0]]
    assert loaded.lean


def test_check_stats_and_migrate(command: Command) -> None:
    assert "alembic" in command("migrate").heavy  # there was nothing yet
    assert command("migrate").heavy <= ALLOWED["migrate"]
    for arguments in ((), ("--json",)):
        assert command("stats", *arguments).heavy <= ALLOWED["stats"]
    loaded = command("check", BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert "Database" in loaded.stdout
    assert loaded.heavy <= ALLOWED["check"]
    assert loaded.lean


def test_the_sandbox_runs_leanly_and_migrates_only_once(command: Command) -> None:
    """The whole bot, polling its own Telegram."""
    for migrated in ({"alembic", "sqlalchemy.dialects.postgresql"}, set[str]()):
        loaded = command("sandbox", "--listen", "127.0.0.1:0", "--data", "data", until="Open http")
        assert "Traceback" not in loaded.stderr
        assert loaded.heavy <= ALLOWED["sandbox"] | migrated
        assert loaded.lean
