"""Inline keyboards, callback answers and the command menu."""

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, CopyTextButton, InlineKeyboardButton
from playwright.async_api import expect

from bot.sandbox.seed import YOU
from tests.browser.client import Client, callback, keyboard

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_press_spins_until_the_bot_answers_with_a_notice(client: Client, scripted: Bot) -> None:
    await scripted.send_message(YOU, "ready", reply_markup=keyboard([callback("Again", "again:1")]))
    again = client.button("Again")
    await again.click()
    await expect(again).to_have_attribute("aria-busy", "true")
    [update] = await scripted.get_updates(timeout=20)
    assert update.callback_query is not None
    assert update.callback_query.data == "again:1"
    await scripted.answer_callback_query(update.callback_query.id, text="Drawing again")
    await expect(client.page.get_by_role("status").filter(has_text="Drawing again")).to_be_visible()
    await expect(again).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_until_it_is_read(client: Client, scripted: Bot) -> None:
    await scripted.send_message(YOU, "ready", reply_markup=keyboard([callback("Model", "m")]))
    await client.button("Model").click()
    [update] = await scripted.get_updates(timeout=20)
    assert update.callback_query is not None
    await scripted.answer_callback_query(update.callback_query.id, text="Only the requester may", show_alert=True)
    alert = client.page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Only the requester may")
    await client.page.keyboard.press("Enter")
    await expect(alert).to_be_hidden()
    await expect(client.button("Model")).to_be_focused()


async def test_buttons_of_other_kinds(client: Client, scripted: Bot) -> None:
    await client.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = InlineKeyboardButton(text="Docs", url="https://example.org/docs")
    copy = InlineKeyboardButton(text="Copy the prompt", copy_text=CopyTextButton(text="a fox in the snow"))
    await scripted.send_message(
        YOU, "done", reply_markup=keyboard([copy, link], [callback("Cancel", "c", style="danger")])
    )
    docs = client.messages.get_by_role("link", name="Docs")
    await expect(docs).to_have_attribute("href", "https://example.org/docs")
    await expect(docs).to_have_attribute("rel", "noopener noreferrer")
    await client.button("Copy the prompt").click()
    await expect(client.page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert await client.page.evaluate("navigator.clipboard.readText()") == "a fox in the snow"
    assert "danger" in (await client.button("Cancel").get_attribute("class") or "")


async def test_an_edit_keeps_the_focus_on_its_button(client: Client, scripted: Bot) -> None:
    buttons = keyboard([callback("Cancel", "cancel")])
    sent = await scripted.send_message(YOU, "Drawing 10%", reply_markup=buttons)
    await client.button("Cancel").focus()
    await scripted.edit_message_text("Drawing 20%", chat_id=YOU, message_id=sent.message_id, reply_markup=buttons)
    await expect(client.rows.last).to_contain_text("Drawing 20%")
    await expect(client.button("Cancel")).to_be_focused()
    await scripted.edit_message_text("Cancelled.", chat_id=YOU, message_id=sent.message_id)
    await expect(client.rows.last).to_contain_text("Cancelled.")
    await expect(client.rows.last).to_be_focused()


async def test_the_command_menu_completes(client: Client, scripted: Bot) -> None:
    names = {"imagine": "Draw a picture", "model": "Choose the model", "help": "How it works"}
    await scripted.set_my_commands([BotCommand(command=name, description=about) for name, about in names.items()])
    menu = client.page.get_by_role("listbox", name="Commands")
    await client.message.press_sequentially("/")
    await expect(menu.get_by_role("option")).to_have_count(3)
    await client.message.press("ArrowDown")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("Choose the model")
    await client.message.press("Tab")
    await expect(client.message).to_have_value("/model ")
    await expect(menu).to_be_hidden()
    await client.message.fill("/ima")
    await client.message.press("Enter")
    await expect(client.message).to_have_value("/imagine ")
    await client.message.fill("/help")
    await client.message.press("Enter")  # written out already: it is sent
    await expect(client.rows.last).to_contain_text("/help")
    await client.page.get_by_role("button", name="Menu", exact=True).click()
    await expect(menu.get_by_role("option")).to_have_count(3)
    await client.message.press("Escape")
    await expect(menu).to_be_hidden()
