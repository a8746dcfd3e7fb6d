"""The webhook: who may call it, what it takes, and 200 only after the commit."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import Message, Update
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.jobs.supervisor import Supervisor
from bot.operations.serving import serving
from bot.telegram.updates.polling import Intake, TokenRefused
from bot.telegram.updates.webhook import SECRET_HEADER, Registration, register_webhook, webhook_app
from storage import Database
from tests.bot.telegram.conftest import ASKED_FOR, FakeTelegram, Refuse, Stall
from tests.clock import HastyClock
from tests.databases import furnish

SECRET = "s3cret_-"
HEADERS = {SECRET_HEADER: SECRET}
UPDATE = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "ж"}}


class Stage:
    def __init__(self, db: Database, client: TestClient[web.Request, web.Application], intake: Intake) -> None:
        self.db = db
        self.client = client
        self.intake = intake

    async def post(self, body: bytes, headers: dict[str, str] = HEADERS) -> int:
        async with self.client.post("/hook", data=io.BytesIO(body), headers=headers) as response:
            return response.status

    async def rows(self) -> int:
        async with self.db.read() as unit:
            return len(await unit.inbox.pending())


@pytest.fixture
async def stage(bot: Bot, clock: HastyClock, tmp_path: Path) -> AsyncIterator[Stage]:
    db = await Database.open(furnish(tmp_path / "imagine.db"), clock_now=clock.now)
    supervisor = Supervisor()

    async def feed(_update: Update, _album: tuple[Message, ...]) -> None:
        async with db.read() as unit:
            assert len(await unit.inbox.pending()) == 1, "stored before it is handled"

    intake = Intake(bot, db, feed, supervisor, clock)
    async with TestClient(TestServer(webhook_app(intake, path="/hook", secret=SECRET))) as client:
        yield Stage(db, client, intake)
    await intake.stop(grace=1)
    await supervisor.close()
    await db.close()


async def test_an_update(stage: Stage) -> None:
    assert await stage.post(json.dumps(UPDATE).encode()) == 200
    assert await stage.post(json.dumps(UPDATE, ensure_ascii=False).encode()) == 200
    await stage.intake.stop(grace=5)
    assert await stage.rows() == 0


@pytest.mark.parametrize("given", ["", "wrong", SECRET + "x", "s3cret_\u00e9"])
async def test_the_secret(stage: Stage, given: str) -> None:
    assert await stage.post(json.dumps(UPDATE).encode(), {SECRET_HEADER: given}) == 403
    assert await stage.post(json.dumps(UPDATE).encode(), {}) == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[]", b"1", b'"x"', b'{"update_id": "1"}', b"[" * 100_000, b"NaN"]
)
async def test_what_is_no_update(stage: Stage, body: bytes) -> None:
    assert await stage.post(body) == 400


async def test_a_body_that_is_too_large(stage: Stage) -> None:
    assert await stage.post(b'"' + b"x" * 1024 * 1024) == 413


async def test_the_database_is_gone(stage: Stage) -> None:
    await stage.db.close()
    assert await stage.post(json.dumps(UPDATE).encode()) == 503


async def test_nothing_is_taken_while_stopping(stage: Stage) -> None:
    await stage.intake.stop(grace=0)
    assert await stage.post(json.dumps(UPDATE).encode()) == 503
    assert await stage.rows() == 0


async def test_nothing_else_is_served(stage: Stage) -> None:
    async with stage.client.get("/hook") as response:
        assert response.status == 405
    async with stage.client.post("/", headers=HEADERS) as response:
        assert response.status == 404


async def test_registering(bot: Bot, telegram: FakeTelegram) -> None:
    await register_webhook(bot, url="https://example.org/hook", secret=SECRET)
    params = telegram.calls[0].params
    assert params["url"] == "https://example.org/hook"
    assert params["secret_token"] == SECRET
    assert params["allowed_updates"] == ASKED_FOR
    assert params["drop_pending_updates"] is False


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("headers", [HEADERS, {}], ids=["ours", "a stranger's"])
async def test_what_claims_to_be_compressed(
    stage: Stage, encoding: str, headers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is read as it stands, so that broken data is no update, and a bomb no bigger than it came."""
    app = webhook_app(stage.intake, path="/hook", secret=SECRET)
    async with (
        serving(app, "127.0.0.1:0", setting="WEBHOOK_LISTEN") as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/hook", data=b"not compressed", headers=headers | {"Content-Encoding": encoding}) as answer,
    ):
        assert answer.status == (400 if headers else 403)
    assert "Traceback" not in capsys.readouterr().err


