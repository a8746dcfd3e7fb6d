"""Channels: /imagine in posts where the channel says so, the group behind it, and who speaks as a channel in groups."""

from pathlib import Path

import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.seed import ALICE, CHANNEL, GROUP
from storage.records import Request
from tests.running import bot_at
from tests.scenarios.language import ChatClient, Person

SMALL = "--size 128x128"


@pytest.fixture
def channel(you: Person) -> ChatClient:
    """One's own channel, in which the bot is an admin, and Alice too; Boris reads it. It is discussed in the group."""
    return you.chat(CHANNEL)


async def requests_of(bot: Running) -> list[Request]:
    async with bot.jobs.studio.db.read() as unit:
        found = [await unit.requests.get(number) for number in range(1, 20)]
    return [request for request in found if request is not None]


async def switched_on(channel: ChatClient) -> None:
    menu = await channel.text("Channel settings", to=await channel.send("/group"))
    assert "Draw for posts: no" in channel.buttons(menu)
    assert not any("Who can draw" in label for label in channel.buttons(menu))
    await channel.press("Draw for posts", on=menu)
    await channel.text("Draw for posts: yes")


async def test_off_until_group_says_so(bot: Running, channel: ChatClient, chat: ChatClient) -> None:
    await channel.send(f"/imagine a fox {SMALL}")
    await channel.send("just a post")
    await chat.photo(to=await chat.send(f"/imagine a boat {SMALL}"))  # everything before it was handled
    assert channel.answers == []
    await switched_on(channel)
    post = await channel.send(f"/imagine@imagine_sandbox_bot a fox {SMALL}")
    await channel.photo(to=post)
    await channel.send("just a post, again")
    requests = await requests_of(bot)
    assert [(each.chat_id, each.requester_id, each.prompt) for each in requests[1:]] == [(CHANNEL, CHANNEL, "a fox")]


async def test_the_operator_names_it_in_allowed_chats(
    sandbox: SandboxServer, tmp_path: Path, channel: ChatClient
) -> None:
    async with bot_at(sandbox, tmp_path, allowed_chats={CHANNEL}):
        await channel.photo(to=await channel.send(f"/imagine a fox {SMALL}"))


async def test_a_channel_that_allowed_chats_leaves_out_gets_nothing(
    sandbox: SandboxServer, tmp_path: Path, channel: ChatClient, chat: ChatClient
) -> None:
    async with bot_at(sandbox, tmp_path, allowed_chats={chat.person.id}):
        await channel.send("/group")
        await channel.send(f"/imagine a fox {SMALL}")
        await chat.photo(to=await chat.send(f"/imagine a boat {SMALL}"))
        assert channel.answers == []


async def test_the_group_behind_it_is_not_answered_as_well(
    bot: Running, channel: ChatClient, group: ChatClient
) -> None:
    await switched_on(channel)
    await channel.photo(to=await channel.send(f"/imagine a fox {SMALL}"))
    await group.photo(to=await group.send(f"/imagine a boat {SMALL}"))
    copies = [message for message in group.messages if message.extra.get("is_automatic_forward")]
    assert any("a fox" in copy.text for copy in copies), "the post was not forwarded at all"
    assert [request.chat_id for request in await requests_of(bot)] == [CHANNEL, GROUP]


async def test_who_may_press_what_is_below_a_post(
    bot: Running, channel: ChatClient, alice: Person, boris: Person
) -> None:
    await switched_on(channel)
    picture = await channel.photo(to=await channel.send(f"/imagine a fox {SMALL}"))
    reader = boris.chat(CHANNEL)
    await reader.press("again", on=picture)
    assert await reader.toast() != ""
    assert len(await requests_of(bot)) == 1
    admin = alice.chat(CHANNEL)
    await admin.press("again", on=picture)
    await admin.photo()
    again = (await requests_of(bot))[1]
    assert (again.chat_id, again.requester_id) == (CHANNEL, ALICE)


async def test_a_reply_refines_the_picture_of_a_post(bot: Running, channel: ChatClient) -> None:
    await switched_on(channel)
    picture = await channel.photo(to=await channel.send(f"/imagine a fox {SMALL}"))
    await channel.photo(to=await channel.send("/imagine at night", reply_to=picture))
    first, second = await requests_of(bot)
    assert second.parent_id == first.id


async def test_what_was_forwarded_into_a_channel_is_no_command(
    bot: Running, sandbox: SandboxServer, channel: ChatClient, chat: ChatClient
) -> None:
    await switched_on(channel)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    text = f"/imagine a fox {SMALL}"
    sandbox.people.send(chat.person.id, CHANNEL, text, extra={"forward_origin": origin})
    await chat.photo(to=await chat.send(f"/imagine a boat {SMALL}"))
    assert [request.chat_id for request in await requests_of(bot)] == [chat.chat_id]


async def test_a_group_can_refuse_those_who_speak_as_a_channel(
    bot: Running, sandbox: SandboxServer, group: ChatClient
) -> None:
    other = sandbox.admin.add_channel("Wolves weekly")
    await group.photo(to=await group.send(f"/imagine a fox {SMALL}", as_chat=other.id))
    menu = await group.text("Group settings", to=await group.send("/group"))
    assert not any("posts" in label for label in group.buttons(menu))
    await group.press("Who can draw", on=menu)
    await group.press("people, not channels")
    await group.text("people, not channels")
    await group.text("write as a channel can't draw", to=await group.send("/imagine a wolf", as_chat=other.id))
    await group.photo(to=await group.send(f"/imagine a boat {SMALL}", as_chat=GROUP))  # an anonymous admin
    await group.photo(to=await group.send(f"/imagine a boat {SMALL}"))
    assert [request.requester_id for request in await requests_of(bot)] == [other.id, GROUP, group.person.id]


async def test_a_channel_has_the_limits_of_one_person(
    sandbox: SandboxServer, tmp_path: Path, channel: ChatClient
) -> None:
    async with bot_at(sandbox, tmp_path, allowed_chats={CHANNEL}, daily_limit=1):
        await channel.photo(to=await channel.send(f"/imagine a fox {SMALL}"))
        await channel.text("limit", to=await channel.send(f"/imagine a boat {SMALL}"))
