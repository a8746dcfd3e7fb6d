"""Models that take pictures in different ways and remember what they were asked, and a bot that has them."""

import asyncio
import io
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import aiohttp
from PIL import Image, ImageChops, ImageStat

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.state import Message
from providers import ImageRequest, ImageResponse, Provider, Reasoning
from providers.capabilities import Capabilities
from providers.errors import Unavailable
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, sample_photo

RED, GREEN, BLUE = (sample_photo(96, 64, color) for color in ("#aa0000", "#00aa00", "#0000aa"))


class Words(Provider):
    """Takes words alone, and remembers what it was asked."""

    label = "Words alone"
    offline = True
    models = default_model = "words"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset())
    asked: ClassVar[list[ImageRequest]] = []
    hold: ClassVar[asyncio.Event | None] = None  # until it is set, what is asked meanwhile is not finished

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        yield Reasoning("Drawing")
        if (held := type(self).hold) is not None:
            await held.wait()
        yield ImageResponse([data_url(sample_photo(320, 240), "image/png")])


class Painter(Words):
    """Starts from one picture, and is told what to draw."""

    models = default_model = "painter"
    capabilities = Capabilities(frozenset({"image", "strength"}))
    asked: ClassVar[list[ImageRequest]] = []


class Editor(Words):
    """Takes several pictures, and is told what to change in them."""

    models = default_model = "editor"
    capabilities = Capabilities(frozenset({"image"}), input_images=3, edits=True)
    asked: ClassVar[list[ImageRequest]] = []


class Retoucher(Editor):
    """An editor that takes a mask."""

    models = default_model = "retoucher"
    capabilities = Capabilities(frozenset({"image", "mask"}), input_images=3, edits=True)
    asked: ClassVar[list[ImageRequest]] = []


class Broken(Editor):
    """An editor whose server is away."""

    models = default_model = "broken"
    asked: ClassVar[list[ImageRequest]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        yield Reasoning("Drawing")
        raise Unavailable("away")


def editing_bot(sandbox: SandboxServer, folder: Path, **settings: object) -> AbstractAsyncContextManager[Running]:
    """A bot with these models, which have forgotten what they were asked."""
    for provider in (Words, Painter, Editor, Retoucher, Broken):
        provider.asked.clear()
        provider.hold = None
    broken = replace(scripted("broken", Broken), fallback=("painter",))
    simple = (scripted("words", Words), scripted("painter", Painter), scripted("editor", Editor))
    catalog = quick_sketch(*simple, scripted("retoucher", Retoucher), broken)
    return bot_at(sandbox, folder, catalog, default_model="editor", max_jobs_per_user=8, **settings)


async def drawn(chat: ChatClient, words: str, *, reply_to: Message | None = None) -> Message:
    return await chat.photo(to=await chat.send(words, reply_to=reply_to))


def same(picture: bytes | None, other: bytes) -> bool:
    """As far as JPEG keeps it."""
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as one, Image.open(io.BytesIO(other)) as two:
        if one.size != two.size:
            return False
        difference = ImageChops.difference(one.convert("RGB"), two.convert("RGB"))
        return max(ImageStat.Stat(difference).mean) < 4


def all_same(pictures: Sequence[bytes], others: Sequence[bytes]) -> bool:
    return len(pictures) == len(others) and all(map(same, pictures, others))
