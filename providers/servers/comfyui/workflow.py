"""A workflow in ComfyUI's API format, and the places in it where a request goes.

A node says by its title what it takes: `prompt`, `negative`, `seed`, `size`, `steps`, `cfg`, `picture`, `strength`,
`model`; several words in one title are several (`seed, steps, cfg`). What the catalogue's `inputs` say by path wins.
"""

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from providers.catalog.file import OptionError
from providers.request import ImageRequest

CHECKPOINT = Path(__file__).with_name("checkpoint.json")
MAX_BYTES = 2_000_000
LISTED = 40  # nodes that a refusal lists

Nodes = Mapping[str, Mapping[str, Any]]  # by id: class_type, inputs, _meta, as ComfyUI exports them
Destination = tuple[str, str]  # a node's id, and the name of one of its inputs

# A word of a title -> for each name of `inputs` that it stands for, the node's inputs that may be meant, likeliest
# first. "value" is the input of nodes that hold one value for others (PrimitiveInt, Seed ...).
TITLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "prompt": {"prompt": ("text", "prompt", "string", "text_g", "value")},
    "negative": {"negative": ("text", "prompt", "string", "text_g", "value")},
    "seed": {"seed": ("seed", "noise_seed", "value")},
    "size": {"width": ("width",), "height": ("height",)},
    "steps": {"steps": ("steps", "value")},
    "cfg": {"cfg": ("cfg", "guidance", "cfg_scale", "value")},
    "picture": {"picture": ("image",)},
    "strength": {"strength": ("denoise", "strength", "value")},
    "model": {"model": ("ckpt_name", "unet_name", "model_name", "value")},
}
# Names of `inputs` -> fields of ImageRequest.
FIELDS = {
    "prompt": "prompt",
    "negative": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "steps": "num_inference_steps",
    "cfg": "guidance_scale",
    "picture": "image",
    "strength": "strength",
    "model": "model",
}


@dataclass(frozen=True)
class Workflow:
    """`places`: where each name of FIELDS goes; `name` is for messages."""

    name: str
    nodes: Nodes
    places: Mapping[str, tuple[Destination, ...]]

    @classmethod
    def read(cls, path: Path, inputs: Mapping[str, str]) -> "Workflow":
        """`inputs` are paths into it by name: `{"prompt": "6.text"}`. Raises OptionError."""
        try:
            if path.stat().st_size > MAX_BYTES:
                raise OptionError("workflow", f"{path} has more than {MAX_BYTES // 1_000_000} MB")
            content = json.loads(path.read_bytes())
        except OSError as error:
            raise OptionError("workflow", f"{path}: {error.strerror or 'cannot be read'}") from None
        except (ValueError, RecursionError):
            raise OptionError("workflow", f"{path} is no JSON") from None
        return cls.parse(path.name, content, inputs)

    @classmethod
    def parse(cls, name: str, content: object, inputs: Mapping[str, str]) -> "Workflow":
        """Raises OptionError."""
        nodes = _nodes(name, content)
        places: dict[str, tuple[Destination, ...]] = {}
        for node_id, node in nodes.items():
            for word in re.split(r"[^a-z]+", _title(node).lower()):
                for field, candidates in TITLES.get(word, {}).items():
                    if (place := _place(node_id, node, candidates)) is not None:
                        places[field] = (*places.get(field, ()), place)
        for field, path in inputs.items():
            if field not in FIELDS:
                raise OptionError(f"inputs.{field}", f"there is no such name; there are: {', '.join(FIELDS)}")
            places[field] = (_declared(nodes, field, path),)
        if "prompt" not in places:
            raise OptionError(
                "workflow",
                f"{name} has no node titled 'prompt' with a text, and `inputs` names none; it has: {_listed(nodes)}",
            )
        if "picture" not in places:
            places.pop("strength", None)  # how far to leave a picture that cannot be given
        return cls(name, nodes, places)

    @property
    def parameters(self) -> frozenset[str]:
        """The fields of ImageRequest that go somewhere."""
        return frozenset(FIELDS[field] for field in self.places) - {"prompt", "model"}

    def filled(self, request: ImageRequest, *, picture: str | None) -> dict[str, Any]:  # JSON
        """A copy with the request in its places; `picture` is the uploaded one's name. What the request leaves open
        stays as the workflow has it."""
        nodes = copy.deepcopy({node_id: dict(node) for node_id, node in self.nodes.items()})
        for field, places in self.places.items():
            value = picture if field == "picture" else getattr(request, FIELDS[field])
            if field == "negative" and value is None:
                value = ""  # not the example that somebody exported
            if value is None or (field == "model" and not value):
                continue
            for node_id, name in places:
                nodes[node_id]["inputs"][name] = value
        return nodes


@lru_cache(maxsize=1)
def checkpoint_workflow() -> Workflow:
    """The one that comes along: a checkpoint of the SD and SDXL families, words to picture."""
    return Workflow.read(CHECKPOINT, {})


def _nodes(name: str, content: object) -> Nodes:
    if isinstance(content, dict) and isinstance(content.get("nodes"), list):
        raise OptionError("workflow", f"{name} is saved for the editor; use its menu's 'Export (API)'")
    nodes = content if isinstance(content, dict) else {}
    sound = all(
        isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)
        for node in nodes.values()
    )
    if not nodes or not sound:
        raise OptionError("workflow", f"{name} is no workflow in ComfyUI's API format")
    return nodes


def _place(node_id: str, node: Mapping[str, Any], candidates: tuple[str, ...]) -> Destination | None:
    """The likeliest input that holds a value; a list there is a link to another node's output."""
    for name in candidates:
        if name in node["inputs"] and not isinstance(node["inputs"][name], list):
            return node_id, name
    return None


def _declared(nodes: Nodes, field: str, path: str) -> Destination:
    """`6.text`, or `6.inputs.text` as ComfyUI's own file has it."""
    node_id, _, name = path.partition(".")
    name = name.removeprefix("inputs.")
    if node_id not in nodes:
        raise OptionError(f"inputs.{field}", f"there is no node {node_id!r}; there are: {_listed(nodes)}")
    if name not in nodes[node_id]["inputs"]:
        names = ", ".join(nodes[node_id]["inputs"]) or "none"
        raise OptionError(f"inputs.{field}", f"node {node_id} has no input {name!r}; it has: {names}")
    return node_id, name


def _title(node: Mapping[str, Any]) -> str:
    meta = node.get("_meta")
    title = meta.get("title") if isinstance(meta, dict) else None
    return title if isinstance(title, str) else ""


def _listed(nodes: Nodes) -> str:
    shown = [f"{node_id} {node['class_type']} {_title(node)!r}" for node_id, node in nodes.items()]
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more
