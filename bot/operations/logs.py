"""Logs: one line an event, for a console or as JSON, with every known secret blotted out of it, tracebacks included."""

import json
import logging
import re
import traceback
from collections.abc import Callable, Iterable
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from stamina.instrumentation import RetryDetails, set_on_retry_hooks
from structlog.typing import EventDict, Processor, WrappedLogger

log = structlog.stdlib.get_logger(__name__)

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


def _parts(secret: str) -> set[str]:
    """A secret in each form in which it can stand in a line: as it is, as JSON and as Python's repr write it, and as
    in a URL. Of a URL it is the password, if it has one, as it stands there and as it is meant."""
    whole = [secret]
    if "://" in secret:
        try:
            password = urlsplit(secret).password
        except ValueError:  # no URL after all
            password = None
        whole = [secret, password, unquote(password)] if password else []
    once = {form for part in whole for form in _forms(part)}
    return {form for part in once for form in _forms(part)}  # a body in JSON, shown by repr, is escaped twice


def _forms(part: str) -> tuple[str, ...]:
    return (
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        repr(part)[1:-1],
        quote(part, safe=""),
    )


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
    _filter("aiohttp.server", _bad_requests)
    set_on_retry_hooks([_trying_again])
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


def _filter(name: str, keep: Callable[[logging.LogRecord], bool]) -> None:
    logger = logging.getLogger(name)
    if keep not in logger.filters:
        logger.addFilter(keep)


def _bad_requests(record: logging.LogRecord) -> bool:
    """What a stranger sends that is no HTTP is no mistake of ours: a line without a traceback."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(error, HttpProcessingError | ConnectionError):
        record.msg, record.args = "a request that is no HTTP was refused (%s)", (type(error).__name__,)
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True


def _trying_again(details: RetryDetails) -> None:
    """In place of stamina's own line, which names no call."""
    log.info(
        "failed, trying again",
        call=_failed_call(details.caused_by) or details.name,
        error=f"{type(details.caused_by).__name__}: {str(details.caused_by)[:200]}",
        attempt=details.retry_num + 1,
        again_in=round(details.wait_for, 1),
    )


def _failed_call(error: Exception) -> str | None:
    """The innermost function of the bot that an error came through: `bot.jobs.lifecycle.delivery.send`."""
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("bot."):
            found = f"{module}.{frame.f_code.co_name}"
    return found


def _drop_color(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)
    return event
