"""Chats that come, go and move."""

import asyncio

import pytest
from aiogram.types import Update
from structlog.testing import capture_logs

from bot.config import Settings
from bot.sandbox.state import Status
from storage.records import Chat
from tests.bot.handlers.conftest import World
from tests.scenarios.language import Person


async def known(world: World, chat_id: int) -> Chat | None:
    async with world.db.read() as unit:
        return await unit.chats.get(chat_id)


async def test_a_group_that_becomes_a_supergroup_keeps_its_requests(world: World, you: Person) -> None:
    group = world.sandbox.admin.add_group("Foxes", {you.id: Status.CREATOR}, basic=True)
    chat = you.chat(group)
    await chat.photo(to=await chat.send("/imagine a fox --size 128x128"))
    moved = world.sandbox.admin.upgrade(group.id, by=you.id)
    async with asyncio.timeout(10):
        while (await known(world, moved.id)) is None:  # noqa: ASYNC110 - a database rings no bell
            await asyncio.sleep(0.02)
    async with world.db.read() as unit:
        request = await unit.requests.get(1)
    assert request is not None
    assert request.chat_id == moved.id
    there = you.chat(moved)
    await there.photo(to=await there.send("/imagine a boat --size 128x128"))


async def test_removal_and_return(world: World, you: Person) -> None:
    chat = {"id": -1001, "type": "supergroup", "title": "Foxes"}
    user = {"id": you.id, "is_bot": False, "first_name": "You"}
    bot = {"id": world.bot.id, "is_bot": True, "first_name": "Imagine"}

    async def becomes(before: str, after: str) -> Chat | None:
        def member(status: str) -> dict[str, object]:
            return {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})

        body = {
            "chat": chat,
            "from": user,
            "date": 1,
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        await world.dispatcher.feed_update(world.bot, Update.model_validate({"update_id": 1, "my_chat_member": body}))
        return await known(world, -1001)

    assert await becomes("left", "member") == Chat(-1001, "supergroup", "Foxes", None)
    assert await becomes("member", "kicked") == Chat(-1001, "supergroup", "Foxes", "the bot is kicked")
    assert await becomes("left", "member") == Chat(-1001, "supergroup", "Foxes", None)


async def test_no_name_is_kept_of_a_private_chat(world: World, you: Person) -> None:
    user = {"id": you.id, "is_bot": False, "first_name": "You", "last_name": "Yourself"}
    bot = {"id": world.bot.id, "is_bot": True, "first_name": "Imagine"}
    body = {
        "chat": {"id": you.id, "type": "private", "first_name": "You", "last_name": "Yourself"},
        "from": user,
        "date": 1,
        "old_chat_member": {"status": "kicked", "user": bot, "until_date": 0},
        "new_chat_member": {"status": "member", "user": bot},
    }
    await world.dispatcher.feed_update(world.bot, Update.model_validate({"update_id": 1, "my_chat_member": body}))
    assert await known(world, you.id) == Chat(you.id, "private", None)


@pytest.mark.parametrize("operator", [Settings(default_model="sketch", allowed_chats={42})])
async def test_who_is_not_allowed_is_logged_with_the_ids_once(world: World, you: Person, operator: Settings) -> None:
    assert you.id not in operator.allowed_chats
    group = world.sandbox.admin.add_group("Foxes", {you.id: Status.CREATOR})
    chat = you.chat(group)
    with capture_logs() as lines:
        for _ in range(3):
            await chat.send("/imagine a fox")
        async with asyncio.timeout(10):
            while not (told := [line for line in lines if line["event"] == "not in ALLOWED_CHATS"]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    assert [(line["user"], line["chat"], line["log_level"]) for line in told] == [(you.id, group.id, "info")]
