"""`imagine-bot check`: whether `run` could start and work, and whether each model answers, or why not."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exits import FAILED, one_line_errors
from bot.cli.preparation import Prepared, prepare

if TYPE_CHECKING:
    from bot.cli.checks.findings import Finding, Report


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what works, or why not: settings, token, database, models.

    Exits with 1 when the bot could not run, with 2 for wrong settings.
    """
    with one_line_errors():
        import asyncio

        from bot.telegram.lean_import import load_aiogram

        prepared = prepare(quiet=True)
        load_aiogram()
        from bot.cli.checks.findings import Document, Lines

        report = Document() if as_json else Lines()
        ok = asyncio.run(check_everything(prepared, report))
        if isinstance(report, Document):
            report.end(ok=ok)
        if not ok:
            raise typer.Exit(FAILED)


async def check_everything(prepared: Prepared, report: "Report") -> bool:
    """Tell all findings, then the models; True when the bot could run (no model needs to be up for that)."""
    from bot.cli.checks import settings as settings_checks
    from bot.cli.checks.database import check_database
    from bot.cli.checks.findings import Verdict
    from bot.cli.checks.models import check_models
    from bot.cli.checks.telegram import check_telegram
    from bot.cli.checks.text_models import check_text_models
    from bot.operations.model_suggestions import better_models

    settings, catalog = prepared.settings, prepared.catalog
    failed = False

    def tell(finding: "Finding") -> None:
        nonlocal failed
        failed = failed or finding.verdict is Verdict.FAILED
        report.finding(finding)

    for finding in settings_checks.unknown_names(prepared.unknown):
        tell(finding)
    report.begin("Asking Telegram")
    async for finding in check_telegram(settings):
        tell(finding)
    database = await check_database(settings.database_url)
    for finding in database.findings:
        tell(finding)
    for finding in settings_checks.listening(settings, running=database.running):
        tell(finding)
    tell(settings_checks.access(settings))
    for finding in (*settings_checks.costs(settings, catalog), *settings_checks.videos(settings, catalog)):
        tell(finding)
    tell(settings_checks.default_model(settings, catalog))
    for finding in settings_checks.better(await better_models(catalog)):
        tell(finding)
    async for finding in check_text_models(settings):
        tell(finding)
    report.begin(f"Asking {len(catalog.enabled())} models, up to 15 s each, all at once")
    await check_models(catalog, database.times, report)
    return not failed
