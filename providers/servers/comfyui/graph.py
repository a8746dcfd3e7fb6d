"""A workflow in ComfyUI's API format as a graph: `{id: {class_type, inputs: {name: value | [id, slot]}, _meta}}`.

Walks are loops, not recursion, and visit each node once, so no file takes longer than its number of links.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Nodes = Mapping[str, Mapping[str, Any]]  # by id: class_type, inputs, _meta, as ComfyUI exports them
Destination = tuple[str, str]  # a node's id, and the name of one of its inputs

# Switches of the core nodes: the inputs that their literal `switch` chooses between.
SWITCHES = {"ComfySwitchNode": {True: "on_true", False: "on_false"}}


class Link(NamedTuple):
    """The output `slot` of the node `source`, from which an input gets its value."""

    source: str
    slot: int


def link(value: object) -> Link | None:
    """The link in an input's value; None: it is a literal."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    source, slot = value
    if not isinstance(source, str | int) or isinstance(source, bool) or not isinstance(slot, int):
        return None
    return Link(str(source), slot)


class Graph:
    """`nodes` must be well-formed: each has a dictionary of inputs."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    def kind(self, node_id: str) -> str:
        return str(self.nodes[node_id]["class_type"])

    def inputs(self, node_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.nodes[node_id]["inputs"]
        return found

    def title(self, node_id: str) -> str:
        meta = self.nodes[node_id].get("_meta")
        title = meta.get("title") if isinstance(meta, dict) else None
        return title if isinstance(title, str) else ""

    def described(self, node_id: str) -> str:
        """A node for a message: id, class, and its title if that says more."""
        kind, title = self.kind(node_id), self.title(node_id)
        return f"{node_id} {kind} {title!r}" if title and title != kind else f"{node_id} {kind}"

    def links(self, node_id: str) -> Iterator[tuple[str, Link]]:
        """The inputs of a node that link to existing nodes; of a switch only the side that it is set to."""
        inputs = self.inputs(node_id)
        sides = SWITCHES.get(self.kind(node_id), {})
        chosen = self.literal(inputs.get("switch")) if sides else None
        for name, value in inputs.items():
            if isinstance(chosen, bool) and name in sides.values() and name != sides[chosen]:
                continue
            if (found := link(value)) is not None and found.source in self.nodes:
                yield name, found

    def literal(self, value: object) -> object:
        """The literal, or the `value` of the linked node; None: there is neither."""
        if (found := link(value)) is None:
            return value
        if found.source not in self.nodes:
            return None
        held = self.inputs(found.source).get("value")
        return None if link(held) else held

    def before(self, starts: Iterable[str]) -> list[str]:
        """These nodes and all that they depend on: the nearest first, each once."""
        waiting = [each for each in starts if each in self.nodes]
        seen = dict.fromkeys(waiting)
        for node_id in waiting:  # grows while it is read
            for _, found in self.links(node_id):
                if found.source not in seen:
                    seen[found.source] = None
                    waiting.append(found.source)
        return waiting

    def depends(self, node_id: str, kinds: Iterable[str]) -> bool:
        """Whether the node, or one that it depends on, is of one of these classes."""
        wanted = set(kinds)
        return any(self.kind(each) in wanted for each in self.before([node_id]))

    def circle(self) -> list[str]:
        """The nodes of one loop, in order, the first again at the end; empty: there is no loop."""
        done: set[str] = set()
        for start in self.nodes:
            path: list[tuple[str, Iterator[str]]] = [] if start in done else [(start, self._sources(start))]
            on_path = {start}
            while path:
                node_id, sources = path[-1]
                following = next(sources, None)
                if following is None:
                    path.pop()
                    on_path.discard(node_id)
                    done.add(node_id)
                elif following in on_path:
                    ids = [each for each, _ in path]
                    return [*ids[ids.index(following) :], following][::-1]
                elif following not in done:
                    path.append((following, self._sources(following)))
                    on_path.add(following)
        return []

    def _sources(self, node_id: str) -> Iterator[str]:
        for value in self.inputs(node_id).values():
            if (found := link(value)) is not None and found.source in self.nodes:
                yield found.source


def last_part(name: str) -> str:
    """An input's own name: inputs of a chosen option are called `option.name`."""
    return name.rpartition(".")[2]
