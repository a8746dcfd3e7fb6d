"""Answers of chat models: prompts with something around them, and what is no prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.chat_answers import ENHANCED_LENGTH, ESSAY, UnusableError, as_prompt, enhancement, translation


@pytest.mark.parametrize(
    "answer",
    [
        "a fox in the snow",
        " a fox\n in the snow ",
        '"a fox in the snow"',
        "```text\na fox in the snow\n```",
        "Prompt: a fox in the snow",
        "**Translation:** a fox in the snow",
        "Sure! Here is the translated prompt:\n\na fox in the snow",
        "Here's your enhanced prompt: “a fox in the snow”",
        '{"prompt": "a fox in the snow"}',
        "a fox\u202e in the\u200b snow\x07",
    ],
)
def test_a_prompt_is_found_in_it(answer: str) -> None:
    assert as_prompt(answer) == "a fox in the snow"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "...",
        "REFUSED",
        "I'm sorry, but I can't help with that.",
        "I cannot translate this.",
        "As an AI language model I have no foxes.",
        "<p>a fox</p>",
        "<!DOCTYPE html><title>busy</title>",
        "1. a fox\n2. a hen\n3. a hare",
        "# Foxes\n\n- red\n- grey",
        "A fox is an animal.\n\nIt lives in the snow.",
        "word " * ESSAY,
    ],
)
def test_what_is_no_prompt(answer: str) -> None:
    with pytest.raises(UnusableError):
        as_prompt(answer)


def test_a_translation_is_about_as_long_as_its_source() -> None:
    assert translation("a fox", "狐") == "a fox"
    with pytest.raises(UnusableError):
        translation("a fox " * 40, "лиса")


def test_an_enhancement_is_cut_at_the_end_of_a_sentence() -> None:
    richer = enhancement("A red fox sleeps in deep snow. " * 50)
    assert len(richer) <= ENHANCED_LENGTH
    assert richer.endswith("snow.")


@given(st.text(max_size=3000))
def test_any_answer_is_a_bounded_line_or_none(answer: str) -> None:
    try:
        found = as_prompt(answer)
    except UnusableError:
        return
    assert 0 < len(found) <= ESSAY
    assert found.isprintable() or any(char in found for char in "\u200c\u200d")
