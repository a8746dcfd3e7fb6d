"""What a generation costs in the provider layer: `python benchmarks/provider_layer.py`. Needs Linux.

One generation is a POST, an event stream (a heartbeat, three previews, the end) and the download of a picture of
100 KB, 1, 50 and 500 at once, against one scripted server in a process of its own. Our provider is compared with the
floor (raw aiohttp, one session, the same calls, no check of anything), and so are its peers, each in a process of its
own, in turn within each round. Our provider also decodes the picture before anybody believes it, which the floor and
the peers do not; so that is compared with a floor that has Pillow decode it. `huggingface_hub` can only POST and read
the picture, and has a floor of that shape. So have our providers of the other two shapes: Gemini's (one POST, the
picture in base64 within JSON) and fal's (a job, two looks at it, its result, the picture).

Each contender runs on the event loop that the bot runs on and collects garbage as the bot does, and its allocator keeps
large blocks. CPU is that of the contender's process, user and system, all threads. Ratios are medians of the rounds'
own ratios to the floor of the same round. Memory is what so many open streams add to a process, per stream.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from report import Plot, Row, report
from rig import BotProcess

HERE = Path(__file__).resolve().parent
BOUND = 1.3
BATCHES = {1: (4, 25), 50: (4, 150), 500: (2, 500)}  # at once: batches, generations in each
LOADS = tuple(BATCHES)
WARM = 500
OPEN = 500
SETTLING = 1.0  # s until what a start has allocated for a moment is given back
SECONDS = 600.0  # for one order
# Else glibc maps a block from the kernel or not by what was freed before, and a contender's page faults are its luck.
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": str(32 * 1024 * 1024), "MALLOC_TRIM_THRESHOLD_": str(64 * 1024 * 1024)}


@dataclass(frozen=True)
class Contender:
    """`share` of the generations suffices for who is slow; never fewer than are at once."""

    name: str
    label: str
    floor: str
    share: float = 1.0
    bound: float | None = None
    streams: bool = False  # its memory with many streams open is measured


FLOOR, FLOOR_DECODED, FLOOR_POST = "floor", "floor_decoded", "floor_post"
FLOOR_GEMINI, FLOOR_FAL = "floor_gemini", "floor_fal"
CONTENDERS = (
    Contender("floor", "floor", FLOOR, streams=True),
    Contender("ours", "imagine-bot", FLOOR, bound=BOUND, streams=True),
    Contender("floor_decoded", "floor, decoded", FLOOR_DECODED),
    Contender("ours_decoded", "imagine-bot, decoded", FLOOR_DECODED, bound=BOUND),
    Contender("httpx_sse", "httpx + httpx-sse", FLOOR, share=0.5),
    Contender("gradio_client", "gradio_client", FLOOR, share=0.1),
    Contender("floor_post", "floor, one POST", FLOOR_POST),
    Contender("floor_gemini", "floor, Gemini's shape", FLOOR_GEMINI),
    Contender("gemini", "imagine-bot, Gemini", FLOOR_GEMINI, bound=BOUND),
    Contender("floor_fal", "floor, fal's shape", FLOOR_FAL),
    Contender("fal", "imagine-bot, fal", FLOOR_FAL, bound=BOUND),
    Contender("huggingface_hub", "huggingface_hub, one POST", FLOOR_POST, share=0.5),
)


@dataclass(frozen=True)
class Running:
    process: asyncio.subprocess.Process

    async def order(self, generations: int, at_once: int) -> dict[str, float]:
        """Raises TimeoutError, and RuntimeError when it died."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"generations": generations, "at_once": at_once}).encode() + b"\n")
        async with asyncio.timeout(SECONDS):
            answer = await stdout.readline()
        if not answer:
            raise RuntimeError("a contender ended before it had answered")
        return dict(json.loads(answer))


@asynccontextmanager
async def program(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of this folder's, on this Python."""
    path, *others = arguments
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(HERE / path), *others), stdin=pipe, stdout=pipe, env=os.environ | ALLOCATOR
    )
    try:
        yield process
    finally:
        process.kill()
        await process.communicate()


@asynccontextmanager
async def running(contender: Contender, url: str) -> AsyncIterator[Running]:
    async with program("contenders.py", contender.name, url) as process:
        yield Running(process)


