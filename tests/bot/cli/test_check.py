"""What `imagine-bot check` finds of Telegram and of the models."""

import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest

from bot.cli.check import check_everything
from bot.cli.checks.findings import Document, Finding, Lines, Verdict
from bot.cli.checks.settings import access, costs, default_model, listening, videos
from bot.cli.checks.telegram import check_telegram
from bot.cli.checks.text_models import check_text_models
from bot.cli.preparation import Prepared
from bot.config import fixed_settings
from bot.env_file import UnknownSetting
from bot.sandbox import SandboxServer
from bot.sandbox.state import Status
from providers import Catalog, ProviderError, Unauthorized, Unavailable
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.sketch.provider import Sketch
from storage import Database
from tests.providers.services.chat_server import ChatServer
from tests.providers.services.speech_server import SpeechServer
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
    privacy: bool,
) -> None:
    sandbox.state.bot.privacy_mode = privacy
    settings = fixed_settings(
        bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=f"sqlite:///{tmp_path / 'imagine.db'}"
    )
    assert await check_everything(Prepared(settings, quick_sketch(), ()), Lines())
    told = f"not '@{sandbox.state.bot.username} a fox', unless it is an admin" in capsys.readouterr().out
    assert told is privacy


@pytest.mark.parametrize(
    ("inline", "status", "verdict", "told"),
    [
        (False, None, None, ""),
        (True, None, Verdict.NOTE, "create a private channel"),
        (False, Status.ADMINISTRATOR, Verdict.NOTE, "/setinline"),
        (True, Status.LEFT, Verdict.FAILED, "may not post in MEDIA_CHAT_ID"),
        (True, Status.ADMINISTRATOR, Verdict.OK, "/setinlinefeedback"),
    ],
)
async def test_inline_mode_is_looked_at(
    sandbox: SandboxServer, inline: bool, status: Status | None, verdict: Verdict | None, told: str
) -> None:
    """`status`: the bot's in the cache chat; None: there is none."""
    sandbox.state.bot.inline = inline
    media = sandbox.admin.add_channel("Pictures", bot_status=status).id if status is not None else None
    settings = fixed_settings(bot_token=sandbox.token, telegram_api_url=sandbox.url, media_chat_id=media)
    found = [finding async for finding in check_telegram(settings) if finding.what == "Inline mode"]
    assert [finding.verdict for finding in found] == ([verdict] if verdict is not None else [])
    assert all(told in finding.detail for finding in found)


class Charging(Sketch):
    paid = True


@pytest.mark.parametrize(
    ("models", "settings", "verdict", "told"),
    [
        ([scripted("dear", Charging)], {}, Verdict.NOTE, "no budget holds for paid models without a `cost`"),
        ([scripted("dear", Charging, cost=0.5)], {}, Verdict.OK, "dear 0.5; budget 1 a day for each user and 10 a day"),
        (
            [scripted("dear", Charging, cost=0.5)],
            {"daily_cost": 0, "daily_cost_per_user": 0},
            Verdict.NOTE,
            "without any budget: DAILY_COST and DAILY_COST_PER_USER are 0",
        ),
        ([scripted("dear", Charging, enabled=False)], {}, None, ""),
    ],
)
def test_what_may_cost_money_is_said(
    models: list[Model], settings: dict[str, object], verdict: Verdict | None, told: str
) -> None:
    found = list(costs(fixed_settings(**settings), quick_sketch(*models)))
    assert [finding.verdict for finding in found] == ([verdict] if verdict else [])
    assert all(told in finding.detail for finding in found)


def test_that_videos_cannot_be_checked_is_said() -> None:
    catalog = Catalog.load(env={}, enable=["sketch", "sketch-motion"])
    settings = {"output_check_url": "http://127.0.0.1:9/"}
    assert list(videos(fixed_settings(), catalog)) == list(videos(fixed_settings(**settings), quick_sketch())) == []
    (closed,) = videos(fixed_settings(**settings), catalog)
    assert "are not shown, while OUTPUT_CHECK_FAIL is closed: sketch-motion" in closed.detail
    (opened,) = videos(fixed_settings(**settings, output_check_fail="open"), catalog)
    assert "are shown unchecked" in opened.detail


def test_a_budget_below_what_is_sold_is_said() -> None:
    catalog = quick_sketch(scripted("dear", Charging, cost=0.5))
    ok, odd = costs(fixed_settings(credits="50:2, 200:12", admin_ids={1}), catalog)
    assert (ok.verdict, ok.detail) == (Verdict.OK, "dear 0.5; budget the credits of each user and 10 a day for all")
    assert (odd.verdict, odd.detail) == (
        Verdict.NOTE,
        "whoever buys 12 credits cannot spend them in a day: DAILY_COST, for all users, is 10",
    )
    assert len(list(costs(fixed_settings(credits="50:2", admin_ids={1}, daily_cost=0), catalog))) == 1


def test_who_may_use_it_is_said() -> None:
    assert access(fixed_settings()) == Finding(
        "Access", Verdict.NOTE, "open to everyone who finds it: ALLOWED_CHATS is not set"
    )
    assert access(fixed_settings(allowed_chats={1, 2}, admin_ids={3})).detail == "open to 3 users or groups"


def test_a_default_model_without_its_key_fails_as_run_does() -> None:
    catalog = quick_sketch(scripted("dear", Charging, requires_key=True, key_name="DEAR_KEY"))
    found = default_model(fixed_settings(default_model="dear"), catalog)
    assert found.verdict is Verdict.FAILED
    assert "DEFAULT_MODEL" in found.detail
    assert "set DEAR_KEY" in found.detail


