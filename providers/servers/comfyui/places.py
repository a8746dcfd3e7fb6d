"""Finds where a request goes in a workflow without annotations, by following its links back from the node that saves.

Saving nodes lead to the samplers. A sampler's `positive` leads to the encoders of the prompt, its `negative` to those
of the negative prompt, its noise to the seed, its latent to the size or to the input picture. Inputs are those of
ComfyUI's `nodes.py` and `comfy_extras`. Nodes of services (`api_nodes`) have no sampler and take prompt and seed
themselves.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from providers.servers.comfyui.graph import Destination, Graph, Link, last_part, link

# What an encoder, or a node of a service, calls its prompt; those of two and more texts get all of them.
TEXTS = ("text", "prompt", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "llama", "string", "user_prompt", "caption")
# What nodes call a text that is handed through to an encoder.
TEXT_SOURCES = (
    *TEXTS,
    "value",
    "string_a",
    "string_b",
    "text_a",
    "text_b",
    "text1",
    "text2",
    "replace",
    "on_true",
    "on_false",
)
SERVICE_TEXTS = ("prompt", "text", "text_prompt", "instruction")
NEGATIVES = ("negative_prompt", "negative", "negative_text")
SEEDS = ("seed", "noise_seed")
GUIDANCES = ("cfg", "cfg_conds", "cfg_scale", "guidance_scale")
LOADERS = ("ckpt_name", "unet_name", "model_name")
# Inputs that lead away from the words of a conditioning.
ASIDE = {
    "model", "clip", "vae", "image", "images", "pixels", "mask", "latent", "latents", "samples", "latent_image",
    "control_net", "clip_vision", "clip_vision_output", "style_model", "switch", "audio", "reference", "model_patch",
}  # fmt: skip
UPSCALER = "UpscaleModelLoader"
LORAS = ("LoraLoader", "LoraLoaderModelOnly")
SAVES = re.compile(r"save.*image|image.*save", re.IGNORECASE)
SHOWS = re.compile(r"preview.*image|image.*preview", re.IGNORECASE)
PICTURES = ("LoadImage", "LoadImageOutput")
MASKS = ("LoadImageMask",)
FROM_PICTURE = (*PICTURES, *MASKS)
KEPT = "fixed"  # the title of a picture or a LoRA that stays as the workflow has it
NO_WORDS = {"ConditioningZeroOut"}


@dataclass
class Found:
    """`places`: by the names of `workflow.FIELDS`. `doubts`: why a name has no place although there are candidates,
    with the nodes named. `result`: the nodes whose pictures are the answer."""

    places: dict[str, tuple[Destination, ...]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    result: tuple[str, ...] = ()

    def put(self, name: str, places: Iterable[Destination]) -> None:
        if found := tuple(dict.fromkeys((*self.places.get(name, ()), *places))):
            self.places[name] = found


def find_places(graph: Graph, result: tuple[str, ...] = ()) -> Found:
    """The places of a request. `result`: the nodes to begin at; empty: those that save a picture."""
    found = Found(result=result or results(graph))
    before = graph.before(found.result)
    samplers = _in_order(graph, [node_id for node_id in before if is_sampler(graph, node_id)])
    found.put("seed", (place for node_id in before for place in numbers(graph, node_id, SEEDS)))
    if samplers:
        _words_of_samplers(graph, samplers, found)
        _numbers_of_samplers(graph, samplers, before, found)
        _names(graph, samplers, before, found)
    else:
        _words_of_services(graph, before, found)
    upscalers = [
        place for node_id in before if graph.kind(node_id) == UPSCALER for place in _own(graph, node_id, "model_name")
    ]
    if len(upscalers) == 1:
        found.put("upscaler", upscalers)
    _pictures(graph, [*samplers[:1], *found.result], found)
    if "picture" not in found.places:
        found.places.pop("strength", None)
    return found


def results(graph: Graph) -> tuple[str, ...]:
    """The nodes that save a picture; if none does, those that show one."""
    with_pictures = [
        node_id
        for node_id in graph.nodes
        if any(last_part(name) in {"images", "image"} and link(value) for name, value in graph.inputs(node_id).items())
    ]
    for pattern in (SAVES, SHOWS):
        if ends := tuple(node_id for node_id in with_pictures if pattern.search(graph.kind(node_id))):
            return ends
    return ()


def is_sampler(graph: Graph, node_id: str) -> bool:
    """Whether the node takes conditioning, directly or through a guider, and noise."""
    inputs = graph.inputs(node_id)
    conditioned = any(link(inputs.get(name)) for name in ("positive", "guider"))
    return conditioned and any(name in inputs for name in (*SEEDS, "noise"))


def _in_order(graph: Graph, samplers: list[str]) -> list[str]:
    """The samplers in their order: first passes before those that redraw their pictures."""
    depth = {node_id: sum(other in samplers for other in graph.before([node_id])) for node_id in samplers}
    return sorted(samplers, key=lambda node_id: depth[node_id])


# -- words ---------------------------------------------------------------------------------------------------


def _words_of_samplers(graph: Graph, samplers: list[str], found: Found) -> None:
    sides: dict[str, list[str]] = {"prompt": [], "negative": []}
    for sampler in samplers:
        positive, negative = _conditioning(graph, sampler)
        encoders = {
            "prompt": _encoders(graph, positive),
            "negative": _encoders(graph, negative),
        }
        encoders["negative"] = [each for each in encoders["negative"] if each not in encoders["prompt"]]
        for name, nodes in encoders.items():
            if len({_shown_text(graph, node_id) for node_id in nodes}) > 1:
                several = ", ".join(graph.described(node_id) for node_id in nodes)
                found.doubts[name] = f"several texts meet before {graph.described(sampler)}: {several}"
            sides[name] += nodes
    # A node that is a negative of one sampler and the prompt of another is the prompt's.
    sides["negative"] = [each for each in sides["negative"] if each not in sides["prompt"]]
    for name, nodes in sides.items():
        if name not in found.doubts:
            found.put(name, (place for node_id in nodes for place in texts(graph, node_id, TEXTS)))


def _conditioning(graph: Graph, sampler: str) -> tuple[list[Link], list[Link]]:
    """The links to the positive and to the negative conditioning of a sampler or its guider."""
    inputs = graph.inputs(sampler)
    guider = link(inputs.get("guider"))
    if guider is not None and guider.source in graph.nodes:
        inputs = graph.inputs(guider.source)
    sides = (("positive", "conditioning", "cond1"), ("negative", "cond2"))  # DualCFGGuider's second one has the picture
    positive, negative = ([one for name in side if (one := link(inputs.get(name)))] for side in sides)
    return positive, negative


def _encoders(graph: Graph, starts: list[Link]) -> list[str]:
    """The nodes whose text becomes this conditioning."""
    waiting, seen, found = list(starts), set(starts), []
    for one in waiting:  # grows while it is read
        if one.source not in graph.nodes or graph.kind(one.source) in NO_WORDS:
            continue
        if texts(graph, one.source, TEXTS):
            if one.source not in found:
                found.append(one.source)
            continue
        for following in _towards_words(graph, one):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return found


def _towards_words(graph: Graph, one: Link) -> Iterator[Link]:
    links = dict(graph.links(one.source))
    if "positive" in links and "negative" in links:  # what goes in at one side comes out there
        yield links["negative" if one.slot == 1 else "positive"]
        return
    conditioned = {name: following for name, following in links.items() if "cond" in name}
    for name, following in (conditioned or links).items():
        if re.sub(r"_?\d+$", "", last_part(name)) not in ASIDE:
            yield following


def texts(graph: Graph, node_id: str, names: Iterable[str]) -> list[Destination]:
    """The destinations at which a text has to be put, so that these inputs of a node have it and nothing else."""
    found: list[Destination] = []
    for name, value in graph.inputs(node_id).items():
        if last_part(name) in names:
            if isinstance(value, str):
                found.append((node_id, name))
            elif (one := link(value)) is not None and (source := _source_of_text(graph, one)):
                found.append(source if source != ("", "") else (node_id, name))
    return found


def _source_of_text(graph: Graph, one: Link) -> Destination | None:
    """The only node before this link that has a text. ("", ""): there are several, or a node makes the text, so the
    link itself has to be replaced. None: the link brings no text."""
    waiting, seen, leaves = [one.source], {one.source}, list[Destination]()
    for node_id in waiting:  # grows while it is read
        if node_id not in graph.nodes:
            continue
        held = graph.inputs(node_id)
        leaves += [
            (node_id, name)
            for name, value in held.items()
            if last_part(name) in TEXT_SOURCES and isinstance(value, str)
        ]
        for name, following in graph.links(node_id):
            if last_part(name) in TEXT_SOURCES and following.source not in seen:
                seen.add(following.source)
                waiting.append(following.source)
    if not leaves:
        return None if one.source not in graph.nodes else ("", "")
    return leaves[0] if len(leaves) == 1 else ("", "")


def _shown_text(graph: Graph, node_id: str) -> tuple[object, ...]:
    """The text that an encoder encodes, to tell whether two encode the same."""
    return tuple(
        graph.inputs(place[0]).get(place[1]) if link(graph.inputs(place[0]).get(place[1])) is None else place
        for place in texts(graph, node_id, TEXTS)
    )


def _words_of_services(graph: Graph, before: list[str], found: Found) -> None:
    """Finds nodes that ask a service for a picture: those nearest to the result that have a prompt of their own."""
    asked = [
        node_id
        for node_id in before
        if not graph.kind(node_id).startswith(("Save", "Preview"))
        and texts(graph, node_id, SERVICE_TEXTS)
        and _gives_picture(graph, node_id, before)
    ]
    if len(asked) > 1:
        named = ", ".join(graph.described(node_id) for node_id in asked)
        found.doubts["prompt"] = f"several nodes take a prompt: {named}"
        return
    for node_id in asked:
        found.put("prompt", texts(graph, node_id, SERVICE_TEXTS))
        found.put("negative", texts(graph, node_id, NEGATIVES))
        width, height = numbers(graph, node_id, ("width",)), numbers(graph, node_id, ("height",))
        if width and height:
            found.put("width", width)
            found.put("height", height)


def _gives_picture(graph: Graph, node_id: str, before: list[str]) -> bool:
    """Whether one of these nodes uses the node's output as a picture, not as a text."""
    for other in before:
        for name, one in graph.links(other):
            if one.source == node_id and last_part(name) not in {*TEXT_SOURCES, "system_prompt", "source"}:
                return True
    return False


