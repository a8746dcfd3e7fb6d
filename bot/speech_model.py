"""The transcription server of the settings, for voice messages."""

from bot.config import Settings
from providers.services.speech import SpeechModel


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
