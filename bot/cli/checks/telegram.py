"""The token, and what Telegram knows of the bot."""

import asyncio
from collections.abc import AsyncIterator

from bot.cli.checks.findings import Finding, Verdict
from bot.clock import SystemClock
from bot.config import Settings, custom_api
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import create_bot

DEADLINE = 15  # s for an answer


async def check_telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield Finding("Telegram", Verdict.FAILED, "BOT_TOKEN is not set; @BotFather gives one (/newbot)")
        return
    proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
    flood = FloodControl(SystemClock(), settings.telegram_rate)
    token = settings.bot_token.get_secret_value()
    bot = create_bot(token, api_url=custom_api(settings.telegram_api_url), proxy=proxy, flood=flood)
    try:
        async with asyncio.timeout(DEADLINE):
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
    except Exception as error:  # noqa: BLE001 - of whatever kind: Telegram cannot be used
        yield Finding("Telegram", Verdict.FAILED, _told(error, settings))
        return
    finally:
        await bot.session.close()
    yield Finding("Telegram", Verdict.OK, f"@{me.username}")
    if not me.can_read_all_group_messages:
        yield Finding(
            "Privacy mode",
            Verdict.NOTE,
            f"on: in groups the bot sees commands and replies to it, but not '@{me.username} a fox', unless it is an "
            "admin there (@BotFather: /setprivacy, then add it to the group again)",
        )
    if hook.url and settings.webhook_url is None:
        detail = "one is registered at Telegram; `run` removes it, because WEBHOOK_URL is not set"
        yield Finding("Webhook", Verdict.NOTE, detail)
    if settings.webhook_url is not None:
        if hook.url and hook.url != settings.webhook_url:
            yield Finding(
                "Webhook", Verdict.NOTE, "another address is registered at Telegram; `run` registers WEBHOOK_URL"
            )
        if hook.last_error_message:
            yield Finding("Webhook", Verdict.NOTE, f"Telegram's last delivery failed: {hook.last_error_message}")


def _told(error: Exception, settings: Settings) -> str:
    if isinstance(error, TimeoutError):
        told = f"no answer in {DEADLINE} s"
    elif classify(error) is Outcome.UNAUTHORIZED or type(error).__name__ == "TelegramNotFound":
        return "Telegram refuses the token: check BOT_TOKEN (@BotFather has the right one)"
    else:
        told = describe(error)
    return f"{told}{' (through PROXY_URL)' if settings.proxy_url else ''}"
