"""Converts a workflow as ComfyUI's editor saves it ("nodes", "links", "definitions") into the API format.

This does what the editor's *Export (API)* does: it removes muted nodes, connects the inputs of bypassed nodes to what
follows, expands subgraphs (their nodes are called `57:3`), drops notes and reroutes, and names the values in each
node's bare list. The file does not have these names. `widgets.json` has those of the core nodes (from ComfyUI's own
node documentation, checked against its templates). Other nodes cannot be converted, and the message says how to export
instead. Source: the frontend's `executionUtil` and `litegraph` serialisation, versions of 2025 and 2026.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

WIDGETS = Path(__file__).with_name("widgets.json")
VIRTUAL = {"Note", "MarkdownNote", "Reroute", "PrimitiveNode"}
MUTED, BYPASSED = 2, 4
INSIDE, OUTSIDE = -10, -20  # ids of a subgraph's own inputs and outputs
AFTER_SEED = {"fixed", "increment", "decrement", "randomize"}  # the editor's own choice beside a number
BUTTONS = {"image", "upload", "", None}  # what an upload button leaves behind
MAX_DEPTH = 60  # subgraphs in subgraphs, and reroutes in a row
MAX_NODES = 5000

Widgets = Mapping[str, Sequence[str]]
Item = dict[str, Any]  # an object of the file, as it came


class NotConvertible(ValueError):  # noqa: N818 - what happened
    """The file cannot be converted; the message says why."""


@lru_cache(maxsize=1)
def core_widgets() -> Widgets:
    """The names of the values of the core nodes, in the editor's order."""
    found: Widgets = json.loads(WIDGETS.read_bytes())
    return found


def is_editor_format(content: object) -> bool:
    return isinstance(content, dict) and isinstance(content.get("nodes"), list)


def to_api(content: Item, widgets: Widgets | None = None) -> dict[str, Item]:
    """The nodes in API format. `widgets`: names of values by class; None: those of the core nodes.

    Raises NotConvertible for a node whose values have no names, and for content that the editor never saves.
    """
    definitions = content.get("definitions")
    subgraphs = definitions.get("subgraphs") if isinstance(definitions, dict) else None
    known = {str(each.get("id")): each for each in _items(subgraphs)}
    api: dict[str, Item] = {}
    _Scope(content, known, core_widgets() if widgets is None else widgets, None, None, "", 0).write(api)
    if not api:
        raise NotConvertible("it has no nodes")
    return api


