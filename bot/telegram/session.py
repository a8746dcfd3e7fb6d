"""The bot's connection to a Bot API server: Telegram's, or any other by its address."""

import logging
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import LinkPreviewOptions
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.telegram.encoding import answer, written
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.not_sent import NotSent
from bot.telegram.rate_limit.lease_guard import LeaseGuard
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.priority import urgency
from providers.proxies import proxy_for

log = structlog.stdlib.get_logger(__name__)
_LEVEL = logging.getLogger(__name__)  # says whether a line of `log` is printed

TIMEOUT = 60.0  # s for one call, an upload of a picture included
CONNECTIONS = 512  # at once; flood control bounds the calls, this only has to be above it
PAUSE_WITHOUT_PARAMETERS = 5  # s after a 429 that does not say how long


# The type of each kind of answer: pydantic forgets one that nobody holds, and builds it again in 20 ms.
_KEPT: dict[object, type[Response[Any]]] = {}  # Any: of any content

_HARMLESS = frozenset({Outcome.NOT_MODIFIED, Outcome.QUERY_EXPIRED})
# Those who make these calls say themselves, once an outage, that they fail.
_TOLD_BY_CALLER = frozenset({"getUpdates", "deleteWebhook", "setWebhook", "getWebhookInfo", "getMe"})


class Session(AiohttpSession):
    """aiogram's session, with answers that are no JSON told apart by their status, and proxies without extras."""

    def __init__(self, *, api: TelegramAPIServer = PRODUCTION, proxy: str | None = None) -> None:
        socks = proxy if proxy is not None and urlsplit(proxy).scheme.startswith("socks") else None
        super().__init__(api=api, proxy=socks, limit=CONNECTIONS, timeout=TIMEOUT)
        self._http_proxy = None if socks else proxy

    async def create_session(self) -> ClientSession:
        """aiohttp speaks to an http proxy by itself; aiogram wants aiohttp-socks for every kind."""
        if self._http_proxy is None:
            return await super().create_session()
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(**self._connector_init),
                proxy=self._http_proxy,
            )
            self._should_reset_connector = False
        return self._session

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """As aiogram's, but what `wire` can write and read is not built of models; a message comes as a `Sent`."""
        body = written(method, bot)
        if body is None:
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        seconds = ClientTimeout(total=self.timeout if timeout is None else timeout)
        try:
            async with session.post(url, data=body.data, headers=body.headers, timeout=seconds) as response:
                content = await response.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        if (result := answer(method, response.status, content)) is None:
            text = content.decode(errors="replace")
            result = self.check_response(bot, method, response.status, text).result
        return cast("TelegramType", result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Raises as aiogram does, but a 413, 429 or 5xx is one also when a front proxy says it in HTML, and a 429
        without parameters has a pause too."""
        if (kind := method.__returning__) not in _KEPT:
            _KEPT[kind] = Response[kind]  # type: ignore[valid-type]  # a value, as aiogram has it
        try:
            return super().check_response(bot, method, status_code, content)
        except (TelegramRetryAfter, TelegramServerError, TelegramEntityTooLarge):
            raise
        except (ClientDecodeError, TelegramAPIError, TypeError) as error:  # TypeError: a 5xx without description
            said = error.message if isinstance(error, TelegramAPIError) else f"HTTP {status_code}, not JSON"
            if status_code == 429:
                raise TelegramRetryAfter(method, said, PAUSE_WITHOUT_PARAMETERS) from error
            if status_code == 413:
                raise TelegramEntityTooLarge(method, said) from error
            if status_code >= 500:
                raise TelegramServerError(method, said) from error
            raise


class CallLog(BaseRequestMiddleware):
    """A line a call, without texts, files or the token: what was called, where, how urgent, how it ended."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            result = await make_request(bot, method)
        except NotSent as error:
            log.debug("call not sent", why=type(error).__name__, **_about(method))
            raise
        except Exception as error:
            outcome = classify(error)
            log.log(
                logging.DEBUG if outcome in _HARMLESS or method.__api_method__ in _TOLD_BY_CALLER else logging.INFO,
                "call failed",
                outcome=str(outcome),
                error=describe(error),
                **_about(method),
            )
            raise
        if _LEVEL.isEnabledFor(logging.DEBUG):
            log.debug("call", **_about(method))
        return result


def _about(method: TelegramMethod[Any]) -> dict[str, Any]:  # Any: values of any field that a method happens to have
    where = {name: value for name in ("chat_id", "message_id") if (value := getattr(method, name, None)) is not None}
    return {"method": method.__api_method__, "lane": urgency().lane.name.lower(), **where}


def create_bot(token: str, *, api_url: str | None, proxy: str | None, flood: FloodControl) -> Bot:
    """`api_url` None: Telegram's own server. `proxy`: http://, or socks5:// with aiohttp-socks installed; a server on
    this machine or in its network, or one that NO_PROXY names, is asked directly.

    Texts are HTML, links show no preview, and a reply whose target is gone is sent all the same.
    """
    api = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
    session = Session(api=api, proxy=proxy_for(api.base, proxy))
    session.middleware(CallLog())
    session.middleware(flood)
    session.middleware(LeaseGuard())
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML,
            link_preview=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
    )
