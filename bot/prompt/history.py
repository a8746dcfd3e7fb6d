"""Turns a chain of refinements into the conversation that a provider gets."""

from collections.abc import Sequence

from bot.prompt.styles import styled
from providers.prompt import Message, Messages, format_image_prompt
from storage.records import Request

FULL_PROMPT_LENGTH = 8000  # characters, well within what every provider takes
HISTORY_LENGTH = FULL_PROMPT_LENGTH // 2  # earlier prompts; more cannot fit: each has a character and a line break


class ChainTooLongError(Exception):
    """All prompts of a chain together are too long: leaving some out would change the subject. In characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters, at most {FULL_PROMPT_LENGTH}")
        self.length = length
        self.limit = FULL_PROMPT_LENGTH


def messages(chain: Sequence[Request], prompt: str) -> Messages:
    """User messages only, oldest first: the chain's prompts (root first) and the new one. Raises ChainTooLongError."""
    texts = [*(request.prompt for request in chain), prompt]
    length = sum(len(text) + 1 for text in texts) - 1
    if length > FULL_PROMPT_LENGTH:
        raise ChainTooLongError(length)
    return [Message(role="user", content=text) for text in texts]


def sent(prompt: str, full_prompt: str, *, instruction: bool, templates: Sequence[str] = ()) -> str:
    """What the provider gets of a stored request, through `format_image_prompt`: an instruction is the newest words
    alone, for the picture holds what the earlier ones said; a description is the whole conversation. The `templates` of
    presets are put around either."""
    words = styled(prompt if instruction else full_prompt or prompt, templates)
    return format_image_prompt([Message(role="user", content=words)])


def full_prompt(chain: Sequence[Request], prompt: str) -> str:
    """What the provider gets: the conversation through `format_image_prompt`. Raises ChainTooLongError."""
    return format_image_prompt(messages(chain, prompt))
