"""Several people in one page: in whose name one writes, and what each of them sees."""

import asyncio

import pytest
from aiogram import Bot
from playwright.async_api import expect

from bot.sandbox.seed import ALICE, FORUM, GROUP, YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import Client, callback, keyboard

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def act_as(client: Client, name: str) -> None:
    await client.page.get_by_role("button", name="Act as").click()
    await client.page.get_by_role("menuitemradio", name=name).click()


async def test_another_member_writes_and_presses(client: Client, sandbox: SandboxServer, scripted: Bot) -> None:
    await client.open_chat("Drawing circle")
    await scripted.send_message(GROUP, "whose?", reply_markup=keyboard([callback("Mine", "m")]))
    await client.send("/imagine@imagine_sandbox_bot a boat")
    await act_as(client, "Alice")
    await client.send("/imagine@imagine_sandbox_bot a harbour")
    await client.button("Mine").click()
    await expect(client.button("Mine")).to_have_attribute("aria-busy", "true")
    async with asyncio.timeout(20):
        while len(sandbox.box.updates) < 3:  # noqa: ASYNC110 - the button is busy before the press is sent
            await asyncio.sleep(0.01)
    mine, hers, press = await scripted.get_updates(timeout=20)
    assert mine.message is not None
    assert mine.message.from_user is not None
    assert mine.message.from_user.id == YOU
    assert hers.message is not None
    assert hers.message.from_user is not None
    assert hers.message.from_user.id == ALICE
    assert press.callback_query is not None
    assert press.callback_query.from_user.id == ALICE
    await scripted.answer_callback_query(press.callback_query.id, text="Not yours")
    await expect(client.page.get_by_role("status").filter(has_text="Not yours")).to_be_visible()


async def test_each_has_a_private_chat_of_their_own(client: Client) -> None:
    await client.send("for me alone")
    await client.open_chat("Drawing circle")
    await act_as(client, "Alice")
    await client.open_chat("Imagine")
    await expect(client.rows).to_have_count(0)
    await expect(client.page.get_by_text("for me alone")).to_have_count(0)


async def test_answers_to_one_are_not_shown_to_another(client: Client, sandbox: SandboxServer, scripted: Bot) -> None:
    await client.open_chat("Drawing circle")
    await scripted.send_message(GROUP, "whose?", reply_markup=keyboard([callback("Mine", "m")]))
    await expect(client.button("Mine")).to_be_visible()
    query = sandbox.people.press(ALICE, GROUP, max(sandbox.state.chats[GROUP].messages), "m")
    await scripted.answer_callback_query(query.id, text="for Alice")
    await scripted.send_message(GROUP, "after it")
    await expect(client.rows.last).to_contain_text("after it")
    await expect(client.page.get_by_text("for Alice")).to_have_count(0)


async def test_topics(client: Client, sandbox: SandboxServer) -> None:
    await client.open_chat("Studio with topics")
    sandbox.people.send(ALICE, FORUM, "in general")
    await client.page.get_by_role("tab", name="Foxes").click()
    await expect(client.messages.get_by_text("in general")).to_be_hidden()
    await client.send("a fox here")
    await client.page.get_by_role("tab", name="All").click()
    await expect(client.rows).to_have_count(2)
    [*_, last] = sandbox.state.chats[FORUM].messages.values()
    assert last.topic_id == 2
