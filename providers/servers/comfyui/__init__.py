"""ComfyUI: any workflow, driven by its API."""

from providers.servers.comfyui.provider import ComfyUI

__all__ = ["ComfyUI"]
