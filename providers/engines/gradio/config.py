"""What is known of a server, from its `/config`: prefix, functions by api name, and the inputs of each.

`fn_index`, `trigger_id` and slider bounds change with every edit of an app, so they are read, not believed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from providers.bounds import MAX_ID, entries, names_of, number, text, whole
from providers.capabilities import Bounds
from providers.engines.gradio.diffs import Json
from providers.errors import BadAnswer, InvalidParameter, NotThisServer

MAX_COMPONENTS = 5000
_ROUTE = re.compile(r"[A-Za-z0-9._~/-]{1,200}")


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a function, in order. `hidden` ones (gr.State) take a null that nobody lists."""

    kind: str = ""
    label: str = ""
    default: Json = None
    bounds: Bounds | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One endpoint. `inputs` is empty when they are not known; `streams`: it is a generator."""

    index: int
    api_name: str
    trigger: int | None = None
    inputs: tuple[Input, ...] = ()
    streams: bool = False
    public: bool = True

    def fit(self, arguments: Mapping[str, Any]) -> tuple[list[Json], list[str]]:
        """Arguments in the order of parameters -> the positional `data`, and what had to be changed, in words.

        Numbers are brought within the sliders' bounds, hidden inputs get null, inputs that we have no argument
        for get their own default.
        """
        if not self.inputs:
            return list(arguments.values()), []
        given = iter(arguments.items())
        data: list[Json] = []
        notes: list[str] = []
        for item in self.inputs:
            if item.hidden:
                data.append(None)
                continue
            name, value = next(given, ("", item.default))
            fitted = _within(name, value, item)
            if fitted != value and value is not None:
                notes.append(f"{name} {value:g} is not possible here, {fitted:g} is drawn instead")
            data.append(fitted)
        data.extend(value for _, value in given)
        return data, notes


@dataclass(frozen=True, slots=True)
class Space:
    """`prefix` is "" for Gradio 4 and usually "/gradio_api" from 5 on."""

    prefix: str
    functions: tuple[Function, ...]

    def function(self, api_name: str, *, documented: int, arity: int) -> Function:
        """The function of that api name; else the one at the documented index, or the only public one, that takes
        `arity` arguments. Raises InvalidParameter with the names that there are."""
        for function in self.functions:
            if function.api_name == api_name:
                return function
        fitting = [f for f in self.functions if sum(not item.hidden for item in f.inputs) == arity]
        for function in fitting:
            if function.index == documented:
                return function
        if len(public := [f for f in fitting if f.public and f.api_name]) == 1:
            return public[0]
        names = names_of(f.api_name for f in self.functions if f.public and f.api_name)
        raise InvalidParameter(f"there is no api name {api_name!r} here; there are: {names}")


def parse_config(config: Json) -> Space:
    """Raises BadAnswer for JSON that is no Gradio configuration, NotThisServer for a version before 4."""
    if not isinstance(config, dict) or not isinstance(config.get("dependencies"), list):
        raise BadAnswer("/config is not Gradio's")
    version = text(config.get("version"), 20)
    if re.match(r"[123]\.", version):
        raise NotThisServer(f"Gradio {version} is too old: version 4 or newer is needed")
    listed_components = entries(config.get("components"), MAX_COMPONENTS)
    components = {item["id"]: item for item in listed_components if isinstance(item.get("id"), int)}
    functions = [
        _function(item, position, components)
        for position, item in enumerate(config["dependencies"][:MAX_COMPONENTS])
        if isinstance(item, dict)
    ]
    return Space(_prefix(config), tuple(functions))


def _prefix(config: dict[str, Json]) -> str:
    prefix = config.get("api_prefix")
    if isinstance(prefix, str):
        prefix = prefix.strip("/")
        if prefix and not _ROUTE.fullmatch(prefix):
            raise BadAnswer("/config has an api_prefix that is no route")
        return f"/{prefix}" if prefix else ""
    major = re.match(r"[0-9]{1,4}", text(config.get("version")))
    return "/gradio_api" if prefix is None and major and int(major[0]) >= 5 else ""


def _function(item: dict[str, Json], position: int, components: dict[int, dict[str, Json]]) -> Function:
    index = whole(item.get("id"))
    name = item.get("api_name")
    targets = item.get("targets")
    first = targets[0] if isinstance(targets, list) and targets else None
    trigger = first[0] if isinstance(first, list) and first else None
    kinds = item.get("types")
    inputs = item.get("inputs")
    return Function(
        index=position if index is None else index,
        api_name=text(name, MAX_ID).lstrip("/"),
        trigger=whole(trigger),
        inputs=tuple(_input(components.get(whole(i) or 0) or {}) for i in inputs) if isinstance(inputs, list) else (),
        streams=isinstance(kinds, dict) and kinds.get("generator") is True,
        # 4 and 5 have show_api, 6 has api_visibility and makes up names for what is private
        public=item.get("show_api") is not False and item.get("api_visibility") not in ("private", "undocumented"),
    )


def _input(component: dict[str, Json]) -> Input:
    kind = text(component.get("type"), MAX_ID)
    found = component.get("props")
    props: dict[str, Json] = found if isinstance(found, dict) else {}
    low, high = number(props.get("minimum")), number(props.get("maximum"))
    bounds = None
    if kind in {"slider", "number"} and (low is not None or high is not None):
        low, high = low if low is not None else -(2.0**53), high if high is not None else 2.0**53
        bounds = Bounds(low, high, number(props.get("step")) or 0) if low <= high else None
    return Input(
        kind=kind,
        label=text(props.get("label")),
        default=props.get("value"),
        bounds=bounds,
        hidden=kind == "state" or component.get("skip_api") is True,
    )


def _within(name: str, value: Json, item: Input) -> Json:
    if value is None and item.kind in {"slider", "number"}:
        return item.default
    if value == item.default and isinstance(value, int | float):
        return value  # the app's own, even where it lies off its slider's grid
    if item.bounds is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    low, high, step = item.bounds.minimum, item.bounds.maximum, item.bounds.step
    if name == "seed" and value > high:
        # clamped, all large seeds would be one and the same picture
        return int(low + (value - low) % (high - low + 1))
    fitted = min(max(value, low), high)
    if isinstance(value, int) and step > 1:
        fitted = low + (fitted - low) // step * step
    return int(fitted) if isinstance(value, int) and float(fitted).is_integer() else fitted
