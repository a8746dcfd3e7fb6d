import asyncio

from bot.jobs.drawing.fetching import FLOWING, Fetching
from tests.clock import FakeClock


async def test_crowded_while_pictures_wait_for_those_before_them() -> None:
    clock, gates = FakeClock(), [asyncio.Event() for _ in range(3)]
    fetching = Fetching(1, clock.monotonic)

    async def fetch(gate: asyncio.Event) -> None:
        async with fetching.of("mine"):
            await gate.wait()

    runs = [asyncio.create_task(fetch(gate)) for gate in gates]
    await clock.settle()
    assert not fetching.crowded, "a server that has answered nothing yet may hang"
    gates[0].set()
    await clock.settle()
    assert fetching.crowded, "the third waits for the second"
    await clock.advance(FLOWING)
    assert not fetching.crowded, "the second hangs"
    gates[1].set()
    await clock.settle()
    assert not fetching.crowded, "nobody waits"
    runs[2].cancel()
    await asyncio.gather(*runs, return_exceptions=True)


async def test_each_model_has_its_own_places_and_a_cancelled_one_waits_no_more() -> None:
    clock, hanging = FakeClock(), asyncio.Event()
    fetching = Fetching(1, clock.monotonic)

    async def fetch(model: str, gate: asyncio.Event | None = None) -> None:
        async with fetching.of(model):
            if gate is not None:
                await gate.wait()

    await fetch("slow")
    first, second = asyncio.create_task(fetch("slow", hanging)), asyncio.create_task(fetch("slow"))
    await clock.settle()
    assert fetching.crowded
    await fetch("other")
    second.cancel()
    await clock.settle()
    assert not fetching.crowded
    hanging.set()
    await first
