"""Names that people pick: how they are read, found, and told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.choices import MAX_NAME, WEIGHTS, Choice, Lora, find, nearest, search, split_tags, with_words

NAMES = [Choice(name) for name in ("Euler", "Euler a", "DPM++ 2M", "DPM 2M", "sdxl/pixel-art.safetensors", "LCM")]


@pytest.mark.parametrize(
    ("text", "lora"),
    [
        ("pixel", Lora("pixel")),
        ("pixel:0.8", Lora("pixel", 0.8)),
        ("pixel:-1", Lora("pixel", -1)),
        ("pixel:,5", Lora("pixel", 0.5)),
        ("a b c:2", Lora("a b c", 2)),
        ("style:xl", Lora("style:xl")),
        ("pixel:9", None),
        (":0.8", None),
        ("", None),
        ("<lora:x:1>", None),
        ("x" * (MAX_NAME + 1), None),
    ],
)
def test_a_lora_is_read(text: str, lora: Lora | None) -> None:
    assert Lora.parse(text) == lora


@given(st.text(max_size=60), st.floats(-4, 4).map(lambda weight: round(weight, 2)))
def test_what_is_written_is_read_again(name: str, weight: float) -> None:
    if (lora := Lora.parse(name)) is not None:
        again = Lora(lora.name, weight)
        assert Lora.parse(str(again)) == again


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    prompt, loras = split_tags(text)
    assert len(prompt) <= len(text)
    assert all(lora.weight in WEIGHTS for lora in loras)
    find(NAMES, text)
    assert nearest(NAMES, text)
    search(NAMES, text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("euler A", "Euler a"),
        ("Euler", "Euler"),
        ("dpm++2m", "DPM++ 2M"),
        ("dpm 2m", "DPM 2M"),
        ("LCM.safetensors [879db523c3]", "LCM"),
        ("pixel art", "sdxl/pixel-art.safetensors"),
        ("sdxl\\pixel-art", "sdxl/pixel-art.safetensors"),
        ("eule", None),
        ("", None),
    ],
)
def test_a_name_is_found_without_case_spaces_and_endings(typed: str, name: str | None) -> None:
    found = find(NAMES, typed)
    assert (found.name if found is not None else None) == name


def test_a_name_in_two_folders_is_not_guessed() -> None:
    both = [Choice("a/x.safetensors"), Choice("b/x.safetensors")]
    assert find(both, "x") is None
    assert find(both, "b/x") == both[1]
    assert nearest(both, "x") == ["a/x.safetensors", "b/x.safetensors"]


def test_the_nearest_names_contain_it_or_are_like_it() -> None:
    assert nearest(NAMES, "eule")[:2] == ["Euler", "Euler a"]
    assert nearest(NAMES, "elur a")[0] == "Euler a"
    assert nearest(NAMES, "qqqqqqqq") == [choice.name for choice in NAMES[:5]]
    assert nearest([], "x") == []


def test_search_takes_all_words_in_any_order() -> None:
    assert [choice.name for choice in search(NAMES, "2m dpm")] == ["DPM++ 2M", "DPM 2M"]
    assert search(NAMES, "  ") == []


def test_tags_become_loras() -> None:
    prompt = "a fox <lora:pixel:0.7>, at night <lora:te:te=0.5:unet=1> <lyco:x>"
    assert split_tags(prompt) == ("a fox, at night", (Lora("pixel", 0.7), Lora("te", 0.5), Lora("x")))
    assert split_tags("a < b > c <b>bold</b>") == ("a < b > c <b>bold</b>", ())


def test_trigger_words_are_added_once() -> None:
    pixel = Choice("pixel", words="pixel art")
    assert with_words("a fox", [pixel, Choice("other", often="hat")]) == "a fox, pixel art"
    assert with_words("Pixel Art of a fox", [pixel]) == "Pixel Art of a fox"
