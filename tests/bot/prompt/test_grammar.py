"""The grammar of /imagine: what people type, and that nothing they type is dropped silently."""

import string
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.prompt.flags import FLAGS, Flags
from bot.prompt.grammar import PROMPT_LENGTH, GrammarError, Parsed, parse, visible
from providers.prompt import ASPECT_RATIOS


@pytest.mark.parametrize(
    ("text", "prompt", "flags"),
    [
        ("a fox", "a fox", Flags()),
        ("  a fox\n", "a fox", Flags()),
        ("", "", Flags()),
        ("a fox --ar 16:9", "a fox", Flags(aspect_ratio="16:9")),
        ("--ar 16:9 a fox", "a fox", Flags(aspect_ratio="16:9")),
        ("a fox --ar 16:9 in the snow", "a fox in the snow", Flags(aspect_ratio="16:9")),
        ("a fox --AR 32:18", "a fox", Flags(aspect_ratio="16:9")),
        ("a fox --aspect=7:3", "a fox", Flags(aspect_ratio="21:9")),
        ("a fox --ar 5:4", "a fox", Flags(aspect_ratio="5:4")),
        ("a fox --ar 1:4", "a fox", Flags(shape=(1, 4))),
        ("a fox --size 640x480", "a fox", Flags(width=640, height=480)),
        ("лиса --size 640х480", "лиса", Flags(width=640, height=480)),
        ("a fox --size 640x480 --ar 1:1", "a fox", Flags(width=640, height=480)),
        ("a fox --ar 1:1 --size 640x480", "a fox", Flags(width=640, height=480)),
        ("a fox --ar 5:4 --size 640x480", "a fox", Flags(width=640, height=480)),
        ("a fox --no red hats, dogs --n 2", "a fox", Flags(negative_prompt="red hats, dogs", count=2)),
        ('a fox --no "hats" in snow', "a fox in snow", Flags(negative_prompt="hats")),
        ("a fox --no=hats --no dogs", "a fox", Flags(negative_prompt="hats, dogs")),
        ("a fox --model SD35 --seed 0", "a fox", Flags(model="sd35", seed=0)),
        ('a fox --model "sd35"', "a fox", Flags(model="sd35")),
        ("a fox --steps=30 --cfg=7,5", "a fox", Flags(steps=30, guidance_scale=7.5)),
        ("a fox\n--n 2\nin snow", "a fox\nin snow", Flags(count=2)),
        ("a\nfox --n\n2", "a\nfox", Flags(count=2)),
        ('a sign "--no entry" --n 2', 'a sign "--no entry"', Flags(count=2)),
        ("табличка «--no entry»", "табличка «--no entry»", Flags()),
        ('a 5" ruler --no 6" marks', 'a 5" ruler', Flags(negative_prompt='6" marks')),
        ("rock--paper -- scissors --", "rock--paper -- scissors --", Flags()),
        ("a fox — no hats —beautiful", "a fox — no hats —beautiful", Flags()),
        ("a fox —ar 16:9", "a fox", Flags(aspect_ratio="16:9")),
        ("a fox –no red hats —n=2", "a fox", Flags(negative_prompt="red hats", count=2)),
        ("a fox ——ar 16:9 －－n 2 ‑cfg 3", "a fox", Flags(aspect_ratio="16:9", count=2, guidance_scale=3)),
        ("a fox ‐‐no hats —— and dogs", "a fox", Flags(negative_prompt="hats —— and dogs")),
        ("a fox --enhance in snow --n 2", "a fox in snow", Flags(enhance=True, count=2)),
        ("a fox —enhance", "a fox", Flags(enhance=True)),
        ("a fox --enhance=off in snow", "a fox in snow", Flags(enhance=False)),
        ("a fox --no hats —seed 3", "a fox", Flags(negative_prompt="hats", seed=3)),
        ("a fox -ar 16:9 -no hats -n 2", "a fox", Flags(aspect_ratio="16:9", negative_prompt="hats", count=2)),
        ("a fox - no hats, a well-no-where, x-ray -arrow", "a fox - no hats, a well-no-where, x-ray -arrow", Flags()),
        ("a “-no entry” sign", "a “-no entry” sign", Flags()),
        ("a fox --seed 3698135662", "a fox", Flags(seed=3698135662)),
        ("a fox --seed 4294967295", "a fox", Flags(seed=2**32 - 1)),
        ("a fox --seed -1", "a fox", Flags(random_seed=True)),
        ("a fox --new", "a fox", Flags(new=True)),
        ("--new a fox —mask in snow", "a fox in snow", Flags(new=True, mask=True)),
        ("a fox --no hats --new dogs", "a fox dogs", Flags(negative_prompt="hats", new=True)),
        ("a fox -new -mask", "a fox -new -mask", Flags()),
        ("a fox --seed=Random", "a fox", Flags(random_seed=True)),
        ("\u200b\u00ad\ufe0f --n 2", "", Flags(count=2)),
        ("\u3164\u2800", "", Flags()),
        ("<b>🦊</b> & שועל 👩‍👩‍👧 --n 1", "<b>🦊</b> & שועל 👩‍👩‍👧", Flags(count=1)),
    ],
)
def test_what_people_type(text: str, prompt: str, flags: Flags) -> None:
    assert parse(text) == Parsed(prompt, flags)


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("a fox --stylize 3", "prompt-unknown-flag", {"flag": "--stylize", "suggestion": ""}),
        ("a fox --qqq", "prompt-unknown-flag", {"flag": "--qqq", "suggestion": ""}),
        ("a fox --modle x", "prompt-unknown-flag", {"flag": "--modle", "suggestion": "--model"}),
        ("a fox --guidance 3", "prompt-unknown-flag", {"flag": "--guidance", "suggestion": "--cfg"}),
        ("a fox --no hats --lol", "prompt-unknown-flag", {"flag": "--lol", "suggestion": ""}),
        ("a fox --ar", "prompt-missing-value", {"flag": "--ar"}),
        ("a fox --ar --n 2", "prompt-missing-value", {"flag": "--ar"}),
        ("a fox --no --n 2", "prompt-missing-value", {"flag": "--no"}),
        ('a fox --no ""', "prompt-missing-value", {"flag": "--no"}),
        ("a fox --seed= 5", "prompt-missing-value", {"flag": "--seed"}),
        ("a fox --ar 16", "prompt-bad-value", {"flag": "--ar", "value": "16"}),
        ("a fox --ar 0:1", "prompt-bad-value", {"flag": "--ar", "value": "0:1"}),
        ("a fox --ar 9:1", "prompt-bad-value", {"flag": "--ar", "value": "9:1"}),
        ("a fox --size 63x64", "prompt-bad-value", {"flag": "--size", "expected": "64x64 … 2048x2048"}),
        ("a fox --size 64x2049", "prompt-bad-value", {"flag": "--size"}),
        ("a fox --seed 4294967296", "prompt-bad-value", {"flag": "--seed"}),
        ("a fox --seed -2", "prompt-bad-value", {"flag": "--seed", "value": "-2"}),
        ("a fox --enhance=maybe", "prompt-bad-value", {"flag": "--enhance", "value": "maybe"}),
        ("a fox --enhance --enhance", "prompt-flag-twice", {"flag": "--enhance"}),
        ("a fox —seed x", "prompt-bad-value", {"flag": "--seed", "value": "x"}),
        ("a fox -ar", "prompt-missing-value", {"flag": "--ar"}),
        ("a fox -n 1 —n 2", "prompt-flag-twice", {"flag": "--n"}),
        ("a fox --seed ١٢", "prompt-bad-value", {"flag": "--seed"}),
        ("a fox --n 10", "prompt-bad-value", {"flag": "--n", "expected": "1 … 9"}),
        ("a fox --style a,b,c,d", "prompt-bad-value", {"flag": "--style"}),
        ("a fox --style a,b --style c,d", "prompt-bad-value", {"flag": "--style"}),
        ("a fox --style oil,", "prompt-bad-value", {"flag": "--style"}),
        ("a fox --model a,b,c,d,e", "prompt-bad-value", {"flag": "--model"}),
        ("a fox --model a,", "prompt-bad-value", {"flag": "--model"}),
        ("a fox --cfg nan", "prompt-bad-value", {"flag": "--cfg"}),
        ("a fox --model ../etc", "prompt-bad-value", {"flag": "--model"}),
        ("a fox --n 1 --n 2", "prompt-flag-twice", {"flag": "--n"}),
        ("x" * (PROMPT_LENGTH + 1), "prompt-too-long", {"length": PROMPT_LENGTH + 1, "limit": PROMPT_LENGTH}),
        ("--no " + "x" * 3000, "prompt-too-long", {"length": 3000}),
    ],
)
def test_what_is_refused_names_the_offender(text: str, code: str, values: dict[str, str | int]) -> None:
    with pytest.raises(GrammarError) as refused:
        parse(text)
    assert refused.value.code == code
    assert values.items() <= refused.value.values.items()


