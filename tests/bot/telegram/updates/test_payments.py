"""Payments as they come from the wire: what is read of them, and that nothing a sender makes up breaks the intake."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.credits.star_keeper import transaction_of
from bot.telegram.updates.payments import Refunded, checkout_in, money_in, offer_of, payload_of
from storage.records import NewPayment

PAID: dict[str, Any] = {
    "currency": "XTR",
    "total_amount": 50,
    "invoice_payload": "credits:7",
    "telegram_payment_charge_id": "stx1",
    "provider_payment_charge_id": "",
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def update(paid: object = PAID, **message: object) -> dict[str, Any]:
    return {"update_id": 1, "message": {"from": {"id": 42}, "chat": {"id": 42}, "successful_payment": paid, **message}}


def test_a_payment_is_read() -> None:
    assert money_in(update()) == NewPayment("stx1", 42, 50, 7)
    renewal = PAID | {"is_recurring": True, "subscription_expiration_date": 1_800_000_000}
    until = datetime.fromtimestamp(1_800_000_000, UTC)
    assert money_in(update(renewal)) == NewPayment("stx1", 42, 50, 7, True, until)
    assert money_in(update(PAID | {"invoice_payload": "another program's"})) == NewPayment("stx1", 42, 50, None)


def test_a_refund_is_read() -> None:
    assert money_in({"update_id": 1, "message": {"refunded_payment": PAID}}) == Refunded("stx1")


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        PAID | {"currency": "USD"},
        PAID | {"total_amount": 0},
        PAID | {"total_amount": True},
        PAID | {"total_amount": "50"},
        PAID | {"total_amount": 10**30},
        PAID | {"telegram_payment_charge_id": ""},
        PAID | {"telegram_payment_charge_id": "x" * 513},
        PAID | {"telegram_payment_charge_id": 5},
    ],
)
def test_what_is_no_payment_in_stars_is_none(broken: object) -> None:
    assert money_in(update(broken)) is None


@given(st.integers(1, 10**18 - 1))
def test_an_invoice_names_its_offer(offer_id: int) -> None:
    assert offer_of(payload_of(offer_id)) == offer_id


@given(anything)
def test_nothing_breaks_the_reading(made_up: object) -> None:
    for shape in (made_up, {"message": made_up}, update(made_up), {"message": {"refunded_payment": made_up}}):
        money_in(shape)
        checkout_in(shape)
        transaction_of(shape)
    offer_of(made_up)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*PAID, "is_recurring"], anything)))
def test_no_value_breaks_the_reading(values: dict[str, Any]) -> None:
    money_in(update(PAID | values))


def test_the_books_tell_payments_from_refunds() -> None:
    user = {"type": "user", "transaction_type": "invoice_payment", "user": {"id": 42}, "invoice_payload": "credits:7"}
    deal = {"id": "stx1", "amount": 50, "date": 1, "source": user}
    assert transaction_of(deal) == NewPayment("stx1", 42, 50, 7)
    assert transaction_of(deal | {"source": user | {"subscription_period": 2_592_000}}) == NewPayment(
        "stx1", 42, 50, 7, True
    )
    assert transaction_of({"id": "stx1", "amount": 50, "date": 1, "receiver": user}) == "stx1"
    assert transaction_of({"id": "w", "amount": 50, "date": 1, "receiver": {"type": "fragment"}}) is None
    assert transaction_of(deal | {"source": user | {"transaction_type": "paid_media_payment"}}) is None
