"""The language itself, against a bot of a few lines: it waits for the right thing, and it complains well."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)

from bot.sandbox import SandboxServer
from bot.sandbox.errors import bad
from tests.scenarios.language import ChatClient, sample_photo


def keyboard(*texts: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=text.lower()) for text in texts]]
    )


async def draw_for_ever(bot: Bot) -> None:
    """Answers every message with a placeholder that becomes a preview and then a picture."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=30):
            offset = update.update_id + 1
            if update.callback_query is not None:
                await update.callback_query.answer(f"You pressed {update.callback_query.data}")
                continue
            message = update.message
            assert message is not None
            sent = await bot.send_message(
                message.chat.id,
                "Drawing…",
                reply_parameters=ReplyParameters(message_id=message.message_id),
                reply_markup=keyboard("Cancel"),
            )
            for color, button in (("#888888", "Cancel"), ("#d2691e", "Again")):
                picture = BufferedInputFile(sample_photo(color=color), "picture.png")
                media = InputMediaPhoto(media=picture, caption=f"A picture of {message.text}")
                await bot.edit_message_media(
                    media, chat_id=sent.chat.id, message_id=sent.message_id, reply_markup=keyboard(button)
                )


@pytest.fixture
async def drawing(sandbox: SandboxServer) -> AsyncIterator[Bot]:
    bot = Bot(sandbox.token, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    task = asyncio.create_task(draw_for_ever(bot))
    yield bot
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await bot.session.close()


async def test_a_story(drawing: Bot, chat: ChatClient) -> None:
    asked = await chat.send("/imagine a fox")
    placeholder = await chat.placeholder()
    assert placeholder.reply_to == asked.id
    picture = await chat.photo()
    assert picture.id == placeholder.id
    assert await chat.data(picture) == sample_photo()
    assert chat.buttons() == ["Again"]
    await chat.press("again")
    assert await chat.toast() == "You pressed again"
    assert chat.last is picture


async def test_pictures_are_told_apart_by_what_they_answer(drawing: Bot, chat: ChatClient) -> None:
    first, second = await chat.send("one"), await chat.send("two")
    assert (await chat.photo(to=first)).text == "A picture of one"
    assert (await chat.photo(to=second)).text == "A picture of two"


async def test_old_answers_do_not_count(drawing: Bot, chat: ChatClient) -> None:
    await chat.send("one")
    first = await chat.photo()
    await chat.send("two")
    assert (await chat.photo()).id != first.id


async def test_a_missed_wait_shows_the_chat(drawing: Bot, sandbox: SandboxServer, chat: ChatClient) -> None:
    await chat.send("/imagine a fox")
    await chat.photo()
    sandbox.faults.refuse("sendMessage", bad("have no write access to the chat"))
    with pytest.raises(Exception, match="no write access"):
        await drawing.send_message(chat.chat_id, "never seen")
    chat.deadline = 0.05
    with pytest.raises(AssertionError) as failed:
        await chat.press("New seed")
    told = str(failed.value)
    assert "waited 0.05 s for a button 'New seed', in vain" in told
    assert "You: /imagine a fox" in told
    assert "[photo 96x64]: A picture of /imagine a fox   [Again]" in told
    assert "sendMessage: 400 Bad Request: have no write access to the chat" in told
