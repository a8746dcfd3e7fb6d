"""`Sketch`, the offline placeholder provider: the painter with the steps and previews of a diffusion model."""

import asyncio
import hashlib
import io
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import aiohttp

from providers.base import Provider
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.errors import InvalidParameter
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.budget import within_budget
from providers.pictures.encoded import data_url
from providers.pictures.inputs import prepare_input
from providers.request import ImageRequest
from providers.sketch.words import read
from providers.tasks import VIDEO

if TYPE_CHECKING:  # loaded where something is painted
    from PIL import Image

DEFAULT_SIZE = 1024
DEFAULT_STEPS = 8
DEFAULT_STRENGTH = 0.6
PREVIEW_SIDE = 512  # px, the longer one
JPEG_QUALITY = 92


class Sketch(Provider):
    """Draws a few dozen subjects by rules, offline. The same prompt and seed give the same picture.

    Every picture is labelled "sketch - not AI". What the prompt names and the painter cannot draw is told in a status
    line, in `Reasoning.untaken` and in the picture's `alt`; an egg with a question mark stands in its place.

    `pace` is the duration of a draw in seconds; 0 is as fast as the machine can. With `task = "video"` it makes a GIF
    in which the frame goes over the picture; words such as "zoom out" and "left" say how.
    """

    label = "Sketch (offline, not AI)"
    offline = True
    charged = Charged.NEVER
    supports_stream = True
    default_model = default_image_model = "sketch"
    image_models: ClassVar[list[str]] = ["sketch"]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "num_inference_steps", "image", "strength"}),
        width=Bounds(64, 2048, 1),
        height=Bounds(64, 2048, 1),
        steps=Bounds(1, 50),
        progress=True,
        previews=True,
        cancel=True,
        notes=("drawn by rules on this machine: no AI, no network",),
    )
    seed_events = (Reasoning, ImagePreview, ImageResponse)
    tasks = frozenset({VIDEO})
    pace: float = 1.0

    @classmethod
    def task_capabilities(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        return replace(super().task_capabilities(task, model, options), previews=False)

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        drawing = self._moving(request) if self.task == VIDEO else self._sketched(request)
        async with aclosing(drawing) as events:
            async for event in events:
                yield event

    async def _moving(self, request: ImageRequest) -> AsyncGenerator[Event, None]:
        """A picture that moves."""
        from providers.sketch.motion import FRAMES, moving

        if request.first_image is None:
            raise InvalidParameter("there is no picture to work on")
        loop = asyncio.get_running_loop()
        begun, stop, done = loop.time(), threading.Event(), [0]

        def told(frames: int) -> None:
            done[0] = frames

        yield Reasoning("Drawing", 0.0)
        picture = await within_budget(prepare_input, request.first_image)
        work = asyncio.create_task(asyncio.to_thread(moving, picture, request.prompt, stop.is_set, told))
        try:
            pause = max(self.pace / 8, 0.02)
            while (running := not work.done()) or loop.time() < begun + self.pace:
                await asyncio.wait({work}, timeout=pause) if running else await asyncio.sleep(pause)
                yield Reasoning("Drawing", min(done[0] / FRAMES, (loop.time() - begun) / (self.pace or 1), 1.0))
            yield ImageResponse([data_url(work.result(), "image/gif")], request.prompt)
        finally:
            stop.set()
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _sketched(self, request: ImageRequest) -> AsyncGenerator[Event, None]:
        size = (request.width or DEFAULT_SIZE, request.height or DEFAULT_SIZE)
        steps = request.num_inference_steps or DEFAULT_STEPS
        seed = request.seed if request.seed is not None else _seed_of(request.prompt)
        loop = asyncio.get_running_loop()
        begun, stop = loop.time(), threading.Event()
        missed = tuple(f"“{word}”" for word in read(request.prompt).missed)
        alt = f"{request.prompt} (not drawn: {', '.join(missed)})" if missed else request.prompt
        yield Reasoning(
            f"{self.label} does not know {', '.join(missed)}" if missed else "Sketching", 0.0, untaken=missed
        )
        backdrop = await _backdrop(request.first_image, size) if request.first_image else None
        easel = _Easel(request, seed, size, backdrop, stop.is_set)
        finishing: asyncio.Task[str] | None = None
        try:
            draft = await asyncio.to_thread(easel.draft)
            finishing = asyncio.create_task(asyncio.to_thread(easel.finished))
            for step in range(1, steps):
                preview = await asyncio.to_thread(_preview, draft, 1 - step / steps)
                yield ImagePreview(preview, alt)
                yield Reasoning(f"Step {step} of {steps}", step / steps)
                await asyncio.sleep(max(0.0, begun + self.pace * step / steps - loop.time()))
            finished = await finishing
            await asyncio.sleep(max(0.0, begun + self.pace - loop.time()))
            yield Reasoning(f"Step {steps} of {steps}", 1.0)
            yield ImageResponse([finished], alt)
        finally:
            stop.set()  # a thread cannot be cancelled, but the painter looks up between two strokes
            if finishing is not None:
                finishing.cancel()
                await asyncio.gather(finishing, return_exceptions=True)


class _Easel:
    """Paints the scene twice: a small draft for the previews, and the full picture."""

    def __init__(
        self,
        request: ImageRequest,
        seed: int,
        size: tuple[int, int],
        backdrop: "Image.Image | None",
        stopped: Callable[[], bool],
    ) -> None:
        self._prompt, self._seed, self._size, self._stopped = request.prompt, seed, size, stopped
        self._backdrop = backdrop
        self._strength = DEFAULT_STRENGTH if request.strength is None else request.strength

    def draft(self) -> "Image.Image":
        width, height = self._size
        scale = min(1.0, PREVIEW_SIDE / max(width, height))
        return self._paint(max(1, round(width * scale)), max(1, round(height * scale)))

    def finished(self) -> str:
        return _jpeg(self._paint(*self._size), JPEG_QUALITY)

    def _paint(self, width: int, height: int) -> "Image.Image":
        from providers.sketch.painter import paint  # in a thread, and only where something is painted

        painted = paint(self._prompt, self._seed, width, height, self._stopped)
        if self._backdrop is None:
            return painted
        from PIL import Image

        return Image.blend(self._backdrop.resize((width, height)), painted, self._strength)


async def _backdrop(data: bytes, size: tuple[int, int]) -> "Image.Image":
    """The input picture, cut to the shape of the new one; raises BadPicture when it is none."""
    return await asyncio.to_thread(_cut, await within_budget(prepare_input, data), size)


def _cut(data: bytes, size: tuple[int, int]) -> "Image.Image":
    """Of a picture that is our own JPEG by now."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGB")
    scale = max(size[0] / picture.width, size[1] / picture.height)
    wide, high = size[0] / scale, size[1] / scale
    left, top = (picture.width - wide) / 2, (picture.height - high) / 2
    return picture.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + wide, top + high))


def _preview(draft: "Image.Image", haze: float) -> str:
    """The draft, blurred: `haze` from 1 (much) to 0 (not at all). A JPEG as a data URL."""
    from PIL import ImageFilter

    radius = haze**2 * max(draft.size) / 12
    return _jpeg(draft.filter(ImageFilter.GaussianBlur(radius)), 80)


def _jpeg(image: "Image.Image", quality: int) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, subsampling=0)
    return data_url(buffer.getvalue(), "image/jpeg")


def _seed_of(prompt: str) -> int:
    return int.from_bytes(hashlib.sha256(prompt.encode()).digest()[:4], "big")
