"""Which function of a Gradio app draws, by its `/info`, and which of its parameters takes what of a request.

Names and labels of parameters are compared without case and punctuation. The catalogue's `parameters` win. Source of
the shapes: `gradio/blocks.py` (`get_api_info`), the data models of Image, ImageEditor, Gallery and MultimodalTextbox.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.bounds import plain
from providers.engines.gradio.diffs import Json
from providers.errors import BadAnswer, InvalidParameter
from providers.request import OPTIONAL_PARAMETERS, ImageRequest

# Names under which apps have what `ImageRequest` calls by the key.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "negative_prompt": ("negative_prompt", "negative", "neg_prompt", "n_prompt"),
    "seed": ("seed",),
    "width": ("width", "image_width"),
    "height": ("height", "image_height"),
    "guidance_scale": ("guidance_scale", "guidance", "cfg_scale", "cfg", "true_guidance_scale", "true_cfg_scale"),
    "num_inference_steps": (
        "num_inference_steps", "num_steps", "steps", "number_of_inference_steps", "inference_steps", "sampling_steps",
    ),
    "strength": ("strength", "denoising_strength", "denoise_strength"),
    "randomize_seed": ("randomize_seed", "random_seed", "randomise_seed"),
}  # fmt: skip
# Tried in this order when no api name is given and several functions draw from a prompt.
USUAL_NAMES = ("infer", "generate", "generate_image", "predict", "run")
# Components, in lower case: Gradio itself writes "Imageeditor".
TEXT_INPUTS = {"textbox", "textarea", "multimodaltextbox"}
EDITORS = {"imageeditor", "imagemask", "paint", "sketchpad"}
IMAGE_INPUTS = {"image", "gallery", *EDITORS}
PICTURES = {"image", "gallery", "imageeditor", "imageslider", "annotatedimage"}
PERHAPS = {"", "file", "files", "html", "markdown", "json", "api", "uploadbutton", "downloadbutton"}
SHAPED = re.compile(r"aspect|ratio|resolution|size|dimension|format|orientation")
SIDES = re.compile(r"(\d{1,5})\s*[:x\u00d7/*]\s*(\d{1,5})", re.IGNORECASE)
SHAPES = {"square": (1, 1), "landscape": (3, 2), "horizontal": (3, 2), "portrait": (2, 3), "vertical": (2, 3)}
MAX_CHOICES = 500
MAX_LISTED = 20  # functions that a refusal lists


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function; `choices` are those of a list to choose from."""

    name: str
    label: str
    component: str
    default: Json
    choices: tuple[Json, ...] = ()

    @property
    def called(self) -> tuple[str, str]:
        """Name and label, as they are compared."""
        return snake_case(self.name), snake_case(self.label)

    def is_called(self, names: Sequence[str]) -> bool:
        return any(each in names for each in self.called)

    @property
    def takes_pictures(self) -> bool:
        return self.component in IMAGE_INPUTS

    @property
    def is_mask(self) -> bool:
        return self.takes_pictures and any("mask" in each for each in self.called) and self.component == "image"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A function that draws; `prompt` is the name of its parameter for the words."""

    api_name: str
    parameters: tuple[Parameter, ...]
    prompt: str


def snake_case(text: str) -> str:
    """`Number of Steps:` -> `number_of_steps`."""
    return re.sub(r"[^a-z0-9]+", "_", text[:200].lower()).strip("_")


def choose(info: Json, api_name: str, declared: Mapping[str, str]) -> Drawing:
    """The function to draw with: the named one, else the one that takes a prompt and surely gives a picture, usual
    names before others. Raises InvalidParameter with what there is when no function does."""
    endpoints = info.get("named_endpoints") if isinstance(info, dict) else None
    if not isinstance(endpoints, dict):
        raise BadAnswer("/info is not Gradio's")
    found = {
        str(name).lstrip("/"): value for name, value in list(endpoints.items())[:MAX_CHOICES] if isinstance(value, dict)
    }
    if api_name and api_name not in found:
        raise InvalidParameter(f"there is no api name {api_name!r} here; there are: {_shown(list(found))}")
    usual = [name for name in USUAL_NAMES if name in found]
    names = [api_name] if api_name else list(dict.fromkeys([*usual, *found]))
    drawing = [(name, each) for name in names if (each := _drawing(name, found[name], declared)) is not None]
    for surely in (True, False):
        for name, each in drawing:
            if _gives_picture(found[name], surely=surely):
                return each
    if drawing:
        raise InvalidParameter(f"{_shown([name for name, _ in drawing])} takes a prompt, but gives no picture")
    listed = [
        f"{name}({', '.join(parameter.name for parameter in _parameters(value))})"
        for name, value in found.items()
        if not api_name or name == api_name
    ]
    wanted = declared.get("prompt", "prompt")
    raise InvalidParameter(f"no parameter is called {wanted} here; there is: {_shown(listed, '; ') or 'nothing'}")


def _drawing(api_name: str, endpoint: Mapping[str, Json], declared: Mapping[str, str]) -> Drawing | None:
    parameters = _parameters(endpoint)
    prompt = _prompt(parameters, declared)
    return None if prompt is None else Drawing(api_name, tuple(parameters), prompt)


def _prompt(parameters: Sequence[Parameter], declared: Mapping[str, str]) -> str | None:
    """The declared one; the one called prompt; the one with prompt in its name or label; the only text box."""
    if "prompt" in declared:
        wanted = snake_case(declared["prompt"])
        return next((each.name for each in parameters if wanted in each.called), None)
    texts = [each for each in parameters if each.component in TEXT_INPUTS]
    for each in parameters:
        if snake_case(each.name) == "prompt":
            return each.name
    for each in texts:
        if any("prompt" in called and "neg" not in called and "system" not in called for called in each.called):
            return each.name
    return texts[0].name if len(texts) == 1 and not texts[0].is_called(SYNONYMS["negative_prompt"]) else None


def _parameters(endpoint: Mapping[str, Json]) -> list[Parameter]:
    listed = endpoint.get("parameters")
    found = []
    for position, each in enumerate(listed[:MAX_CHOICES] if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            kind = each.get("type")
            choices = kind.get("enum") if isinstance(kind, dict) else None
            found.append(
                Parameter(
                    name=str(each.get("parameter_name") or position),
                    label=str(each.get("label") or ""),
                    component=_component(each),
                    default=_default(each),
                    choices=tuple(choices[:MAX_CHOICES]) if isinstance(choices, list) else (),
                )
            )
    return found


def _component(described: Mapping[str, Json]) -> str:
    return str(described.get("component") or "")[:100].lower()


def _gives_picture(endpoint: Mapping[str, Json], *, surely: bool) -> bool:
    returns = endpoint.get("returns")
    if not isinstance(returns, list):
        return not surely
    kinds = {_component(each) for each in returns if isinstance(each, dict)}
    return bool(kinds & PICTURES) or (not surely and bool(kinds & PERHAPS))


def _shown(names: Sequence[str], separator: str = ", ") -> str:
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    return separator.join(plain(name, 200) for name in names[:MAX_LISTED]) + more or "none"


# -- arguments -----------------------------------------------------------------------------------------------


def missing(drawing: Drawing, declared: Mapping[str, str]) -> list[str]:
    """Declared names that the function does not have."""
    known = {called for parameter in drawing.parameters for called in parameter.called}
    return [name for name in declared.values() if snake_case(name) not in known]


def fill(
    drawing: Drawing,
    request: ImageRequest,
    declared: Mapping[str, str],
    *,
    pictures: Sequence[Json] = (),
    mask: Json = None,
    seed: int | None,
    randomize: bool,
) -> tuple[dict[str, Json], tuple[str, ...]]:
    """Each parameter with what was asked for, else with its own default; and the fields that found no place.

    `pictures` and `mask` are FileData of uploaded ones. `seed` is sent where the app does not randomize by itself.
    """
    values: dict[str, Any] = {name: getattr(request, name) for name in OPTIONAL_PARAMETERS if name not in _PICTURED}
    values |= {"seed": seed, "randomize_seed": randomize}
    filled: dict[str, Json] = {}
    placed = {"prompt"}
    left = list(pictures)
    for parameter in drawing.parameters:
        name = parameter.name
        field = _field_of(parameter, declared)
        if name == drawing.prompt:
            filled[name] = _words(parameter, request.prompt)
        elif parameter.is_mask and mask is not None:
            filled[name], mask = mask, None
            placed.add("mask")
        elif parameter.takes_pictures and not parameter.is_mask:
            filled[name], taken, masked = _pictured(parameter, left, mask)
            del left[:taken]
            placed |= {"mask"} if masked else set()
            mask = None if masked else mask
        elif field is not None:
            placed.add(field)
            filled[name] = parameter.default if values[field] is None else values[field]
        elif (choice := _shaped(parameter, request, declared)) is not None:
            filled[name] = choice
            placed |= {"width", "height"}
        else:
            filled[name] = parameter.default
    asked = [name for name in OPTIONAL_PARAMETERS if request.has(name)]
    untaken = [name for name in asked if name not in placed and name not in _PICTURED]
    return filled, (*untaken, *(["image"] if left else []), *(["mask"] if request.mask is not None and mask else []))


_PICTURED = ("image", "mask")


def _field_of(parameter: Parameter, declared: Mapping[str, str]) -> str | None:
    """The field of a request that goes there."""
    for field, name in declared.items():
        if snake_case(name) in parameter.called and field in SYNONYMS:
            return field
    taken = [field for field in SYNONYMS if field not in declared and parameter.is_called(SYNONYMS[field])]
    return taken[0] if taken else None


def _words(parameter: Parameter, prompt: str) -> Json:
    return {"text": prompt, "files": []} if parameter.component == "multimodaltextbox" else prompt


def _pictured(parameter: Parameter, left: Sequence[Json], mask: Json) -> tuple[Json, int, bool]:
    """The value of an input for pictures, how many it took, and whether it took the mask."""
    if not left:
        return parameter.default, 0, False
    if parameter.component == "gallery":
        return [{"image": picture, "caption": None} for picture in left], len(left), False
    if parameter.component in EDITORS:
        layers = [] if mask is None else [mask]
        return {"background": left[0], "layers": layers, "composite": left[0]}, 1, mask is not None
    return left[0], 1, False


def _shaped(parameter: Parameter, request: ImageRequest, declared: Mapping[str, str]) -> Json:
    """The choice whose shape, and then whose size, is nearest to the one that was asked for; None where there is
    none."""
    if request.width is None or request.height is None:
        return None
    named = snake_case(declared["aspect_ratio"]) in parameter.called if "aspect_ratio" in declared else False
    if not parameter.choices or not (named or any(SHAPED.search(each) for each in parameter.called)):
        return None
    sides = {position: found for position, each in enumerate(parameter.choices) if (found := _sides(each)) is not None}
    if len(sides) < 2:
        return None
    shape, area = request.width / request.height, request.width * request.height

    def distance(position: int) -> tuple[float, float]:
        width, height = sides[position]
        sized = abs(math.log(width * height / area)) if min(width, height) >= 64 else 0.0
        return round(abs(math.log(width / height / shape)), 3), sized

    return parameter.choices[min(sides, key=distance)]


def _sides(choice: Json) -> tuple[int, int] | None:
    if not isinstance(choice, str):
        return None
    for found in SIDES.finditer(choice[:100]):
        width, height = int(found[1]), int(found[2])
        if width and height:
            return width, height
    return next((sides for word, sides in SHAPES.items() if word in choice[:100].lower()), None)


def _default(parameter: Mapping[str, Json]) -> Json:
    """What the app's own page would send, as far as `/info` tells."""
    if parameter.get("parameter_has_default"):
        return parameter.get("parameter_default")
    kind = parameter.get("type")
    if not isinstance(kind, dict) or _component(parameter) in IMAGE_INPUTS:
        return None
    if isinstance(choices := kind.get("enum"), list) and choices:
        return choices[0]
    return {"string": "", "number": 0, "integer": 0, "boolean": False, "array": []}.get(str(kind.get("type")))
