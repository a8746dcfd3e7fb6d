"""Models that cost something: until what is allowed is spent, and on with those that cost nothing."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.sandbox import SandboxServer
from providers import ImageRequest, ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.events import Event
from providers.pictures.encoded import data_url
from tests.running import bot_at, quick_sketch, scripted
from tests.scenarios.language import ChatClient, Person, sample_photo

pytestmark = pytest.mark.usefixtures("bot")


class Gallery(Provider):
    offline = True
    models = default_model = "gallery"  # type: ignore[assignment] # one name is all that is asked for
    capabilities = Capabilities(frozenset({"seed"}))

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImageResponse([data_url(sample_photo(), "image/png")])


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncGenerator[Running, None]:
    catalog = quick_sketch(scripted("gallery", Gallery, cost=0.4), scripted("poster", Gallery, cost=0.1))
    async with bot_at(sandbox, tmp_path, catalog, daily_cost_per_user=1, daily_cost=1.2) as running:
        yield running


async def test_when_the_allowance_is_spent_free_models_go_on(chat: ChatClient, you: Person, alice: Person) -> None:
    await chat.send("/settings")
    assert "Left today for paid models: 1" in (await chat.text("Your settings")).text
    await chat.send("/model")
    assert "Gallery · costs 0.4" in chat.buttons(await chat.text("Choose a model"))
    first = await chat.photo(to=await chat.send("a fox --model gallery --n 2"))
    await chat.send("/settings")
    await chat.text("Left today for paid models: 0.2")
    refused = await chat.text("costs 0.4", "you have 0.2 left", to=await chat.send("a hen --model gallery --cfg 7"))
    assert chat.buttons(refused) == ["🎨 Draw with Sketch (offline, not AI)"]
    await chat.press("Draw with Sketch", on=refused)
    picture = await chat.photo()
    assert "a hen" in picture.text
    assert "Sketch" in picture.text
    await chat.gone(refused)
    await chat.press("Again", on=first)
    assert "you have 0.2 left" in await chat.toast()
    await chat.photo(to=await chat.send("a fox --model poster --n 2"))
    theirs = alice.private
    refused = await theirs.text("for everyone", to=await theirs.send("a fox --model gallery"))
    assert theirs.buttons(refused) == ["🎨 Draw with Sketch (offline, not AI)"]


async def test_in_russian(boris: Person) -> None:
    chat = boris.private
    await chat.send("/settings")
    await chat.text("Осталось на сегодня для платных моделей: 1")
    refused = await chat.text("а у вас на сегодня осталось 1", to=await chat.send("лиса --model gallery --n 3"))
    assert "Gallery рисует это за 1.2" in refused.text
