"""ComfyUI: any workflow, driven by its API."""

from providers.comfyui.provider import ComfyUI

__all__ = ["ComfyUI"]
