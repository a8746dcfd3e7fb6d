"""What a picture costs and how long it waits in the whole bot: `python benchmarks/whole_bot.py`. Needs Linux.

The real bot (`python -m bot run`, SQLite, everything durable), a plain aiogram bot that stores nothing, the floor (raw
aiohttp, the same HTTP calls), and those two as they are when they keep: then they decode the picture and store in
SQLite what happens, as the bot promises to, by the least code. All in turn, each in a process of its own against the
same two servers, which set no limits. So many people type /imagine at once, each gets a placeholder, one progress edit
and a picture of 100 KB. A drawing is complete as soon as its progress edit has come, so there is exactly one for each.

`--previews 2`: each drawing has so many previews, of the same size as the picture and four seconds apart, before it is
complete. The others show them all. The bot leaves out those for which there is no time, and is compared with the plain
one, and in how soon a complete picture is shown with the floor.

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
FLOOR, KEEPING, OURS = "floor", "floor that keeps", "imagine-bot"
PEER, KEEPING_PEER = "plain aiogram", "aiogram that keeps"
PROGRAMS: dict[str, Sequence[str]] = {
    FLOOR: [str(HERE / "programs/floor.py")],
    KEEPING: [str(HERE / "programs/keeping.py")],
    PEER: [str(HERE / "programs/plain_aiogram.py")],
    KEEPING_PEER: [str(HERE / "programs/keeping_aiogram.py")],
    OURS: REAL_BOT,
}
OUT_OF_THE_WAY = 1000  # TELEGRAM_RATE: its greatest value
WARM = 50
SECONDS = 300.0  # for all pictures
TRAILING = 1.5  # s for what a program does after the last picture
JUDGED_FROM = 200  # at once
CPU_RATIO = 1.5  # to the floor that keeps; with previews to the plain bot
PICTURE_RATIO = 1.5  # to the floor, as the others
PLACEHOLDER_RATIO = {200: 3.0, 1000: 1.5}  # a few hundred at once; those that are many more wait for each other


@dataclass(frozen=True)
class Stats:
    cpu: float  # ms a picture
    placeholder: float  # p99 in s, from the update
    picture: float  # p99 in s, from the moment when the back-end was done
    peak: float  # MB
    seconds: float  # until the last picture
    edits: float  # a picture
    previews: float  # likewise


async def round_of(program: Sequence[str], counts: Sequence[int], picture: bytes, previews: int) -> dict[int, Stats]:
    found = {}
    async with rig(picture, "queue", program, previews=previews, telegram_rate=OUT_OF_THE_WAY) as bench:
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
        previews=sum(each.previews for each in asked) / count,
    )
    for each in asked:
        telegram.forget(each)
    return figures


async def compare(counts: Sequence[int], rounds: int, names: Sequence[str], previews: int) -> int:
    picture = photo(1024, 100_000)
    found: dict[str, list[dict[int, Stats]]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            found[name].append(await round_of(PROGRAMS[name], counts, picture, previews))
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
            rows += _rows(f"{count} at once, {name}", of_count, floor, _bounds(count) if judged else {})
        for name, peer, bound in _PAIRS_WITH_PREVIEWS if previews else _PAIRS:
            if {name, peer} <= set(names):
                pairs = zip(found[name], found[peer], strict=True)
                ratio = statistics.median(one[count].cpu / other[count].cpu for one, other in pairs)
                rows.append(
                    Row(f"{count} at once, {name}: CPU / {peer}", ratio, bound=bound if count >= JUDGED_FROM else None)
                )
    lines = {
        name: [(float(count), statistics.median(each[count].cpu for each in found[name])) for count in counts]
        for name in names
    }
    plot = Plot("requests at once", "CPU of a picture, ms", lines)
    name, with_previews = ("previews", f", {previews} previews each") if previews else ("whole-bot", "")
    return report(name, f"The whole bot: {', '.join(map(str, counts))} /imagine at once{with_previews}", rows, plot)


def _bounds(count: int) -> dict[str, float]:
    """Of so many at once, as ratios to the floor."""
    return {
        "placeholder": min(PLACEHOLDER_RATIO.items(), key=lambda item: abs(item[0] - count))[1],
        "picture": PICTURE_RATIO,
    }


def _rows(title: str, found: list[Stats], floor: list[Stats], bounds: dict[str, float]) -> list[Row]:
    def median(field: str) -> float:
        values: list[float] = [getattr(each, field) for each in found]
        return statistics.median(values)

    def ratio(field: str) -> Row:
        ratios = [getattr(a, field) / getattr(b, field) for a, b in zip(found, floor, strict=True)]
        return Row(f"{title}: {_NAMES[field]} / floor", statistics.median(ratios), "", bounds.get(field))

    rows = [
        Row(f"{title}: CPU a picture", median("cpu"), "ms"),
        Row(f"{title}: update to placeholder, p99", median("placeholder"), "s"),
        Row(f"{title}: complete to picture, p99", median("picture"), "s"),
        Row(f"{title}: all pictures", median("seconds"), "s"),
        Row(f"{title}: progress edits a picture", round(median("edits"), 3)),
        Row(f"{title}: previews shown a picture", round(median("previews"), 3)),
        Row(f"{title}: peak memory", median("peak"), "MB"),
    ]
    if found is not floor:
        rows += [ratio(field) for field in _NAMES]
    return rows


# Whose CPU is compared with whose, and what the ratio may be.
_PAIRS = ((OURS, KEEPING, CPU_RATIO), (OURS, KEEPING_PEER, None), (KEEPING_PEER, KEEPING, None))
_PAIRS_WITH_PREVIEWS = ((OURS, PEER, CPU_RATIO), (OURS, KEEPING_PEER, None))
_NAMES = {"cpu": "CPU", "placeholder": "update to placeholder", "picture": "complete to picture"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--programs", nargs="+", choices=list(PROGRAMS), default=list(PROGRAMS))
    parser.add_argument("--previews", type=int, default=0)
    chosen = parser.parse_args()
    return asyncio.run(compare(chosen.at_once, chosen.rounds, chosen.programs, chosen.previews))


if __name__ == "__main__":
    sys.exit(main())
