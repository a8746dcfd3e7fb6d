import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest
import stamina
import structlog
from aiohttp.http_exceptions import BadHttpMessage

from bot.env_file import EnvFileError, read_env_file
from bot.jobs.supervisor import Supervisor
from bot.operations.logs import configure_logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
OTHER_TOKEN = "987654321:ZZbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    handlers, level, events = logging.root.handlers[:], logging.root.level, structlog.get_config()
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.configure(**events)


@pytest.mark.parametrize("style", ["console", "json"])
def test_no_secret_gets_out_by_any_way(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", style, secrets=[TOKEN, "http://me:hush-hush@proxy:3128"])  # type: ignore[arg-type] # parametrized
    log = structlog.get_logger("test")
    log.info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("elsewhere").warning("proxy %s", "http://me:hush-hush@proxy:3128")
    logging.getLogger("elsewhere").warning("only hush-hush and %s", OTHER_TOKEN)
    try:
        raise RuntimeError(f"cannot reach bot{TOKEN}")
    except RuntimeError:
        log.exception("failed")
    text = capsys.readouterr().err
    assert "hush-hush" not in text
    assert TOKEN.split(":")[1] not in text
    assert OTHER_TOKEN.split(":")[1] not in text
    assert text.count("[hidden]") >= 5
    assert "RuntimeError" in text


def test_json_lines_carry_what_was_bound(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")
    with structlog.contextvars.bound_contextvars(request=7):
        logging.getLogger("bot.jobs").info("drawn", extra={"model": "sketch"})
        structlog.get_logger("bot.jobs").debug("not at this level")
    (line,) = capsys.readouterr().err.splitlines()
    record = json.loads(line)
    assert (record["event"], record["request"], record["model"], record["level"]) == ("drawn", 7, "sketch", "info")
    assert record["logger"] == "bot.jobs"
    assert record["timestamp"].endswith("Z")


def test_a_databases_password_is_hidden_as_it_is_written_and_as_it_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(secrets=["postgresql://bot:cats%26dogs@db/bot", "sqlite:///data/imagine.db"])
    log = logging.getLogger("bot")
    try:
        try:
            raise OSError("no way to postgresql://bot:cats%26dogs@db/bot")
        except OSError as error:
            raise RuntimeError("said cats&dogs") from error
    except RuntimeError:
        log.exception("sqlite:///data/imagine.db is no secret")
    text = capsys.readouterr().err
    assert "cats" not in text
    assert "sqlite:///data/imagine.db is no secret" in text
    assert "RuntimeError: said [hidden]" in text


async def test_what_a_task_is_about_stands_in_all_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")
    supervisor = Supervisor()

    async def child() -> None:
        logging.getLogger("bot.telegram").info("called")

    async def draw() -> None:
        structlog.get_logger("bot.jobs").info("draws")
        await supervisor.spawn(child(), name="child", request=8)

    with structlog.contextvars.bound_contextvars(update_id=11):
        task = supervisor.spawn(draw(), name="draw", request=7)
    await task
    logging.getLogger("bot").info("elsewhere")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line.get("update_id"), line.get("request")) for line in lines] == [(11, 7), (11, 8), (None, None)]


@pytest.mark.parametrize("style", ["console", "json"])
async def test_a_tokens_url_in_a_traceback_is_hidden(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    """aiohttp's own error names the address that was called."""
    configure_logs("INFO", style, secrets=[TOKEN])  # type: ignore[arg-type] # parametrized
    async with aiohttp.ClientSession() as session:
        try:
            await session.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe", raise_for_status=True)
        except aiohttp.ClientError as error:
            try:
                raise RuntimeError(f"no answer from http://127.0.0.1:1/bot{TOKEN}/getMe") from error
            except RuntimeError:
                logging.getLogger("bot").exception("failed")
    text = capsys.readouterr().err
    assert TOKEN.partition(":")[2] not in text
    assert "/bot[hidden]/getMe" in text


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_secret_is_hidden_in_every_form(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON escapes it, as repr does, and as in a URL."""
    secret = 'p"a\\ss/wörd'
    proxy = f"http://me:{quote('o/ther&pass', safe='')}@proxy:1"
    configure_logs("INFO", style, secrets=[secret, proxy])  # type: ignore[arg-type] # parametrized
    log = structlog.get_logger("test")
    log.info("as it is", value=secret)
    log.info("in JSON", body=json.dumps({"key": secret}))
    log.info("in a URL", url="https://host/?key=" + quote(secret, safe=""))
    log.info("a password o/ther&pass")
    text = capsys.readouterr().err
    assert "ss%2Fw" not in text
    assert "ther" not in text
    if style == "console":
        assert "ss/w" not in text


def test_a_retry_names_the_call_and_not_the_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".env").write_text("nonsense: 1")
    configure_logs("INFO", "json")
    with structlog.contextvars.bound_contextvars(request=7):
        for attempt in stamina.retry_context(on=EnvFileError, attempts=2, wait_initial=0, wait_max=0, wait_jitter=0):
            with attempt:
                if attempt.num == 1:
                    read_env_file(tmp_path / ".env")
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert line["event"] == "failed, trying again"
    assert (line["call"], line["request"], line["attempt"]) == ("bot.env_file.read_env_file", 7, 2)
    assert line["error"].startswith("EnvFileError: ")


def test_a_strangers_bad_request_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")
    try:
        raise BadHttpMessage("\x16\x03\x01")  # TLS at a port that speaks none
    except BadHttpMessage:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", "10.0.0.1")
    text = capsys.readouterr().err
    assert "Traceback" not in text
    assert json.loads(text)["event"] == "a request that is no HTTP was refused (BadHttpMessage)"
