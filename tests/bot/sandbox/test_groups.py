"""Groups: privacy mode, members, topics, rights, identities, and what happens to groups."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import BufferedInputFile, Message, ReplyParameters

from bot.sandbox import SandboxServer
from bot.sandbox.people import Refused
from bot.sandbox.seed import ALICE, BORIS, FORUM, GROUP, MEI, YOU
from bot.sandbox.state import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, Status
from tests.scenarios.language import sample_photo


async def received(bot: Bot) -> list[Message]:
    """The messages that reached the bot since the last time."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message for update in updates if update.message]


async def test_privacy_mode(server: SandboxServer, bot: Bot) -> None:
    own = await bot.send_message(GROUP, "a picture")
    for text in ("/imagine a fox", "/imagine@imagine_sandbox_bot a fox", "draw this: /imagine x"):
        server.people.send(BORIS, GROUP, text)
    server.people.send(BORIS, GROUP, "make it blue", reply_to=own.message_id)
    await server.people.send_photo(BORIS, GROUP, sample_photo(), "/imagine like this")
    assert len(await received(bot)) == 5
    for text in ("hello", "/imagine@other_bot a fox", "@imagine_sandbox_bot hello", "a/b"):
        server.people.send(BORIS, GROUP, text)
    assert await received(bot) == []
    assert (await bot.me()).can_read_all_group_messages is False


async def test_without_privacy_mode_or_as_admin(server: SandboxServer, bot: Bot) -> None:
    server.state.bot.privacy_mode = False
    server.people.send(BORIS, GROUP, "hello")
    assert [message.text for message in await received(bot)] == ["hello"]
    server.state.bot.privacy_mode = True
    server.admin.set_bot(GROUP, Status.ADMINISTRATOR, by=YOU)
    server.people.send(BORIS, GROUP, "hello again")
    assert [message.text for message in await received(bot)] == ["hello again"]


async def test_members(bot: Bot) -> None:
    assert (await bot.get_chat_member(GROUP, YOU)).status == "creator"
    assert (await bot.get_chat_member(GROUP, ALICE)).status == "administrator"
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "member"
    assert [member.user.id for member in await bot.get_chat_administrators(GROUP)] == [YOU, ALICE]
    assert await bot.get_chat_member_count(GROUP) == 5
    assert (await bot.get_chat(FORUM)).is_forum


async def test_topics(server: SandboxServer, bot: Bot) -> None:
    asked = server.people.send(YOU, FORUM, "/imagine", topic_id=2)
    (message,) = await received(bot)
    assert (message.is_topic_message, message.message_thread_id) == (True, 2)
    in_topic = await bot.send_message(FORUM, "x", message_thread_id=2)
    by_reply = await bot.send_message(FORUM, "x", reply_parameters=ReplyParameters(message_id=asked.id))
    assert in_topic.message_thread_id == by_reply.message_thread_id == 2
    assert (await bot.send_message(FORUM, "x")).is_topic_message is None
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=77)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(GROUP, "x", message_thread_id=77)


async def test_closed_and_deleted_topics(server: SandboxServer, bot: Bot) -> None:
    server.admin.close_topic(FORUM, 2, by=ALICE)
    assert (await received(bot))[0].forum_topic_closed is not None
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(FORUM, "x", message_thread_id=2)
    with pytest.raises(Refused, match="closed"):
        server.people.send(YOU, FORUM, "/imagine", topic_id=2)
    server.admin.reopen_topic(FORUM, 2, by=ALICE)
    await bot.send_message(FORUM, "x", message_thread_id=2)
    server.admin.delete_topic(FORUM, 2)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=2)


async def test_replies_make_threads_that_are_no_topics(server: SandboxServer, bot: Bot) -> None:
    first = server.people.send(YOU, GROUP, "/imagine a fox")
    server.people.send(BORIS, GROUP, "/imagine a hen", reply_to=first.id)
    reply = (await received(bot))[1]
    assert (reply.message_thread_id, reply.is_topic_message) == (first.id, None)


async def test_anonymous_admins_and_channels(server: SandboxServer, bot: Bot) -> None:
    server.people.send(ALICE, GROUP, "/imagine", as_chat=GROUP)
    channel = server.admin.add_channel("Fox news", "foxnews")
    server.people.send(MEI, GROUP, "/imagine", as_chat=channel.id)
    anonymous, in_channels_name = await received(bot)
    assert anonymous.from_user is not None
    assert anonymous.sender_chat is not None
    assert (anonymous.from_user.id, anonymous.sender_chat.id) == (ANONYMOUS_ADMIN_ID, GROUP)
    assert in_channels_name.from_user is not None
    assert in_channels_name.sender_chat is not None
    assert (in_channels_name.from_user.id, in_channels_name.sender_chat.id) == (CHANNEL_BOT_ID, channel.id)
    with pytest.raises(Refused, match="Only admins"):
        server.people.send(MEI, GROUP, "/imagine", as_chat=GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the channel chat"):
        await bot.send_message("@foxnews", "x")


async def test_rights(server: SandboxServer, bot: Bot) -> None:
    photo = BufferedInputFile(sample_photo(), "x.png")
    server.admin.deny(GROUP, "photos")
    await bot.send_message(GROUP, "x")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send photos to the chat"):
        await bot.send_photo(GROUP, photo)
    server.admin.deny(GROUP, "messages")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages to the chat"):
        await bot.send_message(GROUP, "x")
    server.admin.allow(GROUP, "messages", "photos")
    assert (await bot.send_photo(GROUP, photo)).photo


async def test_removal_and_return(server: SandboxServer, bot: Bot) -> None:
    server.admin.set_bot(GROUP, Status.KICKED, by=YOU)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP, "x")
    server.people.send(YOU, GROUP, "/imagine")
    server.admin.set_bot(GROUP, Status.MEMBER, by=YOU)
    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert [update.message.text for update in updates if update.message and update.message.text] == []
    await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")


async def test_upgrade_to_a_supergroup(server: SandboxServer, bot: Bot) -> None:
    old = server.admin.add_group("Friends", {YOU: Status.CREATOR}, basic=True)
    sent = await bot.send_message(old.id, "x")
    assert sent.chat.type == "group"
    new = server.admin.upgrade(old.id, by=YOU)
    from_old, from_new = await received(bot)
    assert (from_old.chat.id, from_old.migrate_to_chat_id) == (old.id, new.id)
    assert (from_new.chat.id, from_new.migrate_from_chat_id) == (new.id, old.id)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old.id, "y")
    assert moved.value.migrate_to_chat_id == new.id
    assert (await bot.send_message(new.id, "y")).chat.type == "supergroup"


async def test_people_come_and_go(server: SandboxServer, bot: Bot) -> None:
    newcomer = server.admin.add_person("Newcomer", language_code=None)
    server.admin.join(GROUP, newcomer.id)
    server.people.send(newcomer.id, GROUP, "/imagine")
    server.admin.leave(GROUP, newcomer.id)
    with pytest.raises(Refused, match="not a member"):
        server.people.send(newcomer.id, GROUP, "/imagine")
    joined, asked, left = await received(bot)
    assert joined.new_chat_members is not None
    assert asked.from_user is not None
    assert asked.from_user.language_code is None
    assert left.left_chat_member is not None
    assert (await bot.get_chat_member(GROUP, newcomer.id)).status == "left"
