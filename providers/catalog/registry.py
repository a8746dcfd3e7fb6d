"""The providers: one ordered table from the name in a catalogue to the class.

A class is imported when it is first needed, so a start loads only the providers of its catalogue.
"""

import importlib
import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
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
    "runpod": ("providers.servers.comfyui.runpod", "RunPodComfyUI"),
    "huggingface": ("providers.services.huggingface", "HuggingFace"),
    "sketch": ("providers.sketch", "Sketch"),
}


class UnknownProvider(LookupError):  # noqa: N818  (reads as what happened, like all errors of this package)
    """There is no provider of that name; the message lists the valid ones."""


def provider_class(name: str, folder: Path | None = None) -> "type[Provider]":
    """The class for a name of the table, or for "module:Class", where the module is a file of `folder` or an installed
    one. Raises UnknownProvider, also if a module cannot be imported."""
    if ":" in name:
        return _foreign_class(name, folder)
    try:
        module, attribute = PROVIDERS[name]
    except KeyError:
        raise UnknownProvider(f"there is no provider {name!r}; there are: {', '.join(PROVIDERS)}") from None
    found: type[Provider] = getattr(importlib.import_module(module), attribute)
    return found


def _foreign_class(name: str, folder: Path | None) -> "type[Provider]":
    from providers.base import Provider

    module_name, _, attribute = name.partition(":")
    if not all(part.isidentifier() for part in (*module_name.split("."), attribute)):
        raise UnknownProvider(f"{name!r} should be a module and a class, such as my_module:MyProvider")
    file = folder / f"{module_name}.py" if folder is not None else None
    try:
        if file is not None and file.is_file():
            module = _module_of(file.resolve(), file.stat().st_mtime_ns)
        else:
            module = importlib.import_module(module_name)
    except Exception as error:  # whatever somebody else's module does when it is imported
        raise UnknownProvider(f"{name!r} cannot be imported: {type(error).__name__}: {error}") from error
    found = getattr(module, attribute, None)
    if not (isinstance(found, type) and issubclass(found, Provider)):
        raise UnknownProvider(f"{name!r} is no provider: a class derived from providers.base.Provider or an engine")
    return found


@lru_cache(maxsize=64)
def _module_of(file: Path, _changed: int) -> ModuleType:
    """The module in a file, imported once for each version of the file. Its own name keeps it from hiding an installed
    module."""
    spec = importlib.util.spec_from_file_location(f"imagine_bot_provider_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module
