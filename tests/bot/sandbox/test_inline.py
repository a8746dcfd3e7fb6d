"""Inline queries, the messages that their results become, and guest questions."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
)
from aiohttp import ClientSession

from bot.sandbox import SandboxServer
from bot.sandbox.people import Refused
from bot.sandbox.seed import ALICE, GROUP, YOU
from bot.sandbox.state import Chat, Status
from tests.bot.sandbox.conftest import Raw
from tests.clock import FakeClock
from tests.scenarios.language import sample_photo

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Draw", callback_data="d")]])
STARTING = InputTextMessageContent(message_text="Starting")
DRAW = InlineQueryResultArticle(id="draw", title="Draw", input_message_content=STARTING, reply_markup=KEYBOARD)


@pytest.fixture
def group(server: SandboxServer) -> Chat:
    """Without the bot."""
    server.state.bot.inline = server.state.bot.guest = True
    return server.admin.add_group("Strangers", {YOU: Status.MEMBER, ALICE: Status.MEMBER}, bot_status=Status.LEFT)


async def newest(bot: Bot) -> Any:
    return (await bot.get_updates(offset=-1))[-1]


async def chosen(server: SandboxServer, bot: Bot, group: Chat) -> ChosenInlineResult:
    query = server.people.type_inline(YOU, group.id, "a fox")
    await bot.answer_inline_query(query.id, [DRAW])
    await server.people.choose(query, "draw")
    result: ChosenInlineResult = (await newest(bot)).chosen_inline_result
    return result


async def test_a_query_is_asked_and_answered(server: SandboxServer, bot: Bot, group: Chat) -> None:
    query = server.people.type_inline(YOU, group.id, "a fox", offset="7")
    asked = (await newest(bot)).inline_query
    assert (asked.id, asked.query, asked.offset, asked.chat_type) == (query.id, "a fox", "7", "supergroup")
    assert asked.from_user.id == YOU
    await bot.answer_inline_query(query.id, [DRAW], next_offset="8")
    assert query.results is not None
    assert (query.results[0]["title"], query.next_offset) == ("Draw", "8")


async def test_edits_count_in_the_chat_of_the_message(
    server: SandboxServer, bot: Bot, raw: Raw, group: Chat, clock: FakeClock
) -> None:
    first = await chosen(server, bot, group)
    second = await chosen(server, bot, group)
    assert first.inline_message_id != second.inline_message_id
    server.limits.switch_on()

    async def edits(of: ChosenInlineResult, count: int) -> list[int]:
        text = [str(clock.monotonic()) + str(number) for number in range(count)]
        return [(await raw("editMessageText", inline_message_id=of.inline_message_id, text=each))[0] for each in text]

    assert await edits(first, 12) == [200] * 12
    assert await edits(second, 9) == [200] * 8 + [429]
    assert (await raw("editMessageText", inline_message_id="forged", text="x"))[1]["description"].endswith("ID_INVALID")
    await clock.advance(120)
    assert await edits(second, 2) == [200] * 2


async def test_what_telegram_refuses_of_an_answer(
    server: SandboxServer, bot: Bot, raw: Raw, group: Chat, clock: FakeClock
) -> None:
    query = server.people.type_inline(YOU, group.id, "a fox")
    article = {"type": "article", "id": "x", "title": "T", "input_message_content": {"message_text": "t"}}
    photo = {"type": "photo", "id": "x", "photo_file_id": "nothing"}
    too_long = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}
    refused: list[tuple[str, list[Any]]] = [
        ("too many results specified", [article | {"id": str(number)} for number in range(51)]),
        ("ARTICLE_TITLE_EMPTY", [article | {"title": ""}]),
        ("RESULT_ID_INVALID", [article | {"id": "x" * 65}]),
        ("RESULT_ID_DUPLICATE", [article, article]),
        ("wrong file identifier", [photo]),
        ("BUTTON_DATA_INVALID", [article | {"reply_markup": too_long}]),
    ]
    for said, results in refused:
        status, body = await raw("answerInlineQuery", inline_query_id=query.id, results=results)
        assert status == 400
        assert said in body["description"]
    status, body = await raw("answerInlineQuery", inline_query_id=query.id, results=[], button={"text": "x"})
    assert (status, body["description"]) == (400, "Bad Request: BUTTON_TYPE_INVALID")
    await bot.answer_inline_query(query.id, [], button=InlineQueryResultsButton(text="Start", start_parameter="inline"))
    await clock.advance(31)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_inline_query(query.id, [])


async def test_a_chosen_result_is_a_message_that_only_its_inline_id_names(
    server: SandboxServer, bot: Bot, group: Chat
) -> None:
    result = await chosen(server, bot, group)
    assert (result.result_id, result.query, result.from_user.id) == ("draw", "a fox", YOU)
    assert result.inline_message_id is not None
    [message] = group.messages.values()
    assert (message.sender_id, message.via_bot, message.text) == (YOU, True, "Starting")
    name = result.inline_message_id
    assert await bot.edit_message_text("Drawing", inline_message_id=name, reply_markup=KEYBOARD) is True
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Drawing", inline_message_id=name, reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="no caption"):
        await bot.edit_message_caption(inline_message_id=name, caption="x")
    upload = BufferedInputFile(sample_photo(), "x.png")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.edit_message_media(InputMediaPhoto(media=upload), inline_message_id=name)
    sent = await bot.send_photo(GROUP, upload)
    assert sent.photo is not None
    media = InputMediaPhoto(media=sent.photo[-1].file_id, caption="a fox")
    assert await bot.edit_message_media(media, inline_message_id=name, reply_markup=KEYBOARD) is True
    assert message.photo[-1].file_id == sent.photo[-1].file_id
    assert await bot.edit_message_reply_markup(inline_message_id=name) is True
    assert message.keyboard is None
    for forged in ("AAAA", name[:-1] + "_"):
        with pytest.raises(TelegramBadRequest, match="MESSAGE_ID_INVALID"):
            await bot.edit_message_text("x", inline_message_id=forged)
    with pytest.raises(TelegramForbiddenError):
        await bot.edit_message_text("x", chat_id=group.id, message_id=message.id)  # the bot is no member
    server.box.remove(group, message)
    with pytest.raises(TelegramBadRequest, match="MESSAGE_ID_INVALID"):
        await bot.edit_message_text("x", inline_message_id=name)


async def test_without_feedback_only_a_press_tells(server: SandboxServer, bot: Bot, group: Chat) -> None:
    server.state.bot.inline_feedback = False
    query = server.people.type_inline(YOU, group.id, "a fox")
    await bot.answer_inline_query(query.id, [DRAW])
    message = await server.people.choose(query, "draw")
    server.people.press(ALICE, group.id, message.id, "d")
    pressed = (await newest(bot)).callback_query
    assert (pressed.message, pressed.inline_message_id, pressed.from_user.id) == (None, message.inline_id, ALICE)
    await bot.answer_callback_query(pressed.id, "Not yours")


async def test_a_result_without_buttons_has_no_inline_id(server: SandboxServer, bot: Bot, group: Chat) -> None:
    sent = await bot.send_photo(GROUP, BufferedInputFile(sample_photo(), "x.png"))
    assert sent.photo is not None
    query = server.people.type_inline(YOU, group.id, "a fox")
    result = InlineQueryResultCachedPhoto(id="p", photo_file_id=sent.photo[-1].file_id, caption="a fox")
    await bot.answer_inline_query(query.id, [result])
    message = await server.people.choose(query, "p")
    assert (message.photo[-1].file_id, message.text) == (sent.photo[-1].file_id, "a fox")
    assert (await newest(bot)).chosen_inline_result.inline_message_id is None


async def test_where_the_bot_is_it_sees_what_was_sent_through_it(server: SandboxServer, bot: Bot, group: Chat) -> None:
    server.state.bot.inline_feedback = False
    query = server.people.type_inline(YOU, GROUP, "a fox")
    await bot.answer_inline_query(query.id, [DRAW])
    await server.people.choose(query, "draw")
    message = (await newest(bot)).message
    assert (message.via_bot.id, message.from_user.id, message.text) == (server.state.bot.id, YOU, "Starting")


async def test_only_where_it_is_switched_on(server: SandboxServer, bot: Bot) -> None:
    with pytest.raises(Refused):
        server.people.type_inline(YOU, GROUP, "a fox")
    assert not (await bot.get_me()).supports_inline_queries
    server.state.bot.inline = True
    assert (await bot.get_me()).supports_inline_queries
    with pytest.raises(Refused, match="too long"):
        server.people.type_inline(YOU, GROUP, "x" * 257)


async def test_a_guest_question_is_answered_once(
    server: SandboxServer, bot: Bot, group: Chat, clock: FakeClock
) -> None:
    asked = server.people.send(YOU, group.id, "@imagine_sandbox_bot a fox")
    question = (await newest(bot)).guest_message
    assert (question.text, question.from_user.id) == ("@imagine_sandbox_bot a fox", YOU)
    sent = await bot.answer_guest_query(question.guest_query_id, DRAW)
    answer = group.messages[max(group.messages)]
    assert (answer.sender_id, answer.reply_to, answer.text) == (server.state.bot.id, asked.id, "Starting")
    assert await bot.edit_message_text("Drawing", inline_message_id=sent.inline_message_id) is True
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_guest_query(question.guest_query_id, DRAW)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_guest_query("77", DRAW)
    server.people.send(YOU, group.id, "and a cat", reply_to=answer.id)
    again = (await newest(bot)).guest_message
    await clock.advance(61)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_guest_query(again.guest_query_id, DRAW)
    before = len(server.box.updates)
    server.people.send(YOU, group.id, "a fox for nobody")
    assert len(server.box.updates) == before


async def test_results_over_the_page(server: SandboxServer, bot: Bot, web: ClientSession, group: Chat) -> None:
    asked = {"person": YOU, "chat_id": group.id, "query": "a fox"}

    async def answered() -> None:
        query = (await bot.get_updates(offset=-1, timeout=5))[-1].inline_query
        assert query is not None
        await bot.answer_inline_query(query.id, [DRAW], button=InlineQueryResultsButton(text="B", start_parameter="b"))

    answering = asyncio.create_task(answered())
    async with web.post("/api/inline", json=asked) as response:
        body = await response.json()
    await answering
    assert body["results"] == [{"id": "draw", "title": "Draw", "about": "", "photo": None}]
    assert body["button"] == {"text": "B"}
    async with web.post("/api/choose", json={"query_id": body["query_id"], "result_id": "draw"}) as response:
        sent = await response.json()
    assert group.messages[sent["id"]].text == "Starting"
    for wrong in ({"query_id": "1", "result_id": "draw"}, {"query_id": body["query_id"], "result_id": "other"}):
        async with web.post("/api/choose", json=wrong) as response:
            assert response.status == 400
