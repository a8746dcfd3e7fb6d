"""What a picture file says of how it was made, read from texts that strangers wrote.

Reads A1111's `parameters` (ours are of that kind), ComfyUI's `prompt` (the graph of nodes) and NovelAI's `Comment`.
Texts are bounded before they are parsed, parsing takes one pass, and values out of bounds are left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.prompt.flags import MAX_SEED
from providers.choices import plain_name

MAX_INFOTEXT = 50_000  # characters
MAX_JSON = 1_000_000
MAX_WORDS = 4000  # characters of a prompt
MAX_NAME = 100
MAX_SIDE, MAX_STEPS, MAX_GUIDANCE = 16_384, 1000, 100.0
MAX_PAIRS = 100
MAX_NODES = 2000  # of a graph; and of one path through it:
MAX_FOLLOWED = 64

_NEGATIVE = "Negative prompt:"
_KEY = re.compile(r"\w[\w \-/]{1,60}")
_QUOTED = re.compile(r'"((?:\\.|[^\\"])*)"')
_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")

_Node: TypeAlias = Mapping[str, Any]  # the inputs of a node: JSON of a stranger's


@dataclass(frozen=True, slots=True)
class Recipe:
    """Empty where nothing was found. `model` is a name that another tool gave it, or a catalogue id; `checkpoint` is
    what was drawn with as the file names it, folders and all."""

    prompt: str = ""
    negative: str = ""
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    width: int | None = None
    height: int | None = None
    model: str = ""
    sampler: str = ""
    scheduler: str = ""
    vae: str = ""
    checkpoint: str = ""


def recipe_of(fields: Mapping[str, str]) -> Recipe:
    """From a file's fields, as PNG has them. Raises nothing."""
    try:
        if parameters := fields.get("parameters"):
            return _infotext(parameters)
        if fields.get("Software") == "NovelAI":
            return _novelai(fields.get("Comment", ""), fields.get("Description", ""))
        if graph := fields.get("prompt"):
            return _comfyui(graph)
    except (ValueError, RecursionError):  # no JSON, or one that is nested a thousand times
        pass
    return Recipe()


# -- A1111 ------------------------------------------------------------------------------------------------


def _infotext(text: str) -> Recipe:
    if len(text) > MAX_INFOTEXT:
        return Recipe()
    *lines, last = text.strip().split("\n")
    values = _pairs(last)
    if len(values) < 3:  # A1111's own rule
        lines, values = [*lines, last], {}
    begin = next((at for at, line in enumerate(lines) if line.strip().startswith(_NEGATIVE)), len(lines))
    negative = "\n".join(lines[begin:]).strip().removeprefix(_NEGATIVE)
    if not values and begin == len(lines):
        return Recipe()  # any text: nothing says that it is a prompt
    size = _SIZE.fullmatch(values.get("Size", ""))
    return _recipe(
        "\n".join(lines[:begin]),
        negative,
        seed=values.get("Seed"),
        steps=values.get("Steps"),
        guidance=values.get("CFG scale"),
        size=size.groups() if size is not None else (None, None),
        model=values.get("Model"),
        checkpoint=values.get("Checkpoint"),  # ours, whose model is an entry of the catalogue
        sampler=values.get("Sampler"),
        scheduler=values.get("Schedule type"),
        vae=values.get("VAE"),
    )


def _pairs(line: str) -> dict[str, str]:
    """The pairs `key: value`, separated by commas; a value with a comma in it is quoted."""
    found: dict[str, str] = {}
    at = 0
    while at < len(line) and len(found) < MAX_PAIRS:
        while at < len(line) and line[at] in " ,":
            at += 1
        key = _KEY.match(line, at)
        behind = key.end() if key is not None else at
        if key is None or line[behind : behind + 1] != ":":
            comma = line.find(",", behind)
            at = len(line) if comma < 0 else comma + 1
            continue
        begin = behind + 1
        while line[begin : begin + 1] == " ":
            begin += 1
        quoted = _QUOTED.match(line, begin)
        comma = line.find(",", quoted.end() if quoted is not None else begin)
        at = len(line) if comma < 0 else comma
        found.setdefault(key[0].strip(), quoted[1] if quoted is not None else line[begin:at].strip())
    return found


# -- NovelAI ----------------------------------------------------------------------------------------------


def _novelai(comment: str, description: str) -> Recipe:
    said = _object(comment)
    return _recipe(
        said.get("prompt") or description,
        said.get("uc"),
        seed=said.get("seed"),
        steps=said.get("steps"),
        guidance=said.get("scale"),
        size=(said.get("width"), said.get("height")),
    )


