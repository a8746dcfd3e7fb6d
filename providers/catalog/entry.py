"""One entry while the catalogue is read: its keys are merged file by file, then become a checked `Model`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from providers.base import Provider
from providers.catalog.choices import choices_of
from providers.catalog.file import CatalogError, OptionError
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.catalog.registry import UnknownProvider, provider_class
from providers.choices import PARAMETERS
from providers.errors import InvalidParameter
from providers.proxies import DIRECT, proxy_fault
from providers.request import out_of_bounds
from providers.tasks import CUTOUT, DESCRIBE, DRAW, OF_A_PICTURE, UPSCALE, VIDEO

# Keys that only some providers know; one whose class has no attribute of that name does not take it.
PROVIDER_OPTIONS = (
    "protocol",
    "api_name",
    "workflow",
    "inputs",
    "urls",
    "pace",
    "path",
    "edit_path",
    "key_header",
    "picture_form",
    "parameters",
    "extra",
    "partial_images",
    "inference_provider",
    "choices",
    "scale",
)
PROTOCOLS = ("call", "queue", "predict")
_DOES = {
    DRAW: "draw",
    DESCRIBE: "describe pictures",
    UPSCALE: "upscale pictures",
    CUTOUT: "cut out what pictures show",
    VIDEO: "make videos of pictures",
}


class Entry:
    """An id with its keys, and for each key the file that set it last."""

    def __init__(self, model_id: str, file: Path) -> None:
        self.id = model_id
        self.values: dict[str, Any] = {}  # validated by providers.catalog.file, each key with its own type
        self.defaults: dict[str, Any] = {}  # likewise
        self.files: dict[str, Path] = {}
        self.file = file

    def update(self, values: dict[str, Any], file: Path) -> None:  # what pydantic dumps
        self.defaults.update(values.pop("defaults", {}))
        self.values.update(values)
        self.files.update(dict.fromkeys(values, file))
        self.file = file

    def mistake(self, key: str, reason: str) -> CatalogError:
        file = self.files.get(key.partition(".")[0], self.file)
        return CatalogError(file, f"models.{self.id}.{key}", reason)

    def model(self, env: Mapping[str, str], *, enable: bool) -> Model:
        values = dict(self.values)
        name = values.pop("provider", None)
        if name is None:
            raise self.mistake("provider", "is missing")
        try:
            found = provider_class(name, self.files["provider"].parent)
        except UnknownProvider as error:
            raise self.mistake("provider", str(error)) from None
        if values.get("url") is None and values.get("urls"):
            values["url"] = values["urls"][0]
        given = {key: values.pop(key) for key in PROVIDER_OPTIONS if key in values}
        options = self._options(found, given, values.get("task", DRAW))
        named: dict[str, str] = {}
        keys = self._keys(values.pop("api_keys", None) or (), env)
        for key in ("api_key", "proxy"):
            if (text := values.get(key)) is not None and text.startswith("env:"):
                named[key] = text.removeprefix("env:")
                values[key] = env.get(named[key]) or None
        if (proxy := values.get("proxy")) not in {None, DIRECT} and (fault := proxy_fault(proxy)) is not None:
            raise self.mistake("proxy", f"{named.get('proxy', 'it')} {fault}")
        if (secret := values.get("api_key")) is not None:
            values["api_key"] = self._key(secret, named.get("api_key", "it"))
        if "api_keys" in self.values:  # they win, because a built-in entry has an `api_key`
            values["api_key"] = keys[0].value if keys else None
            named["api_key"] = next((text.removeprefix("env:") for text in self.values["api_keys"]), "")
        for key in ("fallback", "picture_hosts", "reads"):
            values[key] = tuple(values.get(key) or ())
        model = Model(
            id=self.id,
            provider=name,
            provider_class=found,
            label=values.pop("label", None) or found.label or self.id,
            enabled=values.pop("enabled", True) or enable,
            options=MappingProxyType(options),
            defaults=MappingProxyType(dict(self.defaults)),
            key_name=named.get("api_key"),
            api_keys=keys,
            **values,
        )
        self._check(model)
        return model

    def _keys(self, given: Sequence[str], env: Mapping[str, str]) -> tuple[ApiKey, ...]:
        """The keys that are set, each once."""
        found: dict[str, ApiKey] = {}
        for number, text in enumerate(given, start=1):
            name = text.removeprefix("env:") if text.startswith("env:") else f"key {number}"
            secret = env.get(name) or "" if text.startswith("env:") else text
            if (value := self._key(secret, name, "api_keys")) is not None:
                found.setdefault(value, ApiKey(value, name))
        return tuple(found.values())

    def _key(self, key: str, name: str, where: str = "api_key") -> str | None:
        """The key without surrounding white space, which a file made by `echo` has; None: nothing else is in it. Raises
        CatalogError."""
        key = key.strip()
        if not key.isascii() or not key.isprintable():
            raise self.mistake(where, f"{name} has a line end, a control character or a letter in it that no key has")
        return key or None

    def _options(
        self, found: type[Provider], given: dict[str, Any], task: str
    ) -> dict[str, Any]:  # each with its own type
        for key in given:
            if not hasattr(found, key):
                raise self.mistake(key, f"{self.values['provider']} has no such key")
        if "choices" in given:
            given["choices"] = choices_of(given["choices"])
        if task in OF_A_PICTURE:  # which decides how they are read
            given["task"] = task
        folder = self.files.get("workflow", self.file).parent
        try:
            return found.read_options(given, self.values.get("model"), folder)
        except OptionError as error:
            raise self.mistake(error.key, error.reason) from None

    def _check(self, model: Model) -> None:
        found = model.provider_class
        if model.url is None and not found.url and not found.offline:
            raise self.mistake("url", f"is missing: {model.provider} has no server of its own")
        if model.url is not None and found.offline:
            raise self.mistake("url", f"{model.provider} has no such key")
        if model.protocol is not None and model.protocol not in PROTOCOLS:
            raise self.mistake("protocol", f"should be one of {', '.join(PROTOCOLS)}")
        if model.model is not None and (found.models or found.model_aliases):
            try:
                found.get_model(model.model)
            except InvalidParameter as error:
                raise self.mistake("model", str(error)) from None
        self._check_task(model)
        for name, value in model.defaults.items():
            self._check_default(model, name, value)
        self._check_choices(model)

    def _check_choices(self, model: Model) -> None:
        for kind, names in model.choices.items():
            if not model.capabilities.takes(PARAMETERS[kind]):
                raise self.mistake(f"choices.{kind}", f"{model.provider} takes none here")
            if names is None and kind not in model.provider_class.listed:
                raise self.mistake(f"choices.{kind}", f"{model.provider} lists none: name them here")

    def _check_task(self, model: Model) -> None:
        able = model.provider_class.tasks_of(model.model)
        if model.task not in able:
            named = f"{model.provider}'s {model.model}" if model.model else model.provider
            raise self.mistake("task", f"{named} does not {_DOES[model.task]}; it does: {', '.join(sorted(able))}")
        if "scale" in model.options and model.task != UPSCALE:
            raise self.mistake("scale", 'is of an entry with task = "upscale"')

    def _check_default(self, model: Model, name: str, value: Any) -> None:  # a field of ImageRequest
        needed = ("width", "height") if name == "aspect_ratio" else (name,)
        if not all(model.capabilities.takes(parameter) for parameter in needed):
            raise self.mistake(f"defaults.{name}", f"{model.provider} does not take it")
        if isinstance(value, int | float) and (reason := out_of_bounds(name, value, model.capabilities)):
            raise self.mistake(f"defaults.{name}", reason)
