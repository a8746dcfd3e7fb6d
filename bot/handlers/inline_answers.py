"""Inline queries that are answered with a sentence in place of results."""

from aiogram.types import InlineQueryResultsButton

from bot.telegram.outbox.outbox import InlineAnswer
from bot.texts.lengths import shorten

BUTTON_LENGTH = 64  # units of the button above the results
START = "inline"  # what that button starts the private chat with


def told_above(text: str, start: str = START) -> InlineQueryResultsButton:
    """Above the results; it opens the private chat with this start parameter."""
    return InlineQueryResultsButton(text=shorten(text, BUTTON_LENGTH), start_parameter=start)


def only_told(text: str) -> InlineAnswer:
    return InlineAnswer([], button=told_above(text))
