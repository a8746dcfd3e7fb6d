"""Animations and videos in the conversation."""

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaAnimation
from playwright.async_api import expect

from bot.sandbox.seed import YOU
from tests.browser.client import Client
from tests.providers.videos import gif, mp4

pytestmark = pytest.mark.asyncio(loop_scope="session")


def file(data: bytes, name: str) -> BufferedInputFile:
    return BufferedInputFile(data, name)


async def test_a_text_becomes_an_animation_in_place(client: Client, scripted: Bot) -> None:
    sent = await scripted.send_message(YOU, "Drawing 40%")
    media = InputMediaAnimation(media=file(gif((320, 240)), "fox.gif"), caption="a fox moves")
    await scripted.edit_message_media(media, chat_id=YOU, message_id=sent.message_id)
    shown = client.rows.last.get_by_role("img", name="GIF: a fox moves")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    await expect(client.rows).to_have_count(1)
    await shown.evaluate("image => (image.dataset.mark = 'kept')")
    await scripted.edit_message_caption(chat_id=YOU, message_id=sent.message_id, caption="a fox moved")
    await expect(client.rows.last).to_contain_text("a fox moved")
    await expect(client.rows.last.locator("img[data-mark=kept]")).to_be_visible()


async def test_what_plays_by_itself_and_what_has_a_player(client: Client, scripted: Bot) -> None:
    await scripted.send_animation(YOU, file(mp4((640, 360)), "a.mp4"), caption="silent")
    video = client.rows.last.locator("video")
    await expect(video).to_have_attribute("loop", "")
    await expect(video).not_to_have_attribute("controls", "")
    assert (
        await video.evaluate("video => video.muted && getComputedStyle(video.parentElement).aspectRatio") == "640 / 360"
    )
    await scripted.send_video(YOU, file(mp4(sound=True), "b.mp4"), caption="loud")
    video = client.rows.last.locator("video")
    await expect(video).to_have_attribute("controls", "")
    await expect(video).not_to_have_attribute("loop", "")
    address = await video.get_attribute("src") or "?"
    assert any(url.endswith(address) for url in client.requested)
    client.faults.clear()  # the browser's own note: these have no frames


async def test_a_covered_one_is_uncovered_by_a_tap(client: Client, scripted: Bot) -> None:
    await scripted.send_animation(YOU, file(gif(), "fox.gif"), caption="a fox", has_spoiler=True)
    hidden = client.messages.get_by_role("button", name="Hidden GIF")
    await expect(hidden).to_be_visible()
    await hidden.click()
    await expect(hidden).to_have_count(0)
    await client.rows.last.locator(".clip").click()
    await expect(client.page.get_by_role("dialog", name="Photo viewer")).to_have_count(0)
