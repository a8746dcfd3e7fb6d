"""A Persian chat: each line runs by its own first letter, and what is isolated keeps its order."""

import pytest
from aiogram import Bot
from playwright.async_api import Locator, expect

from bot.sandbox.seed import YOU
from bot.sandbox.server import SandboxServer
from bot.sandbox.state import Status
from bot.texts.fluent import Texts
from tests.browser.client import Client, callback, keyboard

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def edges(element: Locator) -> tuple[float, float]:
    box = await element.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


async def test_persian_lines_run_from_the_right_and_commands_in_them_read_in_order(
    client: Client, scripted: Bot
) -> None:
    texts = Texts.load(strict=True)("fa")
    told = texts.html("help", private="yes", example="روباه", model="sketch", label="Sketch")
    await client.open_chat("Imagine")
    await scripted.send_message(
        YOU, told, parse_mode="HTML", reply_markup=keyboard([callback(texts.get("button-cancel"), "c")])
    )
    text = client.rows.last.locator(".text")
    await expect(text).to_contain_text("نسبت ابعاد")
    _, right = await edges(text)
    flag = text.locator("code", has_text="--ar 16:9")
    assert (await edges(flag))[1] == pytest.approx(right, abs=2)  # a line that begins with it begins at the right
    command = text.locator("a.command", has_text="/model")
    assert await command.text_content() == "/model"
    assert (await edges(command))[1] == pytest.approx(right, abs=2)
    order = """element => { const at = (start) => { const range = document.createRange();
        range.setStart(element.firstChild, start); range.setEnd(element.firstChild, start + 1);
        return range.getBoundingClientRect().left; }; return at(0) < at(1); }"""
    assert await command.evaluate(order)  # the slash is in front of the name
    assert await flag.evaluate(order)


async def test_an_english_line_stays_on_the_left(client: Client, scripted: Bot) -> None:
    await client.open_chat("Imagine")
    await scripted.send_message(YOU, "<code>--ar 16:9</code> aspect ratio", parse_mode="HTML")
    text = client.rows.last.locator(".text")
    await expect(text).to_contain_text("aspect ratio")
    assert (await edges(text.locator("code")))[0] == pytest.approx((await edges(text))[0], abs=2)


async def test_a_persian_name_stands_beside_its_face_and_its_last_message_begins_with_its_first_word(
    client: Client, sandbox: SandboxServer
) -> None:
    group = sandbox.admin.add_group("دوستان", {YOU: Status.MEMBER}, bot_status=Status.LEFT)
    sandbox.people.send(YOU, group.id, "روباه --ar 16:9 در برف و خانه‌ای که پشت درخت‌ها پیدا نیست")
    await client.open_chat("دوستان")
    await expect(client.page.locator("#chat-status")).to_have_text("1 member")  # the bot is none
    inside = """element => { const range = document.createRange(); range.selectNodeContents(element);
        const text = range.getBoundingClientRect(); const box = element.getBoundingClientRect();
        return text.left - box.left; }"""
    assert await client.page.locator(".chat-heading h2").evaluate(inside) == pytest.approx(0, abs=2)
    row = client.chats.get_by_role("option", name="دوستان")
    assert await row.locator(".chat-title").evaluate(inside) == pytest.approx(0, abs=2)
    words = row.locator(".chat-words")
    first = """element => { const range = document.createRange(); range.setStart(element.firstChild, 0);
        range.setEnd(element.firstChild, 1);
        return element.getBoundingClientRect().right - range.getBoundingClientRect().right; }"""
    assert await words.evaluate(first) == pytest.approx(0, abs=2)
