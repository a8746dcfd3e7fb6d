"""Decoding within a budget: what is small in threads, the rest in processes that really end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from threading import Event, Semaphore

import pytest

from providers import BadPicture, InvalidParameter, read_picture
from providers.pictures.budget import Decoding
from providers.pictures.processes import PictureProcesses
from tests.providers.pictures import hostile, works
from tests.providers.serving import picture_bytes

PATIENCE = 60.0  # seconds for what must happen
LARGE = hostile.jpeg_scans(64, 64, 40)  # small, and not proven to be


@pytest.fixture
async def decoding() -> AsyncIterator[Decoding]:
    decoding = Decoding(PictureProcesses(most=2, cpu_seconds=2, seconds=600, idle=0.2))
    yield decoding
    decoding.close()
    await gone(decoding)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - of another process, which sets no event here
            await asyncio.sleep(0.01)


async def gone(decoding: Decoding) -> None:
    await until(lambda: not decoding.processes.pids)


def is_gone(path: Path) -> bool:
    return not path.exists()


async def busy(decoding: Decoding, count: int = 1) -> list[int]:
    await until(lambda: len(decoding.processes.pids) >= count)
    return decoding.processes.pids


async def test_what_is_small_needs_no_process(decoding: Decoding) -> None:
    picture = await decoding.run(read_picture, picture_bytes("JPEG", (1024, 1024)))
    assert (picture.width, picture.mime) == (1024, "image/jpeg")
    assert await decoding.run(works.pid, picture_bytes()) == os.getpid()
    assert decoding.processes.pids == []


async def test_what_is_not_goes_to_a_process_and_comes_back_the_same(decoding: Decoding) -> None:
    data = picture_bytes("AVIF")
    assert await decoding.run(read_picture, data) == read_picture(data)
    assert await decoding.run(works.pid, LARGE) != os.getpid()
    assert await decoding.run(works.lengths, [LARGE, LARGE], 3, texts={"a": "é"}) == [len(LARGE)] * 2 + [3, {"a": "é"}]


async def test_a_worker_has_neither_the_environment_nor_the_bot(
    decoding: Decoding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    seen = await decoding.run(works.surroundings, LARGE)
    assert isinstance(seen, works.Seen)
    assert not {"BOT_TOKEN", "aiogram", "aiohttp", "sqlalchemy", "pydantic"} & set(seen.names)


async def test_twenty_hostile_files_do_not_hold_up_an_ordinary_one() -> None:
    """Twenty works that never end by themselves occupy the workers, for ten minutes of processor time each."""
    decoding = Decoding(PictureProcesses(most=2, cpu_seconds=600, seconds=600, idle=0.2))
    endless = [asyncio.create_task(decoding.run(works.spin, LARGE)) for _ in range(20)]
    await busy(decoding, 2)
    refused = [decoding.run(read_picture, hostile.WEBP_BOMB) for _ in range(20)]
    assert all(isinstance(found, BadPicture) for found in await asyncio.gather(*refused, return_exceptions=True))
    picture = await decoding.run(read_picture, picture_bytes("JPEG", (1024, 1024)))
    assert picture.width == 1024
    assert not any(task.done() for task in endless), "the ordinary one was first, whatever the machine does meanwhile"
    for task in endless:
        task.cancel()
    await asyncio.gather(*endless, return_exceptions=True)
    decoding.close()
    await gone(decoding)


async def test_work_that_takes_too_much_processor_time_ends(decoding: Decoding) -> None:
    with pytest.raises(BadPicture, match="took more than it may"):
        await decoding.run(works.spin, LARGE)
    assert await decoding.run(works.lengths, [LARGE]) == [len(LARGE), 0, None]


async def test_work_that_takes_too_long_by_the_clock_ends() -> None:
    decoding = Decoding(PictureProcesses(most=1, seconds=0.5))
    with pytest.raises(BadPicture, match="longer than"):
        await decoding.run(works.wait, LARGE)
    decoding.close()
    await gone(decoding)


async def test_work_that_takes_too_much_memory_is_refused_and_the_worker_stays() -> None:
    decoding = Decoding(PictureProcesses(most=1, seconds=60, idle=60))  # none goes between two works
    first = await decoding.run(works.pid, LARGE)
    with pytest.raises(BadPicture, match="more memory"):
        await decoding.run(works.hoard, LARGE)
    assert await decoding.run(works.pid, LARGE) == first
    decoding.close()


async def test_a_worker_that_crashes_is_replaced() -> None:
    decoding = Decoding(PictureProcesses(most=1, seconds=600, idle=PATIENCE))
    try:
        first = await decoding.run(works.pid, LARGE)
        with pytest.raises(BadPicture, match="broke the decoder"):
            await decoding.run(works.crash, LARGE)
        assert await decoding.run(works.pid, LARGE) not in {first, os.getpid()}
    finally:
        decoding.close()


async def test_a_worker_that_somebody_killed_is_replaced_and_the_picture_gets_another_try(
    decoding: Decoding, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    waiting = asyncio.create_task(decoding.run(works.wait, LARGE, str(begun)))
    await until(begun.exists)
    (first,) = decoding.processes.pids
    os.kill(first, signal.SIGKILL)
    await until(lambda: decoding.processes.pids not in ([], [first]))
    assert not waiting.done(), "it is being decoded again"
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_cancelled_caller_ends_the_work(decoding: Decoding) -> None:
    tasks = [asyncio.create_task(decoding.run(works.wait, LARGE)) for _ in range(3)]
    pids = await busy(decoding, 2)
    for task in tasks:
        task.cancel()
    assert [type(found) for found in await asyncio.gather(*tasks, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 3
    await until(lambda: not any(alive(pid) for pid in pids))
    assert await decoding.run(works.lengths, [LARGE]) == [len(LARGE), 0, None], "the slots are free again"


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_closing_does_not_wait_for_the_work(decoding: Decoding, tmp_path: Path) -> None:
    signs = [tmp_path / str(number) for number in range(4)]
    tasks = [asyncio.create_task(decoding.run(works.wait, LARGE, str(sign))) for sign in signs]
    await until(lambda: sum(sign.exists() for sign in signs) == 2)
    decoding.processes.close()
    async with asyncio.timeout(PATIENCE):  # the works themselves take ten minutes
        found = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(error, BadPicture) for error in found)
    await gone(decoding)


async def test_closing_leaves_no_process_behind_that_had_no_work() -> None:
    processes = PictureProcesses(most=1, seconds=60, idle=600)
    for _ in range(2):  # they may be used again
        decoding = Decoding(processes)
        child = Path(f"/proc/{await decoding.run(works.pid, LARGE)}")
        decoding.close()
        await until(partial(is_gone, child))  # not even a zombie


async def test_processes_exist_only_while_they_are_needed(decoding: Decoding) -> None:
    patient = Decoding(PictureProcesses(most=1, cpu_seconds=2, seconds=600, idle=PATIENCE))
    try:
        first = await patient.run(works.pid, LARGE)
        assert await patient.run(works.pid, LARGE) == first, "the next one comes soon"
    finally:
        patient.close()
    last = await decoding.run(works.pid, LARGE)
    await gone(decoding)
    assert not alive(last)


async def test_errors_of_the_work_are_ours(decoding: Decoding) -> None:
    for data in (LARGE, picture_bytes()):
        with pytest.raises(InvalidParameter, match=f"{len(data)} bytes"):
            await decoding.run(works.refuse, data)
        with pytest.raises(BadPicture, match="ZeroDivisionError"):
            await decoding.run(works.mistake, data)


def test_a_program_ends_although_a_worker_is_busy(tmp_path: Path) -> None:
    """Without a close, as after a crash of the loop: the interpreter ends, and its workers with it."""
    import subprocess
    import sys

    (tmp_path / "large.jpg").write_bytes(LARGE)
    program = f"""
