"""What comes from outside: numbers, texts and lists, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import BadAnswer, bounds

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0), (" 1.5 ", 1.5), (12, 12.0), ("²", None), ("1" * 400, None), (10**400, None), (float("inf"), None),
        ("-1", None), (True, None), ("Wed, 21 Oct 2026", None), (bounds.MAX_WAIT + 1, None), (None, None), ([], None),
    ],
)  # fmt: skip
def test_waits(value: object, seconds: float | None) -> None:
    assert bounds.seconds(value) == seconds


@pytest.mark.parametrize(
    ("value", "whole"),
    [(3, 3), (3.0, 3), (3.5, None), (True, None), ("3", None), (10**400, None)],
)
def test_whole_numbers(value: object, whole: int | None) -> None:
    assert bounds.whole(value) == whole


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("a\x1b[2J\x07b", "a [2J b"), ("safe\u202ednu", "safednu"), ("a\n\tb", "a b"), ("<b>x</b> &amp; y", "x & y"),
        ("&lt;script&gt;", "<script>"), ("\ud800", "\N{REPLACEMENT CHARACTER}"), (7, ""), (None, ""), ("é", "é"),
    ],
)  # fmt: skip
def test_words(words: object, plain: str) -> None:
    assert bounds.plain(words) == plain


@pytest.mark.parametrize(
    "words", ["see https://evil.example/x", "ask @admin", "/start now", "#tag", "evil.example", "t.me/x", "mail a@b.de"]
)
def test_nothing_becomes_a_link(words: str) -> None:
    found = bounds.unlinked(words)
    assert found != words
    assert found.replace("\u2060", "") == words


@pytest.mark.parametrize("words", ["Step 3/20", "v1.5 of 2.0", "0:09:48", "a - b, c."])
def test_other_words_stay(words: str) -> None:
    assert bounds.unlinked(words) == words


@pytest.mark.parametrize("value", [None, "", True, 1.5, [], "a b", "x" * 1001, "a\n"])
def test_no_job_ids(value: object) -> None:
    with pytest.raises(BadAnswer):
        bounds.job_id(value)
    assert bounds.job_id("a-1") == "a-1"
    assert bounds.job_id(7) == "7"


@given(ANYTHING)
def test_anything_is_read(value: object) -> None:
    bounds.number(value), bounds.whole(value), bounds.seconds(value), bounds.fraction(value)
    assert len(bounds.plain(value)) <= bounds.MAX_TEXT
    assert bounds.plain(value).replace("\u200c", "").replace("\u200d", "").isprintable()
    bounds.unlinked(bounds.plain(value)).encode()
    assert all(isinstance(each, dict) for each in bounds.entries(value))
    assert all(isinstance(each, str) for each in bounds.texts(value))
