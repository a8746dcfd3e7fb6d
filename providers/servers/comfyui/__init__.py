"""ComfyUI: any workflow, driven by its API."""

from pathlib import Path

from providers.catalog.file import OptionError
from providers.errors import InvalidParameter
from providers.servers.comfyui.provider import ComfyUI
from providers.servers.comfyui.workflow import Workflow


def describe_workflow(path: Path) -> list[str]:
    """Describes a workflow that is in no catalogue yet: a line for each part of a request, and what the answer is.
    Raises InvalidParameter with the reason if the file cannot be used."""
    try:
        return Workflow.read(path, {}).described()
    except OptionError as error:
        raise InvalidParameter(error.reason) from None


__all__ = ["ComfyUI", "describe_workflow"]
