"""The classes of nodes that a ComfyUI has installed, and the names among which their inputs choose.

Source: `GET /object_info/{class}`, `{}` for an unknown one. A list of names is `[["a", "b"], {...}]` in nodes of the
old form and `["COMBO", {"options": ["a", "b"]}]` in those of the new one.
"""

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import aiohttp

from providers.bounds import names_of
from providers.engines.deadline import Deadline
from providers.engines.memory import memory
from providers.errors import BadAnswer, ModelNotFound, NotThisServer, ResponseError
from providers.servers.comfyui.workflow import Workflow

if TYPE_CHECKING:
    from providers.servers.comfyui.provider import ComfyUI

MAX_KINDS = 60  # classes that a check asks about
SHOWN = 5


class Installed:
    """Asks one server, within one deadline."""

    def __init__(self, provider: "ComfyUI", session: aiohttp.ClientSession, patience: Deadline) -> None:
        self._provider, self._session, self._patience = provider, session, patience

    async def check(self, workflow: Workflow, model: str | None) -> None:
        """Raises ResponseError for nodes that are not installed, ModelNotFound for a file that does not exist. A server
        without this route (an imitation) is not asked further."""
        kinds = dict.fromkeys(str(node["class_type"]) for node in workflow.nodes.values())
        missing = []
        for kind in list(kinds)[:MAX_KINDS]:
            try:
                if await self.inputs(kind) is None:
                    missing.append(kind)
            except (NotThisServer, BadAnswer):
                return
        if missing:
            several = ", ".join(missing[:10])
            raise ResponseError(f"{self._provider.host} has no nodes {several}, which {workflow.name} needs")
        for node_id, name in workflow.places.get("model", ()) if model else ():
            names = choices_of(await self.inputs(str(workflow.nodes[node_id]["class_type"])), name)
            if model and names and model not in names:
                near = nearest(model, names)
                raise ModelNotFound(f"there is no {name} {model!r}; there are: {names_of(near)}")

    async def inputs(self, kind: str) -> Mapping[str, Any] | None:
        """The inputs of a class by name, as the server describes them; None: there is no such class. Remembered for
        some minutes; an absence for less. Raises like `ask`."""
        key = (self._provider.url, "object_info", kind)
        return (await memory().recall(key, lambda: self.read(kind)))[0]

    async def read(self, kind: str) -> Mapping[str, Any] | None:
        """Like `inputs`, but always asks the server."""
        answer = (await self._provider.ask(self._session, self._patience, self._provider.object_info(kind))).json()
        found = answer.get(kind)
        if not isinstance(found, dict):
            return None
        groups = found.get("input")
        described: dict[str, Any] = {}
        for group in ("required", "optional"):
            if isinstance(groups, dict) and isinstance(groups.get(group), dict):
                described |= groups[group]
        return described


def choices_of(inputs: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    """The names that an input chooses between; empty: it is no choice."""
    spec = (inputs or {}).get(name)
    if not isinstance(spec, list) or not spec:
        return ()
    options = spec[0]
    if options == "COMBO" and len(spec) > 1 and isinstance(spec[1], dict):
        options = spec[1].get("options")
    return tuple(each for each in options if isinstance(each, str)) if isinstance(options, list) else ()


def nearest(name: str, names: tuple[str, ...]) -> list[str]:
    """Up to five names that are most like this one; if none is, some of the names."""
    return difflib.get_close_matches(name[:200], names[:5000], SHOWN, 0.4) or list(names[:SHOWN])
