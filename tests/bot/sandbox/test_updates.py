"""getUpdates as Telegram does it: offsets confirm, polls wait, a second poll ends the first."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from bot.sandbox import SandboxServer
from bot.sandbox.seed import GROUP, YOU
from tests.bot.sandbox.conftest import Raw, connect, poll_arrives


def write(server: SandboxServer, *texts: str) -> None:
    for text in texts:
        server.people.send(YOU, YOU, text)


async def texts(bot: Bot, **params: Any) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates(**params) if update.message]


async def test_unconfirmed_updates_come_again(server: SandboxServer, bot: Bot) -> None:
    write(server, "one", "two", "three")
    first = await bot.get_updates()
    assert [update.update_id - first[0].update_id for update in first] == [0, 1, 2]
    assert await texts(bot) == ["one", "two", "three"]
    assert await texts(bot, offset=first[1].update_id) == ["two", "three"]
    assert await texts(bot) == ["two", "three"]
    assert await texts(bot, limit=1) == ["two"]
    assert await texts(bot, offset=first[2].update_id + 1) == []
    assert await texts(bot) == []


async def test_a_negative_offset_keeps_the_newest(server: SandboxServer, bot: Bot) -> None:
    write(server, "one", "two", "three")
    assert await texts(bot, offset=-1) == ["three"]
    assert await texts(bot) == ["three"]


async def test_the_same_update_again(server: SandboxServer, bot: Bot, raw: Raw) -> None:
    write(server, "one", "two")
    _, body = await raw("getUpdates")
    first, second = body["result"]
    await raw("getUpdates", offset=second["update_id"])
    server.box.updates.put_again(first)
    assert await texts(bot) == ["one", "two"]


async def test_a_poll_waits_for_an_update(server: SandboxServer, bot: Bot) -> None:
    there = poll_arrives(server)
    polling = asyncio.create_task(texts(bot, timeout=30))
    await asyncio.wait_for(there.wait(), 20)
    await asyncio.sleep(0.05)
    assert not polling.done()
    write(server, "here")
    assert await asyncio.wait_for(polling, 20) == ["here"]


async def test_the_second_poll_ends_the_first(server: SandboxServer, bot: Bot) -> None:
    there = poll_arrives(server)
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.wait_for(there.wait(), 20)
    other = connect(server)
    second = asyncio.create_task(other.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError, match="make sure that only one bot instance is running"):
        await asyncio.wait_for(first, 20)
    write(server, "to the second")
    assert [update.message.text for update in await second if update.message] == ["to the second"]
    await other.session.close()


async def test_allowed_updates_are_remembered(server: SandboxServer, raw: Raw) -> None:
    await raw("getUpdates", allowed_updates=["callback_query"])
    write(server, "not wanted")
    _, body = await raw("getUpdates")
    assert body["result"] == []
    await raw("getUpdates", allowed_updates=[])
    write(server, "wanted")
    _, body = await raw("getUpdates")
    assert len(body["result"]) == 1


async def test_out_of_range_is_brought_into_range(server: SandboxServer, raw: Raw) -> None:
    write(server, "one", "two")
    status, body = await raw("getUpdates", limit=0)
    assert (status, len(body["result"])) == (200, 1)


async def test_a_poll_does_not_hold_up_the_end(server: SandboxServer, bot: Bot) -> None:
    there = poll_arrives(server)
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.wait_for(there.wait(), 20)
    await asyncio.wait_for(server.close(), 20)
    with pytest.raises(Exception, match="restart"):
        await polling


async def test_message_ids(server: SandboxServer, bot: Bot) -> None:
    """Private chats share one counter; each supergroup has its own."""
    other = server.admin.add_person("Other")
    ids = [server.people.send(YOU, YOU, "a").id, server.people.send(other.id, other.id, "b").id]
    ids.append((await bot.send_message(YOU, "c")).message_id)
    assert ids == [1, 2, 3]
    assert (await bot.send_message(GROUP, "d")).message_id == 1
