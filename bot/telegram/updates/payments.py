"""Payments in raw updates.

A payment is credited in the transaction that stores the update, so neither a kill nor a failing handler can lose it.
The question before a payment (`pre_checkout_query`) is answered at once, past every queue, because Telegram waits only
ten seconds. https://core.telegram.org/bots/payments-stars
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from bot.telegram.updates.inbox import RawUpdate
from storage import Unit
from storage.records import NewPayment

CHECKOUT = "pre_checkout_query"
CURRENCY = "XTR"  # Telegram Stars
_PAYLOAD = "credits:"
_LONGEST_ID = 18  # digits of an offer's id
_LONGEST_CHARGE = 512  # characters; Telegram's have some dozens
_MOST_STARS = 2**40


@dataclass(frozen=True, slots=True)
class Refunded:
    """Telegram has refunded the Stars of this charge."""

    charge_id: str


MoneyMoved: TypeAlias = NewPayment | Refunded


def payload_of(offer_id: int) -> str:
    """The payload of an invoice for an offer."""
    return f"{_PAYLOAD}{offer_id}"


def offer_of(payload: object) -> int | None:
    """The offer's id in a payload; None: it is not an invoice of this bot."""
    if not isinstance(payload, str) or not payload.startswith(_PAYLOAD):
        return None
    number = payload.removeprefix(_PAYLOAD)
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID else None


def money_in(update: object) -> MoneyMoved | None:
    """The payment or refund in an update, if there is one."""
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict):
        return None
    paid, refunded = message.get("successful_payment"), message.get("refunded_payment")
    if isinstance(refunded, dict):
        charge = _charge(refunded)
        return None if charge is None else Refunded(charge)
    sender = message.get("from")
    if not isinstance(paid, dict) or not isinstance(sender, dict):
        return None
    charge, person, stars = _charge(paid), sender.get("id"), paid.get("total_amount")
    if charge is None or type(person) is not int or type(stars) is not int or not 0 < stars <= _MOST_STARS:
        return None
    recurring = paid.get("is_recurring") is True or paid.get("is_first_recurring") is True
    until = _moment(paid.get("subscription_expiration_date"))
    return NewPayment(charge, person, stars, offer_of(paid.get("invoice_payload")), recurring, until)


async def book(unit: Unit, update: object) -> None:
    """Credits a payment, or takes a refunded one back, once; in the transaction that stores the update."""
    match money_in(update):
        case NewPayment() as payment:
            await unit.credits.pay(payment)
        case Refunded(charge_id):
            await unit.credits.refunded(charge_id)


def checkout_in(update: object) -> RawUpdate | None:
    """The pre-checkout query in an update, if there is one."""
    query = update.get(CHECKOUT) if isinstance(update, dict) else None
    return query if isinstance(query, dict) else None


def _charge(payment: RawUpdate) -> str | None:
    charge = payment.get("telegram_payment_charge_id")
    if payment.get("currency") != CURRENCY or not isinstance(charge, str):
        return None
    return charge if 0 < len(charge) <= _LONGEST_CHARGE else None


def _moment(value: object) -> datetime | None:
    if type(value) is not int or not 0 < value < 2**33:
        return None
    return datetime.fromtimestamp(value, UTC)
