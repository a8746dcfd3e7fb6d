"""Narrow and wide, light and dark, and with as little motion as one asks for."""

import pytest
from aiogram import Bot
from aiogram.types import ReplyParameters
from playwright.async_api import Browser, expect

from bot.sandbox.seed import ALICE, BORIS, GROUP, MEI, YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import PHONE, callback, keyboard, open_client, picture
from tests.browser.contrast import poorly_readable, poorly_visible

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


async def test_texts_and_icons_can_be_seen_in_both(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    rich = "See <a href='https://example.org/'>this</a>, <code>that</code><blockquote>said</blockquote>"
    styles = [callback(style, style, style=style) for style in ("danger", "success", "primary")]
    for chat in (YOU, GROUP):
        sandbox.people.send(YOU, chat, "/imagine@imagine_sandbox_bot a fox")
        for person in (ALICE, BORIS, MEI) if chat == GROUP else ():
            sandbox.people.send(person, chat, "/imagine@imagine_sandbox_bot a boat https://example.org/")
            await scripted.send_message(
                chat, "A boat", reply_parameters=ReplyParameters(message_id=last(sandbox, chat))
            )
        await scripted.send_message(
            chat,
            rich,
            parse_mode="HTML",
            reply_parameters=ReplyParameters(message_id=last(sandbox, chat)),
            reply_markup=keyboard([callback("Plain", "p")], styles),
        )
        await scripted.send_photo(chat, picture("white"))
        await scripted.send_chat_action(chat, "typing")
    for scheme in ("light", "dark"):
        client = await open_client(browser, sandbox.url, color_scheme=scheme, reduced_motion="reduce")
        for name, least in (("Imagine", 30), ("Drawing circle", 50), ("Studio with topics", 20)):
            await client.open_chat(name)
            await client.page.get_by_role("button", name="Main menu").click()
            await expect(client.page.get_by_role("menu")).to_be_visible()
            read, poor = await poorly_readable(client.page)
            seen, faint = await poorly_visible(client.page)
            await client.page.keyboard.press("Escape")
            assert read >= least
            assert poor == {}, (scheme, chat)
            assert seen >= 20
            assert faint == {}, (scheme, chat)


def last(sandbox: SandboxServer, chat: int) -> int:
    return max(sandbox.state.chats[chat].messages)


async def test_motion_can_be_declined(browser: Browser, sandbox: SandboxServer, scripted: Bot) -> None:
    client = await open_client(browser, sandbox.url, reduced_motion="reduce")
    await scripted.send_photo(YOU, picture())
    await expect(client.rows.last.get_by_role("img")).to_be_visible()
    moving = "(each) => each.playState === 'running' && each.effect.getTiming().duration > 20"
    assert await client.page.evaluate(f"document.getAnimations().filter({moving}).length") == 0
