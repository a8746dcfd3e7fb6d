"""Whether the transcription server for voice messages answers. The bot draws without it, so no answer is no failure."""

from collections.abc import AsyncIterator

import aiohttp

from bot.cli.checks.findings import Finding, Verdict
from bot.config import Settings
from bot.speech_model import speech_model
from providers import ProviderError


async def check_speech_model(settings: Settings) -> AsyncIterator[Finding]:
    """Nothing where none is set."""
    speech = speech_model(settings)
    if speech is None:
        return
    try:
        async with aiohttp.ClientSession() as session:
            await speech.check(session)
    except ProviderError as error:
        yield Finding("Speech model", Verdict.NOTE, f"{speech.model}: {error}; voice messages are not understood")
    else:
        yield Finding("Speech model", Verdict.OK, f"{speech.model} at {speech.host}")
