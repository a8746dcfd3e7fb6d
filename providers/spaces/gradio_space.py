"""Any Gradio app by its URL: arguments are mapped by parameter name, as its `/info` lists them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from providers.base import random_seed
from providers.capabilities import Bounds, Capabilities
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.resolve import read_info, read_prefix
from providers.engines.gradio.run import Headers
from providers.engines.gradio.upload import upload
from providers.errors import BadAnswer, InvalidParameter
from providers.events import ImagePreview, ImageResponse, Reasoning
from providers.request import OPTIONAL_PARAMETERS, ImageRequest

# Other names under which apps have what `ImageRequest` calls by the key.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "guidance_scale": ("guidance_scale", "guidance", "cfg_scale", "cfg"),
    "num_inference_steps": ("num_inference_steps", "num_steps", "steps"),
    "strength": ("strength", "denoising_strength"),
}
# Tried in this order when no api name is given and several functions take a prompt.
USUAL_NAMES = ("infer", "generate", "generate_image", "predict", "run")


class GradioSpace(GradioProvider):
    """The catalogue's `gradio`: `url`, and `api_name` where the app has several functions that draw."""

    label = "Gradio Space"
    api_name = ""
    protocol = "queue"
    api_endpoint = "/gradio_api/queue/join"
    seed_events = (Reasoning, ImagePreview, ImageResponse)
    capabilities: ClassVar[Capabilities] = Capabilities(
        frozenset(OPTIONAL_PARAMETERS),
        width=Bounds(1, 8192),
        height=Bounds(1, 8192),
        steps=Bounds(1, 1000),
        guidance=Bounds(0, 1000, 0.1),
        previews=True,
        progress=True,
        queue_position=True,
        cancel=True,
        notes=("what it takes depends on the Space",),
    )

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """A Space is its own model, under whatever name the catalogue gives it."""
        return model or cls.default_model

    async def arguments(self, request: ImageRequest, link: Connection, headers: Headers) -> dict[str, Json]:
        if not self.url:
            raise InvalidParameter("a Gradio Space needs a url")
        prefix = await read_prefix(link, headers.post, self.documented_prefix)
        info = await read_info(link, headers.post, prefix)
        self.api_name, parameters = choose(info, self.api_name.lstrip("/"))
        image = None
        if request.first_image is not None and any(_is_image(parameter) for parameter in parameters):
            image = await upload(link, prefix, request.first_image, headers, self.new_session_hash())
        return self.fill(parameters, request, image)

    def fill(self, parameters: list[dict[str, Json]], request: ImageRequest, image: Json) -> dict[str, Json]:
        """Each parameter with what was asked for, else with its own default; notes what found no place."""
        names = {str(parameter.get("parameter_name")) for parameter in parameters}
        seed, randomize = self.seed_to_send(request)
        known: dict[str, Any] = {"prompt": request.prompt, "randomize_seed": randomize}
        untaken = []
        for name in OPTIONAL_PARAMETERS:
            synonyms = SYNONYMS.get(name, (name,))
            known.update(dict.fromkeys(synonyms, getattr(request, name)))
            if getattr(request, name) is not None and name != "image" and not names.intersection(synonyms):
                untaken.append(name)
        if request.first_image is not None and image is None:
            untaken.append("image")
        self.untaken = tuple(untaken)
        if request.seed is None:
            # an app that does not randomize by itself would draw the same picture again and again
            known["seed"] = None if "randomize_seed" in names and randomize else seed or random_seed()
        filled: dict[str, Json] = {}
        for position, parameter in enumerate(parameters):
            name = str(parameter.get("parameter_name") or position)
            if _is_image(parameter):
                filled[name], image = image, None  # a second picture (a mask) stays empty
            else:
                value = known.get(name)
                filled[name] = _default(parameter) if value is None else value
        return filled


def choose(info: Json, api_name: str) -> tuple[str, list[dict[str, Json]]]:
    """The function to draw with and its parameters: the named one, else the first that takes a prompt, usual names
    before others. Raises InvalidParameter with what there is when it has no prompt, or none has."""
    endpoints = info.get("named_endpoints") if isinstance(info, dict) else None
    if not isinstance(endpoints, dict):
        raise BadAnswer("/info is not Gradio's")
    found = {
        name.lstrip("/"): [p for p in value.get("parameters") or [] if isinstance(p, dict)]
        for name, value in endpoints.items()
        if isinstance(value, dict)
    }
    if api_name and api_name not in found:
        raise InvalidParameter(f"there is no api name {api_name!r} here; there are: {', '.join(found) or 'none'}")
    usual = [name for name in USUAL_NAMES if name in found]
    for name in [api_name] if api_name else [*usual, *found]:
        if any(parameter.get("parameter_name") == "prompt" for parameter in found[name]):
            return name, found[name]
    listed = "; ".join(
        f"{name}({', '.join(str(p.get('parameter_name')) for p in parameters)})"
        for name, parameters in found.items()
        if not api_name or name == api_name
    )
    raise InvalidParameter(f"no parameter is called prompt here; there is: {listed or 'nothing'}")


def _is_image(parameter: Mapping[str, Json]) -> bool:
    return parameter.get("component") in ("Image", "ImageEditor")


def _default(parameter: Mapping[str, Json]) -> Json:
    """What the app's own page would send, as far as `/info` tells."""
    if parameter.get("parameter_has_default"):
        return parameter.get("parameter_default")
    kind = parameter.get("type")
    if not isinstance(kind, dict):
        return None
    if isinstance(choices := kind.get("enum"), list) and choices:
        return choices[0]
    return {"string": "", "number": 0, "integer": 0, "boolean": False, "array": []}.get(str(kind.get("type")))
