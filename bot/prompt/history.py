"""Turns a chain of refinements into the conversation that a provider gets."""

from collections.abc import Sequence

from providers.prompt import Message, Messages, format_image_prompt
from storage.records import Request

HISTORY_LENGTH = 10  # earlier prompts at most
FULL_PROMPT_LENGTH = 8000  # characters, well within what every provider takes


def messages(chain: Sequence[Request], prompt: str) -> Messages:
    """The user messages of a chain, oldest first: its newest ten prompts and the new one.

    The oldest are dropped when the whole would be too long for a back-end.
    """
    texts = [request.prompt for request in chain[-HISTORY_LENGTH:]] + [prompt]
    while len(texts) > 1 and sum(len(text) + 1 for text in texts) > FULL_PROMPT_LENGTH:
        texts.pop(0)
    return [Message(role="user", content=text) for text in texts]


def full_prompt(chain: Sequence[Request], prompt: str) -> str:
    """The prompt that the provider gets: the conversation through `format_image_prompt`."""
    return format_image_prompt(messages(chain, prompt))
