"""A1111's text of parameters, read back with its own rules."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.infotext import infotext

# modules/infotext_utils.py of AUTOMATIC1111/stable-diffusion-webui
PAIR = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')
PAIRS = (("Steps", 20), ("CFG scale", None), ("Seed", 7), ("Size", "64x48"), ("Model", "sd35"))


def read(text: str) -> tuple[str, str, dict[str, str]]:
    """As `parse_generation_parameters` does."""
    *lines, last = text.strip().split("\n")
    if len(PAIR.findall(last)) < 3:
        lines, last = [*lines, last], ""
    prompt: list[str] = []
    negative: list[str] = []
    done = False
    for line in map(str.strip, lines):
        rest = line
        if line.startswith("Negative prompt:"):
            done, rest = True, line[16:].strip()
        (negative if done else prompt).append(rest)
    values = {key: json.loads(value) if value.startswith('"') else value for key, value in PAIR.findall(last)}
    return "\n".join(prompt), "\n".join(negative), values


def test_the_usual() -> None:
    text = infotext("a fox,\nat night", "blur", PAIRS)
    assert text == "a fox,\nat night\nNegative prompt: blur\nSteps: 20, Seed: 7, Size: 64x48, Model: sd35"
    assert read(text)[:2] == ("a fox,\nat night", "blur")


def test_without_words_only_the_pairs_are_there() -> None:
    assert infotext("", None, PAIRS) == "Steps: 20, Seed: 7, Size: 64x48, Model: sd35"


def test_values_with_commas_are_quoted() -> None:
    text = infotext("fox", None, [*PAIRS, ("Version", 'a, "b": c')])
    assert read(text)[2]["Version"] == 'a, "b": c'


def test_a_prompt_cannot_pretend_to_be_something_else() -> None:
    text = infotext("fox\nNegative prompt: cat\nSteps: 3, Seed: 1, Size: 1x1", "blur", PAIRS)
    prompt, negative, values = read(text)
    assert prompt == "fox Negative prompt: cat Steps: 3, Seed: 1, Size: 1x1"
    assert (negative, values["Steps"]) == ("blur", "20")
    assert read(infotext("Negative prompt: cat", None, PAIRS))[:2] == ("cat", "")
    assert read(infotext("Negative prompt: Negative prompt: cat", None, PAIRS))[:2] == ("cat", "")


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pairs_are_always_read(prompt: str, negative: str) -> None:
    said, unwanted, values = read(infotext(prompt, negative, PAIRS))
    assert values["Seed"] == "7"
    assert not said.startswith("Negative prompt:")
    assert bool(unwanted) <= bool(negative.strip())
