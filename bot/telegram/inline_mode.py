"""Whether @BotFather lets this bot be used in chats that it is no member of."""

import asyncio

import structlog
from aiogram import Bot

from bot.clock import Clock
from bot.telegram.errors import Outcome, classify, describe

log = structlog.stdlib.get_logger(__name__)

AGAIN = 30.0  # s until Telegram is asked once more
TIMEOUT = 15.0  # s


class InlineMode:
    """`on` is False until Telegram has said so: a button that shares is refused where inline mode is off, and the
    picture above it with it. `media_chat`: where pictures for inline messages are uploaded; None: nowhere."""

    def __init__(self, media_chat: int | None) -> None:
        self.media_chat = media_chat
        self.on = False

    async def learn(self, bot: Bot, clock: Clock) -> None:
        """Ask until Telegram answers."""
        while True:
            try:
                async with asyncio.timeout(TIMEOUT):
                    self.on = bool((await bot.me()).supports_inline_queries)
            except Exception as error:  # noqa: BLE001 - of whatever kind: it is asked again
                if classify(error) is Outcome.UNAUTHORIZED:
                    return
                log.debug("inline mode is not known yet", error=describe(error))
                await clock.sleep(AGAIN)
            else:
                return