# -- numbers -------------------------------------------------------------------------------------------------


def numbers(graph: Graph, node_id: str, names: Iterable[str]) -> list[Destination]:
    """The destinations at which a number has to be put, so that these inputs of a node have it: the inputs themselves,
    or the node that holds it for several."""
    found: list[Destination] = []
    for name, value in graph.inputs(node_id).items():
        if last_part(name) not in names:
            continue
        if (one := link(value)) is None:
            if isinstance(value, int | float) and not isinstance(value, bool):
                found.append((node_id, name))
        elif one.source in graph.nodes:
            held = graph.inputs(one.source)
            holder = next((key for key in ("value", *SEEDS) if isinstance(held.get(key), int | float)), None)
            found.append((one.source, holder) if holder else (node_id, name))
    return found


def _numbers_of_samplers(graph: Graph, samplers: list[str], before: list[str], found: Found) -> None:
    first = samplers[0]
    found.put("steps", _of_equals(graph, [_steps(graph, sampler) for sampler in samplers]))
    guidance = [_guidance(graph, sampler) for sampler in samplers]
    found.put("cfg", _of_equals(graph, guidance))
    from_picture, latent = _latent(graph, first)
    if from_picture:
        found.put("strength", _strength(graph, first))
    elif latent is not None:
        _size(graph, latent, before, found)
    loaders = [
        (node_id, name)
        for node_id in graph.before([first])
        for name, value in graph.inputs(node_id).items()
        if name in LOADERS and isinstance(value, str)
    ]
    if len(loaders) == 1:
        found.put("model", loaders)
    elif loaders:
        found.doubts["model"] = "several files are loaded: " + ", ".join(graph.described(each) for each, _ in loaders)


