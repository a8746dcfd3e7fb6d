"""Updates pushed to the bot: with the secret, again until accepted, never beside getUpdates."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from bot.sandbox import SandboxServer
from bot.sandbox.seed import YOU
from tests.bot.sandbox.conftest import poll_arrives
from tests.clock import FakeClock


class Receiver:
    """The bot's end: what came, and what is answered to it."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()
        self.status = 200
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.got.put((secret, await request.json()))
        return web.Response(status=self.status)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    one = Receiver()
    app = web.Application()
    app.router.add_post("/hook", one.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield one
    await runner.cleanup()


async def test_delivery(server: SandboxServer, bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    server.people.send(YOU, YOU, "/imagine a fox")
    secret, update = await asyncio.wait_for(receiver.got.get(), 20)
    assert (secret, update["message"]["text"]) == ("s3cret", "/imagine a fox")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert info.url == receiver.url
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_failed_delivery_comes_again(
    server: SandboxServer, bot: Bot, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.status = 503
    await bot.set_webhook(receiver.url)
    server.people.send(YOU, YOU, "/imagine")
    _, first = await asyncio.wait_for(receiver.got.get(), 20)
    while not clock.sleepers:  # noqa: ASYNC110 - a clock tells nobody who sleeps
        await asyncio.sleep(0.005)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        1,
        "Wrong response from the webhook: 503 Service Unavailable",
    )
    receiver.status = 200
    await clock.advance(2)
    secret, second = await asyncio.wait_for(receiver.got.get(), 20)
    assert second == first
    assert secret is None


async def test_setting_one_ends_a_poll(server: SandboxServer, bot: Bot, receiver: Receiver) -> None:
    there = poll_arrives(server)
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.wait_for(there.wait(), 20)
    await bot.set_webhook(receiver.url)
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await polling
    with pytest.raises(TelegramBadRequest, match="secret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="no spaces")
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await bot.set_webhook("ftp://x")
