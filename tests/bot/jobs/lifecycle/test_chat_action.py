"""The chat action of private chats: renewed while a picture is drawn, and gone with it."""

import asyncio
from collections.abc import AsyncGenerator

from bot.jobs.lifecycle.chat_action import FIRST, LATE, RENEWED
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


async def test_left_out_where_it_would_come_late(bench: Bench, backend: Backend, gate: Gate) -> None:
    backend.script = waiting(gate)
    await bench.accepted()
    await eventually(lambda: gate.waiting)
    bench.clock.stall(FIRST + LATE + 0.01)
    await bench.clock.advance(RENEWED / 2)
    assert bench.telegram.worked == []
    await bench.clock.advance(RENEWED / 2)
    await eventually(lambda: bench.telegram.worked == [CHAT])
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_nothing_in_groups(bench: Bench, backend: Backend, gate: Gate) -> None:
    backend.script = waiting(gate)
    await bench.accepted(place=Destination(chat_id=-7, reply_to=1, group=True))
    await eventually(lambda: gate.waiting)
    await bench.clock.advance(3 * RENEWED)
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert bench.telegram.worked == []


def _running() -> list[str]:
    return [name for task in asyncio.all_tasks() if (name := task.get_name()).startswith("chat action")]


async def test_one_task_for_all_and_none_when_nothing_is_drawn(bench: Bench, backend: Backend, gate: Gate) -> None:
    backend.script = waiting(gate)
    for number, chat in enumerate((7, 8, 9)):
        await bench.accepted(source=f"s{number}", user=chat, place=Destination(chat_id=chat, reply_to=1))
        await eventually(lambda: gate.waiting == number + 1)  # noqa: B023 - it is called within this turn
        await bench.clock.advance(FIRST / 4)
    assert _running() == ["chat actions"]
    await bench.clock.advance(FIRST + RENEWED)
    await eventually(lambda: len(bench.telegram.worked) == 6)
    assert {place.chat_id for place in bench.telegram.worked} == {7, 8, 9}
    gate.open()
    for request_id in (1, 2, 3):
        await bench.until(RequestState.DELIVERED, request_id)
    await bench.clock.advance(2 * RENEWED)
    assert len(bench.telegram.worked) == 6
    assert _running() == []
    await bench.accepted(source="later")  # begins it anew
    await bench.until(RequestState.DELIVERED, 4)
