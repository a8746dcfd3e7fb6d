"""A sandbox server, a bot that the test itself plays, and the page in headless Chromium."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from playwright.async_api import Browser, async_playwright, expect

from bot.sandbox.seed import YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import Client, open_client
from tests.ports import held_port

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Nothing here may reach beyond the machine, and a container has neither a GPU nor user namespaces.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("the browser tests need Chromium: apt install chromium, or name one in CHROMIUM")
    return program


@asynccontextmanager
async def launched(program: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One for all tests, which is why they share an event loop; each opens a context of its own."""
    async with launched(chromium) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def live_sandbox(tmp_path: Path) -> AsyncIterator[str]:
    """The address of `imagine-bot sandbox`: its page, and the real bot behind it, in a process of their own."""
    command = (sys.executable, "-m", "bot", "sandbox", "--listen", "127.0.0.1:0", "--data", str(tmp_path))
    environment = {name: value for name, value in os.environ.items() if name != "MODELS_FILE"}
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(90):
            line = await process.stdout.readline()
        yield line.decode().removeprefix("Open ").strip()
    finally:
        process.terminate()
        await process.communicate()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[SandboxServer]:
    with held_port() as port:  # for the test in which it comes back
        server = await SandboxServer.start(port=port)
        server.state.chats[YOU].started = True  # else the bot may not write first
        yield server
        await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scripted(sandbox: SandboxServer) -> AsyncIterator[Bot]:
    """The bot's side, played by the test."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    bot = Bot(sandbox.token, session=session)
    yield bot
    await bot.session.close()


@pytest_asyncio.fixture(loop_scope="session")
async def client(browser: Browser, sandbox: SandboxServer) -> AsyncIterator[Client]:
    """The page on a wide screen, the private chat open; it must have had no faults in the end."""
    client = await open_client(browser, sandbox.url)
    await expect(client.message).to_be_visible()
    yield client
    await client.page.context.close()
    assert client.faults == []
