"""The real bot, wired by `bot.app` and run in this process against a sandbox server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import Running, running
from bot.config import fixed_settings
from bot.sandbox.run import sandbox_catalog
from bot.sandbox.server import SandboxServer
from providers import Catalog


@asynccontextmanager
async def bot_at(
    server: SandboxServer, folder: Path, catalog: Catalog | None = None, **settings: object
) -> AsyncIterator[Running]:
    """`folder` holds the database, so that a second bot there takes up what the first one left."""
    given = {
        "bot_token": server.token,
        "telegram_api_url": server.url,
        "database_url": f"sqlite:///{folder / 'imagine.db'}",
        **settings,
    }
    async with running(fixed_settings(**given), catalog or sandbox_catalog(None)) as bot:
        yield bot
