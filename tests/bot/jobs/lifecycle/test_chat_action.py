"""The chat action of private chats: renewed while a picture is drawn, and gone with it."""

from collections.abc import AsyncGenerator

from bot.jobs.lifecycle.chat_action import FIRST, RENEWED
from bot.telegram.outbox.outbox import Destination
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage.records import RequestState
from tests.bot.jobs.bench import CHAT, Backend, Bench, Gate, Script, Scripted, eventually, picture_url


def waiting(gate: Gate) -> Script:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    return script


async def test_renewed_until_the_picture_is_there(bench: Bench, backend: Backend, gate: Gate) -> None:
    backend.script = waiting(gate)
    await bench.accepted()
    await eventually(lambda: gate.waiting)
    await bench.clock.advance(FIRST / 2)
    assert bench.telegram.worked == [], "what is drawn at once needs none"
    await bench.clock.advance(FIRST / 2)
    await eventually(lambda: bench.telegram.worked == [CHAT])
    await bench.clock.advance(RENEWED)
    await eventually(lambda: len(bench.telegram.worked) == 2)
    gate.open()
    await bench.until(RequestState.DELIVERED)
    await bench.clock.advance(5 * RENEWED)
    assert len(bench.telegram.worked) == 2


async def test_nothing_in_groups(bench: Bench, backend: Backend, gate: Gate) -> None:
    backend.script = waiting(gate)
    await bench.accepted(place=Destination(chat_id=-7, reply_to=1, group=True))
    await eventually(lambda: gate.waiting)
    await bench.clock.advance(3 * RENEWED)
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert bench.telegram.worked == []
