"""The chat model for prompts and the transcription server for voice messages, as the settings name them."""

from bot.config import Settings, revealed
from providers.services.chat import ChatModel
from providers.services.speech import SpeechModel


def chat_model(settings: Settings) -> ChatModel | None:
    """None: the operator has named none."""
    if settings.prompt_model_url is None or settings.prompt_model is None:
        return None
    return ChatModel(
        url=settings.prompt_model_url,
        model=settings.prompt_model,
        api_key=revealed(settings.prompt_model_key),
        proxy=revealed(settings.proxy_url),
    )


def speech_model(settings: Settings) -> SpeechModel | None:
    """None: the operator has named none."""
    if settings.speech_url is None:
        return None
    return SpeechModel(
        url=settings.speech_url,
        model=settings.speech_model,
        api_key=revealed(settings.speech_key),
        proxy=revealed(settings.proxy_url),
    )
