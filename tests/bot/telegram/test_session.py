"""The connection itself: what is sent by default, and how answers that are no JSON are told apart."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from structlog.testing import capture_logs

from bot.telegram.errors import Outcome, classify
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.priority import Priority, lane
from bot.telegram.session import create_bot
from tests.bot.telegram.conftest import TOKEN, FakeTelegram, Html, Refuse, Reset


async def test_html_without_link_previews_by_default(bot: Bot, telegram: FakeTelegram) -> None:
    await bot.send_message(1, "<b>hello</b>")
    params = telegram.calls[0].params
    assert params["text"] == "<b>hello</b>"
    assert params["parse_mode"] == "HTML"
    assert params["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Html(502), TelegramServerError),
        (Html(413), TelegramEntityTooLarge),
        (Html(429), TelegramRetryAfter),
        (Html(404), ClientDecodeError),
        (Refuse(429, "Too Many Requests"), TelegramRetryAfter),
        (Refuse(500, "Internal Server Error"), TelegramServerError),
        (Reset(effect=True), TelegramNetworkError),
    ],
)
async def test_faults_by_their_status(bot: Bot, telegram: FakeTelegram, fault: Html, expected: type[Exception]) -> None:
    telegram.script("sendMessage", fault)
    with pytest.raises(expected), lane(Priority.PROGRESS):
        await bot.send_message(1, "hello")


async def test_no_connection_is_known_to_have_had_no_effect(flood: FloodControl) -> None:
    bot = create_bot(TOKEN, api_url="http://127.0.0.1:1", proxy=None, flood=flood)
    with pytest.raises(TelegramNetworkError) as caught:
        await bot.send_message(1, "hello")
    await bot.session.close()
    assert classify(caught.value) is Outcome.UNSENT


async def test_an_http_proxy_is_used(telegram: FakeTelegram, flood: FloodControl) -> None:
    """The local server takes a proxy's absolute request line as well as its own."""
    bot = create_bot(TOKEN, api_url="http://bot-api.invalid", proxy=telegram.url, flood=flood)
    await bot.send_message(1, "hello")
    await bot.session.close()
    assert telegram.names() == ["sendMessage"]


async def test_a_server_of_ones_own_is_asked_directly(
    telegram: FakeTelegram, flood: FloodControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy that Telegram needs does not know this machine; and NO_PROXY is for Telegram's server as well."""
    monkeypatch.setenv("NO_PROXY", "bot-api.invalid")
    nowhere = "http://127.0.0.1:1"
    bot = create_bot(TOKEN, api_url=telegram.url, proxy=nowhere, flood=flood)
    await bot.send_message(1, "hello")
    await bot.session.close()
    assert telegram.names() == ["sendMessage"]
    named = create_bot(TOKEN, api_url="http://bot-api.invalid", proxy=telegram.url, flood=flood)
    with pytest.raises(TelegramNetworkError):
        await named.send_message(1, "hello")
    await named.session.close()
    assert telegram.names() == ["sendMessage"]


async def test_logs_hold_neither_texts_nor_the_token(
    bot: Bot, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot.telegram.session")
    telegram.script("sendMessage", None, Refuse(400, "Bad Request: chat not found"))
    with capture_logs() as lines:
        await bot.send_message(1, "a secret prompt")
        with pytest.raises(Exception, match="chat not found"):
            await bot.send_message(2, "a secret prompt")
    assert [line["event"] for line in lines] == ["call", "call failed"]
    assert lines[1]["outcome"] == "chat_gone"
    assert TOKEN not in str(lines)
    assert "secret" not in str(lines)