# -- ComfyUI ----------------------------------------------------------------------------------------------


def _comfyui(text: str) -> Recipe:
    """The first node that samples from a prompt, and what leads to it."""
    graph = {
        str(name): node["inputs"]
        for name, node in list(_object(text).items())[:MAX_NODES]
        if isinstance(node, dict) and isinstance(node.get("inputs"), dict)
    }
    sampler = next((node for node in graph.values() if _link(node.get("positive")) or _link(node.get("guider"))), None)
    if sampler is None:
        return Recipe()
    positive = "positive" if _link(sampler.get("positive")) else "guider"
    size = next(
        (
            (node.get("width"), node.get("height"))
            for node in _leading(graph, sampler.get("latent_image"))
            if _whole(node.get("width"), 1, MAX_SIDE) and _whole(node.get("height"), 1, MAX_SIDE)
        ),
        (None, None),
    )
    return _recipe(
        _first_text(graph, sampler.get(positive)),
        _first_text(graph, sampler.get("negative")) if positive == "positive" else "",
        seed=_first(graph, sampler, ("seed", "noise_seed"), "noise"),
        steps=_first(graph, sampler, ("steps",), "sigmas"),
        guidance=_first(graph, sampler, ("cfg",), "guider"),
        size=size,
        model=_first(graph, sampler, ("ckpt_name", "unet_name"), "model", "guider"),
        sampler=_first(graph, sampler, ("sampler_name",), "sampler"),
        scheduler=_first(graph, sampler, ("scheduler",), "sigmas"),
    )


def _first_text(graph: Mapping[str, _Node], link: object) -> str:
    for node in _leading(graph, link):
        for name in ("text", "t5xxl", "prompt", "value", "string"):
            if isinstance(node.get(name), str):
                return str(node[name])
    return ""


def _first(graph: Mapping[str, _Node], sampler: _Node, names: tuple[str, ...], *links: str) -> object:
    nodes = [sampler, *(node for name in links for node in _leading(graph, sampler.get(name)))]
    for node in nodes:
        for name in names:
            if isinstance(node.get(name), str | int | float):
                return node[name]
    return None


def _leading(graph: Mapping[str, _Node], link: object) -> Iterator[_Node]:
    """The nodes that lead to a link, the nearest first, each once."""
    waiting, seen = [_link(link)], set[str]()
    while waiting and len(seen) < MAX_FOLLOWED:
        name = waiting.pop(0)
        if not name or name in seen or name not in graph:
            continue
        seen.add(name)
        yield graph[name]
        waiting += [found for value in list(graph[name].values())[:MAX_FOLLOWED] if (found := _link(value))]


def _link(value: object) -> str:
    """The node of a link such as ["4", 0]; "" for anything else."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int) and isinstance(value[1], int):
        return str(value[0])[:MAX_NAME]
    return ""


# -- values -----------------------------------------------------------------------------------------------


def _object(text: str) -> dict[str, Any]:
    """Raises ValueError and RecursionError."""
    if len(text) > MAX_JSON:
        return {}
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


def _recipe(
    prompt: object,
    negative: object,
    *,
    seed: object = None,
    steps: object = None,
    guidance: object = None,
    size: tuple[object, ...] = (None, None),
    model: object = None,
    sampler: object = None,
    scheduler: object = None,
    vae: object = None,
    checkpoint: object = None,
) -> Recipe:
    width, height = (_whole(side, 1, MAX_SIDE) for side in size)
    sized = width is not None and height is not None
    path = _text(model, MAX_NAME).replace("\\", "/")
    return Recipe(
        _text(prompt, MAX_WORDS),
        _text(negative, MAX_WORDS),
        _whole(seed, 0, MAX_SEED),
        _whole(steps, 1, MAX_STEPS),
        _number(guidance, MAX_GUIDANCE),
        width if sized else None,
        height if sized else None,
        plain_name(path.rpartition("/")[2]),  # of a path on somebody's machine
        _name(sampler),
        _name(scheduler),
        _name(vae),
        _name(checkpoint) or path,
    )


def _text(value: object, limit: int) -> str:
    """Without characters that cannot be shown."""
    if not isinstance(value, str):
        return ""
    shown = "".join(char for char in value[: 2 * limit] if char.isprintable() or char in "\n\u200c\u200d")
    return shown.strip()[:limit]


def _name(value: object) -> str:
    return " ".join(_text(value, MAX_NAME).split())


def _whole(value: object, lowest: int, highest: int) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if lowest <= value <= highest else None


def _number(value: object, highest: float) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= highest else None
