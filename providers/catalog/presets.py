"""Presets: words, a model and parameters that are put around a prompt (`[presets.<id>]` of a catalogue file)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from providers.catalog.file import CatalogError, CatalogTable, PresetTable
from providers.errors import BadPicture
from providers.pictures.header import read_header

BUILTIN_PRESETS = Path(__file__).with_name("presets.toml")
PLACE = "{prompt}"  # where the words go
TEMPLATE_LENGTH = 600  # characters
LARGEST_PICTURE = 20_000_000  # bytes, as of a photo from Telegram


@dataclass(frozen=True, slots=True)
class CatalogPreset:
    """A preset for everybody. `parameters`: fields of `ImageRequest`. `pictures`: sent to the model after the person's.
    `example`: the prompt if somebody picks it without words of their own."""

    id: str
    prompt: str
    label: str | None = None
    negative_prompt: str | None = None
    model: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)  # each with its own type
    needs_picture: bool = False
    example: str | None = None
    pictures: tuple[Path, ...] = ()


class PresetEntry:
    """An id with its keys, and for each key the file that set it last."""

    def __init__(self, preset_id: str, file: Path) -> None:
        self.id = preset_id
        self.file = file
        self._values: dict[str, Any] = {}  # validated by `PresetTable`
        self._files: dict[str, Path] = {}

    def update(self, table: PresetTable, file: Path) -> None:
        values = table.model_dump(exclude_unset=True, exclude_none=True)
        self._values.update(values)
        self._files.update(dict.fromkeys(values, file))
        self.file = file

    def mistake(self, key: str, reason: str) -> CatalogError:
        file = self._files.get(key, self.file)
        return CatalogError(file, f"presets.{self.id}.{key}", f"{reason}{_line_of(file, self.id, key)}")

    def preset(self, models: Iterable[str]) -> CatalogPreset | None:
        """The preset; None: it is turned off. Raises CatalogError."""
        values = dict(self._values)
        enabled = values.pop("enabled", True)
        prompt: str = values.get("prompt", "")
        if not prompt:
            raise self.mistake("prompt", "is missing")
        if prompt.count(PLACE) != 1:
            raise self.mistake("prompt", f"should have {PLACE} once, where the words of the person go")
        if len(prompt) > TEMPLATE_LENGTH:
            raise self.mistake("prompt", f"has {len(prompt)} characters, at most {TEMPLATE_LENGTH}")
        known = list(models)
        if (model := values.get("model")) is not None and model not in known:
            raise self.mistake("model", f"there is no model {model!r}; there are: {', '.join(known)}")
        values["parameters"] = MappingProxyType(values.pop("parameters", {}))
        values["pictures"] = tuple(self._picture(name) for name in values.pop("pictures", ()))
        return CatalogPreset(self.id, **values) if enabled else None

    def _picture(self, name: str) -> Path:
        """Reads a picture; its path is relative to the file that names it. Raises CatalogError."""
        path = self._files["pictures"].parent / name
        try:
            size = path.stat().st_size
            if size > LARGEST_PICTURE:
                raise self.mistake("pictures", f"{path} has {size} bytes, at most {LARGEST_PICTURE}")
            read_header(path.read_bytes())
        except OSError as error:
            raise self.mistake("pictures", f"{path} cannot be read: {error.strerror or error}") from None
        except CatalogError:
            raise
        except BadPicture:
            raise self.mistake("pictures", f"{path} is no picture") from None
        return path


def presets_of(layers: Iterable[tuple[Path, CatalogTable]], models: Iterable[str]) -> list[CatalogPreset]:
    """The presets of all files, later files overriding earlier ones key by key. Raises CatalogError."""
    entries: dict[str, PresetEntry] = {}
    for file, table in layers:
        for preset_id, keys in table.presets.items():
            entries.setdefault(preset_id, PresetEntry(preset_id, file)).update(keys, file)
    known = list(models)
    return [preset for entry in entries.values() if (preset := entry.preset(known)) is not None]


def _line_of(file: Path, preset_id: str, key: str) -> str:
    """The line of the key in the file, else that of its table."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    tables = {f"[presets.{preset_id}]", f'[presets."{preset_id}"]'}
    start = next((at for at, line in enumerate(lines) if line.split("#")[0].strip() in tables), None)
    if start is None:
        return ""
    for at in range(start + 1, len(lines)):
        if lines[at].lstrip().startswith("["):
            break
        if lines[at].partition("=")[0].strip() == key:
            return f" (line {at + 1})"
    return f" (line {start + 1})"
