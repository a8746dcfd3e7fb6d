"""The bot in a line, for the log at its start and for `imagine-bot check`: who it is, how it works, who may use it."""

from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from bot.config import Settings
from providers import Catalog
from storage import sqlite_path


def program() -> str:
    """`imagine-bot 1.0.0`."""
    try:
        return f"imagine-bot {version('imagine-bot')}"
    except PackageNotFoundError:  # run from the sources, not installed
        return "imagine-bot"


def updates_by(settings: Settings) -> str:
    """How updates come in."""
    return "polling" if settings.webhook_url is None else f"webhook {settings.webhook_url}"


def database_name(url: str) -> str:
    """`sqlite data/imagine.db` or `postgresql host/database`, without user and password."""
    if (path := sqlite_path(url)) is not None:
        return f"sqlite {path}"
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql {parts.hostname or 'localhost'}{port}{parts.path}"


def who_may_use(settings: Settings) -> str:
    """`open to everyone`, or how many may use it."""
    if not settings.allowed_chats:
        return "open to everyone"
    count = len(settings.allowed_chats | settings.admin_ids)
    return f"open to {count} user{'s' if count > 1 else ''} or group{'s' if count > 1 else ''}"


def start_line(settings: Settings, catalog: Catalog, username: str | None) -> str:
    """`imagine-bot 1.0: @name, polling, sqlite data/imagine.db, 8 models, open to everyone`."""
    models = len(catalog.enabled())
    return f"{program()}: " + ", ".join(
        (
            f"@{username}" if username else "Telegram not reached yet",
            updates_by(settings),
            database_name(settings.database_url),
            f"{models} model{'s' if models != 1 else ''}",
            who_may_use(settings),
        )
    )
