"""The token, and what Telegram knows of the bot."""

import asyncio
from collections.abc import AsyncIterator

from aiogram.types import User

from bot.cli.checks.findings import Finding, Verdict
from bot.clock import SystemClock
from bot.config import Settings, custom_api, revealed
from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.inline_check import InlineFault, inline_fault
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import create_bot

DEADLINE = 15  # s for an answer


async def check_telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield Finding("Telegram", Verdict.FAILED, "BOT_TOKEN is not set; @BotFather gives one (/newbot)")
        return
    proxy = revealed(settings.proxy_url)
    flood = FloodControl(SystemClock(), settings.telegram_rate)
    token = settings.bot_token.get_secret_value()
    bot = create_bot(token, api_url=custom_api(settings.telegram_api_url), proxy=proxy, flood=flood)
    try:
        async with asyncio.timeout(DEADLINE):
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
            inline = await inline_fault(bot, settings.media_chat_id)
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
    if (found := _inline(inline, me, settings)) is not None:
        yield found
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


_CACHE_CHAT = "create a private channel, make the bot an admin there, and set MEDIA_CHAT_ID to its id"


def _inline(fault: InlineFault | None, me: User, settings: Settings) -> Finding | None:
    """None: nobody has asked for it."""
    name = "Inline mode"
    if fault is InlineFault.OFF:
        return Finding(name, Verdict.NOTE, "off, though MEDIA_CHAT_ID is set (@BotFather: /setinline)")
    if fault is InlineFault.NO_CHAT:
        return Finding(name, Verdict.NOTE, f"nothing can be drawn: {_CACHE_CHAT}")
    if fault is InlineFault.NO_RIGHTS:
        told = f"the bot may not post in MEDIA_CHAT_ID {settings.media_chat_id}; {_CACHE_CHAT}"
        return Finding(name, Verdict.FAILED, told)
    if not me.supports_inline_queries:
        return None
    guest = "guest mode on" if me.supports_guest_queries else "guest mode off (@BotFather: Mode Settings)"
    feedback = "Telegram does not say whether feedback is on: pictures start by themselves with /setinlinefeedback 100%"
    return Finding(name, Verdict.OK, f"on, {guest}; {feedback}")
