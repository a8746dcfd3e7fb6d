"""The webhook: who may call it, what it takes, and 200 only after the commit."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.jobs.supervisor import Supervisor
from bot.telegram.updates.polling import Intake
from bot.telegram.updates.webhook import SECRET_HEADER, register_webhook, webhook_app
from storage import Database
from tests.bot.telegram.conftest import FakeTelegram
from tests.clock import HastyClock

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
    db = await Database.open(f"sqlite:///{tmp_path}/imagine.db", clock_now=clock.now)
    supervisor = Supervisor()

    async def feed(_update: Update) -> None:
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
    assert params["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert params["drop_pending_updates"] is False