def _names(graph: Graph, samplers: list[str], before: list[str], found: Found) -> None:
    """Finds names that are chosen from a list: sampler, scheduler, VAE and LoRAs."""
    for kind, name, through in (("sampler", "sampler_name", "sampler"), ("scheduler", "scheduler", "sigmas")):
        found.put(kind, _of_equals(graph, [_name(graph, sampler, name, through) for sampler in samplers]))
    vaes = [
        place for node_id in before if graph.kind(node_id) == "VAELoader" for place in _own(graph, node_id, "vae_name")
    ]
    if len(vaes) == 1:
        found.put("vae", vaes)
    loras = [
        place
        for node_id in graph.before(samplers[:1])
        if graph.kind(node_id) in LORAS and graph.title(node_id).strip().lower() != KEPT
        for place in _own(graph, node_id, "lora_name")
    ]
    found.put("lora", loras)


def _name(graph: Graph, sampler: str, name: str, through: str) -> list[Destination]:
    """A sampler's own input, or the nearest one behind the input `through`."""
    nodes = [sampler]
    if (one := link(graph.inputs(sampler).get(through))) is not None and one.source in graph.nodes:
        nodes += graph.before([one.source])
    return next((places for node_id in nodes if (places := _own(graph, node_id, name))), [])


def _own(graph: Graph, node_id: str, name: str) -> list[Destination]:
    return [(node_id, name)] if isinstance(graph.inputs(node_id).get(name), str) else []