@pytest.mark.parametrize(("running", "verdict"), [(False, Verdict.FAILED), (True, Verdict.NOTE)])
def test_an_address_that_is_taken(running: bool, verdict: Verdict) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        (found,) = listening(fixed_settings(http_listen=listen), running=running)
    assert (found.what, found.verdict) == ("HTTP_LISTEN", verdict)
    assert "in use" in found.detail
    (free,) = listening(fixed_settings(http_listen=listen), running=running)
    assert free.verdict is Verdict.OK


async def test_a_database_that_cannot_be_written_fails(
    sandbox: SandboxServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read-only by SQLite itself, because the tests may run as a user whom no mode keeps out."""
    file = tmp_path / "imagine.db"
    url = f"sqlite:///{file}"
    await (await Database.open(url, clock_now=Clock().now)).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON shared_secrets BEGIN SELECT RAISE(FAIL, 'no room'); END"
        )
        connection.commit()
    settings = fixed_settings(bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=url)
    assert not await check_everything(Prepared(settings, quick_sketch(), ()), Lines())
    (told,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Database")]
    assert "failed" in told
    assert "cannot be written" in told


async def test_a_document_for_programs(
    sandbox: SandboxServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = fixed_settings(
        bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=f"sqlite:///{tmp_path / 'imagine.db'}"
    )
    report = Document()
    unknown = UnknownSetting("ALOWED_CHATS", "ALLOWED_CHATS")
    report.end(ok=await check_everything(Prepared(settings, quick_sketch(), [unknown]), report))
    printed = capsys.readouterr().out
    told = json.loads(printed[printed.index("{\n") :])  # behind what is logged here, which the program sends to stderr
    assert told["ok"] is True
    assert told["findings"][0] == {
        "what": "Settings",
        "verdict": "note",
        "detail": "ALOWED_CHATS is no setting and has no effect; did you mean ALLOWED_CHATS?",
    }
    assert [(model["id"], model["state"]) for model in told["models"]] == [("sketch", "up")]


class Answering(Sketch):
    error: ClassVar[ProviderError | None] = None

    async def check(self, session: aiohttp.ClientSession) -> None:
        if self.error is not None:
            raise self.error


class Sleeping(Answering):
    error = Unavailable("it answers 503: asleep [down]")


async def test_each_model_with_state_time_key_and_price(
    sandbox: SandboxServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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
    assert await check_everything(Prepared(settings, catalog, ()), Lines())  # it could run: no model needs to be up
    told = capsys.readouterr().out
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert rows[-5:] == [
        "up up 4 s (95 %: 6 s) set 0.04 Up",
        "slow slow 5 min (95 %: 5 min) – – Slow",
        "asleep down – – – it answers 503: asleep [down]",
        "keyless off – missing – it needs an api_key",
        "switched off – – – not enabled",
    ]
    assert "secret" not in told


class OneKeyRefused(Answering):
    async def check(self, session: aiohttp.ClientSession) -> None:
        if self.api_key == "second-secret":
            raise Unauthorized("it answers 401")


async def test_of_several_keys_each_is_asked_about(
    sandbox: SandboxServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = fixed_settings(
        bot_token=sandbox.token, telegram_api_url=sandbox.url, database_url=f"sqlite:///{tmp_path / 'imagine.db'}"
    )
    keys = (ApiKey("first-secret", "FIRST"), ApiKey("second-secret", "SECOND"))
    catalog = Catalog([scripted("two", OneKeyRefused, api_key="first-secret", api_keys=keys)])
    assert await check_everything(Prepared(settings, catalog, ()), Lines())
    told = capsys.readouterr().out
    assert " ".join(told.splitlines()[-1].split()) == "two up – 2 set – Two; SECOND: it answers 401"
    assert "secret" not in told


async def test_the_chat_model_for_prompts_is_asked_and_no_answer_is_no_failure() -> None:
    async def found(**settings: object) -> list[Finding]:
        return [finding async for finding in check_text_models(fixed_settings(**settings))]

    assert await found() == []
    async with ChatServer.start(lambda instructions, parts: "ready", key="sk-right-0123456789") as server:
        named = {"prompt_model_url": server.url, "prompt_model": "small"}
        (answers,) = await found(**named, prompt_model_key="sk-right-0123456789")
        assert (answers.what, answers.verdict) == ("Prompt model", Verdict.OK)
        (refuses,) = await found(**named, prompt_model_key="sk-wrong-0123456789")
        assert refuses.verdict is Verdict.NOTE
        assert "401" in refuses.detail
        assert "prompts go as they are" in refuses.detail
        assert "sk-wrong" not in refuses.detail


async def test_the_transcription_server_is_asked_and_no_answer_is_no_failure() -> None:
    async def found(**settings: object) -> list[Finding]:
        return [finding async for finding in check_text_models(fixed_settings(**settings))]

    assert await found() == []
    async with SpeechServer.start(key="sk-right-0123456789") as server:
        (answers,) = await found(speech_url=server.url, speech_key="sk-right-0123456789")
        assert (answers.what, answers.verdict) == ("Speech model", Verdict.OK)
        (refuses,) = await found(speech_url=server.url, speech_key="sk-wrong-0123456789")
        assert refuses.verdict is Verdict.NOTE
        assert "sk-wrong" not in refuses.detail
