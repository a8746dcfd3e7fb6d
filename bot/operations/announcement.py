"""What a process says of itself when it starts, in one line, and what an operator should know at once."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramNotFound

from bot.config import Settings
from bot.operations.summary import start_line
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.updates.polling import REFUSED, TokenRefused
from providers import Catalog
from storage import open_to_others, sqlite_path

log = structlog.stdlib.get_logger(__name__)

PATIENCE = 5.0  # s for Telegram to say our name; without it the line comes all the same


async def announce(bot: Bot, settings: Settings, catalog: Catalog) -> None:
    """One line at INFO; warnings for files that others can read, for paid models without a budget, and for a webhook
    that polling is going to remove. Raises TokenRefused."""
    username: str | None = None
    registered = ""
    try:
        async with asyncio.timeout(PATIENCE):
            username = (await bot.me()).username
            if settings.webhook_url is None:
                registered = (await bot.get_webhook_info()).url
    except Exception as error:
        if classify(error) is Outcome.UNAUTHORIZED or isinstance(error, TelegramNotFound):
            raise TokenRefused(REFUSED) from error
        log.debug("Telegram could not be asked", error=describe(error))
    log.info(start_line(settings, catalog, username))
    if registered:
        log.warning(
            "a webhook is registered for this bot: removing it to poll, because WEBHOOK_URL is not set; "
            "if another imagine-bot serves it, stop one of the two",
            webhook=registered.partition("?")[0],
        )
    path = sqlite_path(settings.database_url)
    if path is not None and open_to_others(path):
        log.warning("other users of this machine can read the database: chmod 600", path=str(path))
    if not settings.allowed_chats:
        unlimited = [
            model.id
            for model in catalog.working()
            if model.provider_class.paid and not (model.cost and (settings.daily_cost or settings.daily_cost_per_user))
        ]
        if unlimited:
            log.warning("paid models are open to everyone without a budget", models=unlimited)
