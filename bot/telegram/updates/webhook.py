"""The other way in: Telegram calls us. 200 only after the commit, so that what we lose it sends again."""

import asyncio
import hmac
import itertools
import json

import structlog
from aiogram import Bot
from aiohttp import web

from bot.clock import Clock
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.updates.inbox import ALLOWED_UPDATES
from bot.telegram.updates.polling import Intake, TokenRefused
from storage import StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, in the Bot API's setWebhook
LARGEST_BODY = 1024 * 1024  # bytes; an update has a few thousand
CONNECTIONS = 100  # that Telegram may hold at once, the most it allows


def webhook_app(intake: Intake, *, path: str, secret: str) -> web.Application:
    """An application that takes updates at `path` and nothing else.

    403 without the secret, 413 for a body over 1 MB, 400 for what is no update, 503 while the database is gone,
    too much is unhandled or the process stops: Telegram then sends it again.
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
    """Have Telegram call `url`. Raises aiogram's errors."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )


async def keep_registered(bot: Bot, clock: Clock, *, url: str, secret: str) -> None:
    """Register as soon as Telegram can be reached, then stay until cancelled. Raises TokenRefused."""
    pauses = itertools.chain((1.0, 2.0, 5.0, 15.0), itertools.repeat(30.0))
    while True:
        try:
            await register_webhook(bot, url=url, secret=secret)
        except Exception as error:
            if classify(error) is Outcome.UNAUTHORIZED:
                raise TokenRefused("Telegram refuses the token: check BOT_TOKEN") from error
            pause = next(pauses)
            log.warning("the webhook is not registered yet", error=describe(error), again_in=pause)
            await clock.sleep(pause)
        else:
            log.info("webhook registered", url=url)
            await asyncio.Event().wait()
