import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs

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
