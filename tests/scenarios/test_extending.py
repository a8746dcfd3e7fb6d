"""--zoom and --pan: a picture goes on beyond its edges."""

import io
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest
from PIL import Image

from bot.app import Running
from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Bounds, Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.editors import RED, drawn, same
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Filler(Provider):
    """Draws where a mask is white, in any size, and remembers what it was asked."""

    offline = True
    models = default_model = "filler"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(
        frozenset({"image", "mask", "strength", "width", "height"}),
        width=Bounds(64, 1024, 8),
        height=Bounds(64, 1024, 8),
        area=512 * 512,
    )
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        size = (request.width or 320, request.height or 240)
        yield ImageResponse([data_url(sample_photo(*size, "#d2691e"), "image/png")])


class Outpainter(Filler):
    """Has a way of its own to go on: it is told by how many pixels."""

    models = default_model = "outpainter"
    capabilities = Capabilities(frozenset({"image", "expand"}))
    asked: ClassVar[list[ImageRequest]] = []


class Words(Filler):
    models = default_model = "words"
    capabilities = Capabilities(frozenset({"image"}))
    asked: ClassVar[list[ImageRequest]] = []


def filling_bot(sandbox: SandboxServer, folder: Path, **settings: object) -> AbstractAsyncContextManager[Running]:
    for provider in (Filler, Outpainter, Words):
        provider.asked.clear()
    catalog = quick_sketch(
        scripted("filler", Filler), scripted("outpainter", Outpainter), scripted("words", Words, label="Words alone")
    )
    return bot_at(sandbox, folder, catalog, default_model="filler", **settings)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    async with filling_bot(sandbox, tmp_path) as running:
        yield running


def kept(mask: bytes | None) -> tuple[tuple[int, int], tuple[int, int, int, int] | None]:
    """The size of a mask, and the box within which all is black."""
    assert mask is not None
    with Image.open(io.BytesIO(mask)) as image:
        assert (image.format, image.mode) == ("PNG", "L")
        black = image.point([255 if level == 0 else 0 for level in range(256)])
        assert image.getextrema() == (0, 255)
        return image.size, black.getbbox()


def cropped(picture: bytes | None, box: tuple[int, int, int, int]) -> bytes:
    assert picture is not None
    body = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.crop(box).save(body, "PNG")
    return body.getvalue()


