"""How long the bot takes to start, and what it holds when it is idle: `python benchmarks/start.py`.

- From the start of the process (`python -m bot run`, a database that is there) to its first getUpdates, beside what
  `python -c "import aiogram"` takes, the two in turn. The first start of all, which makes the tables, is told as well.
- `python -m bot --version` beside `python -c "import typer"`, in turn.
- The memory of an idle `run`, `sandbox` and, with `--postgresql postgresql://...`, `worker`, each together with the
  processes that it started.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot_api_server import BotApiServer
from gradio_app import GradioApp
from report import Row, report
from rig import MODELS, REAL_BOT, ROOT, SETTLING, BotProcess, served, start_program, stop_program

SLOWER = 0.4  # times the import of aiogram
VERSION_SLOWER = 1.5  # times `python -c pass` and what typer adds to it
START_SECONDS = 120.0
RUN_MB, WORKER_MB, SANDBOX_MB = 110, 110, 130
MB = 1_000_000

Cost = tuple[float, float]  # seconds, and those of CPU


async def compare(rounds: int, postgresql: str | None) -> int:
    telegram, backend = BotApiServer(), GradioApp(b"")
    bots: list[Cost] = []
    libraries: list[Cost] = []
    memory: list[float] = []
    async with served(telegram, backend) as url:
        with tempfile.TemporaryDirectory(prefix="imagine-bench-") as name:
            folder = Path(name)
            (first, _), _ = await _bot(telegram, folder, url)
            for number in range(rounds):
                libraries.append(await _python("-c", "import aiogram"))
                cost, held = await _bot(telegram, folder, url)
                bots.append(cost)
                memory.append(held)
                told = f"CPU: import aiogram {libraries[-1][1]:.2f} s, the bot {cost[1]:.2f} s; idle: {held:.0f} MB"
                print(f"round {number + 1}: {told}", flush=True)
            idle = [Row("memory of an idle run", statistics.median(memory), "MB", RUN_MB)]
            idle.append(Row("memory of an idle sandbox", await _sandbox(folder), "MB", SANDBOX_MB))
            if postgresql is not None:
                idle.append(Row("memory of an idle worker", await _worker(folder, url, postgresql), "MB", WORKER_MB))
    rows = [
        Row("rounds", rounds),
        Row("import aiogram", _median(libraries, 0), "s"),
        Row("import aiogram, CPU", _median(libraries, 1), "s"),
        Row("process start to first getUpdates", _median(bots, 0), "s"),
        Row("process start to first getUpdates, CPU", _median(bots, 1), "s"),
        Row("start / import, median of the rounds", _ratio(bots, libraries, 0)),
        Row("the same of the CPU", _ratio(bots, libraries, 1), bound=SLOWER),
        Row("the very first start, which makes the tables", first, "s"),
        *await _version(rounds),
        *idle,
    ]
    return report("start", "Start of the bot beside the import of aiogram, and an idle bot", rows)


async def _version(rounds: int) -> Sequence[Row]:
    bare, typer, version = [], [], []
    for _ in range(rounds):
        bare.append(await _python("-c", "pass"))
        typer.append(await _python("-c", "import typer"))
        version.append(await _python("-m", "bot", "--version"))
    return [
        Row("python -c pass, CPU", _median(bare, 1), "s"),
        Row("python -c 'import typer', CPU", _median(typer, 1), "s"),
        Row("imagine-bot --version, CPU", _median(version, 1), "s"),
        Row("--version / typer, of the CPU", _ratio(version, typer, 1), bound=VERSION_SLOWER),
    ]


def _median(costs: Sequence[Cost], which: int) -> float:
    return statistics.median(cost[which] for cost in costs)


def _ratio(costs: Sequence[Cost], others: Sequence[Cost], which: int) -> float:
    return statistics.median(cost[which] / other[which] for cost, other in zip(costs, others, strict=True))


async def _bot(telegram: BotApiServer, folder: Path, url: str) -> tuple[Cost, float]:
    """What it takes until it asks for updates, and its memory in MB a while later."""
    telegram.polled.clear()
    began = time.monotonic()
    process = await start_program(REAL_BOT, folder, MODELS.format(url=url, protocol="queue"), url, {})
    try:
        await asyncio.wait_for(telegram.polled.wait(), START_SECONDS)
        cost = time.monotonic() - began, BotProcess(process).cpu
        await asyncio.sleep(SETTLING)
        return cost, _memory(process.pid)
    finally:
        await stop_program(process)


async def _sandbox(folder: Path) -> float:
    """The second start: the first one loads what makes the tables."""
    command = ("-m", "bot", "sandbox", "--listen", "127.0.0.1:0", "--data", str(folder / "sandbox"))
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING"}
    held = 0.0
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            async with asyncio.timeout(START_SECONDS):
                while not (await process.stdout.readline()).startswith(b"Open "):
                    pass
            await asyncio.sleep(SETTLING)
            held = _memory(process.pid)
        finally:
            await stop_program(process)
    return held


async def _worker(folder: Path, url: str, postgresql: str) -> float:
    """On a database that `migrate` has brought up to date, after its line in the log."""
    models, settings = MODELS.format(url=url, protocol="queue"), {"database_url": postgresql, "log_level": "INFO"}
    migrated = await start_program(("-m", "bot", "migrate"), folder, models, url, {**settings})
    await asyncio.wait_for(migrated.wait(), START_SECONDS)
    process = await start_program(("-m", "bot", "worker"), folder, models, url, {**settings}, asyncio.subprocess.PIPE)
    try:
        assert process.stderr is not None
        async with asyncio.timeout(START_SECONDS):
            while b"worker started" not in (line := await process.stderr.readline()):
                if not line:
                    raise RuntimeError("the worker did not start")
        await asyncio.sleep(SETTLING)
        return _memory(process.pid)
    finally:
        await stop_program(process)


def _memory(pid: int) -> float:
    """MB resident, of the process and of those below it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return pages * os.sysconf("SC_PAGE_SIZE") / MB + sum(_memory(int(child)) for child in below)


async def _python(*arguments: str) -> Cost:
    before, began = os.times(), time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    await process.wait()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, cpu


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--postgresql", help="a database in which to run a worker")
    options = parser.parse_args()
    return asyncio.run(compare(options.rounds, options.postgresql))


if __name__ == "__main__":
    sys.exit(main())