class Watch:
    """A registration that runs beside a test, and the log that it writes."""

    def __init__(self, bot: Bot, clock: HastyClock) -> None:
        self.clock = clock
        self.registration = Registration(bot, clock, url="https://example.org/hook", secret=SECRET)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[list[MutableMapping[str, Any]]]:
        with capture_logs() as lines:
            task = asyncio.create_task(self.registration.keep())
            yield lines
            task.cancel()
            await asyncio.wait({task})

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - a registration rings no bell
                await asyncio.sleep(0.005)


@pytest.mark.parametrize("changed", ["", "https://elsewhere.example/hook?secret=hush"])
async def test_a_webhook_that_is_taken_away_is_registered_again(
    bot: Bot, telegram: FakeTelegram, clock: HastyClock, changed: str
) -> None:
    watch = Watch(bot, clock)
    assert watch.registration.trouble == "not registered yet"
    async with watch.running() as lines:
        await watch.until(lambda: telegram.webhook == "https://example.org/hook")
        await watch.until(lambda: watch.registration.trouble is None)
        answered = asyncio.Event()
        telegram.script("setWebhook", Refuse(500, "Internal Server Error"), Stall(answered))
        telegram.webhook = changed
        await watch.until(lambda: watch.registration.trouble == "another program changed the webhook")
        answered.set()
        await watch.until(lambda: watch.registration.trouble is None)
        assert telegram.webhook == "https://example.org/hook"
    (error,) = [line for line in lines if line["log_level"] == "error"]
    assert "another program removed or replaced the webhook" in error["event"]
    assert error["found"] == changed.partition("?")[0]


async def test_what_telegram_cannot_deliver_is_told_once(bot: Bot, telegram: FakeTelegram, clock: HastyClock) -> None:
    watch = Watch(bot, clock)

    def trouble(message: str) -> dict[str, Any]:
        ahead = clock.now() + timedelta(days=365)  # the clock of this test runs ahead as fast as it is waited for
        return {"last_error_date": int(ahead.timestamp()), "last_error_message": message, "pending_update_count": 3}

    async with watch.running() as lines:
        telegram.webhook_trouble = trouble("SSL error {certificate verify failed}")
        await watch.until(lambda: watch.registration.trouble == "Telegram cannot reach the webhook")
        looks = len(telegram.made("getWebhookInfo"))
        await watch.until(lambda: len(telegram.made("getWebhookInfo")) > looks + 3)
        telegram.webhook_trouble = trouble("Wrong response from the webhook: 502 Bad Gateway")
        # Our own proxy answers: it may do so because it asks /readyz, so that must not say no.
        await watch.until(lambda: watch.registration.trouble is None)
        telegram.webhook_trouble = {}
        await watch.until(lambda: "Telegram delivers updates to the webhook again" in [line["event"] for line in lines])
    errors = [line["error"] for line in lines if line["log_level"] == "error"]
    assert errors == ["SSL error {certificate verify failed}", "Wrong response from the webhook: 502 Bad Gateway"]


async def test_a_wrong_token_ends_the_registration(bot: Bot, telegram: FakeTelegram, clock: HastyClock) -> None:
    telegram.script("setWebhook", Refuse(401, "Unauthorized"))
    with pytest.raises(TokenRefused, match="BOT_TOKEN"):
        await Watch(bot, clock).registration.keep()
