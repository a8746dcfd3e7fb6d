"""Messages to a prompt, and ratios to sizes."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import ASPECT_RATIOS, Message, format_image_prompt, use_aspect_ratio

contents = st.one_of(st.text(), st.none(), st.lists(st.dictionaries(st.text(), st.text())), st.integers())
roles = st.sampled_from(["user", "assistant", "system"])
messages_of_any_kind = st.lists(st.builds(lambda role, content: Message(role=role, content=content), roles, contents))


@pytest.mark.parametrize(
    ("turns", "prompt"),
    [
        ([("user", "a cat")], "a cat"),
        ([("user", "a cat"), ("user", " in space \n")], "a cat\nin space"),
        ([("user", "a dog"), ("assistant", "done"), ("user", "a cat")], "a cat"),
        ([("user", "a cat"), ("assistant", "done")], ""),
        ([("system", "draw"), ("user", "a"), ("user", ["parts"]), ("user", "b"), ("user", "  ")], "a\nb"),
        ([], ""),
    ],
)
def test_the_trailing_run_of_user_messages(turns: list[tuple[str, Any]], prompt: str) -> None:
    messages: list[Message] = [{"role": role, "content": content} for role, content in turns]
    assert format_image_prompt(messages) == prompt


@given(messages_of_any_kind, st.text())
def test_a_prompt_that_was_given_wins_even_when_empty(messages: list[Message], prompt: str) -> None:
    assert format_image_prompt(messages, prompt) == prompt
    assert format_image_prompt(messages, "") == ""


@given(messages_of_any_kind)
def test_the_callers_list_stays_as_it_was(messages: list[Message]) -> None:
    before = copy.deepcopy(messages)
    first = format_image_prompt(messages)
    assert messages == before
    assert format_image_prompt(messages) == first


@given(messages_of_any_kind, st.text(min_size=1).filter(str.strip))
def test_the_last_words_are_the_last_line(messages: list[Message], text: str) -> None:
    assert format_image_prompt([*messages, {"role": "user", "content": text}]).endswith(text.strip())


@pytest.mark.parametrize(
    ("ratio", "size"), [("1:1", (1024, 1024)), ("16:9", (800, 512)), ("9:16", (512, 800)), ("21:9", (1344, 576))]
)
def test_ratios(ratio: str, size: tuple[int, int]) -> None:
    assert use_aspect_ratio({}, ratio) == {"width": size[0], "height": size[1]}


sizes = st.one_of(st.none(), st.integers(1, 4096))


@given(sizes, sizes, st.one_of(st.none(), st.sampled_from(list(ASPECT_RATIOS)), st.text()))
def test_explicit_sizes_win_and_none_never_does(width: int | None, height: int | None, ratio: str | None) -> None:
    given_body = {"width": width, "height": height, "steps": 4, "seed": None}
    before = dict(given_body)
    found = use_aspect_ratio(given_body, ratio)
    assert given_body == before
    assert None not in found.values()
    assert found["steps"] == 4
    for index, (name, value) in enumerate((("width", width), ("height", height))):
        if value is not None:
            assert found[name] == value
        elif ratio in ASPECT_RATIOS:
            assert found[name] == ASPECT_RATIOS[ratio][index]
        else:
            assert name not in found
