"""How many of ComfyUI's own templates are understood: `python -m benchmarks.comfyui_templates FOLDER`.

The folder is that of the package `comfyui-workflow-templates-json` (`.../comfyui_workflow_templates_json/templates`).
It is no dependency: install it where you like. Counted are the templates of the categories about pictures that save a
picture and have words of their own. A template is right if, in what is sent, the new words and none of the old ones
reach the prompt of every sampler before the picture; the new words to leave out, and not the prompt, reach its negative
side; and every sampler's noise has the new seed. That is looked up by walking forwards with the words, apart from
`places.py`, which goes backwards and by names.

The templates are in the editor's format. The names of values that are not in `widgets.json` (services, mostly) are
guessed here, so this tells how well *Export (API)* files are understood, not how many editor files can be converted;
that is the second figure.
"""

import argparse
import copy
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from providers.catalog.file import OptionError
from providers.request import ImageRequest
from providers.servers.comfyui.editor_format import AFTER_SEED, VIRTUAL, NotConvertible, core_widgets, to_api
from providers.servers.comfyui.graph import Graph, last_part, link
from providers.servers.comfyui.places import TEXT_SOURCES, is_sampler, results
from providers.servers.comfyui.workflow import Workflow

CATEGORIES = {"Image", "Image Tools", "Node Basics", "Product & Ads", "Character & Fashion", "Brand & Design"}
WORDS, LEFT_OUT, SEED = "a fox of paper in the snow", "no hats at all", 20_040_229
# Inputs that hold words of people, here and there among nodes of texts.
PROSE = {*TEXT_SOURCES, "replace", "instruction", "negative_prompt"}
KEPT_TITLE = re.compile("system|template", re.IGNORECASE)  # what the template's author puts before people's words

Nodes = dict[str, dict[str, Any]]


def templates(folder: Path) -> dict[str, Any]:
    """Name to content, of the categories about pictures."""
    index = json.loads((folder / "index.json").read_bytes())
    names = [each["name"] for group in index if group["title"] in CATEGORIES for each in group["templates"]]
    return {name: json.loads((folder / f"{name}.json").read_bytes()) for name in dict.fromkeys(names)}


def with_guessed_names(content: Any) -> Any:
    """Names for the values of nodes that `widgets.json` lacks: the longest text is a prompt, a number with the editor's
    choice beside it is a seed."""
    content = copy.deepcopy(content)
    for part in (content, *(content.get("definitions") or {}).get("subgraphs", ())):
        for node in part["nodes"]:
            found = node.get("widgets_values")
            if isinstance(found, list) and node["type"] not in {*core_widgets(), *VIRTUAL}:
                node["widgets_values"] = _named(found, [each["name"] for each in node.get("inputs", ())])
    return content


def _named(values: list[Any], inputs: list[str]) -> dict[str, Any]:
    prompt = next((name for name in inputs if last_part(name) in {"prompt", "text"}), "prompt")
    texts = [value for value in values if isinstance(value, str) and value.count(" ") > 2 and value[0] not in "#{["]
    named: dict[str, Any] = {}
    for number, value in enumerate(values):
        following = values[number + 1] if number + 1 < len(values) else None
        if texts and value == max(texts, key=len) and prompt not in named:
            named[prompt] = value
        elif (
            isinstance(value, int)
            and not isinstance(value, bool)
            and isinstance(following, str)
            and following in AFTER_SEED
        ):
            named["seed"] = value
        elif not (isinstance(value, str) and value in AFTER_SEED):
            named[f"value_{number}"] = value
    return named


def prose(nodes: Nodes) -> dict[tuple[str, str], str]:
    """The texts in it that are words of people: several of them."""
    return {
        (node_id, name): value
        for node_id, node in nodes.items()
        for name, value in node["inputs"].items()
        if isinstance(value, str)
        and (value.strip().count(" ") >= 2 or len(value) > 30)
        and last_part(name) in PROSE
        and not KEPT_TITLE.search(node.get("_meta", {}).get("title", ""))
    }


def reached(graph: Graph, starts: list[str], stop: set[str]) -> set[str]:
    """All texts of the nodes before these, but not of what lies before another sampler's latent."""
    texts: set[str] = set()
    waiting = [start for start in starts if start in graph.nodes]
    for node_id in waiting:
        if node_id in stop:
            continue
        texts |= {value for value in graph.inputs(node_id).values() if isinstance(value, str)}
        for name, one in graph.links(node_id):
            if last_part(name) not in {"vae", "clip", "model"} and one.source not in waiting:
                waiting.append(one.source)
    return texts


