"""`imagine-bot check`: does the token, the database and each model work, or why not."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiogram.exceptions import TelegramAPIError
from rich.console import Console
from rich.table import Table

from bot.cli.model_report import health_table
from bot.clock import SystemClock
from bot.config import Settings, custom_api
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.session import create_bot
from providers import Catalog
from storage import Database, StorageError

DEADLINE = 15  # s for an answer of Telegram's


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
    """Print all findings, and a table of the models; True when the bot could run (no model needs to be up for that)."""
    table = Table("What", "", "Detail", box=None, pad_edge=False)
    telegram = [finding async for finding in _telegram(settings)]
    database, times = await _database(settings)
    found = [*telegram, database, *_money(settings, catalog)]
    marks = {Verdict.OK: "[green]ok[/]", Verdict.NOTE: "[yellow]note[/]", Verdict.FAILED: "[red]failed[/]"}
    for finding in found:
        table.add_row(finding.what, marks[finding.verdict], finding.detail)
    console = Console()
    console.print(table)
    console.print()
    console.print(await health_table(catalog, times))
    return all(finding.verdict is not Verdict.FAILED for finding in found)


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
        async with asyncio.timeout(DEADLINE):
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


def _money(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """Models that no limit of costs knows of, where there is one."""
    if not (settings.daily_cost or settings.daily_cost_per_user):
        return
    unknown = [model.id for model in catalog.enabled() if model.provider_class.paid and not model.cost]
    if unknown:
        yield Finding(
            "Money", Verdict.NOTE, f"no limit holds for models without a cost in the catalogue: {', '.join(unknown)}"
        )
    elif not any(model.cost for model in catalog.enabled()):
        yield Finding("Money", Verdict.NOTE, "there is a limit, but no model has a cost in the catalogue")


async def _database(settings: Settings) -> tuple[Finding, Mapping[str, Sequence[float]]]:
    """With how long draws took, as far as that is known."""
    try:
        database = await Database.open(settings.database_url, clock_now=SystemClock().now)
        try:
            async with database.read() as unit:
                times = await unit.draws.times()
        finally:
            await database.close()
    except StorageError as error:
        return Finding("Database", Verdict.FAILED, str(error)), {}
    return Finding("Database", Verdict.OK, settings.database_url.partition(":")[0]), times
