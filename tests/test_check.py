"""What `imagine-bot check` finds of Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.check import check_everything
from bot.config import fixed_settings
from bot.sandbox import SandboxServer
from tests.running import quick_sketch


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
