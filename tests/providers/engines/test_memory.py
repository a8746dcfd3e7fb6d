"""What is learnt of servers: once for many callers, kept for a while, within bounds."""

import asyncio

import pytest

from providers.engines.memory import KEEP, KEEP_ABSENCE, Memory, memory
from providers.errors import Unavailable


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Lesson:
    """What there is to learn, and how often it was."""

    def __init__(self, value: str | None = "config") -> None:
        self.value, self.learnt = value, 0

    async def __call__(self) -> str | None:
        self.learnt += 1
        await asyncio.sleep(0)
        return self.value


async def test_many_callers_learn_once() -> None:
    memory, lesson = Memory(), Lesson()
    answers = await asyncio.gather(*(memory.recall(("url",), lesson) for _ in range(20)))
    assert lesson.learnt == 1
    assert {value for value, _ in answers} == {"config"}
    assert await memory.recall(("url",), lesson) == ("config", True)
    memory.forget(("url",))
    assert await memory.recall(("url",), lesson) == ("config", False)


async def test_it_is_learnt_again_after_a_while() -> None:
    clock = Clock()
    memory, lesson, absence = Memory(clock), Lesson(), Lesson(None)
    for after, remembered in ((0, False), (KEEP_ABSENCE - 1, True), (KEEP_ABSENCE, False)):
        clock.now = after
        assert await memory.recall("none", absence) == (None, remembered)
    clock.now = 0
    for after, remembered in ((0, False), (KEEP - 1, True), (KEEP, False)):
        clock.now = after
        assert await memory.recall("some", lesson) == ("config", remembered)


async def test_it_is_bounded_and_the_oldest_goes_first() -> None:
    memory, lesson = Memory(entries=2), Lesson()
    for key in ("a", "b", "a", "c"):
        await memory.recall(key, lesson)
    assert [await memory.recall(key, lesson) for key in ("a", "b")] == [("config", True), ("config", False)]


async def test_what_failed_is_not_remembered() -> None:
    memory = Memory()

    async def fail() -> str:
        raise Unavailable("asleep")

    with pytest.raises(Unavailable):
        await memory.recall(("url",), fail)
    assert await memory.recall(("url",), Lesson()) == ("config", False)


async def test_when_the_first_goes_away_the_next_learns() -> None:
    memory, gate = Memory(), asyncio.Event()

    async def hang() -> str:
        await gate.wait()
        return "never"

    first = asyncio.create_task(memory.recall("url", hang))
    second = asyncio.create_task(memory.recall("url", Lesson()))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == ("config", False)
    assert first.cancelled()


async def test_a_loop_has_one_memory() -> None:
    assert memory() is memory()
