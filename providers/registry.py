"""Which providers there are: one ordered table from the name that a catalogue uses to where the class lives.

A class is imported when it is first asked for, so that a start loads only what its catalogue draws with.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from providers.base import Provider

PROVIDERS: dict[str, tuple[str, str]] = {
    "StabilityAI_SD35Large": ("providers.stability_sd35_large", "StabilityAI_SD35Large"),
    "BlackForestLabs_Flux1Schnell": ("providers.flux1_schnell", "BlackForestLabs_Flux1Schnell"),
    "BlackForestLabs_Flux1Dev": ("providers.flux1_dev", "BlackForestLabs_Flux1Dev"),
    "FluxDev": ("providers.flux_dev", "FluxDev"),
    "DeepseekAI_JanusPro7b": ("providers.janus_pro", "DeepseekAI_JanusPro7b"),
    "G4F": ("providers.g4f", "G4F"),
    "ImageLabs": ("providers.imagelabs", "ImageLabs"),
    # APIs that many servers speak, single services, and the offline provider, by the names that suit a catalogue
    "gradio": ("providers.gradio_space", "GradioSpace"),
    "openai": ("providers.openai_images", "OpenAIImages"),
    "automatic1111": ("providers.automatic1111", "Automatic1111"),
    "bfl": ("providers.bfl", "BlackForestLabs"),
    "stability": ("providers.stability", "Stability"),
    "pollinations": ("providers.pollinations", "Pollinations"),
    "horde": ("providers.horde", "Horde"),
    "comfyui": ("providers.comfyui", "ComfyUI"),
    "huggingface": ("providers.huggingface", "HuggingFace"),
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
