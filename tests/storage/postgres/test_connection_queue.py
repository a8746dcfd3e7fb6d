"""Turns for connections: fair, urgent ones first, bounded, and never lost. No server is needed."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from storage.errors import StorageUnavailable
from storage.postgres.connection_queue import HEAD_START, ConnectionQueue


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def until(queue: ConnectionQueue, waiting: int) -> None:
    async with asyncio.timeout(10):
        while queue.waiting != waiting:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)


async def order_of(queue: ConnectionQueue, clock: Clock, asked: list[tuple[str, bool, float]]) -> list[str]:
    """Who got a turn after whom: each asks (name, urgently, so many seconds after the one before)."""
    got: list[str] = []

    async def ask(name: str, urgent: bool) -> None:
        async with queue.turn(urgent=urgent):
            got.append(name)

    async with asyncio.TaskGroup() as group, queue.turn():
        for number, (name, urgent, later) in enumerate(asked, start=1):
            clock.seconds += later
            group.create_task(ask(name, urgent))
            await until(queue, number)
    return got


async def test_in_the_order_in_which_they_came() -> None:
    clock = Clock()
    names = [f"{number}" for number in range(50)]
    assert await order_of(ConnectionQueue(1, 30, now=clock), clock, [(name, False, 0.0) for name in names]) == names


async def test_who_is_urgent_goes_first_but_not_before_those_who_waited_long() -> None:
    clock = Clock()
    asked = [("old", False, 0.0), ("young", False, HEAD_START), ("urgent", True, 0.1)]
    assert await order_of(ConnectionQueue(1, 30, now=clock), clock, asked) == ["old", "urgent", "young"]


async def test_nobody_takes_a_turn_that_was_passed_on() -> None:
    """Whoever asks while a turn is on its way to somebody who waited has to wait."""
    queue, got = ConnectionQueue(1, 30), list[str]()

    async def ask(name: str) -> None:
        async with queue.turn():
            got.append(name)

    async with asyncio.TaskGroup() as group:
        async with queue.turn():
            group.create_task(ask("waited"))
            await until(queue, 1)
        await ask("came in that moment")
    assert got == ["waited", "came in that moment"]


async def test_as_many_at_once_as_there_are_connections() -> None:
    queue, most, now = ConnectionQueue(3, 30), 0, 0

    async def hold() -> None:
        nonlocal most, now
        async with queue.turn():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(hold() for _ in range(20)))
    assert (most, now, queue.waiting) == (3, 0, 0)


async def test_who_waits_in_vain_or_is_one_too_many_is_told() -> None:
    queue = ConnectionQueue(1, 0.01, most_waiting=1)
    async with queue.turn():
        waiter = asyncio.ensure_future(AsyncExitStack().enter_async_context(queue.turn()))
        await until(queue, 1)
        with pytest.raises(StorageUnavailable, match="too many"):
            await queue.turn().__aenter__()
        with pytest.raises(StorageUnavailable, match=r"in 0\.01 s"):
            await waiter
        with pytest.raises(StorageUnavailable, match=r"in 0\.01 s"):  # who gave up takes no place
            await queue.turn().__aenter__()
    async with queue.turn():
        pass


@pytest.mark.parametrize("turns", range(4))
async def test_a_turn_is_not_lost_with_a_waiter_that_is_cancelled(turns: int) -> None:
    """Before it got its turn, in the moment in which it gets it, and after it."""
    queue = ConnectionQueue(1, 30)

    async def ask() -> None:
        async with queue.turn():
            await asyncio.sleep(0)

    async with queue.turn():
        task = asyncio.create_task(ask())
        await until(queue, 1)
        if turns == 0:
            task.cancel()
            await asyncio.wait({task})
    for _ in range(turns - 1):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    async with asyncio.timeout(10), queue.turn():
        assert queue.waiting == 0
