"""Settings from the environment or `.env`: read once, validated, the wrong ones named all together.

The environment wins over `.env`, and an empty value counts as unset. `.env.example` and `docs/configuration.md` are
made from this class by `python -m bot.config`; a test keeps them so.
"""

import re
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from bot.credit_plan import CreditPlan, Pack, read_packs, read_subscription
from bot.env_file import ENV_FILE, EnvFileError, environment
from bot.prompt.wildcards import Wildcards
from bot.secret_box import is_box_key
from providers.proxies import proxy_fault
from providers.text_file import TextFileError, named, read_text

HOW_TO_SEAL = "make one with: openssl rand -base64 32"
TELEGRAM_API_URL = "https://api.telegram.org"

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class SettingsError(Exception):
    """One or more settings are wrong; the text has a line for each."""


def _ids(value: object) -> object:
    """'1, 2 3' as people write it, or a collection of numbers."""
    if not isinstance(value, str):
        return value
    words = [part for part in re.split(r"[,;\s]+", value) if part]
    wrong = [word for word in words if not re.fullmatch(r"-?[0-9]{1,16}", word)]
    if wrong:
        told = ", ".join(word[:32] if word.isprintable() else "?" for word in wrong[:10])
        raise ValueError(f"{told}: no id; give numbers, separated by commas (the bot tells people their id)")
    return frozenset(int(word) for word in words)


def _duration(value: object) -> object:
    """'90', '90s', '15m', '1h' or '7d'."""
    if isinstance(value, str) and (match := re.fullmatch(r"([0-9]{1,9})\s*([smhd]?)", value.strip().lower())):
        return timedelta(**{_UNITS[match[2] or "s"]: int(match[1])})
    if isinstance(value, timedelta):
        return value
    raise ValueError("give a number of seconds, or one with a unit, such as 90s, 15m, 1h or 7d")


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise ValueError("give host:port, such as 127.0.0.1:8080")
    return value


def _hours(value: object) -> object:
    """'22:00-08:00', which may run over midnight."""
    if isinstance(value, str):
        found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})", value.strip())
        if found is not None:
            hours = [int(part) for part in found.groups()]
            if hours[0] < 24 and hours[2] < 24 and hours[1] < 60 and hours[3] < 60:
                return time(hours[0], hours[1]), time(hours[2], hours[3])
    if isinstance(value, tuple):
        return value
    raise ValueError("give two times, such as 22:00-08:00 (UTC)")


def _split_url(value: str) -> SplitResult | None:
    """None: it is no address, or its port is none."""
    try:
        parts = urlsplit(value)
        return parts if parts.hostname and parts.port != 0 and not re.search(r"\s", value) else None
    except ValueError:
        return None


def _http_url(value: str) -> str:
    parts = _split_url(value)
    if parts is None or parts.scheme not in {"http", "https"}:
        raise ValueError("give an address that begins with http:// or https://")
    return value.rstrip("/")


def _no_login(value: str) -> str:
    if "@" in urlsplit(value).netloc:
        raise ValueError("give the address without a name and password; PROMPT_MODEL_KEY and SPEECH_KEY are for keys")
    return value


def revealed(secret: SecretStr | None) -> str | None:
    """The secret as text; None where it is not set."""
    return None if secret is None else secret.get_secret_value()


def _proxy_url(value: SecretStr) -> SecretStr:
    if (fault := proxy_fault(value.get_secret_value())) is not None:
        raise ValueError(fault)
    return value


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{10,}", value.get_secret_value().strip()):
        raise ValueError("this is no bot token; @BotFather gives one that looks like 123456:ABC-DEF...")
    return SecretStr(value.get_secret_value().strip())


def _key(value: SecretStr) -> SecretStr:
    """A key goes into a header, where nothing but visible ASCII can stand."""
    text = value.get_secret_value().strip()
    for char in text:
        if not "!" <= char <= "~":
            raise ValueError(f"there is {named(char)} in the key; copy the key again")
    return SecretStr(text)


