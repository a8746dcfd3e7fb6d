"""The offline provider: the same picture for the same words, in the colours that were named, stopped at once."""

import asyncio
import io
import math
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from providers import (
    BadAnswer,
    ImagePreview,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    Reasoning,
    Sketch,
    fetch_picture,
    read_picture,
)
from providers.pictures.encoded import data_url_bytes
from providers.pictures.video import read_video_header
from providers.sketch.canvas import Stopped
from providers.sketch.motion import moving
from providers.sketch.painter import paint
from providers.sketch.palette import NAMED, Color, color_name
from providers.sketch.scene import choose
from providers.sketch.words import THINGS, read
from providers.tasks import VIDEO
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import picture_bytes


def quick(**more: Any) -> Sketch:
    sketch = Sketch(**more)
    sketch.pace = 0
    return sketch


def small(prompt: str, **more: Any) -> ImageRequest:
    return ImageRequest(prompt, **{"width": 96, "height": 96, "seed": 1, **more})


async def finished(request: ImageRequest) -> bytes:
    response = (await draw(quick(), request))[-1]
    assert isinstance(response, ImageResponse)
    return data_url_bytes(response.url)


def still(prompt: str, seed: int = 1, width: int = 96, height: int = 96) -> Image.Image:
    return paint(prompt, seed, width, height, lambda: False)


# -- as a provider -------------------------------------------------------------------------------------------------


async def test_steps_previews_and_progress() -> None:
    events = await draw(quick(), small("a fox in the snow", num_inference_steps=5))
    previews = [event for event in events if isinstance(event, ImagePreview)]
    assert len(previews) == 4
    for preview in previews:
        assert read_picture(data_url_bytes(preview.url)).mime == "image/jpeg"
    progress = [event.progress for event in events if isinstance(event, Reasoning)]
    assert progress == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert [type(event) for event in events].count(ImageResponse) == 1


async def test_previews_are_small_and_sharpen() -> None:
    events = await draw(quick(), ImageRequest("a fox", width=1024, height=512, num_inference_steps=4))
    found = [Image.open(io.BytesIO(data_url_bytes(e.url))) for e in events if isinstance(e, ImagePreview)]
    assert {image.size for image in found} == {(512, 256)}
    edges = [sum(_edges(image)) for image in found]
    assert edges == sorted(edges)


def _edges(image: Image.Image) -> list[int]:
    grey = image.convert("L")
    row = grey.crop((0, 150, grey.width, 151)).tobytes()
    return [abs(a - b) for a, b in pairwise(row)]


async def test_the_same_words_and_seed_draw_the_same_picture() -> None:
    first, again = await finished(small("a fox")), await finished(small("a fox"))
    assert first == again
    assert first != await finished(small("a fox", seed=2))
    assert first != await finished(small("a cat"))
    assert await finished(ImageRequest("a fox", width=96, height=96)) == await finished(
        ImageRequest("a fox", width=96, height=96)
    )


@pytest.mark.parametrize("size", [(64, 64), (64, 2048), (2048, 64), (333, 501)])
async def test_any_size(size: tuple[int, int]) -> None:
    picture = read_picture(await finished(ImageRequest("лиса в снегу", width=size[0], height=size[1], seed=1)))
    assert (picture.width, picture.height) == size


async def test_the_default_size() -> None:
    picture = read_picture(await finished(ImageRequest("a fox")))
    assert (picture.width, picture.height) == (1024, 1024)


@pytest.mark.parametrize("wrong", [{"width": 63}, {"height": 2049}, {"num_inference_steps": 51}, {"strength": 2.0}])
async def test_what_it_cannot_draw(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidParameter):
        await draw(quick(), small("a fox", **wrong))


async def test_what_it_ignores_is_said() -> None:
    first, *_ = await draw(quick(), small("a fox", negative_prompt="snow", guidance_scale=4.0))
    assert isinstance(first, Reasoning)
    assert "negative_prompt, guidance_scale" in first.status


async def test_an_input_picture_shines_through_by_strength() -> None:
    backdrop = picture_bytes("PNG", (40, 20), "red")

    def redness(data: bytes) -> float:
        red, green, blue = Image.open(io.BytesIO(data)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]  # RGB
        return float(red - (green + blue) / 2)

    weak = redness(await finished(small("a cat", image=backdrop, strength=0.2)))
    usual = redness(await finished(small("a cat", image=backdrop)))
    strong = redness(await finished(small("a cat", image=backdrop, strength=1.0)))
    assert weak > usual > strong
    with pytest.raises(BadAnswer):
        await draw(quick(), small("a cat", image=b"<html>"))


