"""How long the bot takes to start: `python benchmarks/start.py`.

From the start of the process (`python -m bot run`, a database that is there) to its first getUpdates, beside what
`python -c "import aiogram"` takes, the two in turn. The first start of all, which makes the tables, is told beside it.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot_api_server import BotApiServer
from gradio_app import GradioApp
from report import Row, report
from rig import MODELS, REAL_BOT, BotProcess, served, start_program, stop_program

SLOWER = 1.25  # times the import of aiogram
START_SECONDS = 120.0


async def compare(rounds: int) -> int:
    telegram, backend = BotApiServer(), GradioApp(b"")
    bots, libraries = [], []
    async with served(telegram, backend) as url:
        with tempfile.TemporaryDirectory(prefix="imagine-bench-") as folder:
            first, _ = await _bot(telegram, Path(folder), url)
            for number in range(rounds):
                libraries.append(await _library())
                bots.append(await _bot(telegram, Path(folder), url))
                told = f"import aiogram {libraries[-1][0]:.2f} s, the bot {bots[-1][0]:.2f} s"
                print(f"round {number + 1}: {told}", flush=True)
    ratios = [bot[0] / library[0] for bot, library in zip(bots, libraries, strict=True)]
    rows = [
        Row("rounds", rounds),
        Row("import aiogram", statistics.median(seconds for seconds, _ in libraries), "s"),
        Row("import aiogram, CPU", statistics.median(cpu for _, cpu in libraries), "s"),
        Row("process start to first getUpdates", statistics.median(seconds for seconds, _ in bots), "s"),
        Row("process start to first getUpdates, CPU", statistics.median(cpu for _, cpu in bots), "s"),
        Row("start / import, median of the rounds", statistics.median(ratios), bound=SLOWER),
        Row("the same of the CPU", statistics.median(bot[1] / of[1] for bot, of in zip(bots, libraries, strict=True))),
        Row("the very first start, which makes the tables", first, "s"),
    ]
    return report("start", "Start of the bot beside the import of aiogram", rows)


async def _bot(telegram: BotApiServer, folder: Path, url: str) -> tuple[float, float]:
    """Seconds until it asks for updates, and its CPU until then."""
    telegram.polled.clear()
    began = time.monotonic()
    process = await start_program(REAL_BOT, folder, MODELS.format(url=url, protocol="queue"), url, {})
    try:
        await asyncio.wait_for(telegram.polled.wait(), START_SECONDS)
        seconds = time.monotonic() - began
        return seconds, BotProcess(process).cpu
    finally:
        await stop_program(process)


async def _library() -> tuple[float, float]:
    before, began = os.times(), time.monotonic()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiogram")
    await process.wait()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, cpu


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    return asyncio.run(compare(parser.parse_args().rounds))


if __name__ == "__main__":
    sys.exit(main())
