"""Choices in a prompt: what is one, how many pictures it makes, and that nothing takes long."""

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.prompt.grammar import PROMPT_LENGTH, GrammarError
from bot.prompt.permutations import MAX_DEPTH, SAMPLES, Choice, Template, parse_choices
from bot.prompt.wildcards import Wildcards

NONE = Wildcards()
ANIMALS = Wildcards({"animal": ["fox"], "nested/a-b": ["{red|red} __animal__"]})


def listed(text: str, wildcards: Wildcards = NONE, most: int = 16) -> list[str]:
    template = parse_choices(text, wildcards.known)
    return [picture.prompt for picture in template.pictures(wildcards, random.Random(1), most)]


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("{red, blue} fox", ["red fox", "blue fox"]),
        ("{red|blue} fox", ["red fox", "blue fox"]),
        ("a {red|blue, pale} fox", ["a red fox", "a blue, pale fox"]),
        ("{a|b} {c|d}", ["a c", "a d", "b c", "b d"]),
        ("{red, {pink, yellow}} bird", ["red bird", "pink bird", "yellow bird"]),
        ("{a|{b|c} d} e", ["a e", "b d e", "c d e"]),
        ("{a|b, {c, d}}", ["a", "b, c", "b, d"]),
        ("a {big |}fox", ["a bigfox", "a fox"]),
        ("a {big|} fox", ["a big fox", "a fox"]),
        ("a fox{, red|, blue}", ["a fox, red", "a fox, blue"]),
        ("{2$$a|b|c}", ["a, b", "a, c", "b, a", "b, c", "c, a", "c, b"]),
        ("{1-2$$a|b}", ["a", "b", "a, b", "b, a"]),
        ("{-1$$a|b}", ["a", "b"]),
        ("{2-$$a|b}", ["a, b", "b, a"]),
        ("{2$$ and $$a|b}", ["a and b", "b and a"]),
        ("{9$$a|b}", ["a, b", "b, a"]),
        ("{0.5::a|2::b}", ["a", "b"]),
        (r"{red, pastel \, yellow}", ["red", "pastel, yellow"]),
        (r"{a\|b|c\}}", ["a|b", "c}"]),
        (r"\{a|b\} {c|d}", ["{a|b} c", "{a|b} d"]),
        ("{a|a|b}", ["a", "b"]),
        ("{{a|b}}", ["{a}", "{b}"]),
        ("{лиса|кот} 🦊", ["лиса 🦊", "кот 🦊"]),
    ],
)
def test_what_is_a_choice(text: str, prompts: list[str]) -> None:
    assert listed(text) == prompts
    assert parse_choices(text).number(NONE) == len(prompts)


@pytest.mark.parametrize(
    "text",
    [
        "a fox",
        "{masterpiece} fox",
        "{{masterpiece, best quality}}, fox",
        '{"subject": "fox", "style": "oil"}',
        "{a|b",
        "a|b}",
        "{,} {|} {}",
        "(a:1.2) [b|c] <lora:x:0.8> a, b | c",
        "__animal__ and __init__",
        r"C:\temp\, a\|b",
        "}{",
    ],
)
def test_what_is_none_stays_as_it_is(text: str) -> None:
    template = parse_choices(text)
    assert not template.varies
    assert listed(text) == [text]


def test_what_was_chosen_is_told() -> None:
    template = parse_choices("a {red|{dark|pale} blue} __animal__ in {snow, rain}", ANIMALS.known)
    assert template.count == 6
    first, last = template.picture(0, ANIMALS, random.Random(1)), template.picture(5, ANIMALS, random.Random(1))
    assert first.prompt == "a red fox in snow"
    assert first.words == ("red", "fox", "snow")
    assert last.words == ("pale blue", "fox", "rain")


def test_wildcards_stand_in_lines_and_groups() -> None:
    assert listed("one __nested/a-b__", ANIMALS) == ["one red fox"]
    assert listed("{2$$__animal__|cat}", ANIMALS) == ["fox, cat", "cat, fox"]
    assert parse_choices("__ANIMAL__", ANIMALS.known).wild
    assert parse_choices("{a|__animal__}", ANIMALS.known).wild
    assert not parse_choices("{a|b}", ANIMALS.known).wild


