"""Turns a person's parameters into a provider's request. They are checked before anything is stored, and give the same
request when they are drawn."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.prompt.history import sent
from providers.capabilities import Capabilities
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.choices import Lora
from providers.pictures.aspect_ratios import ratio_size
from providers.request import CHOICE_PARAMETERS, ImageRequest
from providers.tasks import OF_A_PICTURE, VIDEO
from storage.records import Parameters, PictureRecord, Request, Variant

PHOTO = "📷"  # the prompt of a request about a photo that came without words
AROUND = 0.9  # the strength with which the area around a picture is drawn
PANNED = 0.5  # of the picture's width or height, by which it is extended
VARIED = 0.5  # the strength with which a picture is varied
SIDES = ("left", "up", "right", "down")


def margins_of(asked: Parameters) -> tuple[float, float, float, float] | None:
    """The area to draw on the left of the input picture, above it, on its right and below it, as parts of its own width
    and height. None: no area."""
    if asked.zoom is None and asked.pan is None:
        return None
    around = ((asked.zoom or 1) - 1) / 2
    left, above, right, below = (around + (PANNED if side == asked.pan else 0) for side in SIDES)
    return left, above, right, below


def can_extend(model: Model) -> bool:
    """Whether a model can extend pictures (`--zoom`, `--pan`)."""
    can = model.capabilities
    return can.input_images > 0 and (can.takes("mask") or can.takes("expand"))


def extended_size(shape: tuple[int, int], asked: Parameters, can: Capabilities) -> tuple[int, int]:
    """Width and height in pixels for a picture of this shape with the area around it, within the model's bounds. A
    zoomed picture keeps its size; a panned one grows."""
    left, above, right, below = margins_of(replace(asked, zoom=None)) or (0.0, 0.0, 0.0, 0.0)
    width, height = shape[0] * (1 + left + right), shape[1] * (1 + above + below)
    most = min(can.width.maximum / width, can.height.maximum / height, math.sqrt(2 * can.area / (width * height)), 1.0)
    return int(can.width.clamp(width * most)), int(can.height.clamp(height * most))


def image_request(
    model: Model,
    prompt: str,
    asked: Parameters,
    *,
    seed: int | None = None,
    images: tuple[bytes, ...] = (),
    count: int = 1,
    mask: bytes | None = None,
    expand: tuple[int, int, int, int] | None = None,
) -> ImageRequest:
    """The provider's request for one draw of `count` pictures. The model's defaults apply where nothing was asked. A
    picture that is extended by a mask gets the strength AROUND unless one was asked for."""
    strength = asked.strength
    if strength is None and margins_of(asked) is not None and mask is not None and model.capabilities.takes("strength"):
        strength = AROUND
    return model.request(
        prompt,
        negative_prompt=asked.negative_prompt,
        width=asked.width,
        height=asked.height,
        aspect_ratio=asked.aspect_ratio,
        seed=asked.seed if seed is None else seed,
        guidance_scale=asked.guidance_scale,
        num_inference_steps=asked.steps,
        images=images or None,
        mask=mask,
        strength=strength,
        expand=expand,
        n=count if count > 1 else None,
        checkpoint=asked.checkpoint,
        sampler=asked.sampler,
        scheduler=asked.scheduler,
        vae=asked.vae,
        loras=loras_of(asked) or None,
        upscaler=asked.upscaler,
        optional_choices=asked.optional_choices or None,
    )


def loras_of(asked: Parameters) -> tuple[Lora, ...]:
    return tuple(lora for text in asked.loras if (lora := Lora.parse(text)) is not None)


def sent_prompt(model: Model, prompt: str, full_prompt: str, *, pictures: int, templates: Sequence[str] = ()) -> str:
    """The words that a model gets: for an instruction about `pictures` input pictures only the newest ones, else those
    of the whole chain. An editing model without a picture needs all of them too, because they say what there is to see.
    `templates` are those of the presets."""
    if not model.draws:
        return "" if prompt == PHOTO else prompt
    return sent(prompt, full_prompt, instruction=model.capabilities.edits and pictures > 0, templates=templates)


def words_of(request: Request, variant: Variant | None) -> tuple[str, str]:
    """The prompt of one draw of a request, and that prompt with everything that led to it."""
    if variant is None or not variant.prompt:
        return request.prompt, request.full_prompt
    return variant.prompt, variant.full_prompt


def needed_pictures(asked: Parameters) -> int:
    """How many input pictures a model has to take; 0 if the words alone are enough."""
    return 0 if asked.input_optional else len(asked.input_file_ids)


def check(model: Model, prompt: str, full_prompt: str, asked: Parameters) -> None:
    """Has the provider check the request without drawing it. Raises InvalidParameter."""
    words = sent_prompt(model, prompt, full_prompt, pictures=len(asked.input_file_ids), templates=asked.templates)
    model.create().prepare(image_request(model, words, asked))


def fit_to(model: Model, asked: Parameters) -> Parameters:
    """The parameters within another model's bounds, for redrawing with that model. Parameters that it does not take
    stay, for the caption and for the next model. Names from the first model's server may be left out."""
    can = model.capabilities
    return replace(
        asked,
        width=None if asked.width is None else int(can.width.clamp(asked.width)),
        height=None if asked.height is None else int(can.height.clamp(asked.height)),
        steps=None if asked.steps is None else int(can.steps.clamp(asked.steps)),
        guidance_scale=None if asked.guidance_scale is None else can.guidance.clamp(asked.guidance_scale),
        optional_choices=tuple(name for name in CHOICE_PARAMETERS if getattr(asked, name)),
    )


