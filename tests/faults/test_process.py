"""The process itself: it is stopped in order, it is alone, and what comes twice is done once."""

import asyncio
import shutil
from pathlib import Path
from signal import SIGTERM

import pytest

from tests.faults.judging import Seen, Wish
from tests.faults.killing import polled
from tests.faults.world import World


async def _under_way(here: World, model: str = "labs") -> tuple[Wish, asyncio.Event]:
    """A drawing that goes on when the event is set."""
    go_on = asyncio.Event()

    async def hook(name: str, _: int) -> None:
        if name in {"labs.poll", "gradio.progress"}:
            await go_on.wait()

    here.hooks.append(hook)
    wish = here.ask(here.newcomer(), model)
    async with asyncio.timeout(60):
        await polled(lambda: bool(here.backend.submissions()[wish.number]) and here.knows_placeholder(wish))
    return wish, go_on


async def test_python_m_bot_run(here: World) -> None:
    """The whole way without the zygote, from an empty folder, killed once in between."""
    here.database.unlink()
    await here.begin(for_real=True)
    for model in ("labs", "gradio"):
        here.ask(here.newcomer(), model)
    await here.until(lambda: any(here.answers(wish) for wish in here.wishes), "any answer")
    await here.life.kill()
    here.note_doubts()
    await here.begin(for_real=True)
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()


async def test_sigterm_lets_drawings_finish(here: World) -> None:
    life = await here.begin()
    wish, go_on = await _under_way(here)
    life.signal(SIGTERM)
    await life.said("stopping")
    late = here.ask(here.newcomer(), "labs")  # intake has stopped: it is for the next life
    go_on.set()
    assert await life.exit() == 0, here.story()
    assert [kind for kind, _ in here.answers(wish)] == [Seen.PICTURE]
    assert here.answers(late) == []
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert {number: len(jobs) for number, jobs in here.backend.submissions().items() if jobs} == {1: 1, 2: 1}


@pytest.mark.parametrize(("model", "runs"), [("labs", 1), ("gradio", 2)])
async def test_sigterm_hands_back_what_takes_too_long(here: World, model: str, runs: int) -> None:
    """By its ticket where the back-end can resume, else it is drawn again."""
    here.jobs["grace"] = 0.2
    life = await here.begin()
    wish, go_on = await _under_way(here, model)
    assert await life.stop() == 0, here.story()
    assert any("handed back" in line for line in life.lines), life.log
    assert [kind for kind, _ in here.answers(wish)] == [Seen.OPEN]
    assert here.unfinished() == [f"{wish.source} waiting"]
    go_on.set()
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 1}
    jobs = here.backend.submissions()[wish.number]
    assert len(jobs) == runs
    assert not any(job.cancelled for job in jobs)


async def test_a_second_process_leaves_the_first_alone(here: World) -> None:
    await here.begin()
    wish, go_on = await _under_way(here)
    first = here.life
    second = await here.begin()
    assert await second.exit() == 1
    assert len(second.lines) == 1, second.log
    assert "another imagine-bot is using" in second.lines[0]
    here.lives.remove(second)
    go_on.set()
    verdict = await here.finish()
    assert not verdict.mistakes
    assert here.life is first
    assert len(here.backend.submissions()[wish.number]) == 1


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_an_update_that_comes_twice(here: World, webhook: bool) -> None:
    """At once, while it is drawn, when it is delivered, and after a restart."""
    if webhook:
        here.use_webhook()
    await here.begin()
    updates = here.server.box.updates
    wish = here.ask(here.newcomer(), "labs")
    update = next(reversed(here.server.state.waiting.values()))
    updates.put_again(update)
    await here.until(lambda: here.placeholder(wish), "a placeholder")
    updates.put_again(update)
    await here.settled()
    updates.put_again(update)
    await here.settled()
    assert await here.life.stop() == 0
    updates.put_again(update)
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 1}
    assert len(here.backend.jobs) == 1


async def test_the_webhook_alone(here: World) -> None:
    """Nothing is fetched; a caller without the secret is nobody."""
    here.use_webhook()
    await here.begin()
    for model in ("labs", "gradio"):
        here.ask(here.newcomer(), model)
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert "deleteWebhook" not in {call.method for call in here.server.calls}


async def test_killed_while_it_makes_its_tables(here: World) -> None:
    """A first start that dies in the migration."""
    here.database.unlink()
    here.ask(here.newcomer(), "labs")
    life = await here.begin()
    async with asyncio.timeout(60):
        await polled(here.database.exists)
    await life.kill()
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()


async def test_the_folder_moves(here: World, tmp_path: Path) -> None:
    """A backup of a dead process's files is as good as the original."""
    await here.begin()
    wish, go_on = await _under_way(here)
    await here.life.kill()
    here.note_doubts()
    go_on.set()
    copy = tmp_path / "copy"
    await asyncio.to_thread(shutil.copytree, here.folder, copy)
    here.folder, here.database = copy, copy / here.database.name
    await here.begin()
    verdict = await here.finish()
    assert not verdict.mistakes, here.story()
    assert len(here.backend.submissions()[wish.number]) == 1
