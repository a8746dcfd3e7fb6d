"""Texts that clients cut: found again as one, however they were cut."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from aiogram.types import Chat, Message, Update, User
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.updates.split_text import LIMIT, LONG, REMEMBERED, LateParts, continues, is_long, joined

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


def test_only_so_many_are_remembered() -> None:
    late = LateParts()
    for lane in range(REMEMBERED + 1):
        late.handled(lane, message(1, "x" * LIMIT))
    assert not late.late(0, message(2, "the rest"))
    assert late.late(1, message(2, "the rest"))
    late.handled(5, message(1, "short"))
    assert late.late(5, message(2, "the rest"))
