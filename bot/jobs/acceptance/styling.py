"""Applies presets to a request: words around its prompt, a negative prompt, parameters and fixed pictures."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.prompt.grammar import PROMPT_LENGTH
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.catalog.presets import CatalogPreset
from providers.choices import MAX_LORAS
from storage.records import Parameters, Picked, Preset, UserSettings

_PICTURE = "preset:"  # Telegram's file_ids have no colon


@dataclass(frozen=True, slots=True)
class Styled:
    """One or several presets together. If several set a parameter, the last one's value applies; of several models, the
    first one's. `pictures` are file_ids for `fetching_presets`. `needs_picture` names the preset that starts from a
    picture. `example` is a prompt for a picture without words."""

    names: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    model: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    pictures: tuple[str, ...] = ()
    needs_picture: str | None = None
    example: str | None = None

    def with_catalogs(self, preset: CatalogPreset) -> "Styled":
        """These presets, with one of the catalogue's around them."""
        given = dict(preset.parameters)
        steps, loras = given.pop("num_inference_steps", None), tuple(given.pop("loras", ()))
        own = Parameters(negative_prompt=preset.negative_prompt, steps=steps, loras=loras, **given)
        return replace(
            self._with(preset.id, preset.prompt, preset.model, own),
            pictures=self.pictures + tuple(f"{_PICTURE}{preset.id}:{at}" for at in range(len(preset.pictures))),
            needs_picture=self.needs_picture or (preset.id if preset.needs_picture else None),
            example=self.example or preset.example,
        )

    def with_own(self, preset: Preset) -> "Styled":
        """These presets, with one of the person's own around them."""
        return self._with(preset.name, preset.prompt, preset.model, preset.parameters)

    def _with(self, name: str, template: str, model: str | None, own: Parameters) -> "Styled":
        before = self.parameters
        sized = own.width is not None or own.aspect_ratio is not None
        return replace(
            self,
            names=(*self.names, name),
            templates=(*self.templates, template),
            model=self.model or model,
            parameters=Parameters(
                negative_prompt=joined(before.negative_prompt, own.negative_prompt),
                width=own.width if sized else before.width,
                height=own.height if sized else before.height,
                aspect_ratio=own.aspect_ratio if sized else before.aspect_ratio,
                steps=before.steps if own.steps is None else own.steps,
                guidance_scale=before.guidance_scale if own.guidance_scale is None else own.guidance_scale,
                strength=before.strength if own.strength is None else own.strength,
                checkpoint=own.checkpoint or before.checkpoint,
                sampler=own.sampler or before.sampler,
                scheduler=own.scheduler or before.scheduler,
                vae=own.vae or before.vae,
                loras=(*before.loras, *(lora for lora in own.loras if lora not in before.loras))[:MAX_LORAS],
            ),
        )

    def over(self, settings: UserSettings, model: Model | None) -> UserSettings:
        """A person's settings for a model, with those of the presets in their place, where these say anything."""
        if not self.names:
            return settings
        mine = self.parameters
        if model is not None and (mine.checkpoint or mine.sampler or mine.scheduler or mine.vae or mine.loras):
            picked = settings.picked_of(model.id)
            picked = Picked(
                mine.sampler or picked.sampler,
                mine.scheduler or picked.scheduler,
                mine.vae or picked.vae,
                mine.loras or picked.loras,
                mine.checkpoint or picked.checkpoint,
            )
            settings = replace(settings, picked=((model.id, picked),))
        return replace(
            settings,
            aspect_ratio=mine.aspect_ratio or settings.aspect_ratio,
            steps=settings.steps if mine.steps is None else mine.steps,
            guidance_scale=settings.guidance_scale if mine.guidance_scale is None else mine.guidance_scale,
        )

    def dressed(self, asked: Parameters, model: Model | None, *, sized: bool) -> Parameters:
        """The parameters with everything else that the presets add. `sized`: the person has named a size or a ratio."""
        mine = self.parameters
        if mine.width and mine.height and not sized and model is not None and model.capabilities.takes("width"):
            can = model.capabilities
            width, height = int(can.width.clamp(mine.width)), int(can.height.clamp(mine.height))
            asked = replace(asked, width=width, height=height, aspect_ratio=None)
        pictures = self.pictures if model is None or model.capabilities.takes("image") else ()
        return replace(
            asked,
            negative_prompt=joined(asked.negative_prompt, mine.negative_prompt),
            strength=mine.strength if asked.strength is None else asked.strength,
            input_file_ids=asked.input_file_ids + pictures,
            styles=self.names,
            templates=self.templates,
        )


def joined(first: str | None, second: str | None) -> str | None:
    """Two negative prompts as one, cut to the longest that is allowed."""
    if not first or not second or second in first:
        return first or second
    return f"{first}, {second}"[:PROMPT_LENGTH]


def fetching_presets(catalog: Catalog, fetch: Callable[[str], Awaitable[bytes]]) -> Callable[[str], Awaitable[bytes]]:
    """A function that reads the fixed pictures of presets from their files, and fetches all others with `fetch`. It
    raises LookupError for a picture that the catalogue no longer has, and OSError."""

    async def fetched(file_id: str) -> bytes:
        if not file_id.startswith(_PICTURE):
            return await fetch(file_id)
        preset_id, _, number = file_id.removeprefix(_PICTURE).rpartition(":")
        path = catalog.presets[preset_id].pictures[int(number)]
        return await asyncio.to_thread(path.read_bytes)

    return fetched


def is_fixed(file_id: str) -> bool:
    """Whether it is a picture of a preset, not one of the person's."""
    return file_id.startswith(_PICTURE)


def styled_by(names: Sequence[str], catalog: Catalog, own: Sequence[Preset]) -> tuple[Styled, list[str]]:
    """The presets of these names, and the unknown names. The catalogue's ids take precedence over the person's own
    presets, whose case does not matter."""
    mine = {preset.name.casefold(): preset for preset in own}
    result, unknown = Styled(), []
    for name in names:
        if (known := catalog.presets.get(name.casefold())) is not None:
            result = result.with_catalogs(known)
        elif (kept := mine.get(name.casefold())) is not None:
            result = result.with_own(kept)
        else:
            unknown.append(name)
    return result, unknown
