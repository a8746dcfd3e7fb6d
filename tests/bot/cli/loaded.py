"""Loads what the commands load, as they do; see forked.py."""

import gc
from importlib import import_module

from bot.operations.lean_structlog import load_structlog
from bot.telegram.lean_import import load_aiogram

load_structlog()
load_aiogram()
for _name in (
    "bot.__main__",
    "bot.app",
    "bot.cli.checks.telegram",
    "bot.cli.drawing",
    "bot.operations.usage",
    "bot.sandbox.run",
    "providers.servers.comfyui",
    "providers.spaces.imagelabs",
    "rich.table",
    "storage.sqlite.engine",
    "alembic.command",
):
    import_module(_name)
gc.freeze()
