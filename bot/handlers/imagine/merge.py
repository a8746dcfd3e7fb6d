"""The parameters of a request: flags override the person's settings, which override the model's defaults."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.config import Settings
from bot.handlers.imagine.message_input import InputPicture, MessageInput
from bot.jobs.acceptance.parameters import size_like
from bot.prompt.flags import Flags
from bot.prompt.grammar import Parsed
from providers.capabilities import Capabilities
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.choices import ASKED, MAX_LORAS, Kind, split_tags
from providers.prompt import ASPECT_RATIOS
from storage.records import GroupSettings, Parameters, Picked, UserSettings

_ANYTHING = Capabilities(frozenset())  # in place of those of a model that is not known, and will be refused


def offered(catalog: Catalog, group: GroupSettings | None = None, keys: frozenset[str] = frozenset()) -> list[Model]:
    """The models that can draw, in this group if one is given. `keys`: models for which the person has a key."""
    allowed = group.allowed_models if group is not None else ()
    return [model for model in catalog.enabled(keys) if not allowed or model.id in allowed]


def model_of(
    catalog: Catalog,
    settings: UserSettings,
    operator: Settings,
    group: GroupSettings | None = None,
    keys: frozenset[str] = frozenset(),
) -> Model:
    """The person's own choice if it is offered there, else the group's default, else the operator's, else the first
    that the group allows. Raises UnknownModel if there is none."""
    models = {model.id: model for model in offered(catalog, group, keys)}
    for wanted in (settings.model, group.default_model if group is not None else None):
        if wanted is not None and wanted in models:
            return models[wanted]
    default = catalog.default(operator.default_model)
    return default if default.id in models else next(iter(models.values()), default)


def merge(
    flags: Flags, settings: UserSettings, model: Model | None, *, pictures: Sequence[InputPicture] = ()
) -> Parameters:
    """Flags are kept as they are, because a wrong one gets an answer. Settings are brought within the model's bounds.
    Parameters that the model does not take at all are kept, and the caption names them.

    Values that neither has are None: the model's defaults apply later. The first of the source `pictures` keeps its
    shape, unless the flags name another.
    """
    can = _ANYTHING if model is None else model.capabilities
    kept = settings if model is None else _fitting(settings, can)
    width, height, ratio = flags.width, flags.height, flags.aspect_ratio
    if width is None and ratio is None:
        shape = flags.shape
        if shape is None and pictures and can.takes("image") and can.takes("width"):
            shape = pictures[0].shape
        if shape is not None:
            width, height = size_like(shape, can)
        else:
            ratio = kept.aspect_ratio
    asked = Parameters(
        negative_prompt=_first(flags.negative_prompt, kept.negative_prompt),
        width=width,
        height=height,
        aspect_ratio=ratio,
        seed=None if flags.random_seed else _first(flags.seed, kept.seed),
        steps=_first(flags.steps, kept.steps),
        guidance_scale=_first(flags.guidance_scale, kept.guidance_scale),
        strength=flags.strength,
        count=_first(flags.count, kept.count) or 1,
        as_document=kept.as_document,
        translate=kept.translate,
        enhance=kept.enhance if flags.enhance is None else flags.enhance,
        input_file_ids=tuple(picture.file_id for picture in pictures),
    )
    return asked if model is None else with_choices(asked, flags, model, settings.picked_of(model.id))


def with_choices(asked: Parameters, flags: Flags, model: Model, picked: Picked) -> Parameters:
    """With what flags name, and what was picked of this model before: that may be left out where it is gone since."""
    own: dict[str, Any] = {}  # replace() has one type for all keywords
    usual = []
    for kind in ASKED:
        name = str(kind)
        if (value := getattr(flags, name)) is not None:
            own[name] = value or None
        elif model.offers(kind) and (before := getattr(picked, name)):
            own[name] = before
            usual.append(name)
    if flags.loras is not None:
        own["loras"] = tuple(map(str, flags.loras))
    elif picked.loras and model.offers(Kind.LORA):
        own["loras"] = picked.loras
        usual.append("loras")
    return replace(asked, **own, optional_choices=tuple(usual)) if own else asked


def tagged(prompt: str, flags: Flags, model: Model | None) -> tuple[str, Flags]:
    """Turns A1111's `<lora:name:weight>` in the prompt into --lora, for a model that offers LoRAs."""
    if model is None or not model.offers(Kind.LORA):
        return prompt, flags
    words, loras = split_tags(prompt)
    together = dict.fromkeys((*(flags.loras or ()), *loras))
    return (words, replace(flags, loras=tuple(together)[:MAX_LORAS])) if loras else (prompt, flags)


def refining(asked: Parameters, wish: MessageInput, parsed: Parsed, model: Model | None) -> Parameters:
    """What a refinement takes over from the picture that it replies to, unless its flags say otherwise.

    New words go to the model with that very picture, if the model has image-to-image, if it is clear which of several
    pictures is meant, and if Telegram still has it. Pictures that come with the words follow it. The shape stays if the
    model allows it. Flags without words draw the parent's own words again, from the pictures that it started from.
    """
    parent, pictures = wish.parent, wish.refined
    if parent is None or model is None:
        return asked
    can, flags = model.capabilities, parsed.flags
    if can.takes("image") or asked.input_file_ids:
        refined = pictures[0].file_id if len(pictures) == 1 else None
        said = parsed.prompt or flags.mask or flags.extends
        if not said and not asked.input_file_ids:
            asked = replace(
                asked,
                input_file_ids=parent.parameters.input_file_ids,
                input_optional=parent.parameters.input_optional,
            )
        elif said and refined is not None:
            given = asked.input_file_ids
            asked = replace(asked, input_file_ids=(refined, *given), input_optional=not given)
    if not flags.sized and pictures and can.takes("width"):
        width, height = can.width.clamp(pictures[0].width), can.height.clamp(pictures[0].height)
        asked = replace(asked, width=int(width), height=int(height), aspect_ratio=None)
    return asked


def strengthened(asked: Parameters, settings: UserSettings, model: Model | None) -> Parameters:
    """The parameters with the person's strength, if there is a source image and the model takes a strength."""
    if asked.strength is not None or not asked.input_file_ids or model is None:
        return asked
    if asked.zoom is not None or asked.pan is not None:  # nothing of what is drawn is there yet
        return asked
    return replace(asked, strength=settings.strength) if model.capabilities.takes("strength") else asked


T = TypeVar("T")


def _first(flag: T | None, setting: T | None) -> T | None:
    return setting if flag is None else flag


def _fitting(settings: UserSettings, can: Capabilities) -> UserSettings:
    """The settings within the model's bounds, if it has any."""
    steps, guidance, ratio = settings.steps, settings.guidance_scale, settings.aspect_ratio
    if steps is None and guidance is None and ratio is None:
        return settings
    return replace(
        settings,
        steps=int(can.steps.clamp(steps)) if steps is not None and can.takes("num_inference_steps") else steps,
        guidance_scale=(
            can.guidance.clamp(guidance) if guidance is not None and can.takes("guidance_scale") else guidance
        ),
        aspect_ratio=ratio if ratio in ASPECT_RATIOS else None,
    )
