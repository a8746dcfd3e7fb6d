"""Paying with play money: an invoice, the sheet, a refusal in the bot's own words, and the receipt."""

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, LabeledPrice
from playwright.async_api import expect

from bot.sandbox.seed import YOU
from tests.browser.client import Client, keyboard

pytestmark = pytest.mark.asyncio(loop_scope="session")

PRICES = [LabeledPrice(label="Credits: 5", amount=50)]


async def answer(scripted: Bot, refusal: str | None = None) -> None:
    """What the bot says before the payment."""
    updates = await scripted.get_updates(timeout=20)
    query = updates[-1].pre_checkout_query
    assert query is not None
    await scripted.get_updates(offset=updates[-1].update_id + 1)
    await scripted.answer_pre_checkout_query(query.id, ok=refusal is None, error_message=refusal)


async def test_an_invoice_is_refused_then_paid_and_has_a_receipt(client: Client, scripted: Bot) -> None:
    await scripted.send_invoice(YOU, "Credits: 5", "For <pictures>", "credits:1", "XTR", PRICES, provider_token="")
    await expect(client.messages).to_contain_text("For <pictures>")
    await client.button("Pay ⭐50").click()
    sheet = client.page.get_by_role("dialog")
    await expect(sheet).to_contain_text("play money")
    await sheet.get_by_role("button", name="Pay").click()
    await answer(scripted, "Sold out.")
    await expect(sheet.get_by_role("alert")).to_have_text("Sold out.")
    await sheet.get_by_role("button", name="Pay").click()
    await answer(scripted)
    await expect(sheet).to_be_hidden()
    await expect(client.messages).to_contain_text("paid 50 ⭐")
    await client.button("Receipt").click()
    await expect(client.page.get_by_role("alertdialog")).to_contain_text("Credits: 5: 50 ⭐")


async def test_a_subscription_is_paid_behind_its_link(client: Client, scripted: Bot) -> None:
    url = await scripted.create_invoice_link(
        "Credits: 5", "Each month", "credits:2", "XTR", PRICES, provider_token="", subscription_period=2_592_000
    )
    button = InlineKeyboardButton(text="Subscribe", url=url)
    await scripted.send_message(YOU, "offer", reply_markup=keyboard([button]))
    await client.button("Subscribe").click()
    await client.page.get_by_role("dialog").get_by_role("button", name="Pay").click()
    await answer(scripted)
    await expect(client.messages).to_contain_text("paid 50 ⭐")
