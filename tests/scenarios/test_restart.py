"""Buttons and replies work on pictures that an earlier process has drawn, and whose bytes are long gone."""

import asyncio
import io
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
from PIL import Image

from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import Person, sample_photo


async def test_a_picture_of_last_month(sandbox: SandboxServer, tmp_path: Path, you: Person) -> None:
    chat = you.private
    async with bot_at(sandbox, tmp_path):
        first = await chat.photo(to=await chat.send("a fox --size 160x120 --seed 7"))
        drawn = await chat.data(first)
    async with bot_at(sandbox, tmp_path):
        await chat.press("More", on=first)
        await chat.press("Same seed", on=first)
        again = await chat.photo(to=first)
        assert await chat.data(again) == drawn
        await chat.press("2× size", on=first)
        bigger = await chat.answer(lambda message: bool(message.photo) and "320×240" in message.text, "2× size")
        with Image.open(io.BytesIO(await chat.data(bigger))) as image:
            assert image.size == (320, 240)
        refined = await chat.photo(to=await chat.send("in the rain", reply_to=first))
        assert refined.text.startswith("in the rain\n")
        assert "160×120" in refined.text
        page = await chat.text("Your pictures", to=await chat.send("/history"))
        assert chat.buttons(page) == ["1", "2", "3", "4"]


class Waiting(Provider):
    """Draws once it is let go on, and remembers the words."""

    label = "Waiting"
    offline = True
    models = default_model = "waiting"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed"}))
    go_on = False
    asked: list[str] = []  # noqa: RUF012 # emptied by the test

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Drawing")
        if not type(self).go_on:
            await asyncio.Event().wait()
        type(self).asked.append(request.prompt)
        yield ImageResponse([data_url(sample_photo(), "image/png")])


async def test_choices_are_drawn_to_the_end_by_the_next_process(
    sandbox: SandboxServer, tmp_path: Path, you: Person
) -> None:
    chat, catalog = you.private, quick_sketch(scripted("waiting", Waiting))
    Waiting.asked.clear()
    Waiting.go_on = False
    async with bot_at(sandbox, tmp_path, catalog, default_model="waiting") as running:
        await chat.send("a {red|blue} fox --style oil --n 2")
        placeholder = await chat.placeholder()
        await running.jobs.stop(0)
    Waiting.go_on = True
    async with bot_at(sandbox, tmp_path, catalog, default_model="waiting"):
        sheet = await chat.ended(placeholder)
        assert "1: red; 2: red; 3: blue; 4: blue" in sheet.text
        assert sorted(prompt[:23] for prompt in Waiting.asked) == [
            "oil painting of a blue ",
            "oil painting of a blue ",
            "oil painting of a red f",
            "oil painting of a red f",
        ]


async def test_without_a_limit_of_age_what_is_old_is_drawn(sandbox: SandboxServer, tmp_path: Path, you: Person) -> None:
    """REQUEST_TTL=0, as 0 means no limit elsewhere; with a limit the person is told."""
    chat = you.private
    asked = await chat.send("/imagine a fox --size 64x64")
    await asyncio.sleep(1.1)  # Telegram's dates are whole seconds
    async with bot_at(sandbox, tmp_path, request_ttl="0"):
        await chat.photo(to=asked)
    late = await chat.send("/imagine a boat --size 64x64")
    await asyncio.sleep(2.1)
    async with bot_at(sandbox, tmp_path, request_ttl="1s"):
        await chat.text("I was offline", to=late)