import asyncio, pathlib
from providers.pictures.budget import within_budget
from tests.providers.pictures import works
async def main():
    data = pathlib.Path({str(tmp_path / "large.jpg")!r}).read_bytes()
    print(await within_budget(works.pid, data), flush=True)
    begun = pathlib.Path({str(tmp_path / "begun")!r})
    waiting = asyncio.create_task(within_budget(works.wait, data, str(begun)))
    while not begun.exists():
        await asyncio.sleep(0.01)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    begun = time.monotonic()
    while alive(int(done.stdout)):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)


def test_a_worker_loads_little() -> None:
    """Its memory is bounded, so what its jobs import counts with each picture."""
    program = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "import providers.pictures.inputs, providers.pictures.masks, bot.pictures.fit, bot.pictures.sheet\n"
        "heavy = {'aiohttp', 'aiogram', 'pydantic', 'ssl', 'sqlalchemy', 'yarl'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, *sys.path], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr


async def test_it_is_full_while_every_thread_decodes() -> None:
    """Also while nobody waits for it any more."""
    decoding, begun, release = Decoding(threads=2), Semaphore(0), Event()
    runs = [asyncio.ensure_future(decoding.run(held, picture_bytes(), begun, release)) for _ in range(2)]
    assert not decoding.full
    await until(lambda: decoding.full)
    for _ in runs:  # one that has not begun would be taken out of the queue
        await until(partial(begun.acquire, blocking=False))
    runs[0].cancel()
    await asyncio.wait([runs[0]])
    assert decoding.full
    release.set()
    await until(lambda: not decoding.full)
    await runs[1]
    decoding.close()


def held(_: bytes, begun: Semaphore, release: Event) -> None:
    begun.release()
    release.wait(60)
