"""The chat model of the settings, for prompts."""

from bot.config import Settings
from providers.services.chat import ChatModel


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
