"""Messages as they come, change and go."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import InputMediaPhoto, ReplyParameters
from playwright.async_api import Browser, FilePayload, expect

from bot.sandbox.seed import ALICE, GROUP, YOU
from bot.sandbox.server import SandboxServer
from tests.browser.client import PHONE, Client, open_client, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_typed_reaches_the_bot_and_its_answer_the_page(client: Client, scripted: Bot) -> None:
    await client.message.fill("a fox")
    await client.message.press("Shift+Enter")
    await client.message.press_sequentially("in the snow")
    await client.message.press("Enter")
    await expect(client.rows.last).to_contain_text("a fox\nin the snow")
    await expect(client.message).to_have_value("")
    [update] = await scripted.get_updates(timeout=20)
    assert update.message is not None
    assert update.message.text == "a fox\nin the snow"
    await scripted.send_message(
        YOU, "<b>Drawing</b>", parse_mode="HTML", reply_parameters=ReplyParameters(message_id=update.message.message_id)
    )
    await expect(client.rows.last.locator("b")).to_have_text("Drawing")
    await client.rows.last.get_by_role("button", name="In reply to You: a fox in the snow").click()
    await expect(client.rows.first).to_be_focused()


async def test_messages_keep_the_order_in_which_they_were_typed(client: Client, sandbox: SandboxServer) -> None:
    for number in range(8):
        await client.message.fill(f"number {number}")
        await client.message.press("Enter")
    await expect(client.rows).to_have_count(8)
    sent = [message.text for message in sandbox.state.chats[YOU].messages.values()]
    assert sent == [f"number {number}" for number in range(8)]


async def test_a_message_that_is_refused_returns_to_the_field(client: Client) -> None:
    await client.message.fill("x" * 5000)
    await client.message.press("Enter")
    await expect(client.page.get_by_role("status").filter(has_text="too long")).to_be_visible()
    await expect(client.message).to_have_value("x" * 5000)
    await expect(client.rows).to_have_count(0)
    assert client.faults.pop().startswith("Failed to load resource")  # the browser's own note of the 400


async def test_a_text_becomes_its_picture_in_place(client: Client, scripted: Bot) -> None:
    await client.send("/imagine a fox")
    sent = await scripted.send_message(YOU, "Drawing 40%")
    await expect(client.rows.last).to_contain_text("Drawing 40%")
    place = await client.rows.last.element_handle()
    preview = InputMediaPhoto(media=picture("grey"), caption="Drawing 80%")
    await scripted.edit_message_media(preview, chat_id=YOU, message_id=sent.message_id)
    await expect(client.rows.last.get_by_role("img", name="Photo: Drawing 80%")).to_be_visible()
    final = InputMediaPhoto(media=picture("seagreen"), caption="a fox")
    await scripted.edit_message_media(final, chat_id=YOU, message_id=sent.message_id)
    photo = client.rows.last.get_by_role("img", name="Photo: a fox")
    await expect(photo).to_be_visible()
    await expect(client.rows).to_have_count(2)
    await expect(client.rows.last.locator("img")).to_have_count(1)  # the preview has faded away
    assert await client.rows.last.evaluate("(row, place) => row === place", place)
    assert await photo.evaluate("image => image.naturalWidth") == 640
    await expect(client.rows.last).to_contain_text("edited")


async def test_a_short_code_is_not_torn_apart_and_a_long_one_is_wrapped(client: Client, scripted: Bot) -> None:
    long = "a red fox asleep in fresh snow " * 4
    flags = "".join(f"<code>{flag}</code> " for flag in ("--strength", "--enhance") * 12)
    await scripted.send_message(YOU, f"{flags}\n<code>{long}</code>", parse_mode="HTML")
    codes = client.rows.last.locator("code")
    await expect(codes).to_have_count(25)
    lines = await codes.evaluate_all("codes => codes.map(code => code.getClientRects().length)")
    assert lines[:-1] == [1] * 24
    assert lines[-1] > 1


async def test_a_deleted_message_goes(client: Client, scripted: Bot) -> None:
    sent = await scripted.send_message(YOU, "soon gone")
    await expect(client.rows).to_have_count(1)
    await scripted.delete_message(YOU, sent.message_id)
    await expect(client.rows).to_have_count(0)


async def test_an_album_is_one_bubble_and_a_spoiler_opens_when_pressed(client: Client, scripted: Bot) -> None:
    colors = ("tomato", "gold", "teal")
    await scripted.send_media_group(YOU, [InputMediaPhoto(media=picture(color)) for color in colors])
    await expect(client.rows).to_have_count(1)
    await expect(client.rows.first.get_by_role("img", name="Photo")).to_have_count(3)
    await scripted.send_photo(
        YOU, picture("navy"), caption="<tg-spoiler>the end</tg-spoiler>", parse_mode="HTML", has_spoiler=True
    )
    await client.rows.last.get_by_role("button", name="Hidden photo").click()
    await expect(client.rows.last.get_by_role("button", name="Photo: the end")).to_be_visible()
    await client.rows.last.get_by_role("button", name="Hidden text").click()
    await expect(client.rows.last.get_by_role("button", name="Hidden text")).to_have_count(0)


async def test_a_file_is_offered_for_download(client: Client, scripted: Bot) -> None:
    await scripted.send_document(YOU, picture("plum"), caption="in full")
    await expect(client.rows.last.get_by_role("link", name="plum.png")).to_have_attribute("download", "plum.png")


async def test_the_bots_action_shows_until_its_message(client: Client, scripted: Bot) -> None:
    seen = asyncio.ensure_future(expect(client.page.get_by_text("sending a photo").first).to_be_visible())
    while not seen.done():  # an action is shown for five seconds, and bots repeat it
        await scripted.send_chat_action(YOU, "upload_photo")
        await asyncio.wait({seen}, timeout=1)
    await seen
    await scripted.send_message(YOU, "there")
    await expect(client.page.get_by_text("sending a photo")).to_have_count(0)


async def test_a_photo_can_be_attached_with_a_caption(client: Client, scripted: Bot) -> None:
    image = picture("coral")
    chosen: FilePayload = {"name": "coral.png", "mimeType": "image/png", "buffer": image.data}
    await client.page.locator("#attach-file").set_input_files(chosen)
    await expect(client.page.get_by_role("img", name="Photo to send")).to_be_visible()
    await client.message.fill("/imagine this, but blue")
    await client.message.press("Enter")
    await expect(client.rows.last.get_by_role("img", name="Photo: /imagine this, but blue")).to_be_visible()
    [update] = await scripted.get_updates(timeout=20)
    assert update.message is not None
    assert update.message.photo
    assert update.message.caption == "/imagine this, but blue"


async def test_a_long_chat_shows_its_end_and_earlier_messages_on_demand(
    browser: Browser, sandbox: SandboxServer
) -> None:
    for number in range(450):
        sandbox.people.send(YOU, YOU, f"line {number}")
    client = await open_client(browser, sandbox.url)
    await expect(client.rows).to_have_count(200)
    await expect(client.rows.last).to_be_in_viewport()
    top = client.rows.filter(has_text="line 250")
    await client.page.get_by_role("button", name="Show earlier messages").click()
    await expect(client.rows).to_have_count(400)
    await expect(top).to_be_in_viewport()  # what one was reading has not moved away


async def test_unread_messages_are_counted_where_they_are(client: Client, sandbox: SandboxServer) -> None:
    sandbox.people.send(ALICE, GROUP, "first")
    sandbox.people.send(ALICE, GROUP, "second")
    await client.chats.get_by_role("option", name="Drawing circle, 2 unread messages").click()
    await expect(client.chats.get_by_role("option", name="Drawing circle", exact=True)).to_be_visible()
    for number in range(40):
        sandbox.people.send(ALICE, GROUP, f"more {number}")
    await expect(client.rows.last).to_contain_text("more 39")
    await client.page.locator("#scroller").evaluate("element => (element.scrollTop = 0)")
    down = client.page.get_by_role("button", name="Scroll to the newest message")
    await expect(down).to_be_visible()
    sandbox.people.send(ALICE, GROUP, "the newest")
    await expect(down).to_have_attribute("data-unread", "1")
    await expect(client.rows.last).not_to_be_in_viewport()
    await down.click()
    await expect(client.rows.last).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_the_page_comes_back_with_its_server(client: Client, sandbox: SandboxServer) -> None:
    await client.send("before")
    port = int(sandbox.url.rpartition(":")[2])
    await sandbox.close()
    await expect(client.page.get_by_role("heading", name="Connecting")).to_be_visible()
    sandbox.people.send(YOU, YOU, "meanwhile")
    again = await SandboxServer.start(port=port, box=sandbox.box, token=sandbox.token)
    try:
        await expect(client.rows.last).to_contain_text("meanwhile")
        await expect(client.page.get_by_role("heading", name="Chats")).to_be_visible()
        await client.send("after")
    finally:
        await client.page.close()
        await again.close()
    away = ("CONNECTION_REFUSED", "CONNECTION_RESET", "EMPTY_RESPONSE", "INCOMPLETE_CHUNKED")
    assert all(any(f"ERR_{what}" in fault for what in away) for fault in client.faults)
    client.faults.clear()


async def test_a_pasted_picture_is_attached(client: Client) -> None:
    paste = """() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array([137, 80, 78, 71])], "clip.png", { type: "image/png" }));
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    }"""
    await client.page.evaluate(paste)
    await expect(client.page.get_by_text("clip.png")).to_be_visible()
    await client.page.get_by_role("button", name="Remove the photo").click()
    await expect(client.page.get_by_text("clip.png")).to_be_hidden()


async def test_an_empty_chat_suggests_what_to_write(client: Client, scripted: Bot) -> None:
    await client.page.get_by_role("button", name="/imagine a fox in the snow").click()
    await expect(client.rows.last).to_contain_text("/imagine a fox in the snow")
    await expect(client.message).to_be_focused()
    await expect(client.page.get_by_role("region", name="Getting started")).to_have_count(0)
    [update] = await scripted.get_updates(timeout=20)
    assert update.message is not None
    assert update.message.text == "/imagine a fox in the snow"


async def test_an_empty_chat_says_what_the_bot_can_do_and_starts_it(client: Client, scripted: Bot) -> None:
    await scripted.set_my_description("I draw pictures.")
    await client.page.reload()
    await client.open_chat("Imagine")
    await expect(client.page.get_by_text("What can this bot do?")).to_be_visible()
    await expect(client.page.get_by_text("I draw pictures.")).to_be_visible()
    await client.page.get_by_role("button", name="START", exact=True).click()
    await expect(client.rows.last).to_contain_text("/start")


async def test_what_came_meanwhile_is_unread_after_a_reload(
    browser: Browser, sandbox: SandboxServer, scripted: Bot
) -> None:
    client = await open_client(browser, sandbox.url, PHONE)
    await client.open_chat("Imagine")
    await client.send("hello")
    await client.page.goto("about:blank")
    await scripted.send_message(YOU, "one")
    await scripted.send_message(YOU, "two")
    await client.open()
    await expect(client.chats.get_by_role("option", name="Imagine, 2 unread messages")).to_be_visible()
    await client.open_chat("Imagine")
    await client.page.get_by_role("button", name="Back to chats").click()
    await expect(client.chats.get_by_role("option", name="Imagine", exact=True)).to_be_visible()
    await client.page.context.close()


async def test_a_square_picture_leaves_room_for_its_caption(client: Client, scripted: Bot) -> None:
    await scripted.send_photo(YOU, picture("teal", (1024, 1024)), caption="line\n" * 5 + "the last line")
    await client.rows.last.get_by_role("button", name="Photo").click()
    viewer = client.page.get_by_role("dialog", name="Photo viewer")
    caption = viewer.locator("figcaption")
    await expect(caption).to_be_visible()
    assert await caption.evaluate("each => each.scrollHeight - each.clientHeight") <= 1


async def test_what_was_being_written_stays_with_its_chat(client: Client) -> None:
    await client.message.fill("half a thought")
    await client.open_chat("Drawing circle")
    await expect(client.message).to_have_value("")
    await client.open_chat("Imagine")
    await expect(client.message).to_have_value("half a thought")
