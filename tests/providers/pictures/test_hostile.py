"""Every hostile picture is refused, or decoded within the bounds; what is harmless is never refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import BadPicture
from providers.pictures.header import CHEAP_MEMORY, read_header
from providers.pictures.processes import Job, PictureProcesses
from tests.providers.pictures import hostile

MOST_MEMORY = 150_000_000  # bytes, Python and Pillow included
MOST_CPU = 3  # seconds: a bound that ends things, on any machine; what each takes is printed by benchmarks/decoding.py
READ, PREPARE = "providers.pictures.encoded:read_picture", "providers.pictures.inputs:prepare_input"
PREVIEW = "bot.pictures.fit:preview"


@pytest.fixture(scope="module")
def processes() -> Iterator[PictureProcesses]:
    processes = PictureProcesses(most=1, cpu_seconds=MOST_CPU, seconds=100, idle=60)
    yield processes
    processes.close()


def peak(processes: PictureProcesses) -> int:
    """Bytes that the workers there are have held at most."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    held = 0
    for pid in processes.pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        line = next((line for line in status.splitlines() if line.startswith("VmHWM")), None)
        if line is not None:  # else it has ended, and nobody has waited for it yet
            held = max(held, int(line.split()[1]) * 1024)
    return held


def outcome(processes: PictureProcesses, work: str, data: bytes) -> str | None:
    """Why it is refused; None if it is done."""
    job = Job(work, [data], {})
    processes.submit(job)
    try:
        job.future.result()
    except BadPicture as error:
        return str(error)
    return None


def assert_bounded(data: bytes) -> None:
    """What may be decoded in a thread of the bot itself holds little, by what its header says."""
    try:
        header = read_header(data)
    except BadPicture:
        return
    assert header.memory <= (CHEAP_MEMORY if header.cheap else MOST_MEMORY)


def test_there_are_enough_of_them() -> None:
    assert len({**hostile.HARMLESS, **hostile.REFUSED}) >= 80


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_hostile_pictures_are_refused_within_the_bounds(processes: PictureProcesses, name: str) -> None:
    data = hostile.REFUSED[name]()
    assert_bounded(data)
    for work in (READ, PREPARE):
        reason = outcome(processes, work, data)
        if not name.startswith("avif that claims a pixel"):  # the decoder goes by what its data say
            assert reason is not None
            assert "took more" not in reason, "it had to be ended"
        assert peak(processes) < MOST_MEMORY


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_harmless_pictures_are_decoded_within_the_bounds(processes: PictureProcesses, name: str) -> None:
    data = hostile.HARMLESS[name]()
    assert_bounded(data)
    for work in (READ, PREPARE, PREVIEW):
        if name.startswith("jpeg, progressive") and work == PREPARE:
            continue  # its coefficients and its pixels together are too much
        assert outcome(processes, work, data) is None
        assert peak(processes) < MOST_MEMORY


SEEDS = [
    hostile.saved((20, 10), form, **options)
    for form, options in (
        ("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True}), ("WEBP", {}), ("WEBP", {"lossless": True}),
        ("GIF", {}), ("BMP", {}), ("TIFF", {}), ("AVIF", {"speed": 10}),
    )
]  # fmt: skip


@given(
    st.sampled_from([*SEEDS, hostile.HEIC, hostile.WEBP_BOMB]),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=6)), max_size=6),
    st.integers(0, 2000),
)
def test_mutated_headers_are_read_or_refused(data: bytes, changes: list[tuple[int, bytes]], end: int) -> None:
    for at, new in changes:
        at %= len(data)
        data = data[:at] + new + data[at + len(new) :]
    data = data[: max(end, len(data) - end)]
    try:
        header = read_header(data)
    except BadPicture:
        return
    assert header.width > 0
    assert header.height > 0
    assert header.width * header.height <= 50_000_000
