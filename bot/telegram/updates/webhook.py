"""Receives updates by webhook. It answers 200 only after the commit, so Telegram sends again what this process
loses."""

import hmac
import itertools
import json
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.types import WebhookInfo
from aiohttp import web

from bot.clock import Clock
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.updates.inbox import ALLOWED_UPDATES
from bot.telegram.updates.polling import REFUSED, Intake, TokenRefused
from storage import StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, in the Bot API's setWebhook
LARGEST_BODY = 1024 * 1024  # bytes; an update has a few thousand
CONNECTIONS = 100  # that Telegram may hold at once, the most it allows
LOOK_EVERY = 60.0  # s between two looks at what is registered
LOOK_TIMEOUT = 15  # s
RECENT = timedelta(minutes=3)  # an older error of a delivery says nothing of now
# Telegram's words for a delivery that somebody answered, and for our answer to a wrong secret.
_ANSWERED = "Wrong response from the webhook"
_FORBIDDEN = "403"


def webhook_app(intake: Intake, *, path: str, secret: str) -> web.Application:
    """An application that takes updates at `path` and nothing else.

    It answers 403 without the secret, 413 for a body over 1 MB, 400 for a body that is no update, and 503 while the
    database is unavailable, too many updates are unhandled, or the process stops: Telegram then sends the update again.
    """
    expected = secret.encode()

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            log.warning("webhook called without the secret", remote=request.remote)
            raise web.HTTPForbidden
        if intake.full:
            raise web.HTTPServiceUnavailable
        try:
            await intake.accept([json.loads(await request.read())])
        except (ValueError, RecursionError) as error:  # no JSON, not in UTF-8, nested too deep, no update
            log.warning("webhook called without an update", error=type(error).__name__)
            raise web.HTTPBadRequest from error
        except StorageUnavailable as error:
            raise web.HTTPServiceUnavailable from error
        return web.Response()

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(path, take)
    return app


async def register_webhook(bot: Bot, *, url: str, secret: str) -> None:
    """Registers `url` at Telegram. Raises aiogram's errors."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )


class Registration:
    """Registers the webhook, then checks it every minute: another program with the same token (a second `run` without
    WEBHOOK_URL, a script that calls setWebhook) takes it away without notice."""

    def __init__(self, bot: Bot, clock: Clock, *, url: str, secret: str) -> None:
        self._bot = bot
        self._clock = clock
        self._url = url
        self.secret = secret
        self._trouble = "not registered yet"
        self._told: str | None = None  # the delivery error of which the log knows

    @property
    def trouble(self) -> str | None:
        """Why no updates come, in plain words; None: as far as Telegram says, they do."""
        return self._trouble or None

    async def keep(self) -> None:
        """Registers as soon as Telegram can be reached, and again whenever the webhook is changed, until cancelled.
        Raises TokenRefused."""
        await self._register()
        while True:
            await self._clock.sleep(LOOK_EVERY)
            try:
                found = await self._bot.get_webhook_info(request_timeout=LOOK_TIMEOUT)
            except Exception as error:
                if classify(error) is Outcome.UNAUTHORIZED:
                    raise TokenRefused(REFUSED) from error
                log.debug("the webhook could not be looked at", error=describe(error))
                continue
            await self._compare(found)

    async def _compare(self, found: WebhookInfo) -> None:
        if found.url != self._url:
            self._trouble = "another program changed the webhook"
            log.error(
                "another program removed or replaced the webhook: registering it again; "
                "stop the other program that uses BOT_TOKEN",
                found=_without_query(found.url),
            )
            await self._register()
        elif found.allowed_updates is not None and set(found.allowed_updates) != set(ALLOWED_UPDATES):
            log.error("another program changed what the webhook is told: registering it again")
            await self._register()
        else:
            await self._hear(found)

    async def _hear(self, found: WebhookInfo) -> None:
        """Handles what Telegram says about its last delivery. An error stays there after later deliveries succeeded."""
        at, said = found.last_error_date, found.last_error_message or ""
        failing = at is not None and found.pending_update_count > 0 and self._clock.now() - at < RECENT
        if not failing:
            if self._told is not None:
                log.info("Telegram delivers updates to the webhook again")
            self._told, self._trouble = None, ""
            return
        if said != self._told:
            self._told = said
            log.error("Telegram cannot deliver updates to the webhook", error=said, waiting=found.pending_update_count)
        if _FORBIDDEN in said:  # somebody registered our address with a secret of their own
            await self._register()
        # A proxy answers, and one that asks /readyz must not be kept from us by our own "not ready".
        self._trouble = "" if said.startswith(_ANSWERED) else "Telegram cannot reach the webhook"

    async def _register(self) -> None:
        pauses = itertools.chain((1.0, 2.0, 5.0, 15.0), itertools.repeat(30.0))
        while True:
            try:
                await register_webhook(self._bot, url=self._url, secret=self.secret)
            except Exception as error:
                if classify(error) is Outcome.UNAUTHORIZED:
                    raise TokenRefused(REFUSED) from error
                pause = next(pauses)
                log.warning("the webhook is not registered yet", error=describe(error), again_in=pause)
                await self._clock.sleep(pause)
            else:
                self._trouble = ""
                log.info("webhook registered", url=self._url)
                return


def _without_query(url: str) -> str:
    """The address without its query, because another program's address may have a secret there."""
    return url.partition("?")[0][:200]