async def test_zoom_shows_more_around_a_picture(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    second = await drawn(chat, "--zoom 2 a snowy forest", reply_to=first)
    request = Filler.asked[-1]
    assert (request.width, request.height) == (512, 384)
    assert request.prompt.endswith("a snowy forest")
    assert kept(request.mask) == ((512, 384), (131, 99, 381, 285)), "the picture in the middle, but for a seam"
    assert same(cropped(request.first_image, (128, 96, 384, 288)), sample_photo(256, 192, "#d2691e"))
    assert request.strength == pytest.approx(0.9)
    assert "strength" not in second.text, "nobody has asked for it"
    await chat.press("Again", on=second)
    await chat.photo(to=second)
    assert kept(Filler.asked[-1].mask) == kept(request.mask)


@pytest.mark.parametrize(
    ("side", "size", "box"),
    [
        ("left", (768, 384), (262, 0, 768, 384)),
        ("right", (768, 384), (0, 0, 506, 384)),
        ("up", (512, 576), (0, 198, 512, 576)),
        ("down", (512, 576), (0, 0, 512, 378)),
    ],
)
async def test_pan_goes_on_to_one_side(
    chat: ChatClient, side: str, size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    await drawn(chat, f"--pan {side.upper()}", reply_to=first)
    request = Filler.asked[-1]
    assert request.prompt == "a fox", "its own words go on as well"
    assert (request.width, request.height) == size
    assert kept(request.mask) == (size, box)


async def test_an_explicit_shape_is_filled_evenly(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 384x384")
    await drawn(chat, "--zoom 1.5 --size 768x384", reply_to=first)
    assert kept(Filler.asked[-1].mask) == ((768, 384), (260, 68, 508, 316))


async def test_somebodys_photo_in_a_group(group: ChatClient, alice: Person) -> None:
    theirs = await alice.chat(group.chat_id).upload(sample_photo(900, 600, "#00aa00"))
    asked = await group.send("/imagine --zoom 1.5 a meadow", reply_to=theirs)
    await group.photo(to=asked)
    request = Filler.asked[-1]
    assert (request.width, request.height) == (624, 416), "of the model's own area"
    (size, box) = kept(request.mask)
    assert size == (624, 416)
    assert box == (108, 73, 516, 342)


async def test_a_model_with_its_own_way_gets_the_picture_itself(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    await drawn(chat, "--zoom 1.5 --pan left --model outpainter", reply_to=first)
    request = Outpainter.asked[-1]
    assert same(request.first_image, await chat.data(first))
    assert (request.expand, request.mask) == ((384, 96, 128, 96), None)


async def test_a_model_that_cannot_offers_those_that_can(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    asked = await chat.send("--zoom 1.5 --model words", reply_to=first)
    refused = await chat.text("can't extend pictures", to=asked)
    assert chat.buttons(refused) == ["🎨 Draw with Filler", "🎨 Draw with Outpainter"]
    assert Words.asked == []
    await chat.press("Filler", on=refused)
    await chat.photo(to=asked)
    assert kept(Filler.asked[-1].mask)[0] == (512, 384)


async def test_another_model_at_a_press_says_what_it_ignores(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    second = await drawn(chat, "--zoom 1.5", reply_to=first)
    await chat.press("Model", on=second)
    await chat.press("Words alone")
    await chat.press("Draw with Words alone")
    third = await chat.photo()
    assert "Ignored by this model: " in third.text
    assert "extending" in third.text
    assert same(Words.asked[-1].first_image, await chat.data(first))


async def test_what_cannot_be_extended_gets_one_answer_each(chat: ChatClient, boris: Person) -> None:
    await chat.text("Reply with this to the picture", to=await chat.send("a fox --zoom 1.5"))
    sheet = await drawn(chat, "two foxes --n 2")
    await chat.text("tap a number first", to=await chat.send("--pan left", reply_to=sheet))
    theirs = await chat.upload(RED)
    await chat.text("Nice photo!", to=theirs)
    await chat.text("--zoom 1.5 --pan up a snowy", to=await chat.send("--zoom 1.5 --pan up", reply_to=theirs))
    first = await drawn(chat, "a fox --new")
    mask = await chat.upload(RED, "a hat --mask --zoom 1.5", reply_to=first)
    await chat.text("not both", to=mask)
    for value in ("0.5", "9", "1e3", "nan", "-1", "१.५"):
        await chat.text("--zoom", to=await chat.send(f"a fox --zoom {value}", reply_to=first))
    await chat.text("left, right, up, down", to=await chat.send("a fox --pan sideways", reply_to=first))
    await boris.private.text("Ответьте этим на картинку", to=await boris.private.send("лиса --zoom 2"))
    assert all(request.mask is None for request in Filler.asked)


async def test_a_picture_of_one_line_says_what_is_wrong(chat: ChatClient, sandbox: SandboxServer) -> None:
    chat._do()
    line = sample_photo(900, 3, "#00aa00")
    theirs = await sandbox.people.send_document(chat.person.id, chat.chat_id, line, "line.png", "")
    failed = await chat.text("source image", to=await chat.send("--zoom 3 a meadow", reply_to=theirs))
    await chat.ended(failed)
    assert Filler.asked == []


async def test_the_persons_own_strength_is_not_for_what_is_not_there_yet(chat: ChatClient) -> None:
    first = await drawn(chat, "a fox --size 512x384")
    await drawn(chat, "--zoom 1.5 --strength 60%", reply_to=first)
    assert Filler.asked[-1].strength == pytest.approx(0.6), "but a flag is"
