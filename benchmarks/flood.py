"""The bot under Telegram's published limits: `python benchmarks/flood.py private|groups|newcomers|inline`.

The real bot, everything durable, against a server that enforces the limits with exact sliding windows. The lower
bound of the last picture is what the windows allow for the final pictures alone: of N pictures over all chats the
last cannot arrive before (N - 1) // 30 seconds, of N in one group not before 60 * ((N - 1) // 20). Pictures for
chats without the bot all pass one cache chat: of N the last cannot arrive before 60 * ((N - 1) // 20) if that is a
channel, and before N - 1 seconds if it is a person's, who gets one a second.
"""

import argparse
import asyncio
import sys
import time

from bot_api_server import CACHE_CHAT, Asked
from gradio_app import photo
from report import Row, percentile, report
from rig import Rig, rig, until

from bot.sandbox.limits import Limits

RATE = 30  # messages a second over all chats: Telegram's FAQ
GROUP_COUNT, GROUP_WINDOW = 20, 60.0  # messages in a group: Telegram's FAQ
LATE = 1.05  # times the lower bound
PICTURE = photo(256, 10_000)  # small: what is measured is when pictures leave, not what they weigh


async def private(people: int) -> int:
    """Everybody asks at once, in a chat of their own."""
    async with rig(PICTURE, "predict", telegram_rate=RATE) as bench:
        bench.telegram.enforce(Limits())
        cpu = bench.bot.cpu
        asked = [bench.telegram.imagine(user, user, f"fox {user}") for user in range(1000, 1000 + people)]
        bound = float((people - 1) // RATE)
        rows = await _all_drawn(bench, cpu, asked, bound, LATE * bound)
    return report("flood-private", f"{people} /imagine at once from {people} private chats", rows)


async def groups(requests: int, chats: int) -> int:
    """Everybody asks at once; the last may be a window late, because a placeholder can push it into the next."""
    async with rig(PICTURE, "predict", telegram_rate=RATE) as bench:
        bench.telegram.enforce(Limits())
        cpu = bench.bot.cpu
        asked = [
            bench.telegram.imagine(-1_000_000 - number % chats, 5000 + number, f"fox {number}")
            for number in range(requests)
        ]
        most = -(-requests // chats)
        bound = max((requests - 1) // RATE, GROUP_WINDOW * ((most - 1) // GROUP_COUNT))
        rows = await _all_drawn(bench, cpu, asked, bound, bound + GROUP_WINDOW)
    return report("flood-groups", f"{requests} /imagine at once in {chats} groups", rows)


async def inline(requests: int, cache: int) -> int:
    """Half of them pick a result of inline mode, half mention the bot; each in a chat of their own, all at once."""
    async with rig(PICTURE, "predict", telegram_rate=RATE, media_chat_id=cache) as bench:
        bench.telegram.enforce(Limits())
        cpu, telegram = bench.bot.cpu, bench.telegram
        people = [(-1_000_000 - number, 5000 + number, f"fox {number}") for number in range(requests)]
        began = time.monotonic()
        mentioned = [telegram.mention(*each) for each in people[::2]]
        asked = mentioned + await asyncio.gather(*(telegram.choose(*each) for each in people[1::2]))
        for each in asked:
            each.at = min(each.at, began)  # the typing counts as well
        bound = float(requests - 1 if cache > 0 else GROUP_WINDOW * ((requests - 1) // GROUP_COUNT))
        rows = await _all_drawn(bench, cpu, asked, bound, LATE * bound + 1)
        rows.append(Row("uploads to the cache chat", telegram.calls["sendPhoto"], bound=requests))
    name = "person" if cache > 0 else "channel"
    title = f"{requests} pictures at once for chats without the bot, by way of a cache chat that is a {name}"
    return report(f"flood-inline-{name}", title, rows)


async def newcomers(drawing: int, seconds: float, a_second: float) -> int:
    """The back-end takes longer than the run; who comes meanwhile waits for the placeholder, no more."""
    async with rig(PICTURE, "queue", telegram_rate=RATE) as bench:
        telegram, backend = bench.telegram, bench.backend
        telegram.enforce(Limits())
        backend.hold(step=2.0)
        first = [telegram.imagine(user, user, f"fox {user}") for user in range(1000, 1000 + drawing)]
        await until(
            lambda: backend.open_streams == drawing and all(each.placeholder for each in first),
            "all are drawn and have their placeholder",
            60 + 2 * drawing / RATE,
        )
        cpu, began, edits = bench.bot.cpu, time.monotonic(), telegram.calls.copy()
        asked = []
        for number in range(int(seconds * a_second)):
            await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
            user = 500_000 + number
            asked.append(telegram.imagine(user, user, f"newcomer {number}"))
        await asyncio.sleep(5)
        spent = time.monotonic() - began
        cpu = bench.bot.cpu - cpu
        edits = telegram.calls - edits
        waits = [each.placeholder - each.at if each.placeholder else 60.0 for each in asked]
        rows = [
            Row("drawing meanwhile", backend.open_streams),
            Row("newcomers", len(asked)),
            Row("429 answers", telegram.refused, bound=0),
            Row("placeholder after, median", percentile(waits, 0.5), "s"),
            Row("placeholder after, p99", percentile(waits, 0.99), "s", bound=0.5),
            Row("placeholder after, slowest", max(waits), "s"),
            Row("progress edits a second meanwhile", round(edits["editMessageText"] / spent, 1)),
            Row("CPU of the bot, share of a core", round(cpu / spent, 2)),
        ]
        bench.bot.process.kill()
    return report("flood-newcomers", f"{a_second:g} newcomers a second while {drawing} requests draw", rows)


async def _all_drawn(bench: Rig, cpu: float, asked: list[Asked], bound: float, latest: float) -> list[Row]:
    began = asked[0].at
    try:
        await until(lambda: all(each.picture for each in asked), "all pictures", 2 * latest + 60)
    except TimeoutError as error:
        print(error, file=sys.stderr)
    missing = sum(each.picture is None for each in asked)
    last = max(each.picture or began + 2 * latest for each in asked) - began
    pictures = [each.picture - began for each in asked if each.picture]
    return [
        Row("requests", len(asked)),
        Row("429 answers", bench.telegram.refused, bound=0),
        Row("without a picture", missing, bound=0),
        Row("with more than one", sum(each.pictures > 1 for each in asked), bound=0),
        Row("lower bound of the last picture", bound, "s"),
        Row("last picture", last, "s", bound=round(latest, 3)),
        Row("last picture / lower bound", round(last / bound, 3)),
        Row("median picture", percentile(pictures, 0.5), "s"),
        Row("placeholders shown", sum(each.placeholder is not None for each in asked)),
        Row("progress edits", bench.telegram.calls["editMessageText"]),
        Row("CPU of the bot a request", 1000 * (bench.bot.cpu - cpu) / len(asked), "ms"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    one = kinds.add_parser("private")
    one.add_argument("--people", type=int, default=1000)
    many = kinds.add_parser("groups")
    many.add_argument("--requests", type=int, default=200)
    many.add_argument("--groups", type=int, default=10)
    elsewhere = kinds.add_parser("inline")
    elsewhere.add_argument("--requests", type=int, default=60)
    elsewhere.add_argument("--person", action="store_true", help="the cache chat is a person's")
    late = kinds.add_parser("newcomers")
    late.add_argument("--drawing", type=int, default=1000)
    late.add_argument("--seconds", type=float, default=60)
    late.add_argument("--a-second", type=float, default=5)
    chosen = parser.parse_args()
    if chosen.kind == "private":
        return asyncio.run(private(chosen.people))
    if chosen.kind == "groups":
        return asyncio.run(groups(chosen.requests, chosen.groups))
    if chosen.kind == "inline":
        return asyncio.run(inline(chosen.requests, 999 if chosen.person else CACHE_CHAT))
    return asyncio.run(newcomers(chosen.drawing, chosen.seconds, chosen.a_second))


if __name__ == "__main__":
    sys.exit(main())
