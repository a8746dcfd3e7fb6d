"""What must survive a chat model: kept out of its hands, put back, and missed when it is gone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.languages import reads_it
from bot.prompt.protected_parts import DamagedError, protected


def english(words: str) -> bool:
    return reads_it(words, ["en"]) is True


@pytest.mark.parametrize(
    ("text", "given_away", "parts"),
    [
        ("лиса <lora:ink:0.8>", "лиса ⟦1⟧", ("<lora:ink:0.8>",)),
        ('вывеска "Лавка чудес" и «Чай»', "вывеска ⟦1⟧ и ⟦2⟧", ('"Лавка чудес"', "«Чай»")),
        ("(the fox:1.2) в снегу", "⟦1⟧ в снегу", ("(the fox:1.2)",)),
        ("(лиса:1.2) в снегу", "⟦1⟧лиса⟦2⟧ в снегу", ("(", ":1.2)")),
        ("лиса --ar 16:9 --no шляпы", "лиса ⟦1⟧ ⟦2⟧ шляпы", ("--ar 16:9", "--no")),
        ("лиса {red|blue} @anna __animal__", "лиса ⟦1⟧ ⟦2⟧ ⟦3⟧", ("{red|blue}", "@anna", "__animal__")),
        (r"лиса \(рыжая\)", "лиса ⟦1⟧рыжая⟦2⟧", (r"\(", r"\)")),
        ("лиса ⟦7⟧", "лиса ⟦1⟧7⟦2⟧", ("⟦", "⟧")),
        ("don't, it's 5 o'clock (here)", "don't, it's 5 o'clock (here)", ()),
    ],
)
def test_what_is_protected(text: str, given_away: str, parts: tuple[str, ...]) -> None:
    found = protected(text, english)
    assert (found.text, found.parts) == (given_away, parts)
    assert found.restored(found.text) == text


@pytest.mark.parametrize(
    "answer",
    [
        "a fox",
        "a ⟦1⟧fox⟦2⟧ ⟦2⟧ ⟦3⟧",
        "a ⟦1⟧fox⟦2⟧ ⟦3⟧ ⟦4⟧",
        "a ⟦2⟧fox⟦1⟧ ⟦3⟧",
        "a ⟦1⟧fox⟦2⟧ ⟦x⟧ ⟦3⟧",
        "a ⟦1⟧fox⟦2⟧ [3]",
    ],
)
def test_damage_is_found(answer: str) -> None:
    found = protected("(лиса:1.2) <lora:a:1>", english)
    assert found.restored("⟦3⟧ a ⟦ 1 ⟧fox⟦2⟧") == "<lora:a:1> a (fox:1.2)"
    with pytest.raises(DamagedError):
        found.restored(answer)


@given(st.text(alphabet='аб xy"«»()<>:1.2{}|[]⟦⟧-@_\\\n', max_size=120))
def test_an_unchanged_answer_gives_back_what_was_typed(text: str) -> None:
    found = protected(text, english)
    assert found.restored(found.text) == text


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_answer_is_restored_or_damaged(text: str, answer: str) -> None:
    found = protected(text, english)
    with suppress(DamagedError):
        assert all(part in found.restored(answer) for part in found.parts)
