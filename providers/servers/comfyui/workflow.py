"""A ComfyUI workflow, and the places in it where a request goes.

The links say where: `places.py` follows them back from the node that saves. A node's title may say it as well, if it
consists of these words only: `prompt`, `negative`, `seed`, `size`, `width`, `height`, `steps`, `cfg`, `picture`,
`mask`, `strength`, `model`, `result`; several words in one title are several places (`seed, steps, cfg`). A title
overrides the links, and the catalogue's `inputs` override both.
"""

import copy
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from providers.catalog.file import OptionError
from providers.choices import Lora
from providers.request import ImageRequest
from providers.servers.comfyui.editor_format import NotConvertible, is_editor_format, to_api
from providers.servers.comfyui.graph import Destination, Graph, Link, Nodes, last_part, link
from providers.servers.comfyui.places import MASKS, TEXTS, Found, find_places, numbers, texts

CHECKPOINT = Path(__file__).with_name("checkpoint.json")
MAX_BYTES = 2_000_000
MAX_NODES = 2000
LISTED = 40  # nodes that a refusal lists
MOST_AT_ONCE = 9  # pictures of one run
EXPORT = "use the editor's menu: Workflow, Export (API)"

# A word of a title -> for each name of `inputs` that it stands for, the node's inputs that may be meant, likeliest
# first. "value" is the input of nodes that hold one value for others (PrimitiveInt, Seed ...).
TITLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "prompt": {"prompt": (*TEXTS, "value")},
    "positive": {"prompt": (*TEXTS, "value")},
    "negative": {"negative": (*TEXTS, "value")},
    "seed": {"seed": ("seed", "noise_seed", "value")},
    "size": {"width": ("width",), "height": ("height",)},
    "width": {"width": ("width", "value")},
    "height": {"height": ("height", "value")},
    "count": {"count": ("batch_size", "amount", "value")},
    "steps": {"steps": ("steps", "value")},
    "cfg": {"cfg": ("cfg", "guidance", "cfg_scale", "value")},
    "guidance": {"cfg": ("guidance", "cfg", "cfg_scale", "value")},
    "picture": {"picture": ("image",)},
    "image": {"picture": ("image",)},
    "mask": {"mask": ("image",)},
    "strength": {"strength": ("denoise", "strength", "value")},
    "denoise": {"strength": ("denoise", "strength", "value")},
    "model": {"model": ("ckpt_name", "unet_name", "model_name", "value")},
}
RESULT = "result"  # the title, and the name in `inputs`, of the node whose pictures are the answer
# Names of `inputs` -> fields of ImageRequest.
FIELDS = {
    "prompt": "prompt",
    "negative": "negative_prompt",
    "seed": "seed",
    "width": "width",
    "height": "height",
    "count": "n",
    "steps": "num_inference_steps",
    "cfg": "guidance_scale",
    "picture": "image",
    "mask": "mask",
    "strength": "strength",
    "model": "model",
    "sampler": "sampler",
    "scheduler": "scheduler",
    "vae": "vae",
    "lora": "loras",
    "upscaler": "upscaler",
}
CHOSEN = {"model": "checkpoint"}  # where a name that people picked wins over the catalogue's: fields of ImageRequest
# A picture that nobody gave is left out of these inputs; elsewhere the workflow's own one stays.
OPTIONAL_PICTURE = re.compile(r"image_?([2-9]|\d\d)|.*\.image_?\d+")
OPTIONAL_INPUTS = {("ReferenceLatent", "latent"), ("TextEncodeQwenImageEdit", "image")}
MOVING = re.compile(r"save.*(video|webm|animated)|videocombine|preview.*video", re.IGNORECASE)
EDITS = re.compile(r"Edit|ReferenceLatent|InstructPixToPix|Kontext")

Inputs = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Uploaded:
    """The server's names of a request's uploaded pictures; `mask`: that of the file for LoadImageMask."""

    pictures: tuple[str, ...] = ()
    mask: str | None = None