def _box_keys(value: SecretStr) -> SecretStr:
    """Base64 in both of its alphabets, as `openssl` and `cryptography` write it."""
    keys = [key for key in re.split(r"[,\s]+", value.get_secret_value()) if key]
    keys = [key.replace("+", "-").replace("/", "_") for key in keys]
    if not keys or not all(map(is_box_key, keys)):
        raise ValueError(f"give 32 random bytes in base64; {HOW_TO_SEAL}")
    return SecretStr(",".join(keys))


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
        read_text(value)
    except OSError as error:
        raise ValueError(f"{value} cannot be read: {error.strerror or error}") from error
    except TextFileError as error:
        raise ValueError(f"{value}: {error}") from error
    return value


def _packs(value: object) -> object:
    return read_packs(value) if isinstance(value, str) else value


def _subscription(value: object) -> object:
    return read_subscription(value) if isinstance(value, str) else value


def _wildcards(value: Path) -> Path:
    Wildcards.read(value)  # WildcardsError is a ValueError
    return value


Ids = Annotated[frozenset[int], BeforeValidator(_ids)]
Packs = Annotated[tuple[Pack, ...], BeforeValidator(_packs)]
Subscription = Annotated[Pack, BeforeValidator(_subscription)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Listen = Annotated[str, AfterValidator(_listen)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Key = Annotated[SecretStr, AfterValidator(_key)]
Amount = Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]


class Settings(BaseModel):
    """Every setting with its default; the descriptions are the comments of `.env.example`. In the order in which
    `bot/settings_reference.py` groups them."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, validate_default=True)

    # Telegram
    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None,
        description="The bot's token, from @BotFather. Required for `run`; without it `make run` starts the sandbox.",
        examples=["123456:ABC-DEF..."],
    )
    webhook_url: HttpUrl | None = Field(
        None,
        description="Public https address for updates; its path is served by the bot. Unset: long polling.",
        examples=["https://bot.example.org/telegram"],
    )
    webhook_listen: Listen = Field(
        "127.0.0.1:8080", description="Where the webhook listens, behind your proxy.", examples=["0.0.0.0:8080"]
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None,
        description="Secret token of webhook requests. Unset: generated once and stored in the database.",
    )
    proxy_url: Annotated[SecretStr, AfterValidator(_proxy_url)] | None = Field(
        None,
        description="HTTP proxy for Telegram, and for models without a proxy of their own.",
        examples=["http://user:password@proxy.example:3128"],
    )
    telegram_api_url: HttpUrl = Field(
        TELEGRAM_API_URL,
        description="The Bot API server: Telegram's, or one of your own.",
        examples=["http://127.0.0.1:8081"],
    )
    telegram_rate: float = Field(
        30, gt=0, le=1000, description="Messages a second over all chats (Telegram's published limit is 30)."
    )
    media_chat_id: Annotated[int, Field(ge=-(2**53), le=2**53)] | None = Field(
        None,
        description="Id of a channel or group where the bot can post. Pictures for inline and guest mode are uploaded "
        "there. Unset: nothing is drawn in chats without the bot.",
        examples=["-1001234567890"],
    )
    # Access
    allowed_chats: Ids = Field(
        frozenset(),
        description="Ids of the users and groups that may use the bot, separated by commas. Empty: everyone.",
        examples=["12345678,-1001234567890"],
    )
    admin_ids: Ids = Field(
        frozenset(),
        description="User ids of the operators. They may use the bot even if ALLOWED_CHATS does not list them.",
        examples=["12345678"],
    )
    blocked_words_file: Annotated[Path, AfterValidator(_text_file)] | None = Field(
        None,
        description="A text file of words and phrases, one per line, that prompts may not contain.",
        examples=["blocked.txt"],
    )
    allow_own_keys: bool = Field(
        False,
        description="Whether people may bring their own keys for models with /key. Needs OWN_KEYS_SECRET.",
        examples=["true"],
    )
    own_keys_secret: Annotated[SecretStr, AfterValidator(_box_keys)] | None = Field(
        None,
        description="What people's own keys are encrypted with, made by `openssl rand -base64 32`. Several, separated "
        "by commas: the first one encrypts, all decrypt.",
    )
    output_check_url: HttpUrl | None = Field(
        None,
        description="URL of a server of yours that checks each picture before it is shown. Unset: no check.",
        examples=["http://127.0.0.1:8500/"],
    )
    output_check_fail: Literal["open", "closed"] = Field(
        "closed",
        description="What happens when that server fails: closed (the picture is not shown) or open (it is shown).",
        examples=["open"],
    )
    picture_metadata: Literal["full", "no-prompt", "off"] = Field(
        "full",
        description="What the bot writes into picture files: full (made by AI, prompt, parameters), no-prompt, or off.",
        examples=["no-prompt"],
    )
    c2pa_cert: Path | None = Field(
        None,
        description="A certificate chain in PEM: picture files are signed (C2PA). Needs C2PA_KEY and the extra `c2pa`.",
        examples=["certs/chain.pem"],
    )
    c2pa_key: Path | None = Field(
        None, description="The private key of the first certificate in C2PA_CERT, in PEM.", examples=["certs/key.pem"]
    )
    alert_quiet_hours: Hours | None = Field(
        None,
        description="Hours of the day (UTC) in which alerts to the operators wait. Unset: none.",
        examples=["22:00-07:00"],
    )
    wildcards_dir: Annotated[Path, AfterValidator(_wildcards)] | None = Field(
        None,
        description="A folder of text files: `__animal__` in a prompt takes a random line of animal.txt.",
        examples=["wildcards"],
    )
    # Limits
    daily_limit: int = Field(0, ge=0, description="Requests of one user in 24 hours. 0: no limit.", examples=["50"])
    daily_cost_per_user: Amount = Field(
        1,
        description="Budget of one user for 24 hours, in the unit of the models' `cost` (US dollars for the built-in "
        "models). Free models keep working. 0: no limit. Has no effect with CREDITS.",
        examples=["0.50"],
    )
    daily_cost: Amount = Field(
        10,
        description="Budget of all users together for 24 hours. Free models keep working. 0: no limit.",
        examples=["25"],
    )
    max_jobs: int = Field(1000, ge=1, description="Images generated at once, over all users.")
    max_jobs_per_user: int = Field(2, ge=1, description="Images generated at once for one user.")
    max_queued_per_user: int = Field(5, ge=1, description="Requests of one user that may wait.")
    request_ttl: Duration = Field(
        timedelta(hours=1),
        description="Older commands (after downtime, for example) are not run; the bot asks whether to draw them now. "
        "0: run them whatever their age.",
        examples=["15m"],
    )
    # Credits
    credits: Packs = Field(
        (),
        description="Packs of credits that people buy with Telegram Stars, as stars:credits, separated by commas. A "
        "credit is one unit of the models' `cost`. Unset: no credits, nothing is sold.",
        examples=["50:0.5,250:3"],
    )
    credits_free_daily: Amount = Field(0, description="Free credits for everybody each day (UTC).", examples=["0.1"])
    credit_subscription: Subscription | None = Field(
        None,
        description="A subscription, as stars:credits: that many credits every 30 days. Unset: none.",
        examples=["100:1.5"],
    )
    credits_terms_url: HttpUrl | None = Field(
        None,
        description="Your terms of sale, which /terms links to. Unset: /terms answers with a short text of its own.",
        examples=["https://example.org/terms"],
    )
    # Models
    models_file: Path | None = Field(
        None, description="A TOML file that adds models or changes the built-in ones.", examples=["models.toml"]
    )
    default_model: str | None = Field(
        None,
        description="Default model, by its id. Unset: the first one that needs no key.",
        examples=["sd35"],
    )
    hf_token: Key | None = Field(
        None,
        description="A Hugging Face token: more quota on Spaces. MODELS_FILE can name other keys as env:NAME.",
    )
    openai_api_key: Key | None = Field(None, description="An OpenAI key: turns on the paid model gpt-image.")
    gemini_api_key: Key | None = Field(None, description="A Gemini API key: turns on the paid model nano-banana.")
    openrouter_api_key: Key | None = Field(None, description="An OpenRouter key: turns on the paid model openrouter.")
    fal_key: Key | None = Field(None, description="A fal.ai key: turns on the paid model fal.")
    replicate_api_token: Key | None = Field(None, description="A Replicate token: turns on the paid model replicate.")
    bfl_api_key: Key | None = Field(None, description="A Black Forest Labs key: turns on the paid model flux-pro.")
    stability_api_key: Key | None = Field(
        None, description="A Stability AI key: turns on the paid model stable-image-core."
    )
    pollinations_api_key: Key | None = Field(
        None, description="A Pollinations key: turns on the paid model pollinations."
    )
    horde_api_key: Key | None = Field(
        None, description="An AI Horde key: a shorter queue. The model is free without it."
    )
    prompt_model_url: Annotated[HttpUrl, AfterValidator(_no_login)] | None = Field(
        None,
        description="Base URL of a chat model that translates and enhances prompts and describes pictures. Its API is "
        "OpenAI's (Ollama, llama.cpp, OpenRouter, OpenAI). Unset: off.",
        examples=["http://127.0.0.1:11434/v1"],
    )
    prompt_model: str | None = Field(
        None, description="The name of that chat model.", examples=["gemma3:4b"], max_length=200
    )
    prompt_model_key: Key | None = Field(None, description="The key of that chat model, where it needs one.")
    prompt_model_cost: Amount = Field(
        0,
        description="What one question to that chat model costs, in the unit of the models' `cost`. It counts towards "
        "the budgets.",
        examples=["0.0005"],
    )
    speech_url: Annotated[HttpUrl, AfterValidator(_no_login)] | None = Field(
        None,
        description="Base URL of a transcription server for voice messages. Its API is OpenAI's (speaches, LocalAI, "
        "whisper.cpp, Groq, OpenAI). Unset: voice messages are not taken as prompts.",
        examples=["http://127.0.0.1:8000/v1"],
    )
    speech_model: str = Field(
        "whisper-1",
        description="The name of that server's model.",
        examples=["Systran/faster-whisper-small"],
        max_length=200,
    )
    speech_key: Key | None = Field(None, description="The key of that server, where it needs one.")
    # Storage
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        "sqlite:///data/imagine.db",
        description="Where requests, settings and pictures are stored.",
        examples=["postgresql://imagine:password@db.example/imagine"],
    )
    history_days: int = Field(
        90,
        ge=0,
        le=36_500,
        description="Days for which requests and thumbnails are kept, for /history and old buttons. 0: keep forever.",
        examples=["30"],
    )
    picture_ttl: Duration = Field(
        timedelta(days=7), description="How long the single pictures behind a grid's buttons are kept.", examples=["1d"]
    )
    # Logs and monitoring
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="console, or json: one JSON object per line.", examples=["json"]
    )
    http_listen: Listen | None = Field(
        None, description="Where /healthz, /readyz and /metrics are served. Unset: off.", examples=["127.0.0.1:9090"]
    )

    @model_validator(mode="after")
    def _webhook_is_https(self) -> "Settings":
        telegrams_own = self.telegram_api_url == TELEGRAM_API_URL
        if self.webhook_url and telegrams_own and not self.webhook_url.startswith("https://"):
            raise ValueError("WEBHOOK_URL: Telegram delivers to https:// only")
        return self

    @model_validator(mode="after")
    def _prompt_model_is_named(self) -> "Settings":
        if (self.prompt_model_url is None) != (self.prompt_model is None):
            raise ValueError("PROMPT_MODEL: prompt help needs both PROMPT_MODEL_URL and PROMPT_MODEL")
        return self

    @model_validator(mode="after")
    def _own_keys_are_sealed(self) -> "Settings":
        if self.allow_own_keys and self.own_keys_secret is None:
            raise ValueError(f"OWN_KEYS_SECRET: ALLOW_OWN_KEYS needs it to encrypt people's keys; {HOW_TO_SEAL}")
        return self

    @model_validator(mode="after")
    def _certificate_has_a_key(self) -> "Settings":
        if (self.c2pa_cert is None) != (self.c2pa_key is None):
            raise ValueError("C2PA_CERT: signing needs both C2PA_CERT and C2PA_KEY")
        return self

    @model_validator(mode="after")
    def _credits_are_looked_after(self) -> "Settings":
        if self.credits and not self.admin_ids:
            raise ValueError(
                "CREDITS: set ADMIN_IDS as well; operators answer questions about payments and refund them"
            )
        if not self.credits and self.credit_subscription is not None:
            raise ValueError("CREDIT_SUBSCRIPTION: set CREDITS as well")
        if not self.credits and self.credits_free_daily:
            raise ValueError("CREDITS_FREE_DAILY: set CREDITS as well")
        return self

    @property
    def box_keys(self) -> list[str]:
        """The parts of `own_keys_secret`."""
        return self.own_keys_secret.get_secret_value().split(",") if self.own_keys_secret is not None else []

    @property
    def credit_plan(self) -> CreditPlan | None:
        """What is sold. None: there are no credits."""
        if not self.credits:
            return None
        return CreditPlan(self.credits, self.credit_subscription, round(self.credits_free_daily * 1_000_000))

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
            self.prompt_model_key,
            self.speech_key,
        )
        addresses = (self.database_url, self.output_check_url or "")
        shown = self.box_keys + [address for address in addresses if urlsplit(address).password]
        return shown + [secret.get_secret_value() for secret in hidden if secret is not None]


def custom_api(api_url: str) -> str | None:
    """The URL of a Bot API server of one's own; None for Telegram's, whose routes aiogram knows."""
    return None if api_url == TELEGRAM_API_URL else api_url


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """The settings of the environment and `.env`. Raises SettingsError with every mistake, a line each."""
    try:
        found = environment(env_file)
    except EnvFileError as error:
        raise SettingsError(str(error)) from None
    values: dict[str, Any] = {
        name.lower(): value for name, value in found.items() if value and name.lower() in Settings.model_fields
    }
    with _mistakes_named():
        return Settings(**values)


def fixed_settings(**values: object) -> Settings:
    """Settings with only these values: neither the environment nor `.env` is read. Raises SettingsError with every
    mistake, a line each."""
    with _mistakes_named():
        return Settings.model_validate(values)


@contextmanager
def _mistakes_named() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise SettingsError("\n".join(map(_described, error.errors()))) from None


def _described(problem: Any) -> str:  # pydantic's own loose dictionary
    location, kind, context = problem["loc"], problem["type"], problem.get("ctx", {})
    reasons = {
        "int_parsing": "give a whole number",
        "int_from_float": "give a whole number",
        "float_parsing": "give a number",
        "finite_number": "give a number",
        "greater_than": f"give more than {context.get('gt')}",
        "greater_than_equal": f"give at least {context.get('ge')}",
        "less_than_equal": f"give at most {context.get('le')}",
        "literal_error": f"give {str(context.get('expected', '')).replace(chr(39), '')}",
    }
    message = reasons.get(kind) or str(problem["msg"]).removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {message}" if location else message


if __name__ == "__main__":
    runpy.run_module("bot.settings_reference", run_name="__main__")  # not imported: it reads this module
