"""Back-ends that draw: ask for a picture, get events, and one response last. Knows no Telegram and no database.

The providers themselves load when they are first named, so that `import providers` stays quick.
"""

from typing import TYPE_CHECKING

from providers.base import Charged, Provider
from providers.catalog.catalog import Catalog, CatalogError, Model, UnknownModel
from providers.catalog.registry import PROVIDERS, provider_class
from providers.errors import (
    BadAnswer,
    Cancelled,
    ContentRejected,
    DeadlineExceeded,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    NoWorkers,
    OutOfMemory,
    PaymentRequired,
    Phase,
    ProviderError,
    QueueDeadlineExceeded,
    QuotaExceeded,
    RequestFailed,
    ResponseError,
    Unauthorized,
    Unavailable,
    Unreachable,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.fetch import Picture, data_url, fetch_picture, read_picture
from providers.prompt import ASPECT_RATIOS, Message, Messages, format_image_prompt, use_aspect_ratio
from providers.request import ImageRequest

if TYPE_CHECKING:
    from providers.servers.automatic1111 import Automatic1111
    from providers.servers.comfyui import ComfyUI
    from providers.services.bfl import BlackForestLabs
    from providers.services.fal import Fal
    from providers.services.gemini import Gemini
    from providers.services.horde import Horde
    from providers.services.huggingface import HuggingFace
    from providers.services.openai_images import OpenAIImages
    from providers.services.openrouter import OpenRouter
    from providers.services.pollinations import Pollinations
    from providers.services.replicate import Replicate
    from providers.services.stability import Stability
    from providers.sketch import Sketch
    from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
    from providers.spaces.flux1_schnell import BlackForestLabs_Flux1Schnell
    from providers.spaces.flux_dev import FluxDev
    from providers.spaces.g4f import G4F
    from providers.spaces.gradio_space import GradioSpace
    from providers.spaces.imagelabs import ImageLabs
    from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
    from providers.spaces.stability_sd35_large import StabilityAI_SD35Large

_BY_CLASS = {class_name: name for name, (_, class_name) in PROVIDERS.items()}


def __getattr__(name: str) -> type[Provider]:
    if name in _BY_CLASS:
        return provider_class(_BY_CLASS[name])
    raise AttributeError(f"module 'providers' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_BY_CLASS})


__all__ = [
    "ASPECT_RATIOS",
    "G4F",
    "Automatic1111",
    "BadAnswer",
    "BlackForestLabs",
    "BlackForestLabs_Flux1Dev",
    "BlackForestLabs_Flux1Schnell",
    "Cancelled",
    "Catalog",
    "CatalogError",
    "Charged",
    "ComfyUI",
    "ContentRejected",
    "DeadlineExceeded",
    "DeepseekAI_JanusPro7b",
    "Event",
    "Fal",
    "FluxDev",
    "Gemini",
    "GradioSpace",
    "Horde",
    "HuggingFace",
    "ImageLabs",
    "ImagePreview",
    "ImageRequest",
    "ImageResponse",
    "InvalidParameter",
    "Message",
    "Messages",
    "Model",
    "ModelNotFound",
    "NoPicture",
    "NoWorkers",
    "NotThisServer",
    "OpenAIImages",
    "OpenRouter",
    "OutOfMemory",
    "PaymentRequired",
    "Phase",
    "Picture",
    "Pollinations",
    "Provider",
    "ProviderError",
    "QueueDeadlineExceeded",
    "QuotaExceeded",
    "Reasoning",
    "Replicate",
    "RequestFailed",
    "ResponseError",
    "Sketch",
    "Stability",
    "StabilityAI_SD35Large",
    "Ticket",
    "Unauthorized",
    "Unavailable",
    "UnknownModel",
    "Unreachable",
    "data_url",
    "fetch_picture",
    "format_image_prompt",
    "provider_class",
    "read_picture",
    "use_aspect_ratio",
]