@dataclass(frozen=True)
class Workflow:
    """`places`: where each name of FIELDS goes. `result`: the nodes whose pictures are the answer, if somebody named
    them. `ends`: the nodes that save a picture. `edits`: whether the prompt is an instruction about the input pictures.
    `words`: it draws from a prompt. `name`: for messages."""

    name: str
    nodes: Nodes
    places: Mapping[str, tuple[Destination, ...]]
    result: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    edits: bool = False
    words: bool = True

    @classmethod
    def read(cls, path: Path, inputs: Inputs, *, words: bool = True, video: bool = False) -> "Workflow":
        """Reads a file. `inputs`: paths into it by name: `{"prompt": "6.text"}`, or lists of paths. Without `words` it
        needs a place for a picture, but none for a prompt. `video`: it has to save a video. Raises OptionError."""
        try:
            if path.stat().st_size > MAX_BYTES:
                raise OptionError("workflow", f"{path} has more than {MAX_BYTES // 1_000_000} MB")
            content = json.loads(path.read_bytes())
        except OSError as error:
            raise OptionError("workflow", f"{path}: {error.strerror or 'cannot be read'}") from None
        except (ValueError, RecursionError):
            raise OptionError("workflow", f"{path} is no JSON") from None
        return cls.parse(path.name, content, inputs, words=words, video=video)

    @classmethod
    def parse(
        cls, name: str, content: object, inputs: Inputs, *, words: bool = True, video: bool = False
    ) -> "Workflow":
        """Like `read`, from text. Raises OptionError: it is no workflow, has a loop, has no place for the prompt or the
        picture, or has several nodes that may be meant."""
        graph = Graph(_nodes(name, content))
        if circle := graph.circle():
            raise OptionError("workflow", f"{name} goes in a circle: {' -> '.join(map(graph.described, circle))}")
        named = {field: _declared(graph, field, paths) for field, paths in inputs.items()}
        result = tuple(node_id for node_id, _ in named.pop(RESULT, ())) or tuple(
            node_id for node_id in graph.nodes if _title_words(graph, node_id) == [RESULT]
        )
        moving = tuple(node_id for node_id in graph.nodes if MOVING.search(graph.kind(node_id)))
        if video and not (result or moving):
            raise OptionError("workflow", f"{name} saves no video; title the node that does 'result'")
        found, titled = find_places(graph, result or (moving if video else ())), _titled(graph)
        places = _merged(found, titled, named)
        if "upscaler" not in named:  # one that is titled `model` can be picked as well
            places |= {name: found.places[name] for name in ("upscaler",) if name in found.places}
        if not found.result and moving:
            named_nodes = ", ".join(map(graph.described, moving[:5]))
            raise OptionError(
                "workflow", f'{name} makes a video or an animation ({named_nodes}): that needs task = "video"'
            )
        for field, doubt in found.doubts.items():
            if field not in places and field not in named and field != "model":
                raise OptionError("workflow", f"{name}: {doubt}; {_how_to_say(field)}")
        if not words:
            places.pop("negative", None)  # what the workflow says itself is part of how it does its work
        if not words and "picture" not in places:
            raise OptionError(
                "workflow", f"{name} has no place for the picture; {_how_to_say('picture')}; it has: {_listed(graph)}"
            )
        if words and "prompt" not in places:
            raise OptionError(
                "workflow", f"{name} has no place for the prompt; {_how_to_say('prompt')}; it has: {_listed(graph)}"
            )
        edits = "picture" in places and any(EDITS.search(graph.kind(each)) for each in graph.before(found.result))
        if "picture" not in places or (edits and not {"strength"} & {*titled, *named}):
            places.pop("strength", None)  # how far to leave a picture that cannot be given, or is only looked at
        if "picture" not in places:
            places.pop("mask", None)
        return cls(name, graph.nodes, places, result, found.result, edits, words)

    @property
    def parameters(self) -> frozenset[str]:
        """The fields of ImageRequest that have a place."""
        chosen = {parameter for field, parameter in CHOSEN.items() if field in self.places}
        return (frozenset(FIELDS[field] for field in self.places) - {"prompt", "model", "n"}) | chosen

    @property
    def images(self) -> int:
        """How many pictures a run gives. More than one only if somebody named the place of their number, because they
        are drawn at once and need that much memory."""
        return MOST_AT_ONCE if "count" in self.places else 1

    def filled(self, request: ImageRequest, uploaded: Uploaded = Uploaded()) -> dict[str, Any]:  # JSON
        """A copy with the request in its places. What the request leaves open stays as the workflow has it."""
        nodes = copy.deepcopy({node_id: dict(node) for node_id, node in self.nodes.items()})
        for field, places in self.places.items():
            if field in {"picture", "mask", "lora"}:
                continue
            value = (getattr(request, CHOSEN[field]) if field in CHOSEN else None) or getattr(request, FIELDS[field])
            if field == "negative" and value is None:
                value = ""  # not the example that somebody exported
            if value is None or (not value and (field == "model" or (field == "prompt" and not self.words))):
                continue  # as the workflow has it
            for node_id, name in places:
                nodes[node_id]["inputs"][name] = value
        self._fill_pictures(nodes, uploaded)
        _load_loras(nodes, [node_id for node_id, _ in self.places.get("lora", ())], request.loras)
        return nodes

    def _fill_pictures(self, nodes: dict[str, Any], uploaded: Uploaded) -> None:
        places = self.places.get("picture", ())
        for (node_id, name), picture in zip(places, uploaded.pictures, strict=False):
            nodes[node_id]["inputs"][name] = picture
        if uploaded.pictures:
            for node_id, _ in places[len(uploaded.pictures) :]:
                _leave_out(nodes, node_id)
        for node_id, name in self.places.get("mask", ()):
            if nodes[node_id]["class_type"] in MASKS and uploaded.mask is not None:
                nodes[node_id]["inputs"] |= {name: uploaded.mask, "channel": "red"}  # white is redrawn

    @property
    def masked_pictures(self) -> frozenset[int]:
        """The numbers of the pictures that carry the mask in their alpha channel."""
        masks = self.places.get("mask", ())
        return frozenset(number for number, place in enumerate(self.places.get("picture", ())) if place in masks)

    @property
    def has_mask_of_its_own(self) -> bool:
        """Whether the mask goes into a node of its own, as a picture in black and white."""
        return any(self.nodes[node_id]["class_type"] in MASKS for node_id, _ in self.places.get("mask", ()))

    def described(self) -> list[str]:
        """For people: each name and where it goes, and what the answer is."""
        graph = Graph(self.nodes)
        lines = []
        for field in FIELDS:
            shown = [f"{graph.described(node_id)}, input {name}" for node_id, name in self.places.get(field, ())]
            lines.append(f"{field}: {'; '.join(shown) or 'nowhere'}")
        ends = "; ".join(graph.described(node_id) for node_id in self.ends)
        return [*lines, f"{RESULT}: {ends or 'whatever it saves'}"]