class _Scope:
    """The nodes of the whole file, or of one use of a subgraph: `instance`, a node of the scope `outer`."""

    def __init__(
        self,
        content: Item,
        subgraphs: Mapping[str, Item],
        widgets: Widgets,
        outer: "_Scope | None",
        instance: Item | None,
        prefix: str,
        depth: int,
    ) -> None:
        if depth > MAX_DEPTH:
            raise NotConvertible("subgraphs contain each other")
        self._nodes = {str(node.get("id")): _sound(node) for node in _items(content.get("nodes"))}
        self._links = _links(content.get("links"))
        self._names = [str(each.get("name")) for each in _items(content.get("inputs"))]
        self._subgraphs, self._widgets, self._outer, self._instance = subgraphs, widgets, outer, instance
        self._prefix, self._depth = prefix, depth
        self._inner: dict[str, _Scope] = {}

    def write(self, api: dict[str, Item]) -> None:
        for node_id, node in self._nodes.items():
            if node.get("mode") in {MUTED, BYPASSED} or node.get("type") in VIRTUAL:
                continue
            if node.get("type") in self._subgraphs:
                self._within(node_id).write(api)
                continue
            if len(api) >= MAX_NODES:
                raise NotConvertible(f"it has more than {MAX_NODES} nodes")
            kind, title = str(node.get("type")), node.get("title")
            api[self._prefix + node_id] = {
                "class_type": kind,
                "inputs": self._inputs(node_id, node),
                "_meta": {"title": title if isinstance(title, str) and title else kind},
            }

    def _inputs(self, node_id: str, node: Item) -> Item:
        inputs = self._values(node_id, node)
        for each in _items(node.get("inputs")):
            if (link_id := each.get("link")) is None:
                continue
            value = self.origin(link_id, 0)
            if value is not None:
                inputs[str(each.get("name"))] = value
        return inputs

    def _values(self, node_id: str, node: Item) -> Item:
        values, kind = node.get("widgets_values"), str(node.get("type"))
        if isinstance(values, dict):
            return {str(name): value for name, value in values.items() if name != "videopreview"}
        found: Item = {}
        if not isinstance(values, list) or not values:
            return found
        listed = [
            str(each["widget"].get("name"))
            for each in _items(node.get("inputs"))
            if isinstance(each.get("widget"), dict)
        ]
        names = iter(self._widgets.get(kind, listed))
        left = list(values)
        while left:
            value = left.pop(0)
            if (name := next(names, None)) is None:
                if value in BUTTONS if isinstance(value, str | None) else isinstance(value, dict):
                    continue
                raise NotConvertible(
                    f"node {self._prefix}{node_id} {kind!r} has values whose names the file does not say"
                )
            found[name] = value
            if left and isinstance(left[0], str) and left[0] in AFTER_SEED and isinstance(value, int | float):
                left.pop(0)
        return found

    # -- links -----------------------------------------------------------------------------------------------

    def origin(self, link_id: object, depth: int) -> Any:  # a link, a value, or None: nothing is connected
        found = self._links.get(str(link_id))
        return None if found is None else self._output(found[0], found[1], depth)

    def _output(self, node_id: str, slot: int, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise NotConvertible(f"its links go in a circle at node {self._prefix}{node_id}")
        if node_id == str(INSIDE):
            return self._given(slot, depth)
        if (node := self._nodes.get(node_id)) is None or node.get("mode") == MUTED:
            return None
        kind = node.get("type")
        if node.get("mode") == BYPASSED:
            return self._through(node, slot, depth)
        if kind == "Reroute":
            return next((self.origin(each.get("link"), depth + 1) for each in _items(node.get("inputs"))), None)
        if kind == "PrimitiveNode":
            values = node.get("widgets_values")
            return values[0] if isinstance(values, list) and values and not isinstance(values[0], list) else None
        if kind in self._subgraphs:
            return self._within(node_id).leaving(slot, depth)
        return [self._prefix + node_id, slot]

    def _given(self, slot: int, depth: int) -> Any:
        """What is connected to an input of the subgraph; None: the inner node keeps its own value."""
        if self._outer is None or self._instance is None or not 0 <= slot < len(self._names):
            return None
        for each in _items(self._instance.get("inputs")):
            if each.get("name") == self._names[slot] and each.get("link") is not None:
                return self._outer.origin(each["link"], depth + 1)
        return None

    def leaving(self, slot: int, depth: int) -> Any:
        """What comes out of an output of the subgraph."""
        for origin, origin_slot, target, target_slot in self._links.values():
            if target == str(OUTSIDE) and target_slot == slot:
                return self._output(origin, origin_slot, depth + 1)
        return None

    def _through(self, node: Item, slot: int, depth: int) -> Any:
        """What a bypassed node passes on: its input of the same type, at the same position if there is one."""
        outputs, inputs = _items(node.get("outputs")), _items(node.get("inputs"))
        kind = outputs[slot].get("type") if 0 <= slot < len(outputs) else None
        same = [
            each
            for each in inputs[slot : slot + 1] + inputs
            if each.get("type") == kind and each.get("link") is not None
        ]
        return self.origin(same[0]["link"], depth + 1) if same else None

    def _within(self, node_id: str) -> "_Scope":
        if node_id not in self._inner:
            node = self._nodes[node_id]
            self._inner[node_id] = _Scope(
                self._subgraphs[str(node.get("type"))],
                self._subgraphs,
                self._widgets,
                self,
                node,
                f"{self._prefix}{node_id}:",
                self._depth + 1,
            )
        return self._inner[node_id]


def _links(found: object) -> dict[str, tuple[str, int, str, int]]:
    """By link id: origin, its slot, target, its slot. In the file these are lists, in a subgraph objects."""
    links: dict[str, tuple[str, int, str, int]] = {}
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            each = [each.get(key) for key in ("id", "origin_id", "origin_slot", "target_id", "target_slot")]
        if isinstance(each, list) and len(each) >= 5 and isinstance(each[2], int) and isinstance(each[4], int):
            links[str(each[0])] = str(each[1]), each[2], str(each[3]), each[4]
    return links


def _sound(node: Item) -> Item:
    """The node with a text as its class and a number as its mode, whatever the file has."""
    mode = node.get("mode")
    return {**node, "type": str(node.get("type")), "mode": mode if isinstance(mode, int) else 0}


def _items(found: object) -> list[Item]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
