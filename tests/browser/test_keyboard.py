"""The page without a mouse."""

import pytest
from aiogram import Bot
from playwright.async_api import expect

from bot.sandbox.seed import YOU
from tests.browser.client import Client, callback, keyboard, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_the_chat_list_to_the_messages_to_the_field(client: Client, scripted: Bot) -> None:
    await scripted.send_message(YOU, "one", reply_markup=keyboard([callback("Press", "p")]))
    await scripted.send_message(YOU, "two")
    await expect(client.rows).to_have_count(2)
    press = client.page.keyboard.press
    await client.chats.get_by_role("option", name="Imagine").focus()
    await press("Tab")
    await expect(client.rows.last).to_be_focused()
    await press("ArrowUp")
    await expect(client.rows.first).to_be_focused()
    await press("ArrowRight")
    await expect(client.button("Press")).to_be_focused()
    await press("ArrowDown")
    await expect(client.rows.last).to_be_focused()
    for _ in range(4):  # the Menu button stands before the field
        if await client.message.evaluate("field => field === document.activeElement"):
            break
        await press("Tab")
    await expect(client.message).to_be_focused()


async def test_arrows_choose_a_chat(client: Client) -> None:
    press = client.page.keyboard.press
    await client.chats.get_by_role("option", name="Imagine").focus()
    await press("ArrowDown")
    await press("Enter")
    await expect(client.page.get_by_role("heading", level=2)).to_have_text("Drawing circle")
    await expect(client.message).to_be_focused()


async def test_a_reply_by_keyboard_and_escape(client: Client, scripted: Bot) -> None:
    press = client.page.keyboard.press
    first = await scripted.send_message(YOU, "a picture")
    await expect(client.rows).to_have_count(1)
    await client.message.press("ArrowUp")
    await expect(client.rows.last).to_be_focused()
    await press("Enter")
    await expect(client.page.get_by_text("Reply to Imagine")).to_be_visible()
    await press("Escape")
    await expect(client.page.get_by_text("Reply to Imagine")).to_be_hidden()
    await press("Control+ArrowUp")
    await client.page.keyboard.type("make it blue")
    await press("Enter")
    [update] = await scripted.get_updates(timeout=20)
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == first.message_id


async def test_letters_typed_among_messages_go_to_the_field(client: Client, scripted: Bot) -> None:
    await scripted.send_message(YOU, "hello")
    await expect(client.rows).to_have_count(1)
    await client.rows.last.focus()
    await client.page.keyboard.type("hi")
    await expect(client.message).to_have_value("hi")


async def test_the_photo_viewer(client: Client, scripted: Bot) -> None:
    press = client.page.keyboard.press
    for name in ("tomato", "teal"):
        await scripted.send_photo(YOU, picture(name), caption=name)
    await expect(client.rows).to_have_count(2)
    await client.message.press("ArrowUp")
    await press("ArrowRight")
    await expect(client.rows.last.get_by_role("button", name="Photo: teal")).to_be_focused()
    await press("Enter")
    viewer = client.page.get_by_role("dialog", name="Photo viewer")
    await expect(viewer.get_by_role("img", name="Photo: teal")).to_be_visible()
    await press("ArrowLeft")
    await expect(viewer.get_by_role("img", name="Photo: tomato")).to_be_visible()
    await press("+")
    assert "scale(1.5)" in (await viewer.get_by_role("img").get_attribute("style") or "")
    async with client.page.expect_download() as download:
        await viewer.get_by_role("link", name="Download").press("Enter")
    assert (await download.value).suggested_filename
    await press("Escape")
    await expect(viewer).to_be_hidden()
    await expect(client.rows.last.get_by_role("button", name="Photo: teal")).to_be_focused()


async def test_a_messages_menu_opens_by_keyboard_and_gives_the_focus_back(client: Client, scripted: Bot) -> None:
    await scripted.send_message(YOU, "copy me")
    await expect(client.rows).to_have_count(1)
    await client.rows.last.focus()
    await client.page.keyboard.press("Shift+F10")
    await expect(client.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await client.page.keyboard.press("ArrowDown")
    await expect(client.page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    await client.page.keyboard.press("Escape")
    await expect(client.rows.last).to_be_focused()


async def test_the_shortcuts_can_be_looked_up(client: Client) -> None:
    await client.page.get_by_role("button", name="Main menu").press("Enter")
    await client.page.get_by_role("menuitem", name="Keyboard shortcuts").press("Enter")
    shortcuts = client.page.get_by_role("alertdialog", name="Keyboard shortcuts")
    await expect(shortcuts.get_by_role("definition").first).to_have_text("send")
    await client.page.keyboard.press("Escape")
    await expect(client.page.get_by_role("button", name="Main menu")).to_be_focused()
