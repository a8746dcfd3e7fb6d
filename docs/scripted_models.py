"""The models in the pictures of `screenshots.py`: they work offline, and what they answer is written here.

The sandbox's `sketch` draws from words alone as far as these pictures are concerned; the editor here knows what stands
on each picture that it is given, because it has drawn it, and draws that again with the instruction.
"""

import asyncio
import io
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Any, ClassVar

import aiohttp
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps, ImageStat

from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Bounds, Capabilities
from providers.events import Event, ImagePreview
from providers.pictures.encoded import data_url
from providers.sketch.painter import paint_scene
from providers.sketch.scene import Scene, choose
from providers.sketch.words import read

DEFAULT_SIZE, STEPS = 1024, 8
HOURS = ("night", "moon", "star", "aurora", "sunset", "sunrise", "dusk", "sun", "rain", "rainbow")
ALIKE = 8.0  # mean difference of two pictures of 32 by 32 pixels, of 255
RICHER = "A fox in deep snow at the edge of a forest, aurora over the mountains, soft light, quiet mood"
TRANSLATED = {"روباه در برف": "a fox in the snow"}
SEEN = "a small boat on a lake at sunset, mountains behind it"


class SketchEditor(Provider):
    """Changes what it has drawn before. `pace` is the duration of a draw in seconds."""

    label = "Sketch editor"
    offline = True
    models = default_model = "sketch-editor"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "negative_prompt", "image", "mask", "strength"}),
        width=Bounds(64, 2048, 1),
        height=Bounds(64, 2048, 1),
        input_images=4,
        edits=True,
        progress=True,
        previews=True,
    )
    pace: float = 2.0
    style: ClassVar[str] = ""  # of STYLES, for all its pictures
    drawn: ClassVar[list[tuple[Image.Image, Scene, str]]] = []  # small, what stands on it, all words that led to it

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        size = (request.width or DEFAULT_SIZE, request.height or DEFAULT_SIZE)
        yield Reasoning("Drawing", 0.0)
        finished = await asyncio.to_thread(self._paint, request, size)
        draft = finished.resize((size[0] // 2, size[1] // 2))
        for step in range(1, STEPS):
            haze = (1 - step / STEPS) ** 2 * max(draft.size) / 12
            yield ImagePreview(_jpeg(draft.filter(ImageFilter.GaussianBlur(haze))))
            yield Reasoning(f"Step {step} of {STEPS}", step / STEPS)
            await asyncio.sleep(self.pace / STEPS)
        yield Reasoning(f"Step {STEPS} of {STEPS}", 1.0)
        yield ImageResponse([_jpeg(finished)])

    @classmethod
    def photo(cls, prompt: str, seed: int, size: tuple[int, int] = (1024, 768)) -> bytes:
        """A photo that people send, which the editor knows."""
        scene = choose(prompt, seed)
        picture = paint_scene(scene, *size, lambda: False)
        cls.drawn.append((_small(picture), scene, prompt))
        return _encoded(picture, "JPEG")

    def _scene(self, request: ImageRequest) -> tuple[Scene, str]:
        known = [found for image in request.images if (found := self._known(_opened(image))) is not None]
        words = ", ".join([*(words for _, words in known), request.prompt])
        if len(known) != 1:
            return choose(words, request.seed or 0), words
        first = known[0][0]
        after = choose(words, first.seed)
        if not read(request.prompt).has(*HOURS):
            after = replace(after, hour=first.hour, sky=first.sky)
        # The dice of each layer fall as they fell, so that what the instruction does not name stays where it is.
        kept = replace(after, prompt=first.prompt, horizon=first.horizon, mountains=first.mountains)
        return (replace(kept, trees=first.trees, density=first.density) if after.land == first.land else kept), words

    def _known(self, picture: Image.Image) -> tuple[Scene, str] | None:
        small = _small(picture)
        for other, scene, words in reversed(self.drawn):
            if max(ImageStat.Stat(ImageChops.difference(small, other)).mean) < ALIKE:
                return scene, words
        return None

    def _paint(self, request: ImageRequest, size: tuple[int, int]) -> Image.Image:
        scene, words = self._scene(request)
        picture = paint_scene(scene, *size, lambda: False)
        for begin, style in STYLES.items():
            if begin in (request.prompt.lower() + self.style):
                picture = style(picture)
                break
        if request.mask is not None and request.first_image is not None:
            before = _opened(request.first_image).resize(size)
            picture = Image.composite(picture, before, _opened(request.mask).convert("L").resize(size))
        self.drawn.append((_small(picture), scene, words))
        return picture


def _watercolour(picture: Image.Image) -> Image.Image:
    soft = picture.filter(ImageFilter.ModeFilter(11)).filter(ImageFilter.GaussianBlur(2))
    edges = ImageOps.invert(soft.convert("L").filter(ImageFilter.FIND_EDGES)).filter(ImageFilter.GaussianBlur(2))
    washed = Image.blend(soft, Image.new("RGB", picture.size, "#fffaf0"), 0.25)
    return ImageChops.multiply(washed, edges.convert("RGB"))


def _pixels(picture: Image.Image) -> Image.Image:
    few = picture.resize((64, 64 * picture.height // picture.width), Image.Resampling.BOX).quantize(24).convert("RGB")
    return few.resize(picture.size, Image.Resampling.NEAREST)


def _line_art(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L").filter(ImageFilter.GaussianBlur(2.5)).filter(ImageFilter.FIND_EDGES)
    lines = grey.point([255 if level < 6 else max(0, 200 - level * 12) for level in range(256)])
    inside = ImageOps.expand(ImageOps.crop(lines, 6), 6, 255)  # the frame is no line
    return inside.filter(ImageFilter.GaussianBlur(1)).convert("RGB")


def _comic(picture: Image.Image) -> Image.Image:
    flat = ImageOps.posterize(ImageEnhance.Color(picture.filter(ImageFilter.ModeFilter(7))).enhance(1.6), 3)
    return ImageChops.multiply(ImageEnhance.Brightness(flat).enhance(1.15), _line_art(picture))


def _oil(picture: Image.Image) -> Image.Image:
    strokes = ImageEnhance.Color(picture.filter(ImageFilter.ModeFilter(17))).enhance(1.4)
    return Image.blend(strokes, strokes.filter(ImageFilter.EMBOSS), 0.12)


# By what the words of a style begin with.
STYLES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "watercolour": _watercolour,
    "pixel art": _pixels,
    "line art": _line_art,
    "comic": _comic,
    "oil painting": _oil,
}


class OilSketch(SketchEditor):
    pace = 5.0
    style = "oil painting"


class PixelSketch(SketchEditor):
    pace = 3.0
    style = "pixel art"


def chat_answer(instructions: str, parts: list[dict[str, Any]]) -> str:
    """What the chat model says, in OpenAI's shape."""
    if instructions.startswith("You describe"):
        return SEEN
    if instructions.startswith("You enrich"):
        return RICHER
    prompt = str(json.loads(str(parts[0]["text"]))["prompt"])
    return TRANSLATED.get(prompt, prompt)


def mask(size: tuple[int, int], box: tuple[float, float, float, float]) -> bytes:
    """White in the box, whose corners are shares of the width and the height."""
    image = Image.new("L", size, "black")
    left, top, right, bottom = box
    corners = (round(left * size[0]), round(top * size[1]), round(right * size[0]), round(bottom * size[1]))
    image.paste(255, corners)
    return _encoded(image.filter(ImageFilter.GaussianBlur(size[0] / 50)), "JPEG")


def _small(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").resize((32, 32), Image.Resampling.BOX)


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def _jpeg(picture: Image.Image) -> str:
    return data_url(_encoded(picture, "JPEG"), "image/jpeg")


def _encoded(picture: Image.Image, form: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, quality=92)
    return buffer.getvalue()
