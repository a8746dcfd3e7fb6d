"""A message to everybody active: counted, tried on oneself, sent once to each, through pauses and restarts."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.app import Running
from bot.handlers.operator import broadcaster
from bot.sandbox import SandboxServer
from bot.sandbox.seed import YOU
from tests.running import bot_at
from tests.scenarios.language import ChatClient, Person

SMALL = "--size 128x128"
OPERATOR = str(YOU)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with bot_at(sandbox, tmp_path, admin_ids=OPERATOR) as running:
        yield running


async def members(sandbox: SandboxServer, count: int) -> list[ChatClient]:
    """People who have drawn something in private."""
    found = []
    for number in range(count):
        client = Person.new(sandbox, f"Member {number}").private
        await client.photo(to=await client.send(f"/imagine a fox {SMALL}"))
        found.append(client)
    return found


def copies(client: ChatClient) -> int:
    return sum("news" in message.text for message in client.answers)


@pytest.mark.usefixtures("bot")
async def test_from_the_count_to_the_end(chat: ChatClient, boris: Person, sandbox: SandboxServer) -> None:
    news = await chat.send("/news of <today>")  # any other text would be drawn
    await chat.text("Reply to the message", to=await chat.send("/broadcast"))
    await chat.text("Reply to the message", to=await chat.send("/broadcast many", reply_to=news))
    await chat.text("Nobody would get it", to=await chat.send("/broadcast 7", reply_to=news))
    first, second, third = await members(sandbox, 3)
    theirs = boris.private
    await theirs.photo(to=await theirs.send(f"/imagine лиса {SMALL}"))
    second.person.block_bot()
    await theirs.send("/broadcast 7", reply_to=theirs.last)
    card = await chat.text("people would get", to=await chat.send("/broadcast 7", reply_to=news))
    await chat.press("Send to me", on=card)
    assert await chat.toast() == "Sent to you."
    assert "news of <today>" in (await chat.text("/news")).text
    await chat.press("Start", on=card)
    await chat.text("Done", "Sent: 3")
    assert chat.buttons(card) == []
    for client in (first, third, theirs):
        assert copies(client) == 1
    assert not any("broadcast" in message.text.lower() for message in theirs.answers)
    await first.press("No more such messages")
    assert "won't get" in await first.toast()
    await first.text("Get such messages again")
    await theirs.press("Больше не присылать")
    await theirs.toast()
    await theirs.press("Снова присылать")
    await theirs.toast()
    second.person.unblock_bot()
    third.person.record.deactivated = True  # nobody was told
    again = await chat.text("people", to=await chat.send("/broadcast 7", reply_to=news))
    await chat.press("Start", on=again)
    await chat.text("Done", "blocked me: 1")
    assert [copies(client) for client in (first, second, third, theirs)] == [1, 1, 1, 2]
    assert "broadcast started" in (await chat.text("What operators did", to=await chat.send("/admin audit"))).text


@pytest.mark.usefixtures("bot")
async def test_it_is_paused_resumed_and_stopped(
    chat: ChatClient, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster, "AT_ONCE", 1)
    clients = await members(sandbox, 3)
    gate = asyncio.Event()
    sandbox.faults.stall("copyMessage", until=gate)
    news = await chat.send("/start")
    card = await chat.text("3 people", to=await chat.send("/broadcast", reply_to=news))
    await chat.press("Start", on=card)
    await chat.text("Sending")
    await chat.press("Pause", on=card)
    await chat.text("Paused")
    gate.set()
    await chat.text("Paused", "Sent: 1")
    await chat.press("Start", on=card)
    await chat.text("Done", "Sent: 3")
    assert [len(client.answers) for client in clients] == [2, 2, 2]
    other = await chat.text("3 people", to=await chat.send("/broadcast", reply_to=news))
    await chat.press("Stop", on=other)
    await chat.text("Stopped", "Sent: 0")
    chat.press_data("bc:s:2", on=other)
    assert "gone" in await chat.toast()


@pytest.mark.parametrize("answers", [True, False], ids=["telegram answers", "telegram hangs"])
async def test_a_restart_goes_on_with_whoever_is_next(
    chat: ChatClient, sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    monkeypatch.setattr(broadcaster, "AT_ONCE", 1)
    monkeypatch.setattr(broadcaster, "GRACE", 15.0 if answers else 0.1)
    gate = asyncio.Event()
    async with bot_at(sandbox, tmp_path, admin_ids=OPERATOR):
        clients = await members(sandbox, 4)
        news = await chat.send("/news")
        card = await chat.text("4 people", to=await chat.send("/broadcast", reply_to=news))
        third = sandbox.faults.stall("copyMessage", until=gate, skip=2)
        await chat.press("Start", on=card)
        async with asyncio.timeout(10):
            while not third.hits:  # noqa: ASYNC110 - a call that stalls is no event
                await asyncio.sleep(0.01)
        if answers:  # while the bot waits for it
            asyncio.get_running_loop().call_later(0.2, gate.set)
    gate.set()
    async with bot_at(sandbox, tmp_path, admin_ids=OPERATOR):
        await chat.text("Done", "Sent: 4" if answers else "Sent: 3")
    assert max(map(copies, clients)) == 1
    assert sum(map(copies, clients)) >= (4 if answers else 3)  # at most the one on its way is lost


@pytest.mark.usefixtures("bot")
async def test_a_message_that_is_gone_pauses_it(
    chat: ChatClient, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster, "AT_ONCE", 1)
    await members(sandbox, 2)
    news = await chat.send("/news")
    card = await chat.text("2 people", to=await chat.send("/broadcast", reply_to=news))
    await chat.delete(news)
    await chat.press("Send to me", on=card)
    assert "can't be copied" in await chat.toast()
    await chat.press("Start", on=card)
    await chat.text("Paused", "Sent: 0")
    assert "▶️ Start" in chat.buttons(card)
