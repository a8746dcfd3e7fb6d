"""Narrow and wide, light and dark, and with as little motion as one asks for."""

import pytest
from aiogram import Bot
from aiogram.types import ReplyParameters
from playwright.async_api import Browser, expect

from bot.sandbox.seed import YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import PHONE, callback, keyboard, open_client, picture

# Luminances of what is written and of what it stands on; the nearest opaque ancestor counts.
_CONTRAST = """element => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = numbers(color).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = element;
  const opaque = (node) => (numbers(getComputedStyle(node).backgroundColor)[3] ?? 1) > 0.7;
  while (ground.parentElement && !opaque(ground)) ground = ground.parentElement;
  const pair = [luminance(getComputedStyle(element).color), luminance(getComputedStyle(ground).backgroundColor)].sort();
  return (pair[1] + 0.05) / (pair[0] + 0.05);
}"""

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_on_a_phone_one_pane_at_a_time(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    client = await open_client(browser, sandbox.url, PHONE, has_touch=True)
    await expect(client.message).to_be_hidden()
    await client.open_chat("Imagine")
    await expect(client.chats).to_be_hidden()
    wide = picture("teal", (1600, 400))
    await scripted.send_photo(
        YOU, wide, caption="word " * 60, reply_markup=keyboard([callback("A long button " * 3, "a")] * 3)
    )
    await expect(client.rows.last.get_by_role("img").first).to_be_visible()
    assert await client.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    rights = "elements => elements.map((each) => each.getBoundingClientRect().right)"
    assert max(await client.messages.locator(".bubble, .inline-button").evaluate_all(rights)) <= PHONE[0]
    await client.page.get_by_role("button", name="Back to chats").click()
    await expect(client.chats).to_be_visible()
    await expect(client.message).to_be_hidden()
    await client.open_chat("Drawing circle")
    await client.page.go_back()
    await expect(client.chats).to_be_visible()


async def test_dark_by_the_systems_wish_and_by_choice(browser: Browser, sandbox: SandboxServer) -> None:
    client = await open_client(browser, sandbox.url, color_scheme="dark")
    root = client.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await client.page.get_by_role("button", name="Switch to light mode").click()
    await expect(root).to_have_attribute("data-theme", "light")
    await client.page.reload()
    await expect(root).to_have_attribute("data-theme", "light")


async def test_text_can_be_read_in_both(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    sandbox.people.send(YOU, YOU, "/imagine a fox")
    buttons = keyboard(
        [callback("Plain", "p")], [callback(style, style, style=style) for style in ("danger", "success", "primary")]
    )
    await scripted.send_message(
        YOU,
        "See <a href='https://example.org/'>this</a>, <code>that</code>",
        parse_mode="HTML",
        reply_parameters=ReplyParameters(message_id=1),
        reply_markup=buttons,
    )
    places = (
        ".own .text, .own .meta, .own .command, .in .text, .in .meta, .in a, .in code, .quote-name, "
        ".quote-text, .inline-button, .chat-title, .chat-time, .chat-preview, .chat-status, "
        ".sidebar-note, .menu-button, .bar-title"
    )
    for scheme in ("light", "dark"):
        client = await open_client(browser, sandbox.url, color_scheme=scheme)
        await expect(client.rows).to_have_count(2)
        written = await client.page.locator(places).all()
        poor = {
            await each.get_attribute("class"): ratio
            for each in written
            if (ratio := await each.evaluate(_CONTRAST)) < 4.5
        }
        assert len(written) > 20
        assert poor == {}, scheme


async def test_motion_can_be_declined(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    client = await open_client(browser, sandbox.url, reduced_motion="reduce")
    await scripted.send_photo(YOU, picture())
    await expect(client.rows.last.get_by_role("img")).to_be_visible()
    moving = "(each) => each.playState === 'running' && each.effect.getTiming().duration > 20"
    assert await client.page.evaluate(f"document.getAnimations().filter({moving}).length") == 0