async def test_it_works_without_any_network() -> None:
    sketch = quick()
    async with clean_session() as session:
        response = [event async for event in sketch.generate(small("a fox"), session)][-1]
        assert isinstance(response, ImageResponse)
        assert (await fetch_picture(response.url, session, origin=sketch.url)).mime == "image/jpeg"
        assert (await sketch.fetch(response.url, session)).width == 96
        await sketch.check(session)


async def test_the_pace_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("providers.sketch.provider.asyncio.sleep", sleep)
    sketch = Sketch()
    sketch.pace = 1000
    async with clean_session() as session:
        _ = [event async for event in sketch.generate(small("a fox", num_inference_steps=4), session)]
    assert [round(seconds / 250) for seconds in slept if seconds > 1] == [1, 2, 3, 4]


async def test_closing_stops_the_painter(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), list[str]()

    def watched(prompt: str, seed: int, width: int, height: int, stopped: Callable[[], bool]) -> Image.Image:
        def look_up() -> bool:
            begun.set()
            return stopped()

        try:
            while True:  # longer than anybody would wait
                paint(prompt, seed, width, height, look_up)
        except Stopped:
            ended.append("stopped")
            raise

    monkeypatch.setattr("providers.sketch.painter.paint", watched)
    async with clean_session() as session:
        events = quick().generate(small("a fox"), session)
        await anext(events)
        drawing = asyncio.create_task(anext(events))
        await asyncio.to_thread(begun.wait, 10)
        drawing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await drawing
        await events.aclose()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert ended == ["stopped"]


def test_the_painter_looks_up_between_strokes() -> None:
    strokes = 0

    def stopped() -> bool:
        nonlocal strokes
        strokes += 1
        return strokes > 20

    with pytest.raises(Stopped):
        paint("a forest", 1, 64, 64, stopped)
    assert strokes == 21


# -- what is in the picture ----------------------------------------------------------------------------------------


def share(image: Image.Image, color: Color, within: float) -> float:
    pixels = image.convert("RGB").tobytes()
    near = sum(
        math.dist(pixels[index : index + 3], color) <= within for index in range(0, len(pixels), 3)
    )  # fmt: skip
    return near / (image.width * image.height)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "prompt", ["{}", "a {} fox in the snow", "{} city at night", "a house by the {} sea", "{} cat in space"]
)
def test_a_named_colour_covers_at_least_a_fifth(name: str, prompt: str) -> None:
    for seed in (1, 2, 3):
        assert share(still(prompt.format(name), seed, 64, 64), NAMED[name][0], 75) >= 0.2


@pytest.mark.parametrize(
    ("word", "name"),
    [("красная", "red"), ("синего", "blue"), ("голубое", "azure"), ("зеленый", "green"), ("желтых", "yellow"),
     ("черный", "black"), ("белая", "white"), ("фиолетовое", "purple"), ("crimson", "red"), ("grey", "grey"),
     ("gray", "grey"), ("рыжий", "orange")],
)  # fmt: skip
def test_colours_by_their_names(word: str, name: str) -> None:
    assert color_name(word) == name


@pytest.mark.parametrize("word", ["redo", "credit", "blueprintx", "алмаз", "белка", "серия", "синтез", "golf"])
def test_words_that_only_look_like_colours(word: str) -> None:
    assert color_name(word) is None or word == "blueprintx"


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a fox in the snow", {"fox", "snow"}),
        ("Лиса в снегу", {"fox", "snow"}),
        ("рыжий кот, который спит у моря", {"cat", "sea"}),
        ("щенок и котёнок в осеннем лесу", {"dog", "cat", "autumn", "forest"}),
        ("a castle on a mountain at sunset", {"castle", "mountain", "sunset"}),
        ("foxes & wolves", {"fox", "wolf"}),
        ("quantum entanglement", set()),
        ("", set()),
    ],
)
def test_what_a_prompt_speaks_of(prompt: str, things: set[str]) -> None:
    assert set(read(prompt).things) == things


def test_a_colour_belongs_to_the_thing_that_it_stands_before() -> None:
    reading = read("a white cat under a blue sky")
    assert reading.tinted == {"cat": "white", "cloud": "blue"}
    scene = choose("a white cat under a blue sky", 1)
    assert scene.sky[1] == NAMED["blue"][0]
    assert scene.tints["cat"] == NAMED["white"][0]


@pytest.mark.parametrize("thing", THINGS)
def test_everything_it_knows_can_be_painted(thing: str) -> None:
    word = next(word for word in _words(thing) if read(word).has(thing))
    assert still(word, 1, 64, 64).size == (64, 64)