def _of_equals(graph: Graph, by_sampler: list[list[Destination]]) -> list[Destination]:
    """The places of all samplers whose value is that of the first one. Others keep theirs: another pass has its own
    numbers."""
    first = by_sampler[0]
    values = [graph.inputs(node_id).get(name) for node_id, name in first]
    return [
        place
        for places in by_sampler
        if [graph.inputs(node_id).get(name) for node_id, name in places] == values
        for place in places
    ]


def _steps(graph: Graph, sampler: str) -> list[Destination]:
    inputs = graph.inputs(sampler)
    end = inputs.get("end_at_step")
    partial = bool(inputs.get("start_at_step")) or (isinstance(end, int) and end < 1000)
    if partial:  # steps that are shared out among samplers would have to be shared out anew
        return []
    return numbers(graph, sampler, ("steps",)) or _along(graph, sampler, "sigmas", ("steps",))


def _guidance(graph: Graph, sampler: str) -> list[Destination]:
    """The place of the guidance. Guidance that is distilled into a model precedes classifier-free guidance, which stays
    at 1 there."""
    positive, _ = _conditioning(graph, sampler)
    for node_id in graph.before([one.source for one in positive]):
        if found := numbers(graph, node_id, ("guidance",)):
            return found
    return numbers(graph, sampler, GUIDANCES) or _along(graph, sampler, "guider", GUIDANCES)


def _strength(graph: Graph, sampler: str) -> list[Destination]:
    return numbers(graph, sampler, ("denoise",)) or _along(graph, sampler, "sigmas", ("denoise",))


def _along(graph: Graph, sampler: str, through: str, names: Iterable[str]) -> list[Destination]:
    """The nearest node behind the input `through` that has a number of these names."""
    one = link(graph.inputs(sampler).get(through))
    waiting = [] if one is None or one.source not in graph.nodes else [one.source]
    seen = set(waiting)
    for node_id in waiting:  # grows while it is read
        if found := numbers(graph, node_id, names):
            return found
        for name, following in graph.links(node_id):
            if through in name and following.source not in seen:
                seen.add(following.source)
                waiting.append(following.source)
    return []


