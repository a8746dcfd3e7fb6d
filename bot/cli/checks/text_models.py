"""Whether the chat model for prompts and the transcription server for voice messages answer. The bot draws without
them, so no answer is no failure."""

from collections.abc import AsyncIterator

import aiohttp

from bot.cli.checks.findings import Finding, Verdict
from bot.config import Settings
from bot.text_models import chat_model, speech_model
from providers import ProviderError
from providers.services.chat import ChatModel
from providers.services.speech import SpeechModel


async def check_text_models(settings: Settings) -> AsyncIterator[Finding]:
    """Nothing of those that are not set."""
    if (chat := chat_model(settings)) is not None:
        yield await _answers("Prompt model", chat, "prompts go as they are meanwhile")
    if (speech := speech_model(settings)) is not None:
        yield await _answers("Speech model", speech, "voice messages are not understood")


async def _answers(what: str, model: ChatModel | SpeechModel, without: str) -> Finding:
    """`without`: what happens while it does not."""
    try:
        async with aiohttp.ClientSession() as session:
            await model.check(session)
    except ProviderError as error:
        return Finding(what, Verdict.NOTE, f"{model.model}: {error}; {without}")
    return Finding(what, Verdict.OK, f"{model.model} at {model.host}")