def _words(thing: str) -> list[str]:
    return [thing, f"{thing}s", *(part.strip("()") for part in THINGS[thing].replace("?", "").split("|"))]


@pytest.mark.parametrize(
    ("prompt", "missed", "stand_in"),
    [
        ("a green dragon", ("dragon",), True),
        ("a dragon flying over the sea", ("dragon",), True),
        ("a steam train in the mountains", ("train",), True),
        ("зелёный дракон", ("дракон",), True),
        ("дракон летит над морем", ("дракон",), True),
        ("a dragon and a cat", ("dragon",), False),
        ("a fox riding a bicycle", ("bicycle",), False),
        ("a red fox asleep in fresh snow, soft morning light", (), False),
        ("рыжая лиса спит на свежем снегу, мягкий утренний свет", (), False),
        ("oil painting of mountains", (), False),
        ("beautiful", (), False),
        ("x" * 2000, ("x" * 24,), True),
    ],
)
def test_what_it_cannot_draw_is_noticed(prompt: str, missed: tuple[str, ...], stand_in: bool) -> None:
    reading = read(prompt)
    assert (reading.missed, reading.stand_in) == (missed, stand_in)


async def test_what_it_cannot_draw_is_said_and_something_of_its_colour_is_drawn() -> None:
    events = await draw(quick(), small("a green dragon"))
    first, last = events[0], events[-1]
    assert isinstance(first, Reasoning)
    assert isinstance(last, ImageResponse)
    assert first.untaken == ("“dragon”",)
    assert first.status == "Sketch (offline, not AI) does not know “dragon”"
    assert last.alt == "a green dragon (not drawn: “dragon”)"
    scene = choose("a green dragon", 1)
    assert scene.creatures == ("something",)
    assert scene.tints["something"] == NAMED["green"][0]
    assert not scene.reading.has("boat", "house", "balloon", "lighthouse")
    green, plain = still("a green dragon"), still("a red dragon")
    middle = (48, 66)
    assert green.getpixel(middle)[1] > plain.getpixel(middle)[1]  # type: ignore[index]  # RGB


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.integers(0, 2**32 - 1))
def test_any_words_make_a_picture(prompt: str, seed: int) -> None:
    assert still(prompt, seed, 64, 64).getextrema() != ((0, 0), (0, 0), (0, 0))


def test_the_draft_and_the_picture_show_the_same_scene() -> None:
    large = still("a castle by the lake", 5, 512, 512).resize((64, 64), Image.Resampling.BOX)
    draft = still("a castle by the lake", 5, 256, 256).resize((64, 64), Image.Resampling.BOX)
    pairs = zip(large.tobytes(), draft.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / (64 * 64 * 3) < 4


# -- a picture that moves ------------------------------------------------------------------------------------------


def animator() -> Sketch:
    sketch = quick()
    sketch.task = VIDEO
    return sketch


async def animated(words: str) -> Image.Image:
    *told, last = await draw(animator(), ImageRequest(words, image=picture_bytes("PNG", (120, 80))))
    assert isinstance(last, ImageResponse)
    assert all(isinstance(event, Reasoning) and 0 <= (event.progress or 0) <= 1 for event in told)
    data = data_url_bytes(last.url)
    header = read_video_header(data)
    assert (header.mime, header.seconds) == ("image/gif", 1.92)
    return Image.open(io.BytesIO(data))


async def test_a_picture_moves() -> None:
    with await animated("") as image:
        assert image.size == (120, 80)
        assert getattr(image, "n_frames", 1) == 24


async def test_an_animation_needs_a_picture_and_ends_at_once_when_it_is_not_wanted() -> None:
    with pytest.raises(InvalidParameter, match="no picture to work on"):
        await draw(animator(), ImageRequest("zoom"))
    with pytest.raises(Stopped):
        moving(picture_bytes("JPEG"), "", lambda: True, lambda _: None)


@pytest.mark.parametrize(("words", "left"), [("pan to the left", True), ("now right", False)])
def test_words_say_where_it_goes(words: str, left: bool) -> None:
    half = Image.new("RGB", (100, 100), "black")
    half.paste("white", (0, 0, 50, 100))
    body = io.BytesIO()
    half.save(body, "PNG")
    with Image.open(io.BytesIO(moving(body.getvalue(), words, lambda: False, lambda _: None))) as image:
        image.seek(12)  # the far end
        bright = sum(image.convert("L").crop((0, 20, 100, 60)).histogram()[128:]) / 4000
    assert (bright > 0.55) is left
