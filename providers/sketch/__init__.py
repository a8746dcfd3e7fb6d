"""The offline provider: draws a small stylised scene by rules, no model and no network involved."""

from providers.sketch.provider import Sketch

__all__ = ["Sketch"]
