"""Pressed buttons: delivered, answered once, forgotten after a while."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.sandbox import SandboxServer
from bot.sandbox.people import Refused
from bot.sandbox.seed import ALICE, GROUP, YOU
from tests.clock import FakeClock

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])


async def pressed(server: SandboxServer, bot: Bot, by: int = YOU) -> CallbackQuery:
    sent = await bot.send_message(GROUP, "press", reply_markup=KEYBOARD)
    server.people.press(by, GROUP, sent.message_id, "a")
    query = (await bot.get_updates(offset=-1))[-1].callback_query
    assert query is not None
    return query


async def test_a_press_and_its_toast(server: SandboxServer, bot: Bot) -> None:
    query = await pressed(server, bot, by=ALICE)
    assert (query.data, query.from_user.id) == ("a", ALICE)
    assert isinstance(query.message, Message)
    assert query.message.text == "press"
    cursor = server.box.events.cursor
    assert await bot.answer_callback_query(query.id, "Not yours", show_alert=True)
    toast, answered = server.box.events.since(cursor) or []
    assert (toast["person_id"], toast["text"], toast["alert"]) == (ALICE, "Not yours", True)
    assert answered == {"cursor": cursor + 2, "type": "answered", "query_id": query.id}
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)


async def test_an_answer_in_time_and_one_too_late(server: SandboxServer, bot: Bot, clock: FakeClock) -> None:
    query = await pressed(server, bot)
    await clock.advance(14.9)
    assert await bot.answer_callback_query(query.id)
    query = await pressed(server, bot)
    await clock.advance(15.1)
    with pytest.raises(
        TelegramBadRequest, match="query is too old and response timeout expired or query ID is invalid"
    ):
        await bot.answer_callback_query(query.id)


async def test_wrong_answers(server: SandboxServer, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="query ID is invalid"):
        await bot.answer_callback_query("17")
    query = await pressed(server, bot)
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.answer_callback_query(query.id, "x" * 201)


async def test_who_can_press_what(server: SandboxServer, bot: Bot) -> None:
    stranger = server.admin.add_person("Stranger")
    sent = await bot.send_message(GROUP, "press", reply_markup=KEYBOARD)
    with pytest.raises(Refused, match="not a member"):
        server.people.press(stranger.id, GROUP, sent.message_id, "a")
    with pytest.raises(Refused, match="gone"):
        server.people.press(YOU, GROUP, 999, "a")