def _latent(graph: Graph, sampler: str) -> tuple[bool, str | None]:
    """Whether the first latent is made from a picture; if not, the node that creates it empty."""
    inputs = graph.inputs(sampler)
    start = next((one for name in ("latent_image", "latent", "samples") if (one := link(inputs.get(name)))), None)
    waiting = [] if start is None else [start.source]
    seen = set(waiting)
    for node_id in waiting:  # grows while it is read
        if node_id not in graph.nodes:
            continue
        held = graph.inputs(node_id)
        if "pixels" in held or "image" in held:
            return graph.depends(node_id, FROM_PICTURE), None
        if "width" in held and "height" in held:
            return False, node_id
        for name, following in graph.links(node_id):
            if last_part(name) not in ASIDE - {"latent", "samples", "latent_image"} and following.source not in seen:
                seen.add(following.source)
                waiting.append(following.source)
    return False, None


def _size(graph: Graph, latent: str, before: list[str], found: Found) -> None:
    """Finds the latent's own size, and that of all nodes with the same one."""
    held = graph.inputs(latent)
    sources = [one.source for name in ("width", "height") if (one := link(held.get(name)))]
    if any(graph.depends(source, FROM_PICTURE) for source in sources if source in graph.nodes):
        return  # it follows the picture
    places = {side: numbers(graph, latent, (side,)) for side in ("width", "height")}
    if not all(places.values()):
        return
    if places["width"] == places["height"]:  # one number for a square
        places = {side: [(latent, side)] for side in places}
    for side, own in places.items():
        same = [place for node_id in before for place in _same_size(graph, node_id, side, held.get(side), own)]
        found.put(side, [*own, *same])


def _same_size(graph: Graph, node_id: str, side: str, value: object, own: list[Destination]) -> Iterator[Destination]:
    """Nodes such as ModelSamplingFlux, Flux2Scheduler and CLIPTextEncodeSDXL have the size as well."""
    inputs = graph.inputs(node_id)
    knows = "pixels" not in inputs and "image" not in inputs
    for name in (side, f"target_{side}"):
        if not knows or name not in inputs or inputs[name] != value or (node_id, name) in own:
            continue
        if link(value) is None or own[0][1] == side:
            yield node_id, name


# -- pictures ------------------------------------------------------------------------------------------------


def _pictures(graph: Graph, starts: list[str], found: Found) -> None:
    """Finds the nodes that load a picture, in the order in which the workflow uses them, and those whose mask it
    uses."""
    order = _by_use(graph, starts)
    loads = [
        node_id
        for node_id in order
        if graph.kind(node_id) in PICTURES and isinstance(graph.inputs(node_id).get("image"), str)
    ]
    free = [node_id for node_id in loads if graph.title(node_id).strip().lower() != KEPT]
    used = {one for node_id in order for _, one in graph.links(node_id)}
    found.put("picture", ((node_id, "image") for node_id in free if Link(node_id, 0) in used))
    found.put("mask", ((node_id, "image") for node_id in free if Link(node_id, 1) in used))
    found.put("mask", ((node_id, "image") for node_id in order if graph.kind(node_id) in MASKS))


def _by_use(graph: Graph, starts: list[str]) -> list[str]:
    """Depth first: the picture that is redrawn, then `image1`, `image2` ... of the encoders."""
    order: dict[str, None] = {}
    waiting = starts[::-1]
    while waiting:
        node_id = waiting.pop()
        if node_id in order or node_id not in graph.nodes:
            continue
        order[node_id] = None
        following = sorted(graph.links(node_id), key=lambda item: _by_number(item[0]))
        waiting += [one.source for _, one in following[::-1]]
    return list(order)


def _by_number(name: str) -> tuple[bool, list[tuple[str, int]]]:
    parts: list[tuple[str, int]] = [(text, int(digits or 0)) for text, digits in re.findall(r"(\D+)(\d{0,6})", name)]
    return name not in {"latent_image", "guider"}, parts