def test_a_thousand_million_are_counted_at_once_and_not_listed() -> None:
    template = parse_choices(" ".join(["{a|b|c|d|e|f|g|h|i|j}"] * 9))
    assert template.count == 10**9
    assert template.number(NONE) == 10**9
    assert template.pictures(NONE, random.Random(1), 2)[1].prompt == "a a a a a a a a b"
    assert template.picture(10**9 - 1, NONE, random.Random(1)).prompt == "j j j j j j j j j"


def test_fifty_deep_is_refused() -> None:
    with pytest.raises(GrammarError) as refused:
        parse_choices("{x|" * 50 + "a|b" + "}" * 50)
    assert refused.value.code == "prompt-choices-too-deep"
    assert refused.value.values == {"limit": MAX_DEPTH}
    assert len(listed("{x|" * (MAX_DEPTH - 1) + "{a|b}" + "}" * (MAX_DEPTH - 1))) == 3


def test_a_line_that_makes_a_prompt_too_long_is_told() -> None:
    long = Wildcards({"long": ["x" * 400]})
    with pytest.raises(GrammarError) as refused:
        listed("__long__ " * 8, long)
    assert refused.value.code == "prompt-too-long"


@pytest.mark.parametrize(
    "text",
    [
        "{a|b}" * 400,
        "{a|a}" * 400,
        "{" * 1000 + "}" * 1000,
        "{1-8$$" + "|".join("abcdefgh" * 12) + "}",
        "{" + "|".join("a" for _ in range(990)) + "}",
        "{x|" * 10 + "a" + "}" * 10,
        "{2$$" * 9 + "a|b" + "|c}" * 9,
        "__animal__ " * 180,
        "\\" * 2000,
        ("{a," * 600)[:2000],
    ],
)
def test_the_worst_takes_little_time(text: str) -> None:
    began = time.process_time()
    try:
        template = parse_choices(text[:PROMPT_LENGTH], ANIMALS.known)
        assert template.number(ANIMALS) >= 0
        assert len(template.pictures(ANIMALS, random.Random(1), 16)) <= 16
    except GrammarError as error:
        assert error.code.startswith("prompt-")  # noqa: PT017 # either outcome is fine
    assert time.process_time() - began < 2


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from('{}|,\\$12-:_ab" '), max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    try:
        template = parse_choices(text, lambda name: name == "a")
        pictures = template.pictures(Wildcards({"a": ["x"]}), random.Random(1), 16)
    except GrammarError:
        return
    assert template.varies or len(pictures) <= 1
    assert len({picture.prompt for picture in pictures}) == len(pictures)


@given(st.text(alphabet=st.characters(exclude_characters="{}\\")))
def test_without_braces_nothing_changes(text: str) -> None:
    assert not parse_choices(text).varies
    assert parse_choices(text).pieces(0) == ([text] if text else [])


words = st.text("abc", min_size=1, max_size=3)


@given(st.lists(st.lists(words, min_size=2, max_size=3), min_size=1, max_size=3))
def test_groups_multiply_as_they_would_by_hand(groups: list[list[str]]) -> None:
    text = "-".join("{" + "|".join(group) + "}" for group in groups)
    template = parse_choices(text)
    expected = ["-".join(chosen) for chosen in itertools.product(*groups)]
    assert template.count == len(expected)
    assert ["".join(map(str, template.pieces(index))) for index in range(template.count)] == expected
    assert template.number(NONE) == len(set(expected[:SAMPLES]))


@given(st.lists(words, min_size=1, max_size=4, unique=True), st.integers(0, 4), st.integers(0, 4))
def test_picking_several_is_every_order(options: list[str], least: int, more: int) -> None:
    least, most = min(least, len(options)), min(least + more, len(options))
    choice = Choice(tuple(Template((option,)) for option in options), least, most)
    expected = [
        ", ".join(chosen) for size in range(least, most + 1) for chosen in itertools.permutations(options, size)
    ]
    assert choice.count == len(expected)
    assert ["".join(map(str, choice.at(index))) for index in range(choice.count)] == expected
    with pytest.raises(IndexError):
        choice.at(choice.count)
