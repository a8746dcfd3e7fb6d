"""Buttons and replies work on pictures that an earlier process has drawn, and whose bytes are long gone."""

import io
from pathlib import Path

from PIL import Image

from bot.sandbox import SandboxServer
from tests.running import bot_at
from tests.scenarios.language import Person


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