def size_like(shape: tuple[int, int], can: Capabilities) -> tuple[int, int]:
    """Width and height in pixels with the shape of a picture and the model's usual area, within its bounds."""
    return ratio_size(f"{shape[0]}:{shape[1]}", can.area, can.width, can.height)


def unused(model: Model, asked: Parameters, told: Collection[str] = ()) -> list[str]:
    """The fields of `ImageRequest` that the person asked for and the model does not take. `told`: fields that only the
    back-end itself reported. A picture that was added without being asked for is not mentioned."""
    wanted = {
        "aspect_ratio": asked.aspect_ratio,
        "width": None if asked.aspect_ratio else asked.width,
        "height": None if asked.aspect_ratio else asked.height,
        "negative_prompt": asked.negative_prompt,
        "seed": asked.seed,
        "num_inference_steps": asked.steps,
        "guidance_scale": asked.guidance_scale,
        "image": needed_pictures(asked) or None,
        "strength": asked.strength,
        "mask": asked.mask_file_id,
        "checkpoint": asked.checkpoint,
        "sampler": asked.sampler,
        "scheduler": asked.scheduler,
        "vae": asked.vae,
        "loras": asked.loras or None,
        "upscaler": asked.upscaler,
        "expand": margins_of(asked),
    }
    can = model.capabilities
    lacking = {name for name in wanted if not can.takes(name)} | set(told)
    if can_extend(model):
        lacking.discard("expand")
    if needed_pictures(asked) > model.capabilities.input_images:
        lacking.add("image")
    lacking.discard("aspect_ratio")
    if "width" in lacking:  # a shape becomes a size before a back-end is asked
        lacking.add("aspect_ratio")
    return [name for name, value in wanted.items() if value is not None and name in lacking]


def twice_the_size(model: Model, pictures: Sequence[PictureRecord]) -> tuple[int, int] | None:
    """Width and height in pixels; None: the model cannot draw that size, or the pictures have several sizes."""
    sizes = {(picture.width, picture.height) for picture in pictures}
    if len(sizes) != 1:
        return None
    can, (width, height) = model.capabilities, next(iter(sizes))
    if not (can.takes("width") and can.takes("height")):
        return None
    return (2 * width, 2 * height) if 2 * width in can.width and 2 * height in can.height else None


