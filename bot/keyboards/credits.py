"""Buying credits. The packs' buttons count in private chats alone: an invoice in a group could be paid by anybody."""

from collections.abc import Sequence
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.credit_plan import MOST_CREDITS, MOST_STARS, CreditPlan, Pack
from bot.jobs.acceptance.budget import amount
from bot.keyboards.operator import back_button
from bot.texts.fluent import LanguageTexts
from storage.records import Payment

START = "buy"  # the start parameter that opens the packs

PositiveId = Annotated[int, Field(gt=0, lt=2**63)]


class OpenShop(CallbackData, prefix="bo"):
    """Shows the packs."""


class BuyPack(CallbackData, prefix="bp"):
    """`amount` in millionths. What is not sold any more is refused."""

    stars: Annotated[int, Field(gt=0, le=MOST_STARS)]
    amount: Annotated[int, Field(gt=0, le=MOST_CREDITS * 1_000_000)]
    subscription: bool = False

    @property
    def bought(self) -> Pack:
        return Pack(self.stars, self.amount)


class AdminRefund(CallbackData, prefix="ar"):
    """`sure`: asked and confirmed."""

    payment: PositiveId
    sure: bool = False


def shop_keyboard(texts: LanguageTexts, plan: CreditPlan) -> InlineKeyboardMarkup:
    rows = [
        [_button(texts.get("button-pack", **_values(pack)), BuyPack(stars=pack.stars, amount=pack.amount))]
        for pack in plan.packs
    ]
    if (pack := plan.subscription) is not None:
        data = BuyPack(stars=pack.stars, amount=pack.amount, subscription=True)
        rows.append([_button(texts.get("button-subscription", **_values(pack)), data)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def subscribe_keyboard(texts: LanguageTexts, url: str, pack: Pack) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=texts.get("button-subscribe", stars=pack.stars), url=url)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def buy_button(texts: LanguageTexts, username: str | None) -> InlineKeyboardButton:
    """Opens the packs: here, or with the bot's `username` in the private chat with it."""
    if username is None:
        return _button(texts.get("button-buy"), OpenShop())
    return InlineKeyboardButton(text=texts.get("button-buy"), url=f"https://t.me/{username}?start={START}")


def refund_rows(texts: LanguageTexts, payments: Sequence[Payment]) -> list[list[InlineKeyboardButton]]:
    """A button for each of these payments."""
    return [
        [
            _button(
                texts.get("button-refund", stars=payment.stars, at=f"{payment.at:%Y-%m-%d}"),
                AdminRefund(payment=payment.id),
            )
        ]
        for payment in payments
    ]


def sure_keyboard(texts: LanguageTexts, payment: Payment) -> InlineKeyboardMarkup:
    data = AdminRefund(payment=payment.id, sure=True)
    button = _button(texts.get("button-refund-sure", stars=payment.stars), data)
    return InlineKeyboardMarkup(inline_keyboard=[[button], [back_button(texts)]])


def _values(pack: Pack) -> dict[str, str | int]:
    return {"credits": amount(pack.amount), "stars": pack.stars}


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
