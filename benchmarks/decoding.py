"""What the budget of decoding costs an ordinary picture, and what hostile ones cost at most.

`python benchmarks/decoding.py` prints, for pictures of 1024x1024, the CPU of checking one as it was done before (Pillow
in a thread, nothing looked at first) and as it is done now, in turns in one run; then, for each hostile picture of the
tests, the CPU and the memory of a fresh worker process.
"""

import asyncio
import io
import random
import statistics
import sys
import time
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from providers.pictures.budget import Decoding
from providers.pictures.encoded import SMALL_DRAFT, read_picture, thumbnail
from providers.pictures.processes import Job, PictureProcesses
from tests.providers.pictures.hostile import HARMLESS, REFUSED

ROUNDS, EACH = 15, 10
FORMATS = ["PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF"]


def before(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("RGB", (SMALL_DRAFT, SMALL_DRAFT))
        image.load()
        return thumbnail(image)


def ordinary(form: str, **options: int) -> bytes:
    """A picture with as much in it as a drawn one has: soft noise over a gradient."""
    noise = Image.frombytes("L", (256, 256), random.Random(0).randbytes(65536)).resize((1024, 1024))
    image = Image.merge("RGB", (noise, Image.linear_gradient("L").resize((1024, 1024)), noise))
    body = io.BytesIO()
    image.save(body, form, **options)
    return body.getvalue()


async def compare() -> None:
    decoding = Decoding()
    print(f"{'1024x1024':24}{'KB':>8}{'before, ms':>12}{'now, ms':>10}{'ratio':>8}")
    for name, data in {
        "JPEG": ordinary("JPEG", quality=92),
        "JPEG, progressive": ordinary("JPEG", quality=92, progressive=1),
        "PNG": ordinary("PNG"),
        "WebP": ordinary("WEBP", quality=90),
    }.items():
        old: list[float] = []
        new: list[float] = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            for _ in range(EACH):
                await asyncio.to_thread(before, data)
            middle = time.process_time()
            for _ in range(EACH):
                await decoding.run(read_picture, data)
            old.append(middle - begun)
            new.append(time.process_time() - middle)
        first, second = (statistics.median(times) / EACH * 1000 for times in (old, new))
        print(f"{name:24}{len(data) / 1000:8.0f}{first:12.2f}{second:10.2f}{second / first:8.2f}", flush=True)
    assert not decoding.processes.pids, "ordinary pictures need no process"
    decoding.close()


def hostile() -> None:
    print(f"\n{'hostile':60}{'KB':>8}{'CPU, s':>8}{'MB':>6}  ")
    for name, maker in {**HARMLESS, **REFUSED}.items():
        data = maker()
        processes = PictureProcesses(most=1)
        warm_up = Job("providers.pictures.encoded:read_picture", [b"BM"], {})
        processes.submit(warm_up)
        warm_up.future.exception()
        begun = _cpu(processes.pids)
        job = Job("providers.pictures.inputs:prepare_input", [data], {})
        processes.submit(job)
        error = job.future.exception()
        said = "decoded" if error is None else str(error)
        cpu, held = _cpu(processes.pids) - begun, _peak(processes.pids)
        print(f"{name:60}{len(data) / 1000:8.0f}{cpu:8.2f}{held / 1e6:6.0f}  {said[:70]}", flush=True)
        processes.close()


def _cpu(pids: list[int]) -> float:
    """Seconds so far; 0 for a process that was ended."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(found[11]) + int(found[12]) for found in fields) / 100


def _peak(pids: list[int]) -> int:
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return max((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), default=0)


if __name__ == "__main__":
    asyncio.run(compare())
    if "--hostile" in sys.argv:
        hostile()