def sides(graph: Graph, sampler: str) -> tuple[list[str], list[str]]:
    """The nodes where the positive and the negative side of a sampler begin."""
    inputs = dict(graph.inputs(sampler))
    guider = link(inputs.get("guider"))
    if guider is not None and guider.source in graph.nodes:
        inputs = dict(graph.inputs(guider.source))
    begin = {name: one.source for name in ("positive", "conditioning", "negative") if (one := link(inputs.get(name)))}
    negative = begin.pop("negative", None)
    return list(begin.values()), [] if negative is None else [negative]


def fault(before: Nodes, after: Nodes) -> str:  # noqa: C901 - one question after the other
    """What is wrong with a filled workflow; "" if nothing is."""
    old, graph, original = set(prose(before).values()), Graph(after), Graph(before)
    on_the_way = graph.before(results(graph))
    samplers = [node_id for node_id in on_the_way if is_sampler(graph, node_id)]
    old_negative: set[str] = set()
    for sampler in samplers:
        positive, negative = sides(graph, sampler)
        stop = set(samplers) - {sampler}
        apart = not reached(original, negative, stop) & reached(original, positive, stop) & old
        if apart and not _blank(graph, negative) and any(WORDS in text for text in reached(graph, negative, stop)):
            return "the prompt is on the negative side"
        texts = reached(graph, positive, stop)
        if not any(WORDS in text for text in texts) and reached(original, positive, stop) & old:
            return "the prompt does not arrive"
        if texts & old - reached(graph, negative, stop):
            return "words of the template are left in the prompt"
        if not _blank(graph, negative) and not _shared(graph, positive, negative):
            old_negative |= reached(graph, negative, stop) & old
            if negative and LEFT_OUT not in reached(graph, negative, stop):
                return "the negative prompt does not arrive"
        if old_negative:
            return "words of the template are left on the negative side"
    if not samplers and not any(WORDS in str(value) for each in on_the_way for value in graph.inputs(each).values()):
        return "the prompt does not arrive"
    if not samplers and set(prose({key: after[key] for key in on_the_way}).values()) & old:
        return "words of the template are left"
    for node_id in on_the_way:
        for name, value in graph.inputs(node_id).items():
            if last_part(name) in {"seed", "noise_seed"} and graph.literal(value) != SEED and _number(graph, value):
                return f"the seed of {graph.described(node_id)} is fixed"
    return ""


def _number(graph: Graph, value: object) -> bool:
    return isinstance(graph.literal(value), int)


def _blank(graph: Graph, starts: list[str]) -> bool:
    """Whether a side is the other one, emptied."""
    waiting = list(starts)
    for node_id in waiting:
        if graph.kind(node_id) == "ConditioningZeroOut":
            return True
        waiting += [
            one.source for name, one in graph.links(node_id) if "cond" in name or name in {"positive", "negative"}
        ]
        if len(waiting) > 200:
            break
    return False


def _shared(graph: Graph, positive: list[str], negative: list[str]) -> bool:
    """Whether both sides are of one encoder."""
    encoders = [
        {node_id for node_id in graph.before(side) if "TextEncode" in graph.kind(node_id)}
        for side in (positive, negative)
    ]
    return bool(encoders[1]) and encoders[0] == encoders[1] and len(encoders[0]) == 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="name those that are right as well")
    arguments = parser.parse_args()
    contents = templates(arguments.folder)
    outcomes: Counter[str] = Counter()
    wordless = converted = 0
    for name, content in contents.items():
        nodes = to_api(with_guessed_names(content))
        graph = Graph(nodes)
        on_the_way = graph.before(results(graph))
        if not on_the_way or not prose({node_id: nodes[node_id] for node_id in on_the_way}):
            wordless += 1
            continue
        try:
            to_api(content)
            converted += 1
        except NotConvertible:
            pass
        try:
            workflow = Workflow.parse(name, nodes, {})
            request = ImageRequest(WORDS, negative_prompt=LEFT_OUT, seed=SEED)
            wrong = fault(nodes, workflow.filled(request))
        except OptionError as error:
            wrong = f"refused: {error.reason[:200]}"
        outcomes["right" if not wrong else "wrong" if not wrong.startswith("refused") else "refused"] += 1
        if wrong or arguments.all:
            print(f"{name}: {wrong or 'right'}")
    total = outcomes.total()
    print(f"{total} templates draw a picture from words ({wordless} others do not)")
    share = f"{outcomes['right'] / total:.1%}"
    print(f"right {outcomes['right']} ({share}), wrong {outcomes['wrong']}, refused {outcomes['refused']}")
    print(f"editor files that can be converted: {converted}")


if __name__ == "__main__":
    main()