def varies(catalog: Catalog, request: Request, pictures: Sequence[PictureRecord]) -> bool:
    """Whether the model that drew the only picture of a request can vary it. An editing model cannot: its instruction
    would describe what is there already."""
    drew = (pictures[0].model or request.model) if len(pictures) == 1 else None
    if drew is None or drew != request.model or drew not in catalog or request.parameters.task is not None:
        return False
    can = catalog[drew].capabilities
    return can.takes("image") and can.takes("strength") and not can.edits


def from_itself(asked: Parameters, picture: PictureRecord) -> Parameters:
    """The parameters with the resulting picture as the source image, if Telegram has it."""
    if picture.file_id is None:
        return asked
    asked = replace(asked, input_file_ids=(picture.file_id,), input_optional=True, strength=VARIED, continued=False)
    return replace(asked, mask_file_id=None, mask_stretched=False, zoom=None, pan=None)


def tasks_of(catalog: Catalog, keys: Collection[str] = ()) -> list[str]:
    """The tasks that models offer for a picture. `keys`: the ids of the models for which the person has a key."""
    return [task for task in OF_A_PICTURE if catalog.doing(task, keys)]


def models_doing(catalog: Catalog, task: str, down: Callable[[str], bool], keys: Collection[str] = ()) -> list[Model]:
    """The models offered for a task: those that can do it now, else all of them, whose failure is then told. A model
    that another one names as its fallback only takes over. `keys`: as in `tasks_of`."""
    models = catalog.doing(task, keys)
    up = [model for model in models if not down(model.id)] or models
    named = {following for model in up for following in model.fallback}
    return [model for model in up if model.id not in named] or up[:1]


def sources(request: Request, pictures: Sequence[PictureRecord]) -> tuple[PictureRecord, ...]:
    """The pictures that words about a request change; for a video the picture that it was made from."""
    if request.parameters.task != VIDEO:
        return tuple(pictures)
    file_id = next(iter(request.parameters.input_file_ids), None)
    return tuple(replace(picture, file_id=file_id) for picture in pictures)


def models_with_seeds(catalog: Catalog, model_id: str, keys: Collection[str] = ()) -> list[Model]:
    """Where the same seed can be tried as well; none when this model itself takes none. `keys`: as in `tasks_of`."""
    if model_id not in catalog or not catalog[model_id].capabilities.takes("seed"):
        return []
    return [model for model in catalog.enabled(keys) if model.id != model_id and model.capabilities.takes("seed")]


def stand_in(catalog: Catalog, model_id: str, models: Sequence[Model], down: Callable[[str], bool]) -> Model | None:
    """The model of `models` that is offered in place of one that is down: the nearest of its chain that is not down."""
    chain = [model.id for model in catalog.chain(model_id)]
    able = [model for model in models if model.id != model_id and not down(model.id)]
    return min(able, key=lambda model: chain.index(model.id) if model.id in chain else len(chain), default=None)


def alternatives(
    catalog: Catalog,
    model_id: str,
    asked: Parameters,
    tried: Collection[str] = (),
    most: int = 3,
    *,
    down: Callable[[str], bool] | None = None,
) -> list[Model]:
    """Models that may draw it in place of those that failed: first the fallbacks of the model that was asked for, then,
    if there is a source image, models with image-to-image. Models that are `down` are left out."""
    if asked.task is not None:
        return _colleagues(catalog, model_id, asked.task, tried, most, down)
    named = catalog[model_id].fallback if model_id in catalog else ()
    pictures = needed_pictures(asked)

    def rank(model: Model) -> tuple[bool, bool]:
        return model.capabilities.input_images < pictures, model.id not in named

    others = (
        model
        for model in catalog.enabled()
        if model.id != model_id and model.id not in tried and not (down and down(model.id))
    )
    return sorted(others, key=rank)[:most]


def _colleagues(
    catalog: Catalog,
    model_id: str,
    task: str,
    tried: Collection[str],
    most: int,
    down: Callable[[str], bool] | None,
) -> list[Model]:
    """Other models with the same task."""
    others = (model for model in catalog.doing(task) if model.id != model_id and model.id not in tried)
    return [model for model in others if not (down and down(model.id))][:most]
