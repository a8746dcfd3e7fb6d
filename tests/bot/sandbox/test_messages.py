"""Sending, editing and deleting text, through a real bot's library."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji, ReplyParameters

from bot.sandbox import SandboxServer
from bot.sandbox.seed import ALICE, GROUP, YOU
from tests.clock import FakeClock

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])


@pytest.fixture(autouse=True)
def started(server: SandboxServer) -> int:
    return server.people.send(YOU, YOU, "/start").id


async def test_a_reply_with_a_keyboard(server: SandboxServer, bot: Bot, started: int) -> None:
    sent = await bot.send_message(
        YOU,
        "<b>1</b> &lt; 2",
        parse_mode="HTML",
        reply_parameters=ReplyParameters(message_id=started),
        reply_markup=KEYBOARD,
    )
    assert (sent.text, sent.html_text) == ("1 < 2", "<b>1</b> &lt; 2")
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == KEYBOARD.model_dump()
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id


async def test_edits(bot: Bot, clock: FakeClock) -> None:
    sent = await bot.send_message(YOU, "one", reply_markup=KEYBOARD)
    await clock.advance(3)
    edited = await bot.edit_message_text("two", chat_id=YOU, message_id=sent.message_id)
    assert (edited.text, edited.reply_markup) == ("two", None)  # type: ignore[union-attr]  # it is no inline message
    assert edited.edit_date == int(clock.now().timestamp())  # type: ignore[union-attr]  # likewise
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text("two", chat_id=YOU, message_id=sent.message_id)
    await bot.edit_message_reply_markup(chat_id=YOU, message_id=sent.message_id, reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=YOU, message_id=sent.message_id, reply_markup=KEYBOARD)


async def test_what_cannot_be_edited(bot: Bot, started: int) -> None:
    sent = await bot.send_message(YOU, "one")
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=YOU, message_id=999)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=YOU, message_id=started)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=YOU, message_id=sent.message_id, caption="x")
    with pytest.raises(TelegramBadRequest, match="message identifier is not specified"):
        await bot.edit_message_text("x", chat_id=YOU)


async def test_deletion(server: SandboxServer, bot: Bot, clock: FakeClock, started: int) -> None:
    assert await bot.delete_message(YOU, started)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(YOU, started)
    theirs = server.people.send(ALICE, GROUP, "/imagine")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(GROUP, theirs.id)
    old = await bot.send_message(YOU, "old")
    await clock.advance(49 * 3600)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(YOU, old.message_id)
    new = await bot.send_message(YOU, "new")
    assert await bot.delete_messages(YOU, [new.message_id, 999])
    assert new.message_id not in server.state.chats[YOU].messages


async def test_who_cannot_be_written_to(server: SandboxServer, bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(ALICE, "hello")
    server.admin.block(YOU)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(YOU, "hello")
    server.admin.unblock(YOU)
    await bot.send_message(YOU, "hello")
    server.state.people[YOU].deactivated = True
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(YOU, "hello")


async def test_small_things(server: SandboxServer, bot: Bot, started: int) -> None:
    assert await bot.send_chat_action(YOU, "upload_photo")
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(YOU, "dance")
    await bot.set_message_reaction(YOU, started, [ReactionTypeEmoji(emoji="👀")])
    assert server.state.chats[YOU].messages[started].reactions[bot.id][0]["emoji"] == "👀"
    assert await bot.set_my_name("Fox painter")
    assert (await bot.get_my_name(language_code="ru")).name == "Fox painter"
    assert await bot.set_my_description("Draws", language_code="en")
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_description(language_code="en")).description == "Draws"


async def test_telegram_forgets_old_messages(server: SandboxServer, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.state.MESSAGES_KEPT", 3)
    sent = [(await bot.send_message(YOU, str(number))).message_id for number in range(5)]
    assert list(server.state.chats[YOU].messages) == sent[2:]
