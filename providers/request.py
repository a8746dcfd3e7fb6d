"""What somebody wants drawn, and whether a back-end with given capabilities can draw it."""

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, InitVar, dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from providers.capabilities import Bounds, Capabilities
from providers.choices import MAX_LORAS, PARAMETERS, WEIGHTS, Lora
from providers.errors import InvalidParameter
from providers.pictures.aspect_ratios import is_of_ratio, ratio_size
from providers.prompt import ASPECT_RATIOS

MAX_PROMPT_CHARACTERS = 10_000  # far above what the bot lets through; a guard for direct callers
MAX_INPUT_IMAGES = 16  # of one request
MAX_SEED = 2**32 - 1
SEEDS = Bounds(0, MAX_SEED)
STRENGTHS = Bounds(0, 1, 0.01)


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """What to draw. None means: the provider's default.

    Sizes are in pixels. `images` are encoded input pictures in the order in which the person gave them; `image=` is
    short for a single one. `mask` is an encoded picture of the first input picture's size: white is changed, black is
    kept. `strength` runs from 0 (keep the input picture) to 1 (ignore it). `expand` is how many pixels are drawn beyond
    the first input picture: on its left, above it, on its right, below it. `checkpoint`, `sampler`, `scheduler`,
    `vae`, `loras` and `upscaler` are names that the back-end has (`Provider.choices_of`); a checkpoint wins over the
    `model` of the catalogue. Those of `optional_choices`, by the names of these fields,
    are left out and told where it does not have them, in place of a refusal. Raises ValueError for both `image` and
    `images`, and for more than MAX_INPUT_IMAGES.
    """

    prompt: str
    _: KW_ONLY
    negative_prompt: str | None = None
    model: str | None = None
    width: int | None = None
    height: int | None = None
    aspect_ratio: str | None = None
    seed: int | None = None
    guidance_scale: float | None = None
    num_inference_steps: int | None = None
    images: tuple[bytes, ...] = ()
    image: InitVar[bytes | None] = None
    mask: bytes | None = None
    strength: float | None = None
    expand: tuple[int, int, int, int] | None = None
    n: int = 1
    checkpoint: str | None = None
    sampler: str | None = None
    scheduler: str | None = None
    vae: str | None = None
    loras: tuple[Lora, ...] = ()
    upscaler: str | None = None
    optional_choices: tuple[str, ...] = ()

    def __post_init__(self, image: bytes | None) -> None:
        if image is not None:
            if self.images:
                raise ValueError("give either image or images")
            object.__setattr__(self, "images", (image,))
        if len(self.images) > MAX_INPUT_IMAGES:
            raise ValueError(f"{len(self.images)} input pictures, at most {MAX_INPUT_IMAGES}")

    @property
    def first_image(self) -> bytes | None:
        """The first input picture, for a back-end that takes one."""
        return self.images[0] if self.images else None

    @property
    def picks(self) -> bool:
        """Whether anything is picked by name: a field of CHOICE_PARAMETERS is set."""
        others = self.loras or self.checkpoint or self.upscaler
        return bool(self.sampler or self.scheduler or self.vae or others)

    def has(self, parameter: str) -> bool:
        """Whether the request says anything about a parameter; `image` stands for all input pictures."""
        return bool(self.images) if parameter == "image" else getattr(self, parameter) not in (None, ())


KNOWN_PARAMETERS = frozenset({"image", *(field.name for field in fields(ImageRequest))})

# Fields that a back-end may or may not take; the rest is resolved before it is asked.
OPTIONAL_PARAMETERS = (
    "negative_prompt",
    "width",
    "height",
    "seed",
    "guidance_scale",
    "num_inference_steps",
    "image",
    "mask",
    "strength",
)


# Likewise: names that people pick; see `providers.choices`.
CHOICE_PARAMETERS = tuple(PARAMETERS.values())
_DROPPABLE = (*OPTIONAL_PARAMETERS, *CHOICE_PARAMETERS, "expand")


