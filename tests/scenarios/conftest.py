"""What every scenario starts with: a sandbox, and the people in it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Running
from bot.handlers.menus import command_menu
from bot.sandbox import SandboxServer
from bot.sandbox.seed import FORUM, GROUP
from bot.telegram.rate_limit import budgets
from tests.running import bot_at
from tests.scenarios.language import ChatClient, Person


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories need no real pauses: what a person, a group and an inline message may get takes a tenth of its time,
    because this Telegram does not count. (tests/bot/telegram has the true limits.) Nor need each bot register its
    commands in ten languages, which takes a hundred calls. (tests/bot/handlers/test_menus.py does.)"""
    monkeypatch.setattr(command_menu, "LANGUAGES", ("en", "ru"))
    monkeypatch.setattr(budgets, "PRIVATE", replace(budgets.PRIVATE, span=0.3))
    monkeypatch.setattr(budgets, "GROUP", replace(budgets.GROUP, span=6.0))
    monkeypatch.setattr(budgets, "INLINE", replace(budgets.INLINE, span=1.2))


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    """A Telegram of one's own, in memory."""
    server = await SandboxServer.start()
    yield server
    await server.close()


@pytest.fixture
def you(sandbox: SandboxServer) -> Person:
    return Person.named(sandbox, "You")


@pytest.fixture
def alice(sandbox: SandboxServer) -> Person:
    return Person.named(sandbox, "Alice")


@pytest.fixture
def boris(sandbox: SandboxServer) -> Person:
    """Whose Telegram is Russian."""
    return Person.named(sandbox, "Борис")


@pytest.fixture
def chat(you: Person) -> ChatClient:
    """One's private chat with the bot."""
    return you.private


@pytest.fixture
def group(you: Person) -> ChatClient:
    """A group that one has created; Alice is an admin there, Boris and Mei are members."""
    return you.chat(GROUP)


@pytest.fixture
def topic(you: Person) -> ChatClient:
    """The topic Foxes of a group with topics, in which one is a member."""
    return you.chat(FORUM, topic=2)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[Running]:
    """The real bot, which takes this sandbox for Telegram."""
    async with bot_at(sandbox, tmp_path) as running:
        yield running
