"""The models that can do a task with a picture; a model with several upscalers is one option for each of them."""

import asyncio
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.jobs.acceptance.parameters import models_doing
from bot.jobs.service import ImagineService
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.choices import Choice, Kind, find, nearest, search


@dataclass(frozen=True, slots=True)
class Option:
    """A model, and the upscaler that it uses. `upscaler`: a name that the model's server has; None: the entry's own."""

    model: Model
    label: str
    upscaler: str | None = None

    @property
    def code(self) -> str:
        """A code for a button. It is looked up again at the press, because the list may have changed."""
        named = f"{self.model.id}\0{self.upscaler or ''}"
        return hashlib.blake2s(named.encode("utf-8", "replace"), digest_size=8).hexdigest()


class TaskModels:
    """Lists the options that people can choose from."""

    def __init__(self, service: ImagineService, catalog: Catalog) -> None:
        self._service = service
        self._catalog = catalog

    async def of(self, task: str, keys: Collection[str] = ()) -> list[Option]:
        """All options for a task now. `keys`: the ids of the models for which the person has a key. If a list of
        upscalers cannot be read, the entry itself remains."""
        models = models_doing(self._catalog, task, self._service.health.is_down, keys)
        listed = await asyncio.gather(*(self._upscalers(model) for model in models))
        several = len(models) > 1
        options: list[Option] = []
        for model, names in zip(models, listed, strict=True):
            options += [
                Option(model, f"{model.label} · {choice.name}" if several else choice.name, choice.name)
                for choice in names
            ] or [Option(model, model.label)]
        return options

    async def _upscalers(self, model: Model) -> Sequence[Choice]:
        return (await self._service.choices.of(model, Kind.UPSCALER) or ()) if model.offers(Kind.UPSCALER) else ()


async def named(options: Sequence[Option], name: str, most: int) -> Option | list[Option]:
    """The option of this name, else the `most` options with the most similar names."""
    by_code = {option.code: option for option in options}
    choices = [
        Choice(option.label, code, aliases=(option.upscaler or option.model.id,)) for code, option in by_code.items()
    ]
    if (found := find(choices, name)) is not None:
        return by_code[found.value]
    if like := search(choices, name, most):
        return [by_code[choice.value] for choice in like]
    near = await asyncio.to_thread(nearest, choices, name, most)
    return [option for option in options if option.label in near][:most]
