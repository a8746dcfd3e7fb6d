"""Maps a request to the arguments of a hosted model by the JSON schema of its input: each of fal's and Replicate's
models has its own names for the fields of `ImageRequest`."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.bounds import names_of
from providers.choices import Lora
from providers.errors import BadAnswer, InvalidParameter
from providers.pictures.aspect_ratios import Size, nearest_size, ratio_of
from providers.request import ImageRequest
from providers.tasks import UPSCALE, VIDEO

Schema = Mapping[str, Any]  # JSON Schema, as it came

NAMES: Mapping[str, tuple[str, ...]] = {
    "prompt": ("prompt", "text_prompt", "instruction", "text"),
    "negative_prompt": ("negative_prompt",),
    "seed": ("seed",),
    "num_inference_steps": ("num_inference_steps", "num_steps", "steps"),
    "guidance_scale": ("guidance_scale", "guidance", "cfg_scale", "cfg"),
    "strength": ("strength", "prompt_strength", "denoise"),
    "sampler": ("sampler", "sampler_name"),
    "scheduler": ("scheduler",),
    "loras": ("loras",),
    "n": ("num_images", "num_outputs", "number_of_images"),
    "mask": ("mask_url", "mask_image_url", "mask", "mask_image"),
}
SCALE = ("upscale_factor", "scale", "scale_factor", "upscaling_factor")
PLAIN_WORDS = "a sharp, detailed picture"  # the prompt of a model that needs one, if nobody gave one
PLAIN_MOTION = "gentle, natural motion"  # the same, for a video
SEVERAL = ("image_urls", "input_images", "image_input", "images", "reference_images")
ONE = ("image_url", "input_image", "image", "init_image", "image_prompt")
WORKED_ON = (*ONE, "img", "image_path", "source_image")  # by models that upscale and cut out
# Of a video; the others of a model are its last picture, or those of people and things that it shows.
FIRST_FRAME = ("image_url", "start_image_url", "start_image", "first_frame_url", "first_frame_image_url",
               "first_frame_image", "first_frame", "input_image", "image", "init_image")  # fmt: skip
# fal's names for sizes
PRESETS: Mapping[str, Size] = {
    "square_hd": (1024, 1024),
    "square": (512, 512),
    "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024),
    "landscape_4_3": (1024, 768),
    "landscape_16_9": (1024, 576),
}
TIERS = {"512": 0.25, "768sq": 0.5625, "0.5K": 0.25, "1K": 1.0, "1.5K": 2.25, "2K": 4.0, "3K": 9.0, "4K": 16.0}
MEGAPIXEL = 1024 * 1024
MAX_DEPTH = 8  # of references to references
ALTERNATIVES = ("anyOf", "oneOf")
PLAIN = ("negative_prompt", "seed", "num_inference_steps", "guidance_scale", "strength", "sampler", "scheduler")


@dataclass(frozen=True, slots=True)
class Arguments:
    """`fields`: the arguments. `untaken`: the parameters of the request for which the model has none."""

    fields: dict[str, Any]
    untaken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputSchema:
    """The properties of a model's input, with their references resolved, and the names of the required ones."""

    properties: Mapping[str, Schema]
    required: frozenset[str]

    @classmethod
    def read(cls, schema: object, components: object) -> "InputSchema":
        """Reads a schema. Raises BadAnswer if it describes no object."""
        resolver = _Resolver(components)
        resolved = resolver.resolve(schema)
        properties = resolved.get("properties")
        if not isinstance(properties, dict) or not properties:
            raise BadAnswer("the model's schema has no properties")
        required = resolved.get("required")
        names = required if isinstance(required, list) else []
        return cls(
            {str(name): resolver.resolve(each) for name, each in list(properties.items())[:200]},
            frozenset(name for name in names if isinstance(name, str)),
        )

    def first(self, names: Sequence[str]) -> str | None:
        return next((name for name in names if name in self.properties), None)

    def names(self, parameter: str) -> list[str]:
        """The values that a parameter may have; empty: it is not an enumeration."""
        name = self.first(NAMES.get(parameter, ()))
        return [] if name is None else _choices(self.properties[name])

    @property
    def input_images(self) -> int:
        """How many input pictures the model takes, as far as its schema says."""
        several = self.first(SEVERAL)
        if several is not None and _is_list(self.properties[several]):
            most = self.properties[several].get("maxItems")
            return most if isinstance(most, int) and most > 0 else 16
        return 1 if self.first(ONE) or several else 0