def fill_in(request: ImageRequest, model: str, can: Capabilities) -> ImageRequest:
    """The request with the model's own name, a stripped prompt, and a size for its ratio.

    A back-end that takes a ratio finds it in `aspect_ratio`, all others the nearest size within their bounds in `width`
    and `height`. Explicit sizes win: a ratio of another shape is taken out. Raises InvalidParameter for an empty or
    over-long prompt and for an unknown ratio.
    """
    prompt = request.prompt.strip()
    if not prompt and can.words:
        raise InvalidParameter("the prompt is empty")
    if len(prompt) > MAX_PROMPT_CHARACTERS:
        raise InvalidParameter(f"the prompt has {len(prompt)} characters, at most {MAX_PROMPT_CHARACTERS}")
    ratio, width, height = request.aspect_ratio, request.width, request.height
    if ratio is not None and ratio not in ASPECT_RATIOS:
        known = ", ".join(ASPECT_RATIOS)
        raise InvalidParameter(f"unknown aspect ratio {ratio!r}; known: {known}")
    if ratio is not None and width is None and height is None:
        width, height = ratio_size(ratio, can.area, can.width, can.height)
    elif ratio is not None and not (width and height and is_of_ratio(width, height, ratio)):
        ratio = None
    given = request.prompt, request.model, request.aspect_ratio, request.width, request.height
    if (prompt, model, ratio, width, height) == given:
        return request
    return replace(request, prompt=prompt, model=model, aspect_ratio=ratio, width=width, height=height)


def out_of_bounds(name: str, value: float, can: Capabilities) -> str | None:
    """Why a number cannot be taken, in words that say what would do; None when it can."""
    bounds_of = _BOUNDS.get(name)
    bounds = None if bounds_of is None else bounds_of(can)
    if bounds is None or (math.isfinite(value) and value in bounds):
        return None
    steps = f" in steps of {_shown(bounds.step)}" if bounds.step > 1 else ""
    return f"{name} is {value}; it may be {_shown(bounds.minimum)} to {_shown(bounds.maximum)}{steps}"


_BOUNDS: dict[str, Callable[[Capabilities], Bounds]] = {
    "width": attrgetter("width"),
    "height": attrgetter("height"),
    "num_inference_steps": attrgetter("steps"),
    "guidance_scale": attrgetter("guidance"),
    "seed": lambda _: SEEDS,
    "strength": lambda _: STRENGTHS,
}


def _shown(bound: float) -> str:
    return str(bound) if isinstance(bound, int) else f"{bound:g}"


def check(request: ImageRequest, can: Capabilities) -> None:
    """Raises InvalidParameter for a number that the back-end cannot take; what it ignores is not looked at."""
    for name in _BOUNDS:
        value = getattr(request, name)
        if value is not None and (can.takes(name) or name == "seed") and (reason := out_of_bounds(name, value, can)):
            raise InvalidParameter(reason)
    if request.n < 1:
        raise InvalidParameter(f"n is {request.n}; it may be 1 or more")
    if can.takes("loras"):
        _check_loras(request.loras)


def _check_loras(loras: tuple[Lora, ...]) -> None:
    if len(loras) > MAX_LORAS:
        raise InvalidParameter(f"{len(loras)} LoRAs; at most {MAX_LORAS}")
    for lora in loras:
        if not math.isfinite(lora.weight) or lora.weight not in WEIGHTS:
            bounds = f"{_shown(WEIGHTS.minimum)} to {_shown(WEIGHTS.maximum)}"
            raise InvalidParameter(f"the weight of {lora.name[:60]!r} is {lora.weight}; it may be {bounds}")


@lru_cache(maxsize=256)
def _not_taken(parameters: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in _DROPPABLE if name not in parameters)


def without_unsupported(request: ImageRequest, can: Capabilities) -> tuple[ImageRequest, list[str]]:
    """The request with None for all that the back-end does not take, and the names of what was dropped.

    Of more input pictures than it takes the first ones stay, and `image` is among what was dropped.
    """
    dropped = [name for name in _not_taken(can.parameters) if request.has(name)]
    # replace() has one type for all keywords
    nothing: dict[str, Any] = {name: () if name == "loras" else None for name in dropped if name != "image"}
    reduced = replace(request, **nothing) if nothing else request
    if len(request.images) > can.input_images:
        reduced = replace(reduced, images=request.images[: can.input_images])
        if "image" not in dropped:
            dropped.append("image")
    if request.n > can.images:
        dropped.append("n")
        reduced = replace(reduced, n=can.images)
    return reduced, dropped
