"""Whether the chat model for prompts answers. The bot draws without it, so no answer is no failure."""

from collections.abc import AsyncIterator

import aiohttp

from bot.cli.checks.findings import Finding, Verdict
from bot.config import Settings
from bot.prompt_model import chat_model
from providers import ProviderError

WITHOUT = "prompts go as they are"


async def check_prompt_model(settings: Settings) -> AsyncIterator[Finding]:
    """Nothing where none is set."""
    chat = chat_model(settings)
    if chat is None:
        return
    try:
        async with aiohttp.ClientSession() as session:
            await chat.check(session)
    except ProviderError as error:
        yield Finding("Prompt model", Verdict.NOTE, f"{settings.prompt_model}: {error}; {WITHOUT} meanwhile")
    else:
        yield Finding("Prompt model", Verdict.OK, f"{settings.prompt_model} at {chat.host}")
