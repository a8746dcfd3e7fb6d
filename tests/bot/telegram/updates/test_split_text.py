"""Texts that clients cut: found again as one, however they were cut."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from aiogram.types import Chat, Message, Update, User
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.updates.split_text import LIMIT, LONG, REMEMBERED, LateParts, continues, is_long, joined
from storage import Database
from storage.records import LongText
from tests.databases import furnish

START = datetime(2026, 1, 1, tzinfo=UTC)


def message(number: int, text: str, *, seconds: float = 0, reply_to: Message | None = None) -> Message:
    return Message(
        message_id=number,
        date=START + timedelta(seconds=seconds),
        chat=Chat(id=7, type="private"),
        from_user=User(id=7, is_bot=False, first_name="A"),
        text=text,
        reply_to_message=reply_to,
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, *, at_spaces: bool) -> list[str]:
    """As clients do it; Telegram drops the white space around each message."""
    parts: list[str] = []
    while units(text) > LIMIT:
        end = LIMIT
        while units(text[:end]) > LIMIT:
            end -= 1
        space = text.rfind(" ", 0, end)
        if at_spaces and space > 0 and units(text[:space]) > LONG:
            end = space
        parts.append(text[:end].strip())
        text = text[end:].strip()
    return [*parts, text]


@given(st.lists(st.text("абx🦊", min_size=1, max_size=40), min_size=300, max_size=500), st.booleans())
def test_whatever_was_cut_is_joined_to_the_same_words(words: list[str], at_spaces: bool) -> None:
    text = " ".join(words)
    parts = [message(number, part) for number, part in enumerate(cut(text, at_spaces=at_spaces))]
    assert all(is_long(part) for part in parts[:-1])
    assert all(continues(one, other) for one, other in pairwise(parts))
    whole = joined([Update(update_id=number, message=part) for number, part in enumerate(parts)]).message
    assert whole is not None
    assert whole.text is not None
    assert whole.message_id == 0
    if at_spaces:
        assert whole.text == text
    else:  # a space on which the cut fell may be lost or gained, and no more than that
        assert whole.text.replace(" ", "") == text.replace(" ", "")


def test_a_reply_to_something_else_is_no_part() -> None:
    first, asked = message(2, "x" * LIMIT), message(1, "a fox")
    assert continues(first, message(3, "the rest", seconds=1))
    assert not continues(first, message(3, "the rest", seconds=1, reply_to=asked))
    replying = message(2, "x" * LIMIT, reply_to=asked)
    assert continues(replying, message(3, "the rest", reply_to=asked))
    assert not continues(first, message(1, "before it"))
    assert not continues(first, message(3, "the rest", seconds=3))


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(furnish(tmp_path / "data" / "imagine.db"), clock_now=lambda: START)
    yield database
    await database.close()


async def test_a_part_that_comes_when_the_text_was_answered_is_late_whoever_answered_it(db: Database) -> None:
    first, other = LateParts(db), LateParts(db)
    await first.handled(7, message(1, "x" * LIMIT))
    for late in (first, other):
        await late.recall(7)
        assert not late.late(8, message(2, "the rest"))  # somebody else's
        assert not late.late(7, message(2, "/imagine a fox"))
        assert not late.late(7, message(2, "something else", seconds=5))
        assert late.late(7, message(2, "the rest", seconds=1))
    await other.handled(7, message(2, "y" * LIMIT, seconds=1))
    await first.recall(7)
    assert first.late(7, message(3, "the rest", seconds=2.5))  # of the second part
    first.learn([LongText(7, 7, 1, START)])  # what was noted before is nothing new
    assert first.late(7, message(3, "the rest", seconds=2.5))
    await first.handled(7, message(9, "short", seconds=9))
    assert not first.late(7, message(10, "a fox", seconds=9))
    async with db.transaction() as unit:
        assert [text.message_id for text in await unit.long_texts.newest(5)] == [2]
        assert await unit.long_texts.purge(START + timedelta(hours=1)) == 1
        assert await unit.long_texts.of([7, 8]) == []


async def test_only_so_many_are_remembered(db: Database) -> None:
    late = LateParts(db)
    late.learn(LongText(lane, 7, 1, START) for lane in range(REMEMBERED + 1))
    assert not late.late(0, message(2, "the rest"))
    assert late.late(1, message(2, "the rest"))
