"""Logs: one line an event, for a console or as JSON, with every known secret blotted out of it, tracebacks included."""

import logging
import logging.config
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Telegram's tokens, also those of other bots: digits, a colon, 35 characters.
_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{30,}")
_BLOT = "[hidden]"

# Their INFO says what our own lines say better, or holds prompts.
_QUIET = ("aiogram", "aiohttp", "aiosqlite", "alembic", "asyncio", "httpx", "PIL")


class Redactor(logging.Formatter):
    """Wraps a formatter and removes secrets from its finished text, so that nothing can slip by as an argument."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        hidden = {part for secret in secrets for part in _parts(secret) if len(part) >= 4}
        self._known = re.compile("|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))) if hidden else None

    def format(self, record: logging.LogRecord) -> str:
        text = _TOKEN.sub(_BLOT, self._inner.format(record))
        return self._known.sub(_BLOT, text) if self._known else text


def _parts(secret: str) -> list[str]:
    """A secret; of a URL it is the password, if it has one, as it stands there and as it is meant."""
    if "://" not in secret:
        return [secret]
    password = urlsplit(secret).password
    return [secret, password, unquote(password)] if password else []


def configure_logs(
    level: str = "INFO", style: Literal["console", "json"] = "console", secrets: Iterable[str] = ()
) -> None:
    """Send structlog's and the standard library's records to stderr in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _drop_color, *renderer],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(Redactor(formatter, secrets))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _drop_color(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)
    return event
