"""Settings from the environment or `.env`: read once, validated, the wrong ones named all together.

The environment wins over `.env`, and an empty value counts as unset. `.env.example` and `docs/configuration.md` are
made from this class by `python -m bot.config`; a test keeps them so.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

ENV_FILE = Path(".env")
TELEGRAM_API_URL = "https://api.telegram.org"

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class SettingsError(Exception):
    """One or more settings are wrong; the text has a line for each."""


def _split(value: object) -> object:
    return [part for part in re.split(r"[,\s]+", value) if part] if isinstance(value, str) else value


def _duration(value: object) -> object:
    """'90', '90s', '15m', '1h' or '7d'."""
    if isinstance(value, str) and (match := re.fullmatch(r"(\d+)\s*([smhd]?)", value.strip().lower())):
        return timedelta(**{_UNITS[match[2] or "s"]: int(match[1])})
    if isinstance(value, timedelta):
        return value
    raise ValueError("give a number of seconds, or one with a unit, such as 90s, 15m, 1h or 7d")


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError("give host:port, such as 127.0.0.1:8080")
    return value


def _http_url(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("give an address that begins with http:// or https://")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]{10,}", value.get_secret_value().strip()):
        raise ValueError("this is no bot token; @BotFather gives one that looks like 123456:ABC-DEF...")
    return SecretStr(value.get_secret_value().strip())


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("1 to 256 letters, digits, _ and - (Telegram's rule)")
    return value


def _database_url(value: str) -> str:
    if not re.match(r"(sqlite(\+aiosqlite)?:///|postgres(ql)?(\+asyncpg)?://).+", value):
        raise ValueError("give sqlite:///path/to/file.db or postgresql://user:password@host/database")
    return value


def _text_file(value: Path) -> Path:
    try:
        value.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(f"{value} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{value} is no text in UTF-8") from error
    return value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_split)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Listen = Annotated[str, AfterValidator(_listen)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]


class Settings(BaseSettings):
    """Every setting with its default; the descriptions are the comments of `.env.example`."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None, description="The bot's token, from @BotFather. Without it there is the sandbox."
    )
    telegram_api_url: HttpUrl = Field(
        TELEGRAM_API_URL, description="The Bot API server: Telegram's, or one of your own."
    )
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        "sqlite:///data/imagine.db", description="Where requests and settings are kept."
    )
    models_file: Path | None = Field(None, description="A TOML file that adds models or changes the built-in ones.")
    default_model: str | None = Field(
        None, description="The model of users who chose none. Unset: the first one that needs no key."
    )
    admin_ids: Ids = Field(frozenset(), description="User ids of the operators, separated by commas.")
    allowed_chats: Ids = Field(
        frozenset(), description="Ids of the users and groups that may use the bot. Empty: everyone."
    )
    webhook_url: HttpUrl | None = Field(
        None, description="Public https address for updates; its path is served here. Unset: long polling."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None, description="What Telegram sends with each update to prove itself. Unset: made up, once for the database."
    )
    webhook_listen: Listen = Field("127.0.0.1:8080", description="Where the webhook listens, behind your proxy.")
    http_listen: Listen | None = Field(
        None, description="Where /healthz, /readyz and /metrics are served, such as 127.0.0.1:9090. Unset: off."
    )
    proxy_url: SecretStr | None = Field(
        None,
        description="A proxy for Telegram and for models without one of their own, such as http://user:pw@host:3128.",
    )
    hf_token: SecretStr | None = Field(
        None,
        description="A Hugging Face token: more quota on Spaces. MODELS_FILE can name other keys as env:NAME.",
    )
    openai_api_key: SecretStr | None = Field(None, description="A key of OpenAI: the model gpt-image.")
    gemini_api_key: SecretStr | None = Field(None, description="A key of Google's Gemini API: the model nano-banana.")
    openrouter_api_key: SecretStr | None = Field(None, description="A key of OpenRouter: the model openrouter.")
    fal_key: SecretStr | None = Field(None, description="A key of fal.ai: the model fal.")
    replicate_api_token: SecretStr | None = Field(None, description="A token of Replicate: the model replicate.")
    bfl_api_key: SecretStr | None = Field(None, description="A key of Black Forest Labs: the model flux-pro.")
    stability_api_key: SecretStr | None = Field(None, description="A key of Stability AI: the model stable-image-core.")
    pollinations_api_key: SecretStr | None = Field(None, description="A key of Pollinations: the model pollinations.")
    horde_api_key: SecretStr | None = Field(
        None, description="A key of AI Horde, which draws without one too, but later."
    )
    telegram_rate: float = Field(
        30, gt=0, le=1000, description="Messages a second over all chats (Telegram's published limit is 30)."
    )
    max_jobs: int = Field(1000, ge=1, description="Draws at once, over all users.")
    max_jobs_per_user: int = Field(2, ge=1, description="Draws at once for one user.")
    max_queued_per_user: int = Field(5, ge=1, description="Requests of one user that may wait.")
    daily_limit: int = Field(0, ge=0, description="Requests of one user in 24 hours. 0: no limit.")
    daily_cost_per_user: float = Field(
        0,
        ge=0,
        le=1_000_000_000,
        allow_inf_nan=False,
        description="What one user's pictures may cost in 24 hours, in the unit of the models' `cost`. 0: no limit.",
    )
    daily_cost: float = Field(
        0,
        ge=0,
        le=1_000_000_000,
        allow_inf_nan=False,
        description="Likewise, all users together. Models without a cost go on.",
    )
    request_ttl: Duration = Field(
        timedelta(hours=1),
        description="A command that reaches the bot later than this is not drawn, but answered.",
    )
    picture_ttl: Duration = Field(
        timedelta(days=7), description="How long the single pictures behind a sheet's buttons are kept."
    )
    blocked_words_file: Annotated[Path, AfterValidator(_text_file)] | None = Field(
        None, description="A text file of words and phrases, one a line, that prompts may not contain."
    )
    history_days: int = Field(
        90,
        ge=0,
        description="Days for which requests and thumbnails are kept, for /history and old buttons. 0: for ever.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field("console", description="console or json.")

    @model_validator(mode="after")
    def _webhook_is_https(self) -> "Settings":
        telegrams_own = self.telegram_api_url == TELEGRAM_API_URL
        if self.webhook_url and telegrams_own and not self.webhook_url.startswith("https://"):
            raise ValueError("WEBHOOK_URL: Telegram delivers to https:// only")
        return self

    def secrets(self) -> list[str]:
        """The values that no log may show."""
        hidden = (
            self.bot_token,
            self.webhook_secret,
            self.proxy_url,
            self.hf_token,
            self.openai_api_key,
            self.gemini_api_key,
            self.openrouter_api_key,
            self.fal_key,
            self.replicate_api_token,
            self.bfl_api_key,
            self.stability_api_key,
            self.pollinations_api_key,
            self.horde_api_key,
        )
        shown = [self.database_url] if urlsplit(self.database_url).password else []
        return shown + [secret.get_secret_value() for secret in hidden if secret is not None]


def custom_api(api_url: str) -> str | None:
    """None for Telegram's own server, whose routes aiogram knows."""
    return None if api_url == TELEGRAM_API_URL else api_url


class FixedSettings(Settings):
    """Settings that a program decides by itself (the sandbox, the tests): no environment, no file."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def environment(env_file: Path | None = ENV_FILE) -> dict[str, str]:
    """The process's environment over the file's; what `env:NAME` in a catalogue is looked up in."""
    stored = dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}
    return {**{key: value for key, value in stored.items() if value is not None}, **os.environ}


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """The settings of the environment and `.env`. Raises SettingsError with every mistake, a line each."""
    with _mistakes_named():
        return Settings(_env_file=env_file)


def fixed_settings(**values: object) -> FixedSettings:
    """Settings of these values alone; raises SettingsError likewise."""
    with _mistakes_named():
        return FixedSettings.model_validate(values)


@contextmanager
def _mistakes_named() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        lines = [_describe(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _describe(location: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {message}" if location else message


def env_example() -> str:
    """The text of `.env.example`."""
    lines = ["# Copy this file to .env and fill in what you need. The environment wins over the file.", ""]
    for name, field in Settings.model_fields.items():
        lines += [f"# {field.description}", f"#{name.upper()}={_shown(field.default)}", ""]
    return "\n".join(lines)


def reference() -> str:
    """The text of `docs/configuration.md`."""
    head = """# Settings

From the environment or from a file named `.env` in the working directory; the environment wins, and an empty value
counts as unset. They are read once, at the start; wrong ones are named all together. Durations are a number of seconds
or have a unit: `90s`, `15m`, `1h`, `7d`.

| setting | default | |
| --- | --- | --- |
"""
    rows = [
        f"| `{name.upper()}` | {f'`{shown}`' if (shown := _shown(field.default)) else ''} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return head + "\n".join(rows) + "\n"


def _shown(default: object) -> str:
    if isinstance(default, timedelta):
        days, hours = divmod(int(default.total_seconds()) // 3600, 24)
        return f"{days}d" if days else f"{hours}h"
    if default is None or default is PydanticUndefined or default == frozenset():
        return ""
    return str(default)


if __name__ == "__main__":
    Path(".env.example").write_text(env_example(), encoding="utf-8")
    Path("docs/configuration.md").write_text(reference(), encoding="utf-8")
