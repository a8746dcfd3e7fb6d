"""The main job, as a newcomer does it: from typing /imagine to the picture, without a mouse."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.client import open_client

pytestmark = pytest.mark.asyncio(loop_scope="session")

A_DRAWING = 30_000  # ms, for a machine that is busy with other tests


async def test_from_imagine_to_the_picture(browser: Browser, live_sandbox: str) -> None:
    client = await open_client(browser, live_sandbox)
    press, write = client.page.keyboard.press, client.page.keyboard.type
    await expect(client.message).to_be_focused()
    await write("/im")
    menu = client.page.get_by_role("listbox", name="Commands")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("/imagine")
    await press("Tab")
    await write("a fox in the snow")
    await press("Enter")
    await expect(client.rows).to_have_count(2)  # the command and its placeholder, which becomes the picture
    photo = client.rows.last.get_by_role("button", name="Photo: a fox in the snow")
    await expect(client.button("🔁 Again")).to_be_visible(timeout=A_DRAWING)
    await expect(photo).to_be_visible()
    await expect(client.rows).to_have_count(2)

    await press("ArrowUp")
    await expect(client.rows.last).to_be_focused()
    await press("ArrowRight")  # what it answers
    await press("ArrowRight")
    await expect(photo).to_be_focused()
    await press("Enter")
    viewer = client.page.get_by_role("dialog", name="Photo viewer")
    image = viewer.get_by_role("img", name="Photo")
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1024
    await press("Escape")
    await expect(viewer).to_be_hidden()
    await expect(photo).to_be_focused()

    await press("ArrowRight")
    await expect(client.button("🔁 Again")).to_be_focused()
    await press("Enter")
    await expect(client.rows).to_have_count(3)
    await expect(client.button("🔁 Again")).to_have_count(2, timeout=A_DRAWING)
    await client.page.context.close()
    assert client.faults == []
