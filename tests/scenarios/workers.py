"""Models that make something of a picture and remember what they were asked, and a bot that has them."""

import asyncio
import io
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar

import aiohttp
from PIL import Image

from bot.app import Running
from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider, Reasoning, Ticket
from providers.capabilities import Capabilities
from providers.catalog.model import Model
from providers.choices import Kind
from providers.errors import Unavailable
from providers.events import Event
from providers.pictures.encoded import data_url
from providers.tasks import CUTOUT, UPSCALE
from tests.running import bot_at, quick_sketch, scripted


class Upscaler(Provider):
    """Makes the sides of a picture twice as long. `hold`: until it is set, what is asked meanwhile is not finished;
    `begun` is set once a ticket was given."""

    offline = True
    models = default_model = "upscaler"  # type: ignore[assignment] # one name is all that is asked for
    tasks = frozenset({UPSCALE})
    listed = frozenset({Kind.UPSCALER})
    usual_scale = 2.0
    scale: float | None = None
    capabilities = Capabilities(frozenset(), resume=True)
    asked: ClassVar[list[ImageRequest]] = []
    resumed: ClassVar[list[str]] = []
    hold: ClassVar[asyncio.Event | None] = None
    begun: ClassVar[asyncio.Event] = asyncio.Event()

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        assert self.task == UPSCALE
        assert request.first_image is not None
        yield Reasoning("Drawing", 0.5)
        yield Ticket("job-1")
        type(self).begun.set()
        if (held := type(self).hold) is not None:
            await held.wait()
        yield self._done(request.first_image)

    async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).resumed.append(ticket.value)
        (request, *_) = self.asked
        assert request.first_image is not None
        yield self._done(request.first_image)

    def _done(self, picture: bytes) -> ImageResponse:
        with Image.open(io.BytesIO(picture)) as image:
            larger = image.resize((image.width * 2, image.height * 2))
        return ImageResponse([data_url(encoded(larger, "PNG"), "image/png")])


class Cutter(Provider):
    """Leaves the left half of a picture, as a WebP whose other half is transparent."""

    offline = True
    models = default_model = "cutter"  # type: ignore[assignment] # likewise
    tasks = frozenset({CUTOUT})
    capabilities = Capabilities(frozenset())
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        assert self.task == CUTOUT
        assert request.first_image is not None
        yield Reasoning("Drawing")
        with Image.open(io.BytesIO(request.first_image)) as image:
            cut = image.convert("RGBA")
        cut.paste((0, 0, 0, 0), (cut.width // 2, 0, cut.width, cut.height))
        yield ImageResponse([data_url(encoded(cut, "WEBP"), "image/webp")])


class Broken(Upscaler):
    """Whose server is away."""

    models = default_model = "broken"
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        yield Reasoning("Drawing")
        raise Unavailable("away")


def encoded(image: Image.Image, form: str) -> bytes:
    body = io.BytesIO()
    image.save(body, form)
    return body.getvalue()


UPSCALES = scripted("upscaler", Upscaler, label="Real ESRGAN", task=UPSCALE)
CUTS = scripted("cutter", Cutter, task=CUTOUT)


def working_bot(
    sandbox: SandboxServer, folder: Path, models: Sequence[Model] = (UPSCALES, CUTS), **settings: object
) -> AbstractAsyncContextManager[Running]:
    """A bot that draws, and has these models, which have forgotten what they were asked."""
    for provider in (Upscaler, Cutter, Broken):
        provider.asked.clear()
    Upscaler.resumed.clear()
    Upscaler.hold = None
    return bot_at(sandbox, folder, quick_sketch(*models), default_model="sketch", **settings)
