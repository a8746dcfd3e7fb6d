"""Inline mode: pictures in chats that the bot is no member of."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from bot.sandbox.state import Chat, Status
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.errors import ContentRejected
from providers.events import Event, Reasoning
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo


class Painter(Provider):
    """A plain picture once it may, and a refusal of dragons."""

    label = "Painter"
    offline = True
    models = default_model = "painter"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed", "width", "height", "num_inference_steps"}))
    may = asyncio.Event()
    drawn = 0

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("half")
        await type(self).may.wait()
        if "dragon" in request.prompt:
            raise ContentRejected("no dragons")
        type(self).drawn += 1
        color = f"#{type(self).drawn * 40 % 256:02x}6040"
        yield ImageResponse([data_url(sample_photo(color=color), "image/png")])


@pytest.fixture
def cache(sandbox: SandboxServer) -> Chat:
    """The operator's channel for pictures."""
    sandbox.state.bot.inline = True
    return sandbox.admin.add_channel("Pictures", bot_status=Status.ADMINISTRATOR)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, cache: Chat) -> AsyncGenerator[Running, None]:
    Painter.may, Painter.drawn = asyncio.Event(), 0
    Painter.may.set()
    catalog = quick_sketch(scripted("painter", Painter, cost=0.25))
    settings = {"default_model": "painter", "media_chat_id": cache.id, "telegram_rate": 1000}
    async with bot_at(sandbox, tmp_path, catalog, **settings) as running:
        yield running


@pytest.fixture
def strangers(sandbox: SandboxServer, you: Person, alice: Person) -> Chat:
    """A group without the bot."""
    return sandbox.admin.add_group(
        "Strangers", {you.id: Status.MEMBER, alice.id: Status.MEMBER}, bot_status=Status.LEFT
    )


@pytest.fixture
def elsewhere(you: Person, strangers: Chat) -> ChatClient:
    return you.chat(strangers)


@pytest.mark.usefixtures("bot")
async def test_a_chosen_result_becomes_the_picture(elsewhere: ChatClient, cache: Chat) -> None:
    Painter.may.clear()
    query = await elsewhere.inline("a fox")
    assert query.results is not None
    assert [result["title"] for result in query.results] == ["Draw: a fox"]
    assert query.results[0]["description"] == "Painter · costs 0.25"
    message = await elsewhere.choose(query)
    assert "Starting" in message.text
    assert elsewhere.buttons(message) == ["🎨 Draw"]
    assert (await elsewhere.placeholder()).id == message.id
    Painter.may.set()
    picture = await elsewhere.photo()
    assert picture.id == message.id
    assert "a fox" in picture.text
    assert "🔁 Again" in " ".join(elsewhere.buttons(picture))
    assert len(cache.messages) == 1
    assert picture.photo == next(iter(cache.messages.values())).photo
