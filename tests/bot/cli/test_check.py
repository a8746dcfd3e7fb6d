"""What `imagine-bot check` finds of Telegram and of the models."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest

from bot.cli.check import _money, check_everything
from bot.config import fixed_settings
from bot.sandbox import SandboxServer
from providers import Catalog, ProviderError, Unavailable
from providers.catalog.model import Model
from providers.sketch.provider import Sketch
from storage import Database
from tests.running import quick_sketch, scripted
from tests.storage.stage import Clock, admit, ask, end


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    server = await SandboxServer.start()
    yield server
    await server.close()


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode_is_told_while_it_is_on(
    sandbox: SandboxServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    privacy: bool,
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    sandbox.state.bot.privacy_mode = privacy
    settings = fixed_settings(
        bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=f"sqlite:///{tmp_path / 'imagine.db'}"
    )
    assert await check_everything(settings, quick_sketch())
    told = f"not '@{sandbox.state.bot.username} a fox', unless it is an admin" in capsys.readouterr().out
    assert told is privacy


class Charging(Sketch):
    paid = True


@pytest.mark.parametrize(
    ("models", "told"),
    [
        ([scripted("dear", Charging)], "no limit holds for models without a cost in the catalogue: dear"),
        ([scripted("dear", Charging, cost=1)], None),
        ([scripted("dear", Charging, enabled=False)], "there is a limit, but no model has a cost"),
    ],
)
def test_what_no_limit_of_costs_knows_of(models: list[Model], told: str | None) -> None:
    catalog = quick_sketch(*models)
    assert list(_money(fixed_settings(), catalog)) == []
    found = [finding.detail for finding in _money(fixed_settings(daily_cost=1), catalog)]
    assert len(found) == (told is not None)
    assert all((told or "") in detail for detail in found)


class Answering(Sketch):
    error: ClassVar[ProviderError | None] = None

    async def check(self, session: aiohttp.ClientSession) -> None:
        if self.error is not None:
            raise self.error


class Sleeping(Answering):
    error = Unavailable("it answers 503: asleep [down]")


async def test_each_model_with_state_time_key_and_price(
    sandbox: SandboxServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    clock, url = Clock(), f"sqlite:///{tmp_path / 'imagine.db'}"
    db = await Database.open(url, clock_now=clock.now)
    for seconds, model in ((4, "up"), (6, "up"), (300, "slow")):
        _, (draw,) = await ask(db, model=model)
        await admit(db)
        clock.advance(seconds)
        await end(db, draw.id)
    await db.close()
    settings = fixed_settings(bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=url)
    catalog = Catalog(
        [
            scripted("up", Answering, api_key="secret", cost=0.04),
            scripted("slow", Answering),
            scripted("asleep", Sleeping),
            scripted("keyless", Answering, requires_key=True),
            scripted("switched", Answering, enabled=False),
        ]
    )
    assert await check_everything(settings, catalog)  # it could run: no model needs to be up
    told = capsys.readouterr().out
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert rows[-5:] == [
        "up up 4 s (95 %: 6 s) set 0.04 Up",
        "slow slow 5 min (95 %: 5 min) – – Slow",
        "asleep down – – – it answers 503: asleep [down]",
        "keyless off – missing – left out of menus: it needs an api_key",
        "switched off – – – not enabled",
    ]
    assert "secret" not in told
