"""The real bot, wired by `bot.app` and run in this process against a sandbox server."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import Running, running
from bot.config import fixed_settings
from bot.jobs.retry import RetryPolicy
from bot.jobs.settings import Policies
from bot.sandbox.server import SandboxServer
from providers import Catalog
from providers.base import Provider
from providers.catalog.model import Model
from tests.databases import furnish

# Another try at a back-end comes at once.
HURRIED = Policies(run=RetryPolicy(attempts=3, first=0.05, jitter=0.05))


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
    if "database_url" not in settings and not (folder / "imagine.db").exists():
        furnish(folder / "imagine.db")
    async with running(fixed_settings(**given), catalog or quick_sketch(), policies=HURRIED) as bot:
        yield bot


def quick_sketch(*others: Model) -> Catalog:
    """The offline model, which here takes no longer than its strokes, and others after it."""
    known = Catalog.load(env={}, enable=["sketch"])
    return Catalog([replace(known["sketch"], options={"pace": 0.0}), *others], known.presets.values())


def scripted(model_id: str, provider: type[Provider], *, label: str | None = None, **keys: object) -> Model:
    """An entry for a provider that a test has written."""
    return Model(
        id=model_id,
        label=label or model_id.title(),
        provider=provider.__name__,
        provider_class=provider,
        **keys,  # type: ignore[arg-type] # further fields of Model, each with its own type
    )


def catalog_of(models: Iterable[Model]) -> Catalog:
    return Catalog(models)
