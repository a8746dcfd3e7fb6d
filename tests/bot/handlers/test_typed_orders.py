"""What an operator types behind /admin."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.operator.typed_orders import (
    MOST_DAYS,
    WORDS_LENGTH,
    GeneralOrder,
    OfAll,
    OfPerson,
    Order,
    PersonOrder,
    read_order,
    term_of,
)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", OfAll(GeneralOrder.USAGE)),
        ("12345", OfPerson(PersonOrder.SHOW, "12345")),
        ("-100123", OfPerson(PersonOrder.SHOW, "-100123")),
        ("@Some_Body", OfPerson(PersonOrder.SHOW, "@Some_Body")),
        ("BAN 1 7d  two words", OfPerson(PersonOrder.BAN, "1", "two words", timedelta(days=7))),
        ("ban 1 no term", OfPerson(PersonOrder.BAN, "1", "no term")),
        ("ban 1", OfPerson(PersonOrder.BAN, "1")),
        ("unban @abc", OfPerson(PersonOrder.UNBAN, "@abc")),
        ("limit 1 50 1.5", OfPerson(PersonOrder.LIMIT, "1", limit=50, cost=1_500_000)),
        ("limit 1 - 0", OfPerson(PersonOrder.LIMIT, "1", cost=0)),
        ("limit 1 0", OfPerson(PersonOrder.LIMIT, "1", limit=0)),
        ("message 1 hello there", OfPerson(PersonOrder.MESSAGE, "1", "hello there")),
        ("off sketch being repaired", OfAll(GeneralOrder.OFF, "sketch", "being repaired")),
        ("pause", OfAll(GeneralOrder.PAUSE)),
        ("pause back soon", OfAll(GeneralOrder.PAUSE, words="back soon")),
        *((typed, None) for typed in ("ban", "ban x", "limit 1", "limit 1 x", "limit 1 1 1 1", "limit 1 -1", "off")),
        *((typed, None) for typed in ("message 1", "12345 7", "resume now", "unban 1 2", "show 1", "nonsense", "@a")),
    ],
)
def test_orders(typed: str, order: Order | None) -> None:
    assert read_order(typed) == order


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", OfPerson(PersonOrder.SHOW, "")),
        ("ban", OfPerson(PersonOrder.BAN, "")),
        ("ban 2w spam", OfPerson(PersonOrder.BAN, "", "spam", timedelta(weeks=2))),
        ("limit 5 2", OfPerson(PersonOrder.LIMIT, "", limit=5, cost=2_000_000)),
        ("limit 7 5 2", OfPerson(PersonOrder.LIMIT, "7", limit=5, cost=2_000_000)),
        ("exempt", OfPerson(PersonOrder.EXEMPT, "")),
        ("message hello", OfPerson(PersonOrder.MESSAGE, "", "hello")),
    ],
)
def test_in_reply_to_a_forwarded_message_nobody_needs_to_be_named(typed: str, order: Order) -> None:
    assert read_order(typed, forwarded=True) == order


@pytest.mark.parametrize("word", ["0d", "7", "d", "1y", "-1d", "999999w", "1.5d", "٣d"])
def test_what_is_no_term(word: str) -> None:
    assert term_of(word) is None


@given(st.text() | st.from_regex(r"(ban|limit|off|pause|message) [@0-9a-z]{1,9} .*", fullmatch=True), st.booleans())
def test_anything_is_an_order_within_bounds_or_none(typed: str, forwarded: bool) -> None:
    order = read_order(typed, forwarded=forwarded)
    if isinstance(order, OfPerson):
        assert order.term is None or timedelta(0) < order.term <= timedelta(days=MOST_DAYS)
        assert order.order is PersonOrder.MESSAGE or len(order.words) <= WORDS_LENGTH
        assert order.who == "" or abs(int(order.who.removeprefix("@") if order.who[0] != "@" else 0)) < 10**17
    elif order is not None:
        assert len(order.words) <= WORDS_LENGTH
