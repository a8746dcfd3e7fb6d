"""What a picture costs and how long it waits in the whole bot: `python benchmarks/whole_bot.py`. Needs Linux.

The real bot (`python -m bot run`, SQLite, everything durable), a plain aiogram bot that stores nothing, the floor (raw
aiohttp, the same HTTP calls), and the floor that keeps, which also decodes the picture and stores in SQLite what
happens, as the bot promises to, by the least code: in turn, each in a process of its own against the same two servers,
which set no limits. So many people type /imagine at once, each gets a placeholder, one progress edit and a picture of
100 KB. A drawing is complete as soon as its progress edit has come, so there is exactly one for each.

CPU is that of the program's process, user and system, with all that follows the last picture. Ratios are medians of
the rounds' own ratios to the floor of the same round.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot_api_server import Asked
from gradio_app import photo
from report import Plot, Row, percentile, report
from rig import REAL_BOT, Rig, rig, until

HERE = Path(__file__).resolve().parent
FLOOR, KEEPING, PEER, OURS = "floor", "floor that keeps", "plain aiogram", "imagine-bot"
PROGRAMS: dict[str, Sequence[str]] = {
    FLOOR: [str(HERE / "programs/floor.py")],
    KEEPING: [str(HERE / "programs/keeping.py")],
    PEER: [str(HERE / "programs/plain_aiogram.py")],
    OURS: REAL_BOT,
}
OUT_OF_THE_WAY = 1000  # TELEGRAM_RATE: its greatest value
WARM = 50
SECONDS = 300.0  # for all pictures
TRAILING = 1.5  # s for what a program does after the last picture
JUDGED_FROM = 200  # at once
CPU_RATIO, PLACEHOLDER_RATIO, PICTURE_RATIO = 2.0, 1.5, 1.5


@dataclass(frozen=True)
class Stats:
    cpu: float  # ms a picture
    placeholder: float  # p99 in s, from the update
    picture: float  # p99 in s, from the moment when the back-end was done
    peak: float  # MB
    seconds: float  # until the last picture
    edits: float  # a picture


async def round_of(program: Sequence[str], counts: Sequence[int], picture: bytes) -> dict[int, Stats]:
    found = {}
    async with rig(picture, "queue", program, telegram_rate=OUT_OF_THE_WAY) as bench:
        await burst(bench, WARM, 1000)
        for number, count in enumerate(counts, start=1):
            found[count] = await burst(bench, count, 100_000 * number)
        bench.bot.process.kill()
    return found


async def burst(bench: Rig, count: int, first: int) -> Stats:
    telegram, backend = bench.telegram, bench.backend
    gates = {f"fox {user}": asyncio.Event() for user in range(first, first + count)}
    backend.gates.update(gates)
    left = count

    def told(asked: Asked) -> None:
        gates[asked.prompt].set()

    def shown(_: Asked) -> None:
        nonlocal left
        left -= 1

    telegram.on_progress, telegram.on_picture = told, shown
    cpu = bench.bot.cpu
    asked = [telegram.imagine(user, user, f"fox {user}") for user in range(first, first + count)]
    await until(lambda: not left, "all pictures", SECONDS)
    await asyncio.sleep(TRAILING)
    cpu = bench.bot.cpu - cpu
    pictures = [(each.picture or 0.0) - backend.completed.pop(each.prompt) for each in asked]
    figures = Stats(
        cpu=1000 * cpu / count,
        placeholder=percentile([(each.placeholder or SECONDS) - each.at for each in asked], 0.99),
        picture=percentile(pictures, 0.99),
        peak=bench.bot.peak / 1e6,
        seconds=max(each.picture or 0.0 for each in asked) - asked[0].at,
        edits=sum(each.progress for each in asked) / count,
    )
    for each in asked:
        telegram.forget(each)
    return figures


async def compare(counts: Sequence[int], rounds: int, names: Sequence[str]) -> int:
    picture = photo(1024, 100_000)
    found: dict[str, list[dict[int, Stats]]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            found[name].append(await round_of(PROGRAMS[name], counts, picture))
            told = ", ".join(
                f"{count}: {each.cpu:.2f} ms, {each.placeholder:.2f} s, {each.picture:.2f} s"
                for count, each in found[name][-1].items()
            )
            print(f"round {number + 1}, {name}: {told}", flush=True)
    rows = [Row("rounds", rounds), Row("size of the picture", len(picture) / 1000, "KB")]
    for count in counts:
        for name in names:
            of_count = [each[count] for each in found[name]]
            floor = [each[count] for each in found[FLOOR]] if FLOOR in names else of_count
            judged = name == OURS and FLOOR in names and count >= JUDGED_FROM
            rows += _rows(f"{count} at once, {name}", of_count, floor, judged=judged)
        if {OURS, KEEPING} <= set(names):
            pairs = zip(found[OURS], found[KEEPING], strict=True)
            ratio = statistics.median(ours[count].cpu / keeping[count].cpu for ours, keeping in pairs)
            rows.append(Row(f"{count} at once, {OURS}: CPU / floor that keeps", ratio))
    lines = {
        name: [(float(count), statistics.median(each[count].cpu for each in found[name])) for count in counts]
        for name in names
    }
    plot = Plot("requests at once", "CPU of a picture, ms", lines)
    return report("whole-bot", f"The whole bot: {', '.join(map(str, counts))} /imagine at once", rows, plot)


def _rows(title: str, found: list[Stats], floor: list[Stats], *, judged: bool) -> list[Row]:
    def median(field: str) -> float:
        values: list[float] = [getattr(each, field) for each in found]
        return statistics.median(values)

    def ratio(field: str, bound: float) -> Row:
        ratios = [getattr(a, field) / getattr(b, field) for a, b in zip(found, floor, strict=True)]
        return Row(f"{title}: {_NAMES[field]} / floor", statistics.median(ratios), "", bound if judged else None)

    rows = [
        Row(f"{title}: CPU a picture", median("cpu"), "ms"),
        Row(f"{title}: update to placeholder, p99", median("placeholder"), "s"),
        Row(f"{title}: complete to picture, p99", median("picture"), "s"),
        Row(f"{title}: all pictures", median("seconds"), "s"),
        Row(f"{title}: progress edits a picture", round(median("edits"), 3)),
        Row(f"{title}: peak memory", median("peak"), "MB"),
    ]
    if found is not floor:
        bounds = {"cpu": CPU_RATIO, "placeholder": PLACEHOLDER_RATIO, "picture": PICTURE_RATIO}
        rows += [ratio(field, bound) for field, bound in bounds.items()]
    return rows


_NAMES = {"cpu": "CPU", "placeholder": "update to placeholder", "picture": "complete to picture"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--programs", nargs="+", choices=list(PROGRAMS), default=list(PROGRAMS))
    chosen = parser.parse_args()
    return asyncio.run(compare(chosen.at_once, chosen.rounds, chosen.programs))


if __name__ == "__main__":
    sys.exit(main())
