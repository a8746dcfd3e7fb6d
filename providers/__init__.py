"""Back-ends that draw: ask for a picture, get events, and one response last. Knows no Telegram and no database.

All names load when they are first used: `import providers` is quick, and so is a module of it that needs little.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from providers.base import Provider
    from providers.catalog.catalog import Catalog, CatalogError, Model, UnknownModel
    from providers.catalog.registry import PROVIDERS, provider_class
    from providers.charging import Charged
    from providers.errors import (
        BadAnswer,
        BadPicture,
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
    from providers.servers.automatic1111 import Automatic1111
    from providers.servers.comfyui import ComfyUI
    from providers.servers.comfyui.runpod import RunPodComfyUI
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

_HOMES = {
    "providers.base": ("Provider",),
    "providers.catalog.catalog": (
        "Catalog",
        "CatalogError",
        "Model",
        "UnknownModel",
    ),
    "providers.catalog.registry": ("PROVIDERS", "provider_class"),
    "providers.charging": ("Charged",),
    "providers.errors": (
        "BadAnswer",
        "BadPicture",
        "Cancelled",
        "ContentRejected",
        "DeadlineExceeded",
        "InvalidParameter",
        "ModelNotFound",
        "NoPicture",
        "NotThisServer",
        "NoWorkers",
        "OutOfMemory",
        "PaymentRequired",
        "Phase",
        "ProviderError",
        "QueueDeadlineExceeded",
        "QuotaExceeded",
        "RequestFailed",
        "ResponseError",
        "Unauthorized",
        "Unavailable",
        "Unreachable",
    ),
    "providers.events": (
        "Event",
        "ImagePreview",
        "ImageResponse",
        "Reasoning",
        "Ticket",
    ),
    "providers.pictures.fetch": (
        "Picture",
        "data_url",
        "fetch_picture",
        "read_picture",
    ),
    "providers.prompt": (
        "ASPECT_RATIOS",
        "Message",
        "Messages",
        "format_image_prompt",
        "use_aspect_ratio",
    ),
    "providers.request": ("ImageRequest",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    if name in __all__:
        from providers.catalog.registry import PROVIDERS, provider_class

        return provider_class(next(key for key, (_, class_name) in PROVIDERS.items() if class_name == name))
    raise AttributeError(f"module 'providers' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "ASPECT_RATIOS",
    "G4F",
    "PROVIDERS",
    "Automatic1111",
    "BadAnswer",
    "BadPicture",
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
    "RunPodComfyUI",
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
