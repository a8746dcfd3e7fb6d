"""What people and back-ends write stays text, and nothing leaves the server's own origin."""

from urllib.parse import urlsplit

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, ReplyParameters
from playwright.async_api import Browser, expect

from bot.sandbox.seed import GROUP, YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import Client, callback, keyboard, open_client, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")

NASTY = "<img src=x onerror=window.hit=1><script>window.hit=1</script><svg onload=window.hit=1>\"'>"


async def test_markup_in_names_and_texts_stays_text(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    person = sandbox.state.people[YOU]
    person.first_name = NASTY
    sandbox.state.chats[GROUP].title = NASTY
    sandbox.state.bot.first_name = NASTY
    await scripted.set_my_commands([BotCommand(command="nasty", description=NASTY)])
    client = await open_client(browser, sandbox.url)
    sent = await scripted.send_message(YOU, NASTY, reply_markup=keyboard([callback(NASTY, "x")]))
    await scripted.send_photo(
        YOU, picture(), caption=NASTY, reply_parameters=ReplyParameters(message_id=sent.message_id)
    )
    await client.send(NASTY)
    sandbox.people.send(YOU, GROUP, NASTY)
    await client.message.fill("/")
    await expect(client.page.get_by_role("option", name="/nasty")).to_contain_text(NASTY)
    await client.message.press("Escape")
    await client.message.press("Control+ArrowUp")
    await client.message.press("Escape")
    await client.rows.nth(1).get_by_role("img", name="Photo").first.click()
    await expect(client.page.get_by_role("dialog", name="Photo viewer")).to_contain_text("onerror")
    await client.page.keyboard.press("Escape")
    await client.chats.get_by_role("option").nth(1).click()
    await expect(client.rows.last).to_contain_text(NASTY)
    assert await client.page.evaluate("window.hit") is None
    assert await client.page.locator("script:not([src]), svg[onload], img[onerror], [src=x]").count() == 0
    assert client.faults == []


async def test_only_known_tags_survive(client: Client) -> None:
    html = (
        "<b onclick=hit()>b</b><a href='javascript:hit()'>j</a><a href='https://example.org/' style='x'>l</a>"
        "<iframe src='https://example.org/'></iframe><style>*{}</style><form><input></form><u>u</u>"
    )
    script = """async (html) => {
      const { safeFragment } = await import("/page/sanitize.js");
      const host = document.createElement("div");
      host.append(safeFragment(html));
      return host.innerHTML;
    }"""
    made = await client.page.evaluate(script, html)
    link = '<a href="https://example.org/" target="_blank" rel="noopener noreferrer" tabindex="-1">l</a>'
    assert made == f"<b>b</b>j{link}<u>u</u>"
    client.faults.clear()  # the browser reports that it did not run what stood there


async def test_nothing_is_asked_of_another_origin(client: Client, scripted: Bot) -> None:
    await scripted.send_photo(
        YOU, picture(), caption="https://example.org/ and <a href='https://example.com/x.png'>x</a>", parse_mode="HTML"
    )
    await expect(client.rows.last.get_by_role("img")).to_be_visible()
    origin = urlsplit(client.url).netloc
    assert {urlsplit(url).netloc for url in client.requested if not url.startswith("blob:")} == {origin}
