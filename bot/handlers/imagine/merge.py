"""What a picture is drawn with: flags over the person's settings over the model's own defaults."""

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
    """What can be drawn with, in this group if one is given, also by whom has a key of their own for `keys`."""
    allowed = group.allowed_models if group is not None else ()
    return [model for model in catalog.enabled(keys) if not allowed or model.id in allowed]


def model_of(
    catalog: Catalog,
    settings: UserSettings,
    operator: Settings,
    group: GroupSettings | None = None,
    keys: frozenset[str] = frozenset(),
) -> Model:
    """The person's own choice while it is offered there, else the group's default, else the operator's, else the
    first that the group allows. UnknownModel when there is none at all."""
    models = {model.id: model for model in offered(catalog, group, keys)}
    for wanted in (settings.model, group.default_model if group is not None else None):
        if wanted is not None and wanted in models:
            return models[wanted]
    default = catalog.default(operator.default_model)
    return default if default.id in models else next(iter(models.values()), default)


def merge(
    flags: Flags, settings: UserSettings, model: Model | None, *, pictures: Sequence[InputPicture] = ()
) -> Parameters:
    """Flags as they are, for a wrong one is worth an answer; settings within this model's bounds. What it does not take
    at all stays: that is told under the picture.

    What neither says is None: the model's defaults apply when it is asked. The first of the `pictures` to start from
    keeps its shape, unless the flags name another.
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
    """A1111's `<lora:name:weight>` in the words counts as --lora, for a model that offers LoRAs."""
    if model is None or not model.offers(Kind.LORA):
        return prompt, flags
    words, loras = split_tags(prompt)
    together = dict.fromkeys((*(flags.loras or ()), *loras))
    return (words, replace(flags, loras=tuple(together)[:MAX_LORAS])) if loras else (prompt, flags)


def refining(asked: Parameters, wish: MessageInput, parsed: Parsed, model: Model | None) -> Parameters:
    """What a refinement takes over from the picture that it replies to, unless its flags say otherwise.

    New words go with that very picture, to a model that starts from one: only where it is clear which picture of
    several is meant, and only as long as Telegram has it. Pictures that come with the words follow it. Its shape stays
    where the model lets it. Flags alone draw the parent's words anew, from what these started from.
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
    """With the person's strength, where there is a picture to change and the model takes one."""
    if asked.strength is not None or not asked.input_file_ids or model is None:
        return asked
    if asked.zoom is not None or asked.pan is not None:  # nothing of what is drawn is there yet
        return asked
    return replace(asked, strength=settings.strength) if model.capabilities.takes("strength") else asked


T = TypeVar("T")


def _first(flag: T | None, setting: T | None) -> T | None:
    return setting if flag is None else flag


def _fitting(settings: UserSettings, can: Capabilities) -> UserSettings:
    """Within the model's bounds, where it has any."""
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