def arguments(request: ImageRequest, schema: InputSchema, pictures: Sequence[str], mask: str | None) -> Arguments:
    """The request with the model's own names, and numbers within its bounds. `pictures` and `mask`: URLs, `data:` or
    http.

    Raises InvalidParameter for a model that takes no prompt, and for one that needs a picture and gets none.
    """
    prompt = schema.first(NAMES["prompt"])
    if prompt is None:
        raise InvalidParameter(f"this model takes no prompt; it takes: {names_of(schema.properties, 30)}")
    fields: dict[str, Any] = {prompt: request.prompt}
    untaken: list[str] = []
    for parameter in PLAIN:
        value = getattr(request, parameter)
        if value is None:
            continue
        if (name := schema.first(NAMES[parameter])) is None:
            untaken.append(parameter)
        else:
            fields[name] = _bounded(value, schema.properties[name])
    _add_loras(fields, untaken, request.loras, schema)
    _add_count(fields, untaken, request.n, schema)
    _add_shape(fields, untaken, request, schema)
    _add_pictures(fields, untaken, pictures, schema)
    if mask is not None:
        if (name := schema.first(NAMES["mask"])) is None:
            untaken.append("mask")
        else:
            fields[name] = mask
    missing = sorted(schema.required.intersection((*SEVERAL, *ONE)) - set(fields))
    if missing:
        raise InvalidParameter(f"this model edits pictures: it needs one to start from ({', '.join(missing)})")
    return Arguments(fields, tuple(untaken))


def _add_loras(fields: dict[str, Any], untaken: list[str], loras: Sequence[Lora], schema: InputSchema) -> None:
    """As fal's models have them: a list of addresses and weights."""
    if not loras:
        return
    name = schema.first(NAMES["loras"])
    if name is None or not _is_list(schema.properties[name]):
        untaken.append("loras")
    else:
        fields[name] = [{"path": lora.name, "scale": lora.weight} for lora in loras]


def work_arguments(request: ImageRequest, schema: InputSchema, picture: str, scale: float | None) -> Arguments:
    """The arguments of a model that upscales or cuts out a `picture` (a URL): the picture, the factor, and the prompt
    if it takes one. Raises InvalidParameter for a model that takes no picture."""
    fields: dict[str, Any] = {}
    _add_pictures(fields, [], [picture], schema)
    if not fields and (name := schema.first(WORKED_ON)) is not None:
        fields[name] = picture
    if not fields:
        raise _no_picture(schema)
    prompt = schema.first(NAMES["prompt"])
    if prompt is not None and (request.prompt or prompt in schema.required):
        fields[prompt] = request.prompt or PLAIN_WORDS
    factor = schema.first(SCALE)
    if scale is not None and factor is not None:
        fields[factor] = _factor(scale, schema.properties[factor])
    return Arguments(fields, ())


def video_arguments(request: ImageRequest, schema: InputSchema, picture: str) -> Arguments:
    """The arguments of a model that animates a `picture` (a URL): the picture, and the prompt if it takes one. Raises
    InvalidParameter for a model that takes no picture."""
    fields: dict[str, Any] = {}
    if (name := schema.first(FIRST_FRAME)) is not None:
        fields[name] = [picture] if _is_list(schema.properties[name]) else picture
    else:
        _add_pictures(fields, [], [picture], schema)
    if not fields:
        raise _no_picture(schema)
    prompt = schema.first(NAMES["prompt"])
    if prompt is not None and (request.prompt or prompt in schema.required):
        fields[prompt] = request.prompt or PLAIN_MOTION
    return Arguments(fields, ())


def task_arguments(
    task: str, request: ImageRequest, schema: InputSchema, pictures: Sequence[str], scale: float | None
) -> Arguments:
    """The arguments of a model with a task of `providers.tasks`. `scale`: the factor of upscaling. Raises
    InvalidParameter without a picture, and for a model that takes none."""
    if not pictures:
        raise InvalidParameter("there is no picture to work on")
    if task == VIDEO:
        return video_arguments(request, schema, pictures[0])
    return work_arguments(request, schema, pictures[0], scale if task == UPSCALE else None)


def _no_picture(schema: InputSchema) -> InvalidParameter:
    return InvalidParameter(f"this model takes no picture; it takes: {names_of(schema.properties, 30)}")


def _factor(scale: float, schema: Schema) -> Any:  # a number or a text, as the model wants it
    """The nearest of the model's own factors (2, "4x"); else a number within its bounds."""
    choices = [value for each in (schema, *_options(schema)) for value in _listed(each) if _number(value) is not None]
    if choices:
        return min(choices, key=lambda value: abs((_number(value) or 0) - scale))
    whole = int(scale) if float(scale).is_integer() else scale
    return _bounded(whole, schema)


def _listed(schema: Schema) -> list[Any]:  # JSON
    listed = schema.get("enum")
    return listed[:50] if isinstance(listed, list) else []


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    found = re.fullmatch(r"[xX]?(\d{1,2}(?:\.\d{1,3})?)[xX]?", value) if isinstance(value, str) else None
    return float(found[1]) if found else None


def _add_count(fields: dict[str, Any], untaken: list[str], count: int, schema: InputSchema) -> None:
    if count <= 1:
        return
    if (name := schema.first(NAMES["n"])) is None:
        untaken.append("n")
    else:
        fields[name] = _bounded(count, schema.properties[name])
        if fields[name] < count:
            untaken.append("n")


