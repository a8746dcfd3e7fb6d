"""Random rounds for as long as wanted: kills, faults of Telegram and of the back-ends, all at once.

    python -m tests.faults.soak --minutes 10 --seed 7 --together 3
    python -m tests.faults.soak --minutes 10 --workers 3 --load 2

Prints the seed, each round that broke the promise with its whole story, and the figures. Exit code 1 when any did.
"""

import argparse
import asyncio
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.faults.fleet import play as play_fleet
from tests.faults.judging import Verdict
from tests.faults.lives import zygote
from tests.faults.rounds import EVERYTHING, FAULTS, KILLS, play
from tests.faults.server import own_server
from tests.faults.world import make_template

KINDS = {"kills": KILLS, "faults": FAULTS, "everything": EVERYTHING}


async def soak(seed: str, until: float, rounds: int | None, together: int, kinds: list[str]) -> bool:
    """Whether the promise was kept. `until` is of time.monotonic()."""
    numbers = count(1)
    totals: dict[str, Verdict] = {kind: Verdict() for kind in kinds}
    played: Counter[str] = Counter()

    with zygote() as socket, tempfile.TemporaryDirectory(prefix="soak-") as folder:
        template = await make_template(Path(folder) / "empty.db")

        async def player() -> None:
            for number in numbers:
                if time.monotonic() > until or (rounds is not None and number > rounds):
                    return
                kind = kinds[number % len(kinds)]
                name = f"{seed}-{number}"
                verdict, story = await play(socket, Path(folder) / name, template, name, KINDS[kind])
                totals[kind] += verdict
                played[kind] += 1
                if story:
                    print(f"== {kind}: {story}", flush=True)

        await asyncio.gather(*(player() for _ in range(together)))
    for kind, total in totals.items():
        print(f"{kind}: {played[kind]} rounds, {total}")
    return not any(total.mistakes for total in totals.values())


async def soak_fleets(seed: str, until: float, rounds: int | None, workers: int, wishes: int) -> bool:
    """Likewise, of many processes on a PostgreSQL that is restarted: one round after the other, at least one."""
    total = Verdict()
    with zygote() as socket, tempfile.TemporaryDirectory(prefix="soak-") as folder:
        for number in count(1):
            name = f"{seed}-{number}"
            async with own_server() as server:
                verdict, story = await play_fleet(
                    socket, Path(folder) / name, server, name, workers=workers, wishes=wishes, spread=wishes / 5
                )
            total += verdict
            print(f"round {name}: {verdict}\n{story}", flush=True)
            if time.monotonic() > until or number == rounds:
                break
    print(f"fleets: {total}")
    return not total.mistakes


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that do nothing but compute, which makes every step of the others slow."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--rounds", type=int, help="at most so many")
    options.add_argument("--seed", default=secrets.token_hex(4))
    options.add_argument("--together", type=int, default=3, help="worlds at once")
    options.add_argument("--kinds", default=",".join(KINDS), help=f"of: {', '.join(KINDS)}")
    options.add_argument("--workers", type=int, default=0, help="a front and so many workers on PostgreSQL instead")
    options.add_argument("--wishes", type=int, default=500, help="in a round of these")
    options.add_argument("--load", type=int, default=0, help="so many processes keep the cores busy meanwhile")
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    until = time.monotonic() + given.minutes * 60
    with busy(given.load):
        if given.workers:
            kept = asyncio.run(soak_fleets(given.seed, until, given.rounds, given.workers, given.wishes))
        else:
            kept = asyncio.run(soak(given.seed, until, given.rounds, given.together, given.kinds.split(",")))
    print("The promise was kept." if kept else "THE PROMISE WAS BROKEN.")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
