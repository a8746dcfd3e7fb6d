"""The button below an answer that leads to the packs of credits."""

from dataclasses import replace

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.credits import buy_button
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts


async def with_buy_button(bot: Bot, texts: LanguageTexts, card: Card, *, private: bool) -> Card:
    """The card with a button to buy below its others."""
    rows = card.keyboard.inline_keyboard if card.keyboard is not None else []
    button = await way_to_buy(bot, texts, private=private)
    return replace(card, keyboard=InlineKeyboardMarkup(inline_keyboard=[*rows, [button]]))


async def way_to_buy(bot: Bot, texts: LanguageTexts, *, private: bool) -> InlineKeyboardButton:
    """Shows the packs; not `private`: in the private chat with the bot."""
    return buy_button(texts, None if private else (await bot.me()).username)
