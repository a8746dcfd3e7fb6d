"""Which providers there are: one ordered table from the name that a catalogue uses to where the class lives.

A class is imported when it is first asked for, so that a start loads only what its catalogue draws with.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from providers.base import Provider

PROVIDERS: dict[str, tuple[str, str]] = {
    "StabilityAI_SD35Large": ("providers.spaces.stability_sd35_large", "StabilityAI_SD35Large"),
    "BlackForestLabs_Flux1Schnell": ("providers.spaces.flux1_schnell", "BlackForestLabs_Flux1Schnell"),
    "BlackForestLabs_Flux1Dev": ("providers.spaces.flux1_dev", "BlackForestLabs_Flux1Dev"),
    "FluxDev": ("providers.spaces.flux_dev", "FluxDev"),
    "DeepseekAI_JanusPro7b": ("providers.spaces.janus_pro", "DeepseekAI_JanusPro7b"),
    "G4F": ("providers.spaces.g4f", "G4F"),
    "ImageLabs": ("providers.spaces.imagelabs", "ImageLabs"),
    # APIs that many servers speak, single services, and the offline provider, by the names that suit a catalogue
    "gradio": ("providers.spaces.gradio_space", "GradioSpace"),
    "openai": ("providers.services.openai_images", "OpenAIImages"),
    "automatic1111": ("providers.servers.automatic1111", "Automatic1111"),
    "bfl": ("providers.services.bfl", "BlackForestLabs"),
    "stability": ("providers.services.stability", "Stability"),
    "pollinations": ("providers.services.pollinations", "Pollinations"),
    "horde": ("providers.services.horde", "Horde"),
    "gemini": ("providers.services.gemini", "Gemini"),
    "openrouter": ("providers.services.openrouter", "OpenRouter"),
    "fal": ("providers.services.fal", "Fal"),
    "replicate": ("providers.services.replicate", "Replicate"),
    "comfyui": ("providers.servers.comfyui", "ComfyUI"),
    "huggingface": ("providers.services.huggingface", "HuggingFace"),
    "sketch": ("providers.sketch", "Sketch"),
}


class UnknownProvider(LookupError):  # noqa: N818  (reads as what happened, like all errors of this package)
    """No provider of that name; the message lists the valid ones."""


def provider_class(name: str) -> "type[Provider]":
    """The class behind a name of the table; raises UnknownProvider."""
    try:
        module, attribute = PROVIDERS[name]
    except KeyError:
        raise UnknownProvider(f"there is no provider {name!r}; there are: {', '.join(PROVIDERS)}") from None
    found: type[Provider] = getattr(importlib.import_module(module), attribute)
    return found
