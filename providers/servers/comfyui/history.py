"""The state of a job according to ComfyUI's history and queue. Source: `execution.py` (PromptQueue) and `server.py`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.bounds import text
from providers.engines.refusals import own_fault, tidy
from providers.errors import Cancelled, ModelNotFound, NoPicture, NoVideo, OutOfMemory, ProviderError, ResponseError
from providers.errors import InvalidParameter as Invalid

# Inputs that name a file; one that the server does not have is a model that is gone.
MODEL_INPUTS = frozenset({"ckpt_name", "unet_name", "model_name", "lora_name", "vae_name", "clip_name"})

# As PyTorch words it where it is no OutOfMemoryError: on the CPU, by other drivers, and by nodes of others.
NO_MEMORY = re.compile(r"out of memory|allocate memory|not enough memory", re.IGNORECASE)
# Files that move, whichever list of a node's output they stand in; pictures of VHS_VideoCombine stand in `gifs`.
ANIMATED_FILE = re.compile(r"\.(mp4|webm|mkv|mov|avi|gif|apng)$", re.IGNORECASE)
LISTS = ("images", "gifs", "video", "videos")
MAX_FILES = 64  # of one node


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended: `files` are the queries of `/view` for its pictures, or `error` says why there are none.
    `others` are nodes that saved pictures as well. `cached`: nothing was drawn, the server had all of it."""

    files: tuple[Mapping[str, str], ...] = ()
    error: ProviderError | None = None
    others: tuple[str, ...] = ()
    cached: bool = False


def result(entry: object, wanted: Sequence[str] = (), *, video: bool = False) -> Result | None:
    """The result in a job's entry of the history; None: there is no entry, or the job has not ended.

    The pictures are those of the last of the nodes `wanted` that has any, else those that were saved last. Previews
    ("temp") count only if nothing was saved. With `video` only moving pictures count.
    """
    if not isinstance(entry, dict):
        return None
    status = entry.get("status")
    said: Mapping[str, Any] = status if isinstance(status, dict) else {}
    if said.get("status_str") == "error":
        return Result(error=_failure(said.get("messages")))
    outputs = entry.get("outputs")
    by_node: dict[str, list[Mapping[str, str]]] = {}
    others: list[str] = []
    for node_id, node in outputs.items() if isinstance(outputs, dict) else ():
        files = _files(node)
        found = [file for file in files if bool(_animated(node) or ANIMATED_FILE.search(file["filename"])) is video]
        if found:
            by_node[str(node_id)] = found
        elif files:
            others.append(f"{str(node_id)[:40]} ({files[0]['filename'][:100]})")
    if by_node:
        return _chosen(by_node, wanted)
    if said.get("completed") is False:
        return None
    if others and video:
        reason = f"the workflow makes pictures and no video (node {', '.join(others[:3])})"
        return Result(error=NoVideo(reason))
    if others:
        reason = (
            f'the workflow makes a video or an animation (node {", ".join(others[:3])}): task = "video" sends those'
        )
        return Result(error=NoPicture(reason))
    error = NoPicture(f"the workflow ended without a {'video' if video else 'picture'}: does it save one?")
    return Result(error=error, cached=_all_cached(said.get("messages")))


def _chosen(by_node: Mapping[str, list[Mapping[str, str]]], wanted: Sequence[str]) -> Result:
    saved = {
        node_id: kept
        for node_id, files in by_node.items()
        if (kept := [file for file in files if file["type"] == "output"])
    }
    candidates: Mapping[str, list[Mapping[str, str]]] = saved or by_node
    named = [node_id for node_id in wanted if node_id in by_node]
    if named and (not saved or named[-1] in saved):
        candidates = {node_id: by_node[node_id] for node_id in named}
    node_id = list(candidates)[-1]  # the history has them in the order in which they ended
    return Result(tuple(candidates[node_id]), others=tuple(other for other in candidates if other != node_id))


def position(queue: Mapping[str, Any], prompt_id: str) -> int | None:
    """1: the job is next; 0: it is being drawn; None: it is not in the queue. Entries are [number, id, ...]; lower
    numbers first."""
    if any(each[1] == prompt_id for each in _entries(queue.get("queue_running"))):
        return 0
    waiting = sorted(_entries(queue.get("queue_pending")), key=lambda entry: entry[0])
    return next((place for place, entry in enumerate(waiting, start=1) if entry[1] == prompt_id), None)


def length(queue: Mapping[str, Any]) -> int:
    """The number of jobs that are drawn or wait."""
    return len(_entries(queue.get("queue_running"))) + len(_entries(queue.get("queue_pending")))


def node_error(errors: Mapping[str, Any]) -> ProviderError:
    """What is wrong with a workflow that was refused, by the first node that the server names."""
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
                words, kind = tidy(reason), tidy(str(about.get("exception_type")))
                if "OutOfMemory" in kind or NO_MEMORY.search(words):
                    return OutOfMemory(f"out of memory at {node}: a smaller size may do")
                return own_fault(f"{node}: {words}", kind) or ResponseError(f"{node}: {words}")
    return ResponseError("the workflow failed without a reason")


def _all_cached(messages: object) -> bool:
    """Whether the server says that it had some nodes' results already, and mentions no node that it ran."""
    names = (
        [message[0] for message in messages if isinstance(message, list) and message]
        if isinstance(messages, list)
        else []
    )
    return "execution_cached" in names


def _animated(node: object) -> bool:
    flags = node.get("animated") if isinstance(node, dict) else None
    return isinstance(flags, list) and any(flag is True for flag in flags)


def _files(node: object) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    for name in LISTS:
        images = node.get(name) if isinstance(node, dict) else None
        for image in images[:MAX_FILES] if isinstance(images, list) else ():
            if isinstance(image, dict) and isinstance(image.get("filename"), str) and image["filename"]:
                folder, kind = image.get("subfolder"), text(image.get("type"))
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
