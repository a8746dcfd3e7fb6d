"""Several processes under Telegram's published limits: `python benchmarks/shared_flood.py private|groups`.

Each process runs the bot's outbox over the flood budget that they share in PostgreSQL (BENCH_DATABASE_URL), against a
server that enforces the limits with exact sliding windows. `embedded` is the bound that `flood.py` holds the one
process without PostgreSQL to: sharing may take 1.25 times as long in private chats, 1.4 times in groups.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web
from bot_api_server import TOKEN, Asked, BotApiServer
from flood import GROUP_COUNT, GROUP_WINDOW, LATE, PICTURE, RATE
from report import Row, percentile, report
from rig import ROOT, until

from bot.sandbox.limits import Limits

DATABASE_URL = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
SENDER = str(Path(__file__).with_name("programs") / "sender.py")
PRIVATE_TIMES, GROUP_TIMES = 1.25, 1.4


async def private(people: int, processes: int) -> int:
    chats = list(range(1000, 1000 + people))
    embedded = LATE * ((people - 1) // RATE)
    rows = await _run(chats, processes, embedded, PRIVATE_TIMES)
    return report("shared-flood-private", f"{people} pictures to {people} people from {processes} processes", rows)


async def groups(requests: int, groups_: int, processes: int) -> int:
    chats = [-1_000_000 - number % groups_ for number in range(requests)]
    most = -(-requests // groups_)
    embedded = max((requests - 1) // RATE, GROUP_WINDOW * ((most - 1) // GROUP_COUNT)) + GROUP_WINDOW
    rows = await _run(chats, processes, embedded, GROUP_TIMES)
    return report("shared-flood-groups", f"{requests} pictures to {groups_} groups from {processes} processes", rows)


async def _run(chats: list[int], processes: int, embedded: float, times: float) -> list[Row]:
    telegram = BotApiServer()
    telegram.enforce(Limits())
    async with AsyncExitStack() as stack:
        url = await _serving(telegram, stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="imagine-bench-")))
        (folder / "picture.jpg").write_bytes(PICTURE)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": DATABASE_URL,
            "PICTURE": str(folder / "picture.jpg"),
        }
        senders = [await _start(environment, stack) for _ in range(processes)]
        for sender in senders:
            assert sender.stdout is not None
            if await sender.stdout.readline() != b"ready\n":
                raise RuntimeError("a sender did not start")
        asked = [telegram.imagine(chat, abs(chat), "fox") for chat in chats]
        began = time.monotonic()
        for number, sender in enumerate(senders):
            assert sender.stdin is not None
            mine = asked[number::processes]
            sender.stdin.write("".join(f"{each.chat} {each.message}\n" for each in mine).encode())
            sender.stdin.write_eof()
        try:
            await until(lambda: all(each.picture for each in asked), "all pictures", 3 * embedded + 60)
        except TimeoutError as error:
            print(error, file=sys.stderr)
        return _rows(telegram, asked, began, embedded, times)


def _rows(telegram: BotApiServer, asked: list[Asked], began: float, embedded: float, times: float) -> list[Row]:
    pictures = [each.picture - began for each in asked if each.picture]
    last = max(pictures) if len(pictures) == len(asked) else float("inf")
    return [
        Row("pictures", len(pictures)),
        Row("429 answers", telegram.refused, bound=0),
        Row("without a picture", len(asked) - len(pictures), bound=0),
        Row("with more than one", sum(each.pictures > 1 for each in asked), bound=0),
        Row("bound of one process without PostgreSQL", embedded, "s"),
        Row("last picture", last, "s", bound=round(times * embedded, 2)),
        Row("last picture / that bound", round(last / embedded, 3), bound=times),
        Row("median picture", percentile(pictures, 0.5), "s"),
        Row("placeholders shown", sum(each.placeholder is not None for each in asked)),
    ]


async def _serving(telegram: BotApiServer, stack: AsyncExitStack) -> str:
    app = web.Application(client_max_size=100_000_000)
    app.add_routes(telegram.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def _start(environment: dict[str, str], stack: AsyncExitStack) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, SENDER, stdin=pipe, stdout=pipe, env=environment)

    async def end() -> None:
        if process.returncode is None:
            process.kill()
        await process.wait()

    stack.push_async_callback(end)
    return process


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=4)
    kinds = parser.add_subparsers(dest="kind", required=True)
    one = kinds.add_parser("private")
    one.add_argument("--people", type=int, default=1000)
    many = kinds.add_parser("groups")
    many.add_argument("--requests", type=int, default=200)
    many.add_argument("--groups", type=int, default=10)
    chosen = parser.parse_args()
    if chosen.kind == "private":
        return asyncio.run(private(chosen.people, chosen.processes))
    return asyncio.run(groups(chosen.requests, chosen.groups, chosen.processes))


if __name__ == "__main__":
    sys.exit(main())
