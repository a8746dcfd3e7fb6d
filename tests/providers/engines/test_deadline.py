"""The deadline of a draw, and what is said where it is missed."""

import asyncio

import pytest

from providers.engines.deadline import Deadline
from providers.errors import DeadlineExceeded, QueueDeadlineExceeded, Unavailable

SOON, LONG = 0.02, 60.0


async def test_a_pause_that_ends_before_the_deadline() -> None:
    await Deadline(LONG, LONG).sleep(0.001)
    await Deadline(LONG, LONG).sleep(0)


@pytest.mark.parametrize("pause", [LONG, 0.5])
async def test_a_pause_ends_at_the_deadline(pause: float) -> None:
    patience = Deadline(LONG, SOON)
    with pytest.raises(DeadlineExceeded, match=r"^no picture within 0\.02 s$"):
        await patience.sleep(pause)
    with pytest.raises(DeadlineExceeded):  # it stays missed
        await patience.sleep(0)


async def test_the_deadline_that_holds_is_named() -> None:
    waiting = Deadline(SOON, LONG)
    waiting.in_queue()
    with pytest.raises(QueueDeadlineExceeded, match=r"^not its turn within 0\.02 s$"):
        await waiting.sleep(LONG)
    drawing = Deadline(LONG, SOON)
    drawing.in_queue()
    drawing.begin_drawing()
    with pytest.raises(DeadlineExceeded, match=r"^no picture within 0\.02 s of drawing$"):
        await drawing.wait(asyncio.sleep(LONG))


async def test_silence_is_no_missed_deadline() -> None:
    with pytest.raises(Unavailable, match=r"^not a byte for 0\.02 s$"):
        await Deadline(LONG, LONG).wait(asyncio.sleep(LONG), SOON)
