"""What picture files say of their origin."""

import io
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
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


# Drawing a file again


async def sent_file(sandbox: SandboxServer, chat: ChatClient, data: bytes, name: str = "fox.png") -> Message:
    return await sandbox.people.send_document(chat.person.id, chat.chat_id, data, name)


async def test_our_own_file_is_drawn_again(sandbox: SandboxServer, you: Person, tmp_path: Path) -> None:
    chat = you.private
    catalog = quick_sketch(scripted("painter", Painter))
    async with bot_at(sandbox, tmp_path, catalog):
        await as_files(chat)
        data = await chat.data(await chat.document(to=await chat.send(PROMPT)))
        asked = await sent_file(sandbox, chat, data)
        card = await chat.text("how it was made", "a fox, лиса", "blur", "12", "painter", to=asked)
        await chat.press("Draw this again", on=card)
        again = await chat.answer(lambda m: m.document is not None and m.id > card.id, "the same once more")
        assert notes(await chat.data(again)) == notes(data)


async def test_the_button_works_after_a_restart(sandbox: SandboxServer, you: Person, tmp_path: Path) -> None:
    """ComfyUI's graph, whose model is none of ours: the person's own one draws."""
    chat = you.private
    info, out = PngInfo(), io.BytesIO()
    graph = '{"1": {"inputs": {"positive": ["2", 0], "seed": 5}}, "2": {"inputs": {"text": "a <b>fox</b>"}}}'
    info.add_text("prompt", graph)
    Image.new("RGB", (96, 64), "teal").save(out, "PNG", pnginfo=info)
    async with bot_at(sandbox, tmp_path):
        card = await chat.text("a <b>fox</b>", "5", to=await sent_file(sandbox, chat, out.getvalue()))
    async with bot_at(sandbox, tmp_path):
        await chat.press("Draw this again", on=card)
        drawn = await chat.answer(lambda m: bool(m.photo) and m.id > card.id, "the picture")
        assert "seed 5" in drawn.text


async def test_files_that_say_nothing_get_the_menu_of_photos(
    sandbox: SandboxServer, you: Person, tmp_path: Path
) -> None:
    chat = you.private
    async with bot_at(sandbox, tmp_path, quick_sketch(scripted("painter", Painter))):
        for data in (sample_photo(), b"\x89PNG\r\n\x1a\nbroken"):
            card = await chat.text("Nice photo", to=await sent_file(sandbox, chat, data))
            assert not any("Draw this again" in label for label in chat.buttons(card))


async def test_a_forged_press_draws_nothing(sandbox: SandboxServer, you: Person, tmp_path: Path) -> None:
    """On a menu that does not have the button."""
    chat = you.private
    catalog = quick_sketch(scripted("painter", Painter))
    async with bot_at(sandbox, tmp_path, catalog):
        card = await chat.text("Nice photo", to=await sent_file(sandbox, chat, sample_photo()))
        chat.press_data("ph:a", on=card)
        assert "button is gone" in await chat.toast()
