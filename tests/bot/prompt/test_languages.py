"""Whether a model reads a prompt, as far as that can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.languages import in_words, reads_it

SURE = [
    "a fox in the snow",
    "portrait of a woman, soft light",
    "512x512, 8k",
    "",
    "🦊",
    "la la land, in the style of an old film",
    "Rio de Janeiro at night, wide angle photo",
    "ＦＯＸ in the snow",
]
FOREIGN = ["лиса в снегу", "雪の中の狐", "雪中的狐狸", "ثعلب في الثلج", "여우", "a fox, лиса", "αλεπού", "שועל בשלג"]
UNSURE = ["ein Fuchs im Schnee", "un renard dans la neige", "un zorro en la nieve", "Katze", "zorro rojo", "café"]


@pytest.mark.parametrize("text", SURE)
def test_english(text: str) -> None:
    assert reads_it(text, ["en"]) is True


@pytest.mark.parametrize("text", FOREIGN)
def test_another_script(text: str) -> None:
    assert reads_it(text, ["en"]) is False


@pytest.mark.parametrize("text", UNSURE)
def test_the_same_letters_are_for_the_chat_model_to_judge(text: str) -> None:
    assert reads_it(text, ["en"]) is None


def test_a_model_may_read_several_languages_or_all() -> None:
    assert reads_it("雪中的狐狸", ["en", "zh"]) is True
    assert reads_it("лиса", ["en", "zh"]) is False
    assert reads_it("лиса", ["ru"]) is True
    assert reads_it("a fox in the snow", ["ru"]) is None
    assert reads_it("лиса", []) is True
    assert in_words(["en", "zh"]) == "English or Chinese"


@given(st.text(max_size=300), st.lists(st.sampled_from(["en", "zh", "ru", "xx"]), max_size=3))
def test_any_text_is_judged(text: str, reads: list[str]) -> None:
    assert reads_it(text, reads) in {True, False, None}
