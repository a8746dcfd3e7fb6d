"""How a job stands by ComfyUI's history and queue. Source: `execution.py` (PromptQueue) and `server.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from providers.engines.refusals import tidy
from providers.errors import Cancelled, ModelNotFound, NoPicture, ProviderError, ResponseError
from providers.errors import InvalidParameter as Invalid

# Inputs that name a file; one that the server does not have is a model that is gone.
MODEL_INPUTS = frozenset({"ckpt_name", "unet_name", "model_name", "lora_name", "vae_name", "clip_name"})

# As PyTorch words it where it is no OutOfMemoryError: on the CPU, by other drivers, and by nodes of others.
NO_MEMORY = re.compile(r"out of memory|allocate memory|not enough memory", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended: `files` are the queries of `/view` for its pictures, or `error` says why there are none."""

    files: tuple[Mapping[str, str], ...] = ()
    error: ProviderError | None = None


def result(entry: object) -> Result | None:
    """Of a job's entry in the history; None while there is none, or it has not ended."""
    if not isinstance(entry, dict):
        return None
    status = entry.get("status")
    said: Mapping[str, Any] = status if isinstance(status, dict) else {}
    if said.get("status_str") == "error":
        return Result(error=_failure(said.get("messages")))
    outputs = entry.get("outputs")
    files = [file for node in (outputs.values() if isinstance(outputs, dict) else ()) for file in _files(node)]
    saved = [file for file in files if file["type"] == "output"] or files  # previews of nodes are "temp"
    if saved:
        return Result(tuple(saved))
    if said.get("completed") is False:
        return None
    return Result(error=NoPicture("the workflow ended without a picture: does it save one?"))


def position(queue: Mapping[str, Any], prompt_id: str) -> int | None:
    """1: it is next, 0: it is drawn now, None: it is not there. Entries are [number, id, ...]; lower numbers first."""
    if any(each[1] == prompt_id for each in _entries(queue.get("queue_running"))):
        return 0
    waiting = sorted(_entries(queue.get("queue_pending")), key=lambda entry: entry[0])
    return next((place for place, entry in enumerate(waiting, start=1) if entry[1] == prompt_id), None)


def node_error(errors: Mapping[str, Any]) -> ProviderError:
    """What is wrong with a workflow that was not taken, by the first node that the server names."""
    for node_id, node in errors.items():
        found = node.get("errors") if isinstance(node, dict) else None
        for error in found if isinstance(found, list) else ():
            if not isinstance(error, dict):
                continue
            about = error.get("extra_info")
            name = about.get("input_name") if isinstance(about, dict) else None
            kind = tidy(str(node.get("class_type", "")))
            reason = tidy(f"{error.get('message', '')}: {error.get('details', '')}")
            text = f"node {tidy(str(node_id))} {kind}: {reason}"
            return ModelNotFound(text) if name in MODEL_INPUTS else Invalid(text)
    return Invalid("the workflow was refused without a reason")


def _failure(messages: object) -> ProviderError:
    for message in messages if isinstance(messages, list) else ():
        match message:
            case ["execution_interrupted", *_]:
                return Cancelled("the job was interrupted")
            case ["execution_error", {"exception_message": str(reason), **about}]:
                node = tidy(str(about.get("node_type")))
                if "OutOfMemory" in str(about.get("exception_type")) or NO_MEMORY.search(reason):
                    return ResponseError(f"out of memory at {node}: a smaller size may do")
                return ResponseError(f"{node}: {tidy(reason)}")
    return ResponseError("the workflow failed without a reason")


def _files(node: object) -> list[Mapping[str, str]]:
    images = node.get("images") if isinstance(node, dict) else None
    found: list[Mapping[str, str]] = []
    for image in images if isinstance(images, list) else ():
        if isinstance(image, dict) and isinstance(image.get("filename"), str) and image["filename"]:
            folder, kind = image.get("subfolder"), image.get("type")
            found.append(
                {
                    "filename": image["filename"],
                    "subfolder": folder if isinstance(folder, str) else "",
                    "type": kind if kind in {"output", "temp", "input"} else "output",
                }
            )
    return found


def _entries(found: object) -> list[list[Any]]:
    return [
        entry
        for entry in (found if isinstance(found, list) else ())
        if isinstance(entry, list) and len(entry) >= 2 and isinstance(entry[0], int | float)
    ]
