"""The chat model for prompts and the transcription server for voice messages, as the settings name them."""

from bot.config import Settings
from providers.services.chat import ChatModel
from providers.services.speech import SpeechModel


def chat_model(settings: Settings) -> ChatModel | None:
    """None: the operator has named none."""
    if settings.prompt_model_url is None or settings.prompt_model is None:
        return None
    key, proxy = settings.prompt_model_key, settings.proxy_url
    return ChatModel(
        url=settings.prompt_model_url,
        model=settings.prompt_model,
        api_key=key.get_secret_value() if key is not None else None,
        proxy=proxy.get_secret_value() if proxy is not None else None,
    )


def speech_model(settings: Settings) -> SpeechModel | None:
    """None: the operator has named none."""
    if settings.speech_url is None:
        return None
    key, proxy = settings.speech_key, settings.proxy_url
    return SpeechModel(
        url=settings.speech_url,
        model=settings.speech_model,
        api_key=key.get_secret_value() if key is not None else None,
        proxy=proxy.get_secret_value() if proxy is not None else None,
    )
