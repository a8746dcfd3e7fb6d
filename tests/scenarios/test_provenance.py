"""What picture files say of their origin."""

import io
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

PRIVATE = "/srv/comfyui/models"


class Painter(Provider):
    """A back-end that writes its own notes into its pictures, as ComfyUI does."""

    models = default_model = "painter"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"negative_prompt", "num_inference_steps", "image"}))

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        info, out = PngInfo(), io.BytesIO()
        info.add_text("workflow", f'{{"path": "{PRIVATE}"}}')
        Image.new("RGB", (96, 64), "teal").save(out, "PNG", pnginfo=info)
        yield ImageResponse([data_url(out.getvalue(), "image/png")])


def notes(data: bytes) -> dict[str, str]:
    """The texts of a PNG, without the XMP packet."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return {str(key): value for key, value in image.info.items() if isinstance(value, str) and "xmp" not in str(key)}


async def as_files(chat: ChatClient) -> None:
    await chat.send("/settings")
    await chat.press("Send as file")


PROMPT = "/imagine a fox, лиса --no blur --steps 12 --seed 7 --model painter"


@pytest.mark.parametrize("setting", ["full", "no-prompt", "off"])
async def test_a_file_says_how_it_was_made(sandbox: SandboxServer, you: Person, tmp_path: Path, setting: str) -> None:
    chat = you.private
    catalog = quick_sketch(scripted("painter", Painter))
    async with bot_at(sandbox, tmp_path, catalog, picture_metadata=setting):
        await as_files(chat)
        data = await chat.data(await chat.document(to=await chat.send(PROMPT)))
    pairs = "Steps: 12, Seed: 7, Size: 96x64, Model: painter, Version: imagine-bot"
    if setting == "off":
        assert set(notes(data)) == {"workflow"}
        assert b"DigitalSourceType" not in data
        return
    words = "a fox, лиса\nNegative prompt: blur\n" if setting == "full" else ""
    assert notes(data) == {"parameters": words + pairs}
    assert b"digitalsourcetype/trainedAlgorithmicMedia" in data
    assert PRIVATE.encode() not in data


async def test_a_changed_photo_says_so(sandbox: SandboxServer, you: Person, tmp_path: Path) -> None:
    chat = you.private
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("painter", Painter))):
        await as_files(chat)
        asked = await chat.upload(sample_photo(), "/imagine make it blue --model painter")
        data = await chat.data(await chat.document(to=asked))
    assert b"digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in data


async def test_photos_and_grids_are_marked_too(sandbox: SandboxServer, you: Person, tmp_path: Path) -> None:
    """They leave with it; what Telegram keeps of a photo is another matter."""
    chat = you.private
    async with bot_at(sandbox, tmp_path, quick_sketch()):
        single = await chat.data(await chat.photo(to=await chat.send("/imagine a fox --seed 7")))
        grid_message = await chat.photo(to=await chat.send("/imagine a cat --n 2 --seed 7"))
        grid = await chat.data(grid_message)
        await chat.press("1", on=grid_message)
        full = await chat.data(await chat.answer(lambda m: bool(m.photo) and m.id > grid_message.id, "the first"))
    for data in (single, grid, full):
        assert b"digitalsourcetype/algorithmicMedia" in data  # sketch is no trained model
    assert "a fox".encode("utf-16-be") in single
    assert "a cat".encode("utf-16-be") not in grid
    assert "a cat".encode("utf-16-be") in full
