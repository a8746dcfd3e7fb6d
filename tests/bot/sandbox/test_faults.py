"""Faults to order, and Telegram's limits to run into."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.sandbox import SandboxServer
from bot.sandbox.errors import bad
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.seed import GROUP, YOU
from bot.sandbox.wire import Call
from tests.bot.sandbox.conftest import Raw
from tests.clock import FakeClock


@pytest.fixture(autouse=True)
def started(server: SandboxServer) -> None:
    server.people.send(YOU, YOU, "/start")


def sent(server: SandboxServer) -> list[str]:
    return [m.text for m in server.state.chats[YOU].messages.values() if m.sender_id == server.state.bot.id]


async def test_429_with_and_without_parameters(server: SandboxServer, bot: Bot, raw: Raw) -> None:
    server.faults.flood("sendMessage", 7)
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(YOU, "x")
    assert flood.value.retry_after == 7
    server.faults.flood("send*", None)
    status, body = await raw("sendMessage", chat_id=YOU, text="x")
    assert (status, body) == (429, {"ok": False, "error_code": 429, "description": "Too Many Requests"})
    assert (await bot.send_message(YOU, "x")).message_id > 0


async def test_servers_that_fail(server: SandboxServer, bot: Bot) -> None:
    server.faults.server_error("sendMessage")
    with pytest.raises(TelegramServerError):
        await bot.send_message(YOU, "500")
    server.faults.bad_gateway("sendMessage")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(YOU, "502")
    server.faults.reset("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(YOU, "cut before")
    assert sent(server) == []
    server.faults.reset("sendMessage", after_effect=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(YOU, "cut after")
    server.faults.bad_gateway("sendMessage", after_effect=True)
    with pytest.raises(ClientDecodeError):
        await bot.send_message(YOU, "502 after")
    assert sent(server) == ["cut after", "502 after"]
    assert [call.status for call in server.calls] == [500, 502, 0, 0, 502]


async def test_a_stall(server: SandboxServer, bot: Bot, clock: FakeClock) -> None:
    go_on = asyncio.Event()
    server.faults.stall("sendMessage", until=go_on)
    sending = asyncio.create_task(bot.send_message(YOU, "late"))
    await asyncio.sleep(0.05)
    assert not sending.done()
    go_on.set()
    assert (await sending).text == "late"


async def test_which_calls_are_hit(server: SandboxServer, bot: Bot) -> None:
    seen: list[str] = []

    async def look(call: Call) -> None:
        seen.append(call.params["text"])

    server.faults.add(Fault("sendMessage", times=2, skip=1, when=lambda call: call.params["text"] != "b", after=look))
    for text in "abcde":
        await bot.send_message(YOU, text)
    assert seen == ["c", "d"]
    server.faults.refuse("*", bad("no"), times=None)
    await bot.get_updates()
    with pytest.raises(TelegramBadRequest, match="no"):
        await bot.get_me()
    server.faults.clear()
    await bot.get_me()


async def many(raw: Raw, chat_id: int, count: int, method: str = "sendMessage") -> list[int]:
    return [(await raw(method, chat_id=chat_id, text=str(number)))[0] for number in range(count)]


async def test_a_private_chat_takes_a_burst_and_one_a_second(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    server.limits.switch_on(Limits(private_burst=3))
    assert await many(raw, YOU, 4) == [200, 200, 200, 429]
    await clock.advance(1.5)
    assert await many(raw, YOU, 2) == [200, 429]
    assert server.limits.refused == 2


async def test_calls_inside_a_pause_make_it_longer(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    server.limits.switch_on(Limits(private_burst=1))
    pauses = []
    for _ in range(4):
        _, body = await raw("sendMessage", chat_id=YOU, text="x")
        pauses.append(body.get("parameters", {}).get("retry_after"))
    assert pauses[0] is None
    assert pauses[1] < pauses[2] < pauses[3]
    await clock.advance(pauses[3])
    assert (await raw("sendMessage", chat_id=YOU, text="x"))[0] == 200


async def test_a_group_takes_20_in_any_minute_edits_included(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    server.limits.switch_on()
    _, body = await raw("sendMessage", chat_id=GROUP, text="x")
    await clock.advance(30)
    edit = {"chat_id": GROUP, "message_id": body["result"]["message_id"]}
    edits = [(await raw("editMessageText", **edit, text=str(number)))[0] for number in range(20)]
    assert edits == [200] * 19 + [429]
    assert (await raw("sendChatAction", chat_id=GROUP, action="typing"))[0] == 200
    await clock.advance(31)
    assert await many(raw, GROUP, 2) == [200, 429]


async def test_30_a_second_over_all_chats(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    server.limits.switch_on()
    people = [server.admin.add_person(f"P{number}").id for number in range(32)]
    for person in people:
        server.people.send(person, person, "/start")
    statuses = [(await many(raw, person, 1))[0] for person in people]
    assert statuses == [200] * 30 + [429] * 2
    await clock.advance(2.01)
    assert await many(raw, people[31], 1) == [200]
    server.limits.switch_off()
    assert await many(raw, YOU, 40) == [200] * 40
