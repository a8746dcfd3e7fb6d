"""A few random rounds with seeds of their own; `make soak` plays them for as long as one likes."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.judging import Verdict, together
from tests.faults.rounds import EVERYTHING, FAULTS, KILLS, Kind, play

SEED = "fox"
TOGETHER = 3


@pytest.mark.timeout(600)  # rounds have deadlines of their own
@pytest.mark.parametrize(
    ("kind", "rounds"), [(KILLS, 9), (FAULTS, 3), (EVERYTHING, 6)], ids=["kills", "faults", "everything"]
)
async def test_rounds(lives: Path, template: Path, tmp_path: Path, kind: Kind, rounds: int) -> None:
    turns = asyncio.Semaphore(TOGETHER)

    async def one(number: int) -> tuple[Verdict, str]:
        async with turns:
            seed = f"{SEED}-{number}"
            return await play(lives, tmp_path / seed, template, seed, kind)

    played = await asyncio.gather(*(one(number) for number in range(rounds)))
    total = together([verdict for verdict, _ in played])
    print(f"\nseed {SEED}, {rounds} rounds: {total}")
    assert not total.mistakes, "\n\n".join(story for _, story in played if story)
