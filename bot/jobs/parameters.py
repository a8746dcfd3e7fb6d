"""A person's parameters as a provider's request: checked before anything is stored, and the same when it is drawn."""

from dataclasses import replace

from providers.model import Model
from providers.request import ImageRequest
from storage.records import Parameters


def image_request(
    model: Model, prompt: str, asked: Parameters, *, seed: int | None = None, image: bytes | None = None
) -> ImageRequest:
    """What a provider gets for one draw; the model's defaults stand under what was asked."""
    return model.request(
        prompt,
        negative_prompt=asked.negative_prompt,
        width=asked.width,
        height=asked.height,
        aspect_ratio=asked.aspect_ratio,
        seed=asked.seed if seed is None else seed,
        guidance_scale=asked.guidance_scale,
        num_inference_steps=asked.steps,
        image=image,
        strength=asked.strength,
    )


def check(model: Model, prompt: str, asked: Parameters) -> None:
    """Have the provider look at it without drawing it. Raises InvalidParameter."""
    model.create().prepare(image_request(model, prompt, asked))


def fit_to(model: Model, asked: Parameters) -> Parameters:
    """The parameters within another model's bounds: for a redraw whose person chose them for the first one."""
    can = model.capabilities
    return replace(
        asked,
        width=None if asked.width is None else int(can.width.clamp(asked.width)),
        height=None if asked.height is None else int(can.height.clamp(asked.height)),
        steps=None if asked.steps is None else int(can.steps.clamp(asked.steps)),
        guidance_scale=None if asked.guidance_scale is None else can.guidance.clamp(asked.guidance_scale),
        input_file_id=asked.input_file_id if can.takes("image") else None,
    )
