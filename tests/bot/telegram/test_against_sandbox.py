"""The whole layer against the sandbox's Telegram, which enforces the published limits exactly."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram.exceptions import TelegramRetryAfter
from PIL import Image

from bot.clock import SystemClock
from bot.sandbox import SandboxServer
from bot.sandbox.limits import Limits
from bot.sandbox.seed import FORUM, GROUP, YOU, add_person
from bot.sandbox.state import Person
from bot.telegram.outbox.messages import Card, Destination, FinalPicture
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.priority import Priority, lane
from bot.telegram.session import create_bot

RATE = 100  # messages a second over all chats, so that the test is over soon


def picture(side: int = 64, suffix: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "orange").save(out, suffix)
    return out.getvalue()


PICTURE = FinalPicture(picture(), "fox.png")


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    running = await SandboxServer.start()
    yield running
    await running.close()


class Layer:
    def __init__(self, server: SandboxServer, rate: float) -> None:
        clock = SystemClock()
        self.server = server
        self.flood = FloodControl(clock, rate)
        self.bot = create_bot(server.token, api_url=server.url, proxy=None, flood=self.flood)
        self.outbox = Outbox(self.bot, clock)

    async def draw(self, place: Destination) -> None:
        """As one request does it."""
        shown = await self.outbox.placeholder(place, Card("Drawing <b>a fox</b>"))
        for percent in (30, 60):
            if shown is not None and not place.group:  # there it would wait for the rest of the minute
                shown = await self.outbox.progress(place, shown, Card(f"{percent} %")) or shown
        await self.outbox.final(place, shown, PICTURE, Card("a fox"))

    def photos(self, chat_id: int) -> list[Any]:
        return [message for message in self.server.state.chats[chat_id].messages.values() if message.photo]


@pytest.fixture
async def layer(server: SandboxServer) -> AsyncIterator[Layer]:
    made = Layer(server, RATE)
    yield made
    await made.flood.close()
    await made.bot.session.close()


async def test_the_way_of_one_picture(layer: Layer) -> None:
    layer.server.people.send(YOU, YOU, "/start")
    place = Destination(YOU)
    shown = await layer.outbox.placeholder(place, Card("Drawing"))
    assert shown is not None
    preview = await layer.outbox.progress(place, shown, Card("50 %", preview=picture(suffix="JPEG")))
    assert preview is not None
    assert preview.kind == "photo"
    failed = await layer.outbox.card(place, preview, Card("It failed."))
    assert failed.kind == "photo"
    final = await layer.outbox.final(place, failed, PICTURE, Card("a fox"))
    assert final.message_id == shown.message_id
    assert len(layer.photos(YOU)) == 1


async def test_a_crowd_meets_no_429(layer: Layer) -> None:
    """100 people and two groups at once, each with a placeholder, progress (the people) and a picture."""
    world = layer.server.state
    people = [9_000_000_000 + number for number in range(100)]
    for person in people:
        add_person(world, Person(person, f"P{person}"))
        layer.server.people.send(person, person, "/start")
    layer.server.limits.switch_on(Limits(per_second=RATE))
    groups = [Destination(chat, group=True) for chat in (GROUP, FORUM) for _ in range(5)]
    await asyncio.gather(*(layer.draw(place) for place in [*map(Destination, people), *groups]))
    assert layer.server.limits.refused == 0
    assert {len(layer.photos(person)) for person in people} == {1}
    assert [len(layer.photos(chat)) for chat in (GROUP, FORUM)] == [5, 5]


async def test_nothing_is_called_inside_a_window(layer: Layer) -> None:
    layer.server.people.send(YOU, YOU, "/start")
    layer.server.faults.flood("sendMessage", retry_after=1)
    with pytest.raises(TelegramRetryAfter), lane(Priority.PROGRESS):
        await layer.bot.send_message(YOU, "now")
    before = asyncio.get_running_loop().time()
    await layer.outbox.reply(Destination(YOU), Card("later"))
    assert asyncio.get_running_loop().time() - before >= 1
    assert len(layer.server.calls) == 2
