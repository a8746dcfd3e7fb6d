"""A sandbox on a clock that stands still, the bot's side of it through aiogram, and calls without any library."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from bot.sandbox import SandboxServer
from bot.sandbox.faults import Fault
from bot.sandbox.wire import Call
from tests.clock import FakeClock

# (method, parameters) -> (status, body); the body is whatever JSON came
Raw = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[SandboxServer]:
    running = await SandboxServer.start(clock=clock)
    yield running
    await running.close()


def connect(server: SandboxServer) -> Bot:
    return Bot(server.token, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))


def poll_arrives(server: SandboxServer) -> asyncio.Event:
    """Set once the next getUpdates is with the server."""
    there = asyncio.Event()

    async def hook(_: Call) -> None:
        there.set()  # whoever waits for it runs when the call waits itself

    server.faults.add(Fault("getUpdates", before=hook))
    return there


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    connected = connect(server)
    yield connected
    await connected.session.close()


@pytest.fixture
async def web(server: SandboxServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(server.url) as session:
        yield session


@pytest.fixture
def raw(server: SandboxServer, web: ClientSession) -> Raw:
    """Calls a method with a JSON body."""

    async def call(method: str, **params: Any) -> tuple[int, Any]:
        async with web.post(f"/bot{server.token}/{method}", json=params) as response:
            return response.status, await response.json()

    return call
