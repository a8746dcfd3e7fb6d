"""What commands begin with: settings and catalogue read, logs set up, misspelt settings named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.cli.exits import say

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.env_file import UnknownSetting
    from providers import Catalog

FIRST_STEPS = """BOT_TOKEN is not set. Send /newbot to @BotFather on Telegram, and put what it gives you into .env:
    BOT_TOKEN=123456:ABC-DEF...
`imagine-bot sandbox` needs no token, key or network."""

SANDBOX_INSTEAD = """This is the sandbox: the bot with a simulated Telegram in your browser.
For the real Telegram, get a token from @BotFather (/newbot) and put BOT_TOKEN=... into .env."""


@dataclass(frozen=True)
class Prepared:
    settings: "Settings"
    catalog: "Catalog"
    unknown: "Sequence[UnknownSetting]"  # names in the environment or .env that nothing reads


def prepare(extra_secrets: Sequence[str] = (), *, quiet: bool = False) -> Prepared:
    """Raises SettingsError, EnvFileError and CatalogError. Unless `quiet`, unknown settings are told on stderr."""
    from bot.operations.lean_structlog import load_structlog

    load_structlog()
    from bot.config import Settings, load_settings
    from bot.env_file import environment, unknown_settings
    from bot.operations.logs import configure_logs
    from providers import Catalog

    settings = load_settings()
    env = ReadVariables(environment())
    catalog = Catalog.load(settings.models_file, env=env)
    unknown = unknown_settings(Settings.model_fields, env.read)
    hidden = [text for text in catalog.secrets() if "://" not in text or "@" in text]
    configure_logs(settings.log_level, settings.log_format, [*settings.secrets(), *hidden, *extra_secrets])
    if settings.proxy_url is not None:
        proxy = settings.proxy_url.get_secret_value()
        proxied = (model if model.proxy else replace(model, proxy=proxy) for model in catalog)
        catalog = Catalog(proxied, catalog.presets.values())
    if not quiet:
        for name in unknown:
            say(str(name))
    return Prepared(settings, catalog, unknown)


class ReadVariables(dict[str, str]):
    """Variables that remember which of them were read: those that a catalogue names as `env:NAME`."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables)
        self.read: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override] # of one type only
        self.read.add(name)
        return super().get(name, default)


def require_postgresql(url: str, who: str) -> None:
    """Raises SettingsError when `url` is SQLite's."""
    from bot.config import SettingsError
    from storage import sqlite_path

    if sqlite_path(url) is not None:
        raise SettingsError(f"DATABASE_URL: {who} needs PostgreSQL; with SQLite `imagine-bot run` draws by itself")
