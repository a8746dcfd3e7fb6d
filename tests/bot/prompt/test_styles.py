"""Presets as words: names, templates, and what is typed about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.flags import Flags
from bot.prompt.grammar import parse
from bot.prompt.styles import (
    MOST_STYLES,
    NAME_LENGTH,
    read_name,
    read_names,
    read_template,
    styled,
    template_of,
)
from providers.catalog.presets import PLACE, TEMPLATE_LENGTH


def test_templates_go_around_each_other() -> None:
    assert styled("fox", ["oil of {prompt}!", "framed {prompt}"]) == "framed oil of fox!"
    assert styled("fox", []) == "fox"


def test_words_that_look_like_a_place_are_words() -> None:
    assert styled("{prompt}!", ["a {prompt} b"]) == "a {prompt}! b"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("--style oil", ("oil",)),
        ("--style oil,anime", ("oil", "anime")),
        ("--style oil --style anime", ("oil", "anime")),
        ('--style "my  fox, oil"', ("my fox", "oil")),
        ("--style none", ()),
        ("--style=oil", ("oil",)),
        ("—style oil", ("oil",)),
        ("--style oil,oil", ("oil",)),
    ],
)
def test_the_flag(typed: str, names: tuple[str, ...]) -> None:
    parsed = parse(f"a fox {typed}")
    assert parsed.prompt == "a fox"
    assert parsed.flags == Flags(styles=names)


@given(st.text(max_size=100))
def test_names_are_bounded_and_stay_names(text: str) -> None:
    names = read_names(text)
    if names is not None:
        assert len(names) <= MOST_STYLES
        assert all(1 <= len(name) <= NAME_LENGTH and "," not in name for name in names)
        assert read_names(",".join(names) or "none") == names or "none" in map(str.casefold, names)


@given(st.text(max_size=60))
def test_a_name_that_is_kept_can_be_typed(text: str) -> None:
    name = read_name(text)
    if name is not None:
        assert parse(f'a fox --style "{name}"').flags.styles == (name,)


@given(st.text(max_size=3000), st.lists(st.text(max_size=700).map(lambda text: f"{text}{PLACE}"), max_size=3))
def test_what_is_kept_of_a_picture_is_a_template(prompt: str, templates: list[str]) -> None:
    kept = template_of(prompt, [template for template in templates if read_template(template)])
    assert kept.count(PLACE) == 1 or PLACE in "".join(templates).replace(PLACE, "", 1)
    assert len(kept) <= TEMPLATE_LENGTH


@given(st.text(max_size=700))
def test_a_template_has_one_place(text: str) -> None:
    read = read_template(f"{text}{PLACE}")
    if read is not None:
        assert read.count(PLACE) == 1
        assert styled("fox", [read]) == f"{text}{PLACE}".strip().replace(PLACE, "fox")
