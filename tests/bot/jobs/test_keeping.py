"""What is kept, for how long, and what is left of somebody who wished to be forgotten."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

from bot.jobs.acceptance.redrawing import Repeat, Requester
from bot.jobs.contracts import Refused
from bot.jobs.settings import Policies
from providers import ImageRequest, ImageResponse
from providers.events import Event
from storage.records import RequestState
from tests.bot.jobs.bench import Bench, Gate, MakeBench, Scripted, eventually, picture_url


async def known(bench: Bench, request_id: int) -> bool:
    async with bench.db.read() as unit:
        return await unit.requests.get(request_id) is not None


async def gone(bench: Bench, request_id: int) -> None:
    async with asyncio.timeout(10):
        while await known(bench, request_id):  # noqa: ASYNC110 - a database rings no bell
            await asyncio.sleep(0.002)


async def test_the_history_ends_after_a_while(make: MakeBench) -> None:
    rarely = Policies(admission_every=3600.0)  # days of five seconds each would take long to walk
    bench = await make(history=timedelta(days=2), policies=rarely)
    await bench.accepted(source="old")
    await bench.until(RequestState.DELIVERED, 1)
    await bench.clock.skip(86400)
    await bench.accepted(source="new")
    await bench.until(RequestState.DELIVERED, 2)
    await bench.kill()
    await bench.clock.skip(86400 + 60)
    second = await make(history=timedelta(days=2), policies=rarely)
    await gone(second, 1)
    assert await known(second, 2)
    answer = await second.service.redraw(1, Repeat(), Requester("press", 1, second.telegram.messages[100].place))
    assert answer == Refused("request-gone")


async def test_who_is_forgotten_has_nothing_running_and_nothing_left(make: MakeBench) -> None:
    bench = await make()
    await bench.accepted(source="done", user=1)
    await bench.until(RequestState.DELIVERED, 1)
    await bench.accepted(source="theirs", user=2)
    await bench.until(RequestState.DELIVERED, 2)
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    bench.backend.script = script
    await bench.accepted(source="running", user=1)
    await eventually(lambda: gate.waiting == 1)
    await bench.service.forget(1)
    assert [await known(bench, number) for number in (1, 2, 3)] == [False, True, False]
    await eventually(lambda: bench.backend.running == 0)


async def test_a_daily_limit_counts_what_was_forgotten(make: MakeBench) -> None:
    bench = await make(daily_limit=1)
    request = await bench.accepted(source="first")
    await bench.until(RequestState.DELIVERED, request.id)
    await bench.service.forget(1)
    assert await bench.ask(source="second") == Refused("daily-limit", {"limit": 1})
    emptied = await bench.request(request.id)
    assert (emptied.prompt, emptied.full_prompt) == ("", "")
    assert await bench.pictures(request.id) == []
    place = bench.telegram.messages[100].place
    answer = await bench.service.redraw(request.id, Repeat(fresh_seed=True), Requester("press", 1, place))
    assert answer == Refused("request-gone")
