"""The catalogue of models: the built-in file, extended or overridden by the operator's."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from providers.catalog.entry import Entry
from providers.catalog.file import CatalogError, CatalogTable, read_catalog
from providers.catalog.model import Model
from providers.catalog.presets import BUILTIN_PRESETS, CatalogPreset, presets_of
from providers.errors import InvalidParameter
from providers.tasks import DESCRIBE

BUILTIN = Path(__file__).with_name("catalog.toml")


class UnknownModel(InvalidParameter):
    """There is no model of that id; the message lists the valid ones."""


class Catalog:
    """Models by id, in the order of the files. Iteration gives all of them, `enabled()` those for menus. `presets` are
    by id, too."""

    def __init__(self, models: Iterable[Model], presets: Iterable[CatalogPreset] = ()) -> None:
        self._models = {model.id: model for model in models}
        self.presets: Mapping[str, CatalogPreset] = {preset.id: preset for preset in presets}

    @classmethod
    def load(
        cls,
        path: Path | str | None = None,
        *,
        env: Mapping[str, str] | None = None,
        enable: Iterable[str] = (),
    ) -> Self:
        """Reads the built-in entries and the file at `path`; entries with the same id are merged key by key, the file's
        keys win.

        `env`: where "env:NAME" is looked up (default: the process's environment). `enable`: ids of entries to turn on.
        Raises CatalogError for any mistake, UnknownModel for an unknown id in `enable`.
        """
        own = (Path(path), read_catalog(Path(path))) if path is not None else None
        entries = _merge(own)
        environment = os.environ if env is None else env
        switched_on = set(enable)
        models = [entry.model(environment, enable=entry.id in switched_on) for entry in entries.values()]
        layers = [(BUILTIN_PRESETS, read_catalog(BUILTIN_PRESETS)), *([own] if own is not None else [])]
        catalog = cls(models, presets_of(layers, entries))
        for model_id in switched_on:
            catalog[model_id]
        _check_fallbacks(catalog, entries)
        return catalog

    def __getitem__(self, model_id: str) -> Model:
        try:
            return self._models[model_id]
        except KeyError:
            valid = ", ".join(model.id for model in self.enabled())
            raise UnknownModel(f"there is no model {model_id!r}; there are: {valid}") from None

    def get(self, model_id: str) -> Model | None:
        return self._models.get(model_id)

    def __contains__(self, model_id: object) -> bool:
        return model_id in self._models

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models.values())

    def __len__(self) -> int:
        return len(self._models)

    def secrets(self) -> list[str]:
        """The values that no log may show: keys, and addresses with a password."""
        keys = [key.value for model in self for key in model.keys]
        return [*keys, *(address for model in self for address in (model.url, model.proxy) if address)]

    def enabled(self, with_key: Collection[str] = ()) -> list[Model]:
        """The models for menus: they draw, are enabled, and lack no key or library. `with_key`: the ids of models for
        which somebody has a key."""
        return [model for model in self.working(with_key) if model.draws]

    def describers(self) -> list[Model]:
        """The usable models that describe pictures (`task = "describe"`)."""
        return self.doing(DESCRIBE)

    def doing(self, task: str, with_key: Collection[str] = ()) -> list[Model]:
        """What is declared for a task of `providers.tasks`, likewise."""
        return [model for model in self if model.task == task and model.usable_by(with_key)]

    def working(self, with_key: Collection[str] = ()) -> list[Model]:
        """What requests can be made of: what draws, and what makes something of a picture; likewise."""
        return [model for model in self if model.task != DESCRIBE and model.usable_by(with_key)]

    def chain(self, model_id: str) -> list[Model]:
        """The models that may take over from a model: its fallbacks, then their fallbacks, each once."""
        found = {model_id: self[model_id]}
        for model in (following := list(found.values())):
            for other in model.fallback:
                if other not in found:
                    found[other] = self[other]
                    following.append(self[other])
        return following[1:]

    def default(self, preferred: str | None = None) -> Model:
        """The preferred model; else the first enabled one that needs no key; else the first enabled one.

        Raises UnknownModel for a preferred id that is not in the menus, and if the menus are empty.
        """
        if preferred is not None:
            model = self[preferred]
            if not (model.draws and model.usable):
                lacking = f"its task is {model.task}" if not model.draws else model.lacking
                why = f"cannot draw ({lacking})" if lacking is not None else "is not enabled"
                valid = ", ".join(model.id for model in self.enabled())
                raise UnknownModel(f"the model {preferred!r} {why}; there are: {valid}")
            return model
        usable = self.enabled()
        if not usable:
            raise UnknownModel("no model is enabled")
        return next((model for model in usable if not model.requires_key), usable[0])


def _merge(own: tuple[Path, CatalogTable] | None) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    layers = [(BUILTIN, read_catalog(BUILTIN))] if own is None or own[1].builtin else []
    if own is not None:
        layers.append(own)
    for file, table in layers:
        for model_id, model in table.models.items():
            entry = entries.setdefault(model_id, Entry(model_id, file))
            entry.update(model.model_dump(exclude_unset=True, exclude_none=True), file)
    return entries


def _check_fallbacks(catalog: Catalog, entries: Mapping[str, Entry]) -> None:
    """Raises CatalogError for a fallback that does not exist or has another task, and for a chain that leads back to
    itself."""
    sound: set[str] = set()
    trail: list[str] = []

    def follow(model: Model) -> None:
        if model.id in trail:
            circle = " -> ".join([*trail[trail.index(model.id) :], model.id])
            raise entries[model.id].mistake("fallback", f"goes in a circle: {circle}")
        if model.id in sound:
            return
        trail.append(model.id)
        for other in model.fallback:
            if other in catalog and catalog[other].task == DESCRIBE:
                raise entries[model.id].mistake("fallback", f"{other!r} describes pictures, and draws none")
            if other in catalog and catalog[other].task != model.task:
                its, own = catalog[other].task, model.task
                raise entries[model.id].mistake("fallback", f"{other!r} has another task: {its}, not {own}")
            if other not in catalog:
                reason = f"there is no model {other!r}; there are: {', '.join(entries)}"
                raise entries[model.id].mistake("fallback", reason)
            follow(catalog[other])
        sound.add(trail.pop())

    for model in catalog:
        follow(model)


__all__ = ["Catalog", "CatalogError", "Model", "UnknownModel"]
