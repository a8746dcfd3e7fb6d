"""What the bot keeps in memory: `python benchmarks/memory.py draws|growth`. Reads /proc, so it runs on Linux.

`draws`: resident memory with so many requests being drawn (each an open event stream, a placeholder and a progress
edit every few seconds) less that of the same process idle, per draw. Each round is a process of its own, warmed by
fifty pictures: one that has had a thousand draws before has kept room for them, and would show less. They come 50 a
second, because what a burst needs for a moment is kept too, and is none of the draws'.

`growth`: resident memory after many requests, compared with that after the first thousand, of one process, and what
the last of them cost, compared with the first. Each
request is drawn and delivered; the people are others each time until 20000 have been.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Iterator
from functools import partial

from bot_api_server import Asked
from gradio_app import photo
from report import Row, report
from rig import Rig, rig, until

OUT_OF_THE_WAY = 1000  # TELEGRAM_RATE: its greatest value
PEOPLE = 20_000
WARM = 50
ARRIVALS = 50  # a second
KB_A_DRAW = 40.0
MB_WHILE_ALL_RUN = 170.0  # with 1000 draws
GROWTH = 1.1
DEARER = 1.2
SPAN = 5  # thousands of requests


async def draws(count: int, rounds: int) -> int:
    figures, peaks = [], []
    for number in range(rounds):
        async with rig(photo(768, 100_000), "queue", restarted=True, telegram_rate=OUT_OF_THE_WAY) as bench:
            await _pictures(bench, WARM, at_once=10)
            await asyncio.sleep(3)
            idle = bench.bot.memory
            bench.backend.hold(step=2.0)
            asked = []
            for user in range(1000, 1000 + count):
                asked.append(bench.telegram.imagine(user, user, f"fox {user}"))
                await asyncio.sleep(1 / ARRIVALS)
            await until(partial(_all_draw, bench, asked), "all are drawn", 180)
            samples = []
            for _ in range(10):
                await asyncio.sleep(1)
                samples.append(bench.bot.memory)
            figures.append((statistics.median(samples) - idle) / count / 1024)
            peaks.append(max(samples) / 1e6)
            print(f"round {number + 1}: idle {idle / 1e6:.1f} MB, drawing {peaks[-1]:.1f} MB", flush=True)
            bench.bot.process.kill()
    rows = [
        Row("draws at once", count),
        Row("rounds", rounds),
        Row("memory a running draw, median", statistics.median(figures), "KB", bound=KB_A_DRAW),
        Row("memory a running draw, most", max(figures), "KB"),
        Row("memory while all run", max(peaks), "MB", bound=MB_WHILE_ALL_RUN if count <= 1000 else None),
    ]
    return report("memory-draws", f"Memory of {count} running draws", rows)


def _all_draw(bench: Rig, asked: list[Asked]) -> bool:
    return bench.backend.open_streams == len(asked) and all(each.placeholder for each in asked)


async def growth(requests: int, at_once: int) -> int:
    async with rig(photo(256, 10_000), "predict", telegram_rate=OUT_OF_THE_WAY) as bench:
        began = time.monotonic()
        await _pictures(bench, 100, at_once)
        done, costs = 100, []  # ms of CPU a request, of each thousand
        after_1000 = most = 0
        while done < requests:
            count, cpu = min(1000, requests - done), bench.bot.cpu
            await _pictures(bench, count, at_once, first=done)
            done += count
            costs.append(1000 * (bench.bot.cpu - cpu) / count)
            after_1000 = after_1000 or bench.bot.memory
            most = max(most, bench.bot.memory)
            if done % 5000 < 1000:
                told = f"{bench.bot.memory / 1e6:.1f} MB, {costs[-1]:.2f} ms, {time.monotonic() - began:.0f} s"
                print(f"{done} requests: {told}", flush=True)
        last = bench.bot.memory
        early, late = statistics.median(costs[:SPAN]), statistics.median(costs[-SPAN:])
        rows = [
            Row("requests", done),
            Row("at once", at_once),
            Row("memory after 1000", after_1000 / 1e6, "MB"),
            Row("memory after all", last / 1e6, "MB"),
            Row("most memory seen", most / 1e6, "MB"),
            Row("memory after all / after 1000", round(last / after_1000, 3), bound=GROWTH),
            Row(f"CPU a request, median of the first {SPAN} thousand", early, "ms"),
            Row(f"CPU a request, median of the last {SPAN} thousand", late, "ms"),
            Row("the last / the first", round(late / early, 3), bound=DEARER),
            Row("time", time.monotonic() - began, "s"),
        ]
    return report("memory-growth", f"Memory after {requests} requests in one process", rows)


async def _pictures(bench: Rig, count: int, at_once: int, *, first: int = 0) -> None:
    """So many requests, drawn and delivered, `at_once` of them under way. Raises TimeoutError."""
    waiting: dict[int, asyncio.Event] = {}

    def arrived(asked: Asked) -> None:
        waiting[asked.message].set()

    bench.telegram.on_picture = arrived

    async def worker(numbers: Iterator[int]) -> None:
        for number in numbers:
            user = 10_000 + number % PEOPLE
            asked = bench.telegram.imagine(user, user, f"fox {number}")
            waiting[asked.message] = asyncio.Event()
            await asyncio.wait_for(waiting[asked.message].wait(), 120)
            del waiting[asked.message]
            bench.telegram.forget(asked)

    numbers = iter(range(first, first + count))
    await asyncio.gather(*(worker(numbers) for _ in range(at_once)))
    bench.telegram.on_picture = lambda _: None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    running = kinds.add_parser("draws")
    running.add_argument("--draws", type=int, default=1000)
    running.add_argument("--rounds", type=int, default=5)
    long = kinds.add_parser("growth")
    long.add_argument("--requests", type=int, default=100_000)
    long.add_argument("--at-once", type=int, default=50)
    chosen = parser.parse_args()
    if chosen.kind == "draws":
        return asyncio.run(draws(chosen.draws, chosen.rounds))
    return asyncio.run(growth(chosen.requests, chosen.at_once))


if __name__ == "__main__":
    sys.exit(main())