def test_a_prompt_of_the_full_length_passes() -> None:
    assert len(parse("x" * PROMPT_LENGTH + " --n 2").prompt) == PROMPT_LENGTH


@given(st.text(alphabet=st.one_of(st.sampled_from('-—–"“”«» \n=:xno ar2'), st.characters()), max_size=120))
def test_any_text_parses_or_is_refused(text: str) -> None:
    with suppress(GrammarError):
        prompt = parse(text).prompt
        assert prompt == prompt.strip()


@given(st.text())
def test_a_text_without_dashes_is_the_prompt_itself(text: str) -> None:
    assume(not set(text) & set("-‐‑‒–—―−⸺⸻﹘﹣－"))
    assert parse(text) == Parsed(text.strip() if visible(text) else "")


def _values() -> st.SearchStrategy[dict[str, str]]:
    words = st.text(string.ascii_letters + string.digits + ", ", min_size=1, max_size=30).map(str.strip)
    return st.fixed_dictionaries(
        {},
        optional={
            "model": st.from_regex(r"\A[a-z0-9._]{1,32}\Z"),
            "ar": st.sampled_from(list(ASPECT_RATIOS)),
            "size": st.tuples(*[st.integers(64, 2048)] * 2).map(lambda size: f"{size[0]}x{size[1]}"),
            "no": words.filter(bool),
            "seed": st.integers(0, 2**31 - 1).map(str),
            "steps": st.integers(1, 500).map(str),
            "cfg": st.integers(0, 1000).map(lambda tenths: str(tenths / 10)),
            "n": st.integers(1, 4).map(str),
        },
    )


@given(st.lists(st.text(string.ascii_letters + "🦊<>&;'ש", min_size=1), max_size=8), _values())
def test_what_is_written_is_read_again(words: list[str], values: dict[str, str]) -> None:
    expected = Flags()
    written = [" ".join(words)] if words else []
    last = []  # `--no` takes all that follows, so no bare text may stand behind it
    for name, value in values.items():
        read = FLAGS[name].read(expected, value)
        assert read is not None
        expected = read
        form = f"--{name}={value}" if len(value) % 2 else f"--{name} {value}"
        if name == "no":
            last = [form]
        else:
            written = [*written, form] if len(value) % 3 else [form, *written]
    assert parse(" ".join(written + last)) == Parsed(" ".join(words), expected)