async def cpu(contenders: Sequence[Contender], url: str, rounds: int) -> dict[str, dict[int, list[float]]]:
    """ms a generation, by contender and load, one figure a round. The peak of memory stands under load 0, in MB.

    Each round has processes of its own, which take turns in short batches: what else the machine does meanwhile falls
    on all of them alike.
    """
    found: dict[str, dict[int, list[float]]] = {c.name: defaultdict(list) for c in contenders}
    for number in range(rounds):
        first = number % len(contenders)
        turns = [*contenders[first:], *contenders[:first]]  # nobody always comes after the same
        async with AsyncExitStack() as stack:
            processes = {c.name: await stack.enter_async_context(running(c, url)) for c in turns}
            for contender in turns:
                await processes[contender.name].order(max(50, round(WARM * contender.share)), 50)
            for load, (batches, size) in BATCHES.items():
                spent: dict[str, list[dict[str, float]]] = defaultdict(list)
                for _ in range(batches):
                    for contender in turns:
                        generations = max(load, 5, round(size * contender.share))
                        figures = await processes[contender.name].order(generations, load)
                        spent[contender.name].append(figures | {"cost": 1000 * figures["cpu"] / generations})
                for name, batch in spent.items():
                    found[name][load].append(statistics.mean(figures["cost"] for figures in batch))
                    if load == LOADS[-1]:
                        found[name][0].append(batch[-1]["peak"] / 1e6)
        print(f"round {number + 1}: " + ", ".join(_brief(c, found) for c in contenders), flush=True)
    return found


def _brief(contender: Contender, found: dict[str, dict[int, list[float]]]) -> str:
    return f"{contender.name} {'/'.join(f'{found[contender.name][load][-1]:.2f}' for load in LOADS)} ms"


async def memory(contender: Contender, url: str, control: aiohttp.ClientSession) -> float:
    """KB that a stream adds while OPEN of them are."""

    async def opened() -> int:
        async with control.get("/open") as answer:
            return int(await answer.text())

    async with running(contender, url) as process:
        await process.order(5, 5)
        await control.post("/hold")
        before = BotProcess(process.process).memory
        order = asyncio.create_task(process.order(OPEN, OPEN))
        while await opened() < OPEN:  # noqa: ASYNC110 - of another process, which sets no events
            await asyncio.sleep(0.1)
        await asyncio.sleep(SETTLING)
        after = BotProcess(process.process).memory
        await control.post("/release")
        await order
    return (after - before) / OPEN / 1024


async def main(rounds: int, without: Sequence[str]) -> int:
    contenders = [c for c in CONTENDERS if c.name not in without and c.floor not in without]
    async with program("scripted_space.py") as server:
        assert server.stdout is not None
        url = (await server.stdout.readline()).decode().strip()
        streaming = [c for c in contenders if c.streams]
        kept: dict[str, list[float]] = defaultdict(list)
        async with aiohttp.ClientSession(url) as control:
            for number in range(rounds):
                for contender in streaming:
                    kept[contender.name].append(await memory(contender, url, control))
                figures = ", ".join(f"{name} {figures[-1]:.1f} KB" for name, figures in kept.items())
                print(f"round {number + 1}: {figures}", flush=True)
        costs = await cpu(contenders, url, rounds)
    rows = [Row("rounds", rounds)]
    for load in LOADS:
        rows += [row for c in contenders for row in _cost(c, costs, load)]
    for contender in streaming:
        rows += _memory(contender, kept)
    rows += [Row(f"{c.label}: peak memory", max(costs[c.name][0]), "MB") for c in contenders]
    lines = {c.label: [(load, round(statistics.median(costs[c.name][load]), 4)) for load in LOADS] for c in contenders}
    plot = Plot("generations at once", "CPU of a generation, ms", lines)
    return report("provider-layer", "The provider layer beside its floor and its peers", rows, plot)


def _cost(contender: Contender, costs: dict[str, dict[int, list[float]]], load: int) -> list[Row]:
    mine, floors = costs[contender.name][load], costs[contender.floor][load]
    row = Row(f"{load} at once, {contender.label}: CPU a generation", round(statistics.median(mine), 3), "ms")
    if contender.name == contender.floor:
        return [row]
    ratio = statistics.median(one / other for one, other in zip(mine, floors, strict=True))
    return [row, Row(f"{load} at once, {contender.label}: CPU / floor", round(ratio, 3), bound=contender.bound)]


def _memory(contender: Contender, kept: dict[str, list[float]]) -> list[Row]:
    mine = kept[contender.name]
    row = Row(f"{contender.label}: memory an open stream", round(statistics.median(mine), 1), "KB")
    if contender.name == contender.floor:
        return [row]
    ratio = statistics.median(one / other for one, other in zip(mine, kept[contender.floor], strict=True))
    return [row, Row(f"{contender.label}: memory / floor", round(ratio, 3), bound=contender.bound)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--without", nargs="*", default=[], metavar="NAME", choices=[c.name for c in CONTENDERS if c.name != FLOOR]
    )
    chosen = parser.parse_args()
    sys.exit(asyncio.run(main(chosen.rounds, chosen.without)))
