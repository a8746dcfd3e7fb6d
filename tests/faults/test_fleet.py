"""A front and three workers as processes of their own: none of them matters."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.fleet import Fleet, fleet, play
from tests.faults.judging import Seen, Wish
from tests.faults.killing import polled
from tests.faults.lives import Life
from tests.postgres import postgresql_server

__all__ = ["postgresql_server"]


@pytest.fixture
async def here(lives: Path, tmp_path: Path, postgresql_server: str, one_fleet: None) -> AsyncIterator[Fleet]:
    async with fleet(lives, tmp_path / "fleet", postgresql_server) as made:
        yield made


class Held:
    """Drawings stand still at the back-end until they are let go."""

    def __init__(self, here: Fleet) -> None:
        self.let_go = asyncio.Event()
        here.hooks.append(self._hook)

    async def _hook(self, name: str, _: int) -> None:
        if name in {"labs.poll", "gradio.progress"}:
            await self.let_go.wait()


async def drawing(here: Fleet, wish: Wish, runs: int = 1) -> None:
    """Wait until the back-end has it, for the `runs`-th time, and its placeholder is there and known."""
    async with asyncio.timeout(60):
        await polled(lambda: len(here.backend.submissions()[wish.number]) >= runs and bool(here.placeholder(wish)))
        while not await here.placeholder_is_known(wish):  # noqa: ASYNC110 - nothing tells of a commit
            await asyncio.sleep(0.01)


async def who_draws(here: Fleet, wish: Wish) -> Life:
    """Only one worker is there yet."""
    await drawing(here, wish)
    [life] = here.workers
    return life


async def test_killed_stopped_and_cancelled(here: Fleet) -> None:
    held = Held(here)
    here.jobs["grace"] = 0.2
    await here.start_front()
    await here.start_worker()
    killed = here.ask(here.newcomer(), "gradio")
    first = await who_draws(here, killed)
    await here.start_worker()

    # Killed: another one draws it again, with the same seed.
    await here.kill(first)
    since = time.monotonic()
    await drawing(here, killed, runs=2)
    print(f"\ntaken over after {time.monotonic() - since:.1f} s")

    # Stopped: another one draws it again; what the first one has then is nobody's any more.
    [second] = here.workers
    third = await here.start_worker()
    await here.pause(second)
    await drawing(here, killed, runs=3)
    held.let_go.set()
    await here.until(lambda: here.has_ended(killed), "its end")
    here.go_on(second)
    assert [kind for kind, _ in here.answers(killed)] == [Seen.PICTURE]
    assert len({job.seed for job in here.backend.submissions()[killed.number]}) == 1

    # Cancelled by way of the front: it reaches the worker, and the back-end, within a second.
    held.let_go.clear()
    cancelled = here.ask(here.newcomer(), "gradio")
    await drawing(here, cancelled)
    placeholder = here.placeholder(cancelled)
    assert placeholder is not None
    here.press(placeholder, "p:x:")
    async with asyncio.timeout(20):
        await polled(lambda: here.backend.submissions()[cancelled.number][0].cancelled)
    await here.until(lambda: here.has_ended(cancelled), "its end")

    # Asked to end: what it draws goes on elsewhere, by its ticket where the back-end can.
    resumed = here.ask(here.newcomer(), "labs")
    await drawing(here, resumed)
    for life in (second, third):
        await here.start_worker()
        assert await life.stop() == 0
        here.workers.remove(life)
    held.let_go.set()
    await here.at_rest(60)
    assert len(here.backend.submissions()[resumed.number]) == 1
    await here.stop_all()
    assert [kind for kind, _ in here.answers(killed)] == [Seen.PICTURE], "whoever woke up late showed nothing more"
    verdict = here.judge()
    assert not verdict.mistakes, here.story()


@pytest.mark.usefixtures("one_fleet")
@pytest.mark.timeout(400)
async def test_chaos(lives: Path, tmp_path: Path, postgresql_server: str) -> None:
    verdict, story = await play(lives, tmp_path / "fleet", postgresql_server, "fox", workers=3, wishes=30, spread=15.0)
    print(f"\n{verdict}")
    assert not verdict.mistakes, story