@lru_cache(maxsize=1)
def checkpoint_workflow() -> Workflow:
    """The built-in workflow: text-to-image with a checkpoint of the SD and SDXL families."""
    return Workflow.read(CHECKPOINT, {})


def _nodes(name: str, content: object) -> Nodes:
    if isinstance(content, dict) and is_editor_format(content):
        try:
            content = to_api(content)
        except NotConvertible as error:
            raise OptionError("workflow", f"{name} is saved for the editor, and {error}; {EXPORT}") from None
    nodes = content if isinstance(content, dict) else {}
    if isinstance(nodes.get("prompt"), dict) and "class_type" not in nodes["prompt"]:
        nodes = nodes["prompt"]  # a whole body of POST /prompt
    sound = all(
        isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)
        for node in nodes.values()
    )
    if not nodes or not sound:
        raise OptionError("workflow", f"{name} is no workflow in ComfyUI's API format; {EXPORT}")
    if len(nodes) > MAX_NODES:
        raise OptionError("workflow", f"{name} has {len(nodes)} nodes, more than {MAX_NODES}")
    return nodes


def _title_words(graph: Graph, node_id: str) -> list[str]:
    return [word for word in re.split(r"[^a-z]+", graph.title(node_id)[:200].lower()) if word]


def _titled(graph: Graph) -> dict[str, tuple[Destination, ...]]:
    """The places that titles name on purpose: the editor's own titles have other words as well."""
    places: dict[str, tuple[Destination, ...]] = {}
    for node_id in graph.nodes:
        words = _title_words(graph, node_id)
        if not all(word in TITLES for word in words):
            continue
        if "negative" in words:
            words = [word for word in words if word not in {"prompt", "positive"}]
        for word in words:
            for field, candidates in TITLES[word].items():
                places[field] = (*places.get(field, ()), *_meant(graph, node_id, field, candidates))
    return {field: tuple(dict.fromkeys(found)) for field, found in places.items() if found}


def _meant(graph: Graph, node_id: str, field: str, candidates: Iterable[str]) -> list[Destination]:
    """All texts of a node; of its other inputs the likeliest that holds a value, or links to one that does."""
    if field in {"prompt", "negative"}:
        return texts(graph, node_id, candidates)
    for name in candidates:
        if field in {"picture", "mask", "model"}:
            if isinstance(graph.inputs(node_id).get(name), str):
                return [(node_id, name)]
        elif found := numbers(graph, node_id, (name,)):
            return found
    return []


