"""The conversation that a refinement adds up to."""

from datetime import UTC, datetime

import pytest

from bot.prompt.history import FULL_PROMPT_LENGTH, ChainTooLongError, full_prompt, messages
from storage.records import Parameters, PlaceholderState, Request, RequestState

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def asked(prompt: str) -> Request:
    return Request(
        id=1,
        source="message:1:1:0",
        chat_id=1,
        chat_kind="private",
        topic_id=None,
        reply_to=1,
        requester_id=1,
        parent_id=None,
        prompt=prompt,
        full_prompt=prompt,
        model="sketch",
        language="en",
        parameters=Parameters(),
        placeholder=PlaceholderState.NONE,
        message_id=None,
        message_kind=None,
        state=RequestState.DELIVERED,
        reason=None,
        attempt=0,
        asked_at=WHEN,
        accepted_at=WHEN,
    )


def test_oldest_first_and_the_new_prompt_last() -> None:
    chain = [asked("a fox"), asked("in snow")]
    assert messages(chain, "at night") == [
        {"role": "user", "content": "a fox"},
        {"role": "user", "content": "in snow"},
        {"role": "user", "content": "at night"},
    ]
    assert full_prompt(chain, "at night") == "a fox\nin snow\nat night"


def test_a_first_prompt_stands_alone() -> None:
    assert full_prompt([], " a fox ") == "a fox"


def test_the_subject_stays_however_often_it_is_refined() -> None:
    chain = [asked(f"turn {number}") for number in range(40)]
    assert [message["content"] for message in messages(chain, "new")] == [f"turn {n}" for n in range(40)] + ["new"]


def test_a_chain_that_is_too_long_is_refused_and_not_cut() -> None:
    chain = [asked(letter * 2000) for letter in "abc"]
    assert len(full_prompt(chain, "d" * 1997)) == FULL_PROMPT_LENGTH
    with pytest.raises(ChainTooLongError) as refused:
        full_prompt(chain, "d" * 1998)
    assert (refused.value.length, refused.value.limit) == (8001, 8000)
