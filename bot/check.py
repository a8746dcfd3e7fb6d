"""`imagine-bot check`: does the token, the database and each model work, or why not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
from aiogram.exceptions import TelegramAPIError
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.config import Settings, custom_api
from bot.telegram.flood import FloodControl
from bot.telegram.session import create_bot
from providers import Catalog, ProviderError
from providers.model import Model
from storage import Database, StorageError

MODEL_DEADLINE = 15  # s for one model's answer; a Space that sleeps takes longer to wake, and is told as down


class Verdict(StrEnum):
    OK = "ok"
    NOTE = "note"  # works, but the operator should know
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    verdict: Verdict
    detail: str


async def check_everything(settings: Settings, catalog: Catalog) -> bool:
    """Print a table of all findings; True when the bot could run (no model needs to be up for that)."""
    table = Table("What", "", "Detail", box=None, pad_edge=False)
    telegram = [finding async for finding in _telegram(settings)]
    needed = [*telegram, await _database(settings)]
    found = [*needed, *await _models(catalog)]
    marks = {Verdict.OK: "[green]ok[/]", Verdict.NOTE: "[yellow]note[/]", Verdict.FAILED: "[red]failed[/]"}
    for finding in found:
        table.add_row(finding.what, marks[finding.verdict], finding.detail)
    Console().print(table)
    return all(finding.verdict is not Verdict.FAILED for finding in needed)


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield Finding("Telegram", Verdict.FAILED, "BOT_TOKEN is not set; @BotFather gives one (/newbot)")
        return
    proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
    flood = FloodControl(SystemClock(), settings.telegram_rate)
    bot = create_bot(
        settings.bot_token.get_secret_value(), api_url=custom_api(settings.telegram_api_url), proxy=proxy, flood=flood
    )
    try:
        async with asyncio.timeout(MODEL_DEADLINE):
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
    except (TelegramAPIError, TimeoutError) as error:
        yield Finding("Telegram", Verdict.FAILED, str(error) or "no answer")
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
    if hook.url and not settings.webhook_url:
        yield Finding("Webhook", Verdict.NOTE, "one is set at Telegram; `run` removes it: WEBHOOK_URL is not set")
    if hook.last_error_message and settings.webhook_url:
        yield Finding("Webhook", Verdict.NOTE, f"Telegram's last delivery failed: {hook.last_error_message}")


async def _database(settings: Settings) -> Finding:
    try:
        database = await Database.open(settings.database_url, clock_now=SystemClock().now)
        try:
            await database.ping()
        finally:
            await database.close()
    except StorageError as error:
        return Finding("Database", Verdict.FAILED, str(error))
    return Finding("Database", Verdict.OK, settings.database_url.partition(":")[0])


async def _models(catalog: Catalog) -> list[Finding]:
    timeout = aiohttp.ClientTimeout(total=MODEL_DEADLINE)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        return list(await asyncio.gather(*(_model(model, session) for model in catalog)))


async def _model(model: Model, session: aiohttp.ClientSession) -> Finding:
    what = f"Model {model.id}"
    if (lacking := model.lacking) is not None:
        return Finding(what, Verdict.NOTE, f"left out of menus: {lacking}")
    if not model.enabled:
        return Finding(what, Verdict.NOTE, "not enabled")
    try:
        async with asyncio.timeout(MODEL_DEADLINE):
            await model.create().check(session)
    except (ProviderError, TimeoutError) as error:
        return Finding(what, Verdict.FAILED, str(error) or f"no answer in {MODEL_DEADLINE} s")
    return Finding(what, Verdict.OK, model.label)
