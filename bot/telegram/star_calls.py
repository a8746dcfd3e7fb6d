"""Calls about Telegram Stars: invoices, the answer before a payment, refunds, and the bot's own books.

https://core.telegram.org/bots/payments-stars
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import (
    AnswerPreCheckoutQuery,
    CreateInvoiceLink,
    EditUserStarSubscription,
    RefundStarPayment,
    TelegramMethod,
)
from aiogram.types import LabeledPrice

from bot.telegram.errors import Outcome, classify, describe
from bot.telegram.outbox.messages import ChatGone, DeliveryFailed
from bot.telegram.rate_limit.priority import Priority, lane
from bot.telegram.updates.payments import CURRENCY

log = structlog.stdlib.get_logger(__name__)

TITLE_LENGTH, DESCRIPTION_LENGTH = 32, 255  # characters; Bot API, sendInvoice
MONTH = 2_592_000  # s; the only period of a subscription that the Bot API takes
BOOKS_AT_ONCE = 100  # transactions; Bot API, getStarTransactions
TIMEOUT = 30  # s
_START = "buy"  # with a start parameter, a forwarded copy cannot be paid, but leads into the bot


class RefundOutcome(StrEnum):
    DONE = "done"  # now, or before
    LATER = "later"  # it may work later
    REFUSED = "refused"  # it never will


@dataclass(frozen=True, slots=True)
class Invoice:
    """`title` and `description` are plain text within Telegram's lengths."""

    title: str
    description: str
    payload: str
    stars: int


class SendInvoice(TelegramMethod[dict[str, Any]]):
    """sendInvoice with the message left unread: nobody needs it, and reading it takes all of aiogram's models."""

    __returning__ = dict[str, Any]
    __api_method__ = "sendInvoice"

    chat_id: int
    title: str
    description: str
    payload: str
    provider_token: str = ""
    currency: str
    prices: list[LabeledPrice]
    start_parameter: str


class GetStarTransactions(TelegramMethod[dict[str, Any]]):
    """getStarTransactions with the transactions left as they are: one that aiogram cannot read must not hide the
    others."""

    __returning__ = dict[str, Any]
    __api_method__ = "getStarTransactions"

    offset: int
    limit: int = BOOKS_AT_ONCE


class StarCalls:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def invoice(self, chat_id: int, invoice: Invoice) -> None:
        """Sends an invoice with Telegram's own button. Raises ChatGone, DeliveryFailed."""
        method = SendInvoice(
            chat_id=chat_id,
            title=invoice.title,
            description=invoice.description,
            payload=invoice.payload,
            currency=CURRENCY,
            prices=[LabeledPrice(label=invoice.title, amount=invoice.stars)],
            start_parameter=_START,
        )
        try:
            with lane(Priority.REPLY):
                await self._bot(method, request_timeout=TIMEOUT)
        except Exception as error:
            outcome = classify(error)
            if outcome is Outcome.CHAT_GONE:
                raise ChatGone(chat_id, describe(error)) from error
            raise DeliveryFailed(outcome, describe(error)) from error

    async def subscription(self, invoice: Invoice) -> str:
        """The address at which a subscription is paid for. Raises DeliveryFailed."""
        method = CreateInvoiceLink(
            title=invoice.title,
            description=invoice.description,
            payload=invoice.payload,
            provider_token="",
            currency=CURRENCY,
            prices=[LabeledPrice(label=invoice.title, amount=invoice.stars)],
            subscription_period=MONTH,
        )
        try:
            return await self._bot(method, request_timeout=TIMEOUT)
        except Exception as error:
            raise DeliveryFailed(classify(error), describe(error)) from error

    async def answer_checkout(self, query_id: str, refusal: str | None, *, seconds: int) -> None:
        """Lets somebody pay, or says why not. Never raises for Telegram's faults: then nobody pays."""
        method = AnswerPreCheckoutQuery(pre_checkout_query_id=query_id, ok=refusal is None, error_message=refusal)
        try:
            with lane(Priority.QUERY):
                await self._bot(method, request_timeout=seconds)
        except Exception as error:  # noqa: BLE001 - unanswered, the payment is not made
            log.warning("checkout not answered", error=describe(error))

    async def refund(self, person: int, charge_id: str) -> tuple[RefundOutcome, str]:
        """Gives a payment back; with Telegram's words. Asking twice gives it back once."""
        outcome, said = await self._settled(RefundStarPayment(user_id=person, telegram_payment_charge_id=charge_id))
        if "CHARGE_ALREADY_REFUNDED" in said:
            return RefundOutcome.DONE, said
        return (RefundOutcome.LATER if "BALANCE_TOO_LOW" in said else outcome), said

    async def end_subscription(self, person: int, charge_id: str) -> tuple[RefundOutcome, str]:
        """Has Telegram renew the subscription with this payment no more; with Telegram's words. What is paid for stays
        paid for. Asking twice changes nothing."""
        method = EditUserStarSubscription(user_id=person, telegram_payment_charge_id=charge_id, is_canceled=True)
        return await self._settled(method)

    async def _settled(self, method: TelegramMethod[bool]) -> tuple[RefundOutcome, str]:
        try:
            await self._bot(method, request_timeout=TIMEOUT)
        except Exception as error:  # noqa: BLE001 - the outcome says it
            final = classify(error) in {Outcome.OTHER, Outcome.CHAT_GONE}
            return (RefundOutcome.REFUSED if final else RefundOutcome.LATER), describe(error)
        return RefundOutcome.DONE, ""

    async def transactions(self, offset: int) -> list[Any]:  # Any: as Telegram sent them
        """The bot's Star transactions from this one on, oldest first, BOOKS_AT_ONCE at most. Raises DeliveryFailed."""
        try:
            answer = await self._bot(GetStarTransactions(offset=offset), request_timeout=TIMEOUT)
        except Exception as error:
            raise DeliveryFailed(classify(error), describe(error)) from error
        found = answer.get("transactions")
        return found if isinstance(found, list) else []
