"""Suspects are handled alone; whoever runs for long is none."""

import asyncio

from bot.telegram.updates.quarantine import Quarantine


async def test_a_suspect_waits_for_the_others_and_they_for_it() -> None:
    quarantine, order = Quarantine(), list[str]()
    release = asyncio.Event()

    async def innocent(name: str) -> None:
        async with quarantine.together():
            order.append(f"{name} begins")
            await release.wait()
            order.append(f"{name} ends")

    async def suspect() -> None:
        async with quarantine.alone() as alone:
            order.append(f"alone: {alone}")

    first = asyncio.create_task(innocent("first"))
    await asyncio.sleep(0)
    second = asyncio.create_task(suspect())
    await asyncio.sleep(0)
    third = asyncio.create_task(innocent("third"))
    await asyncio.sleep(0.01)
    assert order == ["first begins"]
    release.set()
    await asyncio.gather(first, second, third)
    assert order == ["first begins", "first ends", "alone: True", "third begins", "third ends"]


async def test_one_that_runs_for_long_holds_up_nobody() -> None:
    quarantine, release = Quarantine(patience=0.01), asyncio.Event()

    async def suspect() -> None:
        async with quarantine.alone():
            await release.wait()

    task = asyncio.create_task(suspect())
    await asyncio.sleep(0)
    async with asyncio.timeout(5), quarantine.together():
        assert not task.done()
    release.set()
    await task


async def test_who_is_not_alone_in_time_is_told_so() -> None:
    quarantine = Quarantine(patience=0.01)
    async with quarantine.together(), asyncio.timeout(5), quarantine.alone() as alone:
        assert not alone
