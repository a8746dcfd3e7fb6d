"""Inline mode on the page: words behind the bot's name, a result that is picked, and the button that shares."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.client import open_client

pytestmark = pytest.mark.asyncio(loop_scope="session")

A_DRAWING = 30_000  # ms, for a machine that is busy with other tests


async def test_a_picture_in_a_group_without_the_bot(browser: Browser, live_sandbox: str) -> None:
    client = await open_client(browser, live_sandbox)
    await client.open_chat("Without the bot")
    results = client.page.get_by_role("listbox", name="Inline results")
    await client.message.fill("@imagine_sandbox_bot ")
    await expect(results).to_contain_text("Type what you'd like to see")
    await client.message.fill("@imagine_sandbox_bot a fox in the snow")
    await expect(results.get_by_role("option")).to_contain_text("Draw: a fox in the snow")
    await client.message.press("Enter")
    await expect(results).to_be_hidden()
    await expect(client.rows).to_have_count(1)
    await expect(client.rows.last).to_contain_text("via @imagine_sandbox_bot")
    await expect(client.button("🔁 Again")).to_be_visible(timeout=A_DRAWING)
    await expect(client.rows.last.get_by_role("button", name="Photo: a fox in the snow")).to_be_visible()

    await client.button("↗️ Share").click()
    await client.open_chat("Drawing circle")
    await expect(results.get_by_role("option")).to_contain_text("a fox in the snow")
    await results.get_by_role("option").click()
    await expect(client.rows.last).to_contain_text("via @imagine_sandbox_bot")
    await expect(client.message).to_have_value("")
    assert client.faults == []