def _add_shape(fields: dict[str, Any], untaken: list[str], request: ImageRequest, schema: InputSchema) -> None:
    """Adds the size in the model's form: `image_size`, `width` and `height`, or a ratio and a resolution."""
    width, height = request.width or request.height, request.height or request.width
    if width is None or height is None:
        return
    own = schema.properties
    ratios = _choices(own.get("aspect_ratio", {}))
    listed = [ratio for ratio in ratios if _is_ratio(ratio)]
    sided = {"width", "height"} <= set(own)
    if "image_size" in own:
        fields["image_size"] = _image_size(width, height, own["image_size"])
    elif request.aspect_ratio is None and sided and ("custom" in ratios or not listed):
        if "custom" in ratios:
            fields["aspect_ratio"] = "custom"
        fields["width"], fields["height"] = _bounded(width, own["width"]), _bounded(height, own["height"])
    elif listed:
        fields["aspect_ratio"] = ratio_of(request.aspect_ratio, width, height, listed)
        tiers = {tier: TIERS[key] for tier in _choices(own.get("resolution", {})) if (key := _tier(tier)) is not None}
        if tiers:
            asked = width * height / MEGAPIXEL
            fields["resolution"] = min(tiers, key=lambda tier: abs(math.log(tiers[tier] / asked)))
    elif sided:
        fields["width"], fields["height"] = _bounded(width, own["width"]), _bounded(height, own["height"])
    else:
        untaken += ["width", "height"]


def _add_pictures(fields: dict[str, Any], untaken: list[str], pictures: Sequence[str], schema: InputSchema) -> None:
    if not pictures:
        return
    several, one = schema.first(SEVERAL), schema.first(ONE)
    if several is not None and _is_list(schema.properties[several]):
        fields[several] = list(pictures[: schema.input_images])
    elif one is not None or several is not None:
        fields[one or several or ""] = pictures[0]
    if len(pictures) > schema.input_images:
        untaken.append("image")


def _image_size(width: int, height: int, schema: Schema) -> object:
    presets = {name: PRESETS[name] for name in _choices(schema) if name in PRESETS}
    free = any(isinstance(each.get("properties"), dict) for each in (schema, *_options(schema)))
    if free or not presets:
        return {"width": width, "height": height}
    shapes = {size: name for name, size in presets.items()}
    return shapes[nearest_size(width, height, shapes)]


def _bounded(value: Any, schema: Schema) -> Any:  # a number stays a number of its own kind, text stays text
    if isinstance(value, str):
        return value
    low, high, step = schema.get("minimum"), schema.get("maximum"), schema.get("multipleOf")
    if isinstance(high, int | float):
        value = min(value, high)
    if isinstance(low, int | float):
        value = max(value, low)
    if isinstance(step, int) and step > 1 and isinstance(value, int):
        value = max(value // step * step, step)
    return int(value) if schema.get("type") == "integer" else value


def _choices(schema: Schema) -> list[str]:
    """The values of an enumeration of texts, also if the schema allows other kinds of values as well."""
    return [
        value
        for each in (schema, *_options(schema))
        if isinstance(listed := each.get("enum"), list)
        for value in listed
        if isinstance(value, str)
    ]


def _options(schema: Schema) -> list[Schema]:
    return [each for key in ALTERNATIVES for each in schema.get(key, ())]


def _is_list(schema: Schema) -> bool:
    return any(each.get("type") == "array" for each in (schema, *_options(schema)))


def _tier(name: str) -> str | None:
    """A key of `TIERS` for a name in any case ("1k", "1 MP")."""
    plain = name.upper().replace(" ", "").replace("MP", "K").replace("768SQ", "768sq")
    return plain if plain in TIERS else None


def _is_ratio(text: str) -> bool:
    wide, colon, high = text.partition(":")
    return bool(colon) and all(side.isascii() and side.isdigit() and int(side[:5]) > 0 for side in (wide, high))


class _Resolver:
    """Resolves schemas: `$ref` and `allOf` are merged in, at most MAX_DEPTH deep, and alternatives are resolved.

    Each component is resolved once for each depth. Otherwise components that refer to one another take minutes.
    """

    def __init__(self, components: object) -> None:
        self._components: dict[str, Any] = components if isinstance(components, dict) else {}
        self._known: dict[tuple[str, int], Schema] = {}

    def resolve(self, schema: object, depth: int = 0) -> Schema:
        if not isinstance(schema, dict) or depth > MAX_DEPTH:
            return {}
        found: dict[str, Any] = {}
        if isinstance(reference := schema.get("$ref"), str):
            found |= self._component(reference.rpartition("/")[2], depth + 1)
        for part in _few(schema.get("allOf")):
            found |= self.resolve(part, depth + 1)
        found |= {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
        for key in ALTERNATIVES:
            if key in schema:
                found[key] = [self.resolve(option, depth + 1) for option in _few(schema[key])]
        return found

    def _component(self, name: str, depth: int) -> Schema:
        if (name, depth) not in self._known:
            self._known[name, depth] = self.resolve(self._components.get(name), depth)
        return self._known[name, depth]


def _few(schemas: object) -> list[Any]:
    return schemas[:10] if isinstance(schemas, list) else []