def _merged(
    found: Found, titled: Mapping[str, tuple[Destination, ...]], named: Mapping[str, tuple[Destination, ...]]
) -> dict[str, tuple[Destination, ...]]:
    """The places by priority: named, titled, found. Each place has one name."""
    places: dict[str, tuple[Destination, ...]] = {}
    taken: set[Destination] = set()
    for source in (named, titled, found.places):
        news = {
            field: tuple(place for place in where if place not in taken)
            for field, where in source.items()
            if field not in places
        }
        places |= {field: where for field, where in news.items() if where or source is named}
        taken |= {place for field, where in news.items() if field not in {"picture", "mask"} for place in where}
    return {field: where for field, where in places.items() if where}


def _declared(graph: Graph, field: str, paths: str | Sequence[str]) -> tuple[Destination, ...]:
    """The place for `6.text`, or `6.inputs.text` as in ComfyUI's own file; for `result` only the node."""
    if field not in FIELDS and field != RESULT:
        raise OptionError(f"inputs.{field}", f"there is no such name; there are: {', '.join(FIELDS)}, {RESULT}")
    return tuple(_path(graph, field, path) for path in ([paths] if isinstance(paths, str) else paths))


def _path(graph: Graph, field: str, path: str) -> Destination:
    node_id, _, name = path.partition(".")
    name = name.removeprefix("inputs.")
    if node_id not in graph.nodes:
        raise OptionError(f"inputs.{field}", f"there is no node {node_id!r}; there are: {_listed(graph)}")
    if field == RESULT:
        return node_id, ""
    if name not in graph.inputs(node_id):
        names = ", ".join(graph.inputs(node_id)) or "none"
        raise OptionError(f"inputs.{field}", f"node {node_id} has no input {name!r}; it has: {names}")
    return node_id, name


def _how_to_say(field: str) -> str:
    return f"title one of them '{field}' and nothing else, or name its place in `inputs`: {field} = \"6.text\""


def _load_loras(nodes: dict[str, Any], loaders: Sequence[str], loras: Sequence[Lora]) -> None:
    """Puts LoRAs into the loaders. If there are more LoRAs, loaders like the nearest one are added behind it. A loader
    without a LoRA keeps its own."""
    if not loaders:
        return
    nearest = loaders[0]  # to the sampler
    for number, lora in enumerate(loras):
        if number < len(loaders):
            node_id = loaders[number]
        else:
            node_id = _behind(nodes, nearest, f"lora-{number}")
            nearest = node_id
        inputs = nodes[node_id]["inputs"]
        inputs |= {"lora_name": lora.name, "strength_model": lora.weight}
        if "strength_clip" in inputs:
            inputs["strength_clip"] = lora.weight


def _behind(nodes: dict[str, Any], before: str, node_id: str) -> str:
    """Adds a second node like this one, which takes its output and passes it to all nodes that took that before."""
    while node_id in nodes:
        node_id += "x"
    for other in nodes.values():
        for name, value in other["inputs"].items():
            if (one := link(value)) is not None and one.source == before:
                other["inputs"][name] = [node_id, one.slot]
    slots = {"model": 0, "clip": 1}
    taken = {name: [before, slots[name]] if name in slots else value for name, value in nodes[before]["inputs"].items()}
    nodes[node_id] = {"class_type": nodes[before]["class_type"], "inputs": taken}
    return node_id


def _leave_out(nodes: dict[str, Any], node_id: str) -> None:
    """Removes a picture that nobody gave from inputs that may be empty; an input that may not be empty keeps it."""
    graph = Graph(nodes)
    waiting = [node_id]
    for source in waiting:  # grows while it is read
        for other in graph.nodes:
            inputs = nodes[other]["inputs"]
            for name in [name for name, value in inputs.items() if (one := link(value)) and one == Link(source, 0)]:
                kind = graph.kind(other)
                if OPTIONAL_PICTURE.fullmatch(name) or (kind, name) in OPTIONAL_INPUTS:
                    del inputs[name]
                elif last_part(name) in {"image", "pixels", "input"} and other not in waiting and len(waiting) < 20:
                    waiting.append(other)  # scaled, or encoded, on the way
    for source in waiting[::-1]:
        if not any(one.source == source for other in graph.nodes for _, one in graph.links(other)):
            del nodes[source]


def _listed(graph: Graph) -> str:
    shown = [graph.described(node_id) for node_id in graph.nodes]
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more
