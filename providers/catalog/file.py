"""Reads one catalogue file and validates it key by key. A mistake is reported in one line with file, key and reason."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from providers.catalog.choices import read_choices
from providers.catalog.keys import MOST as MOST_KEYS
from providers.choices import MAX_LORAS, MAX_NAME, Lora
from providers.prompt import ASPECT_RATIOS
from providers.proxies import DIRECT, proxy_fault
from providers.request import MAX_INPUT_IMAGES, OPTIONAL_PARAMETERS
from providers.text_file import TextFileError, named, read_text

MODEL_ID = re.compile(r"[a-z0-9._-]{1,32}")
SENDABLE = ("prompt", *OPTIONAL_PARAMETERS, "images", "n", "size", "aspect_ratio")  # what some server may take
MOST_IN_ONE_RUN = 16  # pictures
ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class CatalogError(Exception):
    """A mistake in the catalogue: the message has the file, the key and the reason, and no secret."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file, self.key, self.reason = str(file), key, reason


class OptionError(ValueError):
    """A provider cannot use one of its own keys; the catalogue adds the file."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key, self.reason = key, reason


def _secret_form(value: str) -> str:
    if value.startswith("env:") and not ENV_NAME.fullmatch(value.removeprefix("env:")):
        raise ValueError('should be "env:NAME" with the name of an environment variable')
    return value


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("should be an http:// or https:// address")
    return value.rstrip("/")


def _proxy(value: str) -> str:
    if value == DIRECT:
        return value
    if value.startswith("env:"):
        return _secret_form(value)
    if (fault := proxy_fault(value)) is not None:
        raise ValueError(fault)
    return value


def _ratio(value: str) -> str:
    if value not in ASPECT_RATIOS:
        raise ValueError(f"should be one of {', '.join(ASPECT_RATIOS)}")
    return value


def _sendable(value: str) -> str:
    if value not in SENDABLE:
        raise ValueError(f"should be one of {', '.join(SENDABLE)}")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise ValueError('should be the code of a language in two or three letters, such as "en"')
    return value


def _named(value: str) -> str:
    if not value.isprintable() or set(value) & set("<>"):
        raise ValueError("should have no control characters and no < and >")
    return value


def _lora(value: str) -> str:
    if Lora.parse(value) is None:
        raise ValueError('should be the name of a LoRA, or "name:weight"')
    return value


Text = Annotated[str, Field(min_length=1)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
# Values must have their TOML type: the text "28" is no number of steps.
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class DefaultsTable(BaseModel):
    """`[models.<id>.defaults]`: the values of a request for this model if nobody says otherwise."""

    model_config = STRICT

    negative_prompt: str | None = None
    aspect_ratio: Annotated[str, AfterValidator(_ratio)] | None = None
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    guidance_scale: Finite | None = None
    num_inference_steps: int | None = None
    strength: Finite | None = None


class ModelTable(BaseModel):
    """`[models.<id>]`; all keys may be missing, because a second file changes some keys of a first."""

    model_config = STRICT

    label: Text | None = None
    provider: Text | None = None
    enabled: bool | None = None
    url: Annotated[str, AfterValidator(_http_url)] | None = None
    model: Text | None = None
    api_key: Annotated[Text, AfterValidator(_secret_form)] | None = None
    api_keys: (
        Annotated[list[Annotated[Text, AfterValidator(_secret_form)]], Field(min_length=1, max_length=MOST_KEYS)] | None
    ) = None
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    requires_key: bool | None = None
    fallback: list[Text] | None = None
    timeout: Seconds | None = None
    queue_timeout: Seconds | None = None
    max_concurrency: Annotated[int, Field(ge=1)] | None = None
    picture_hosts: list[Text] | None = None
    input_images: Annotated[int, Field(ge=0, le=MAX_INPUT_IMAGES)] | None = None
    edits: bool | None = None
    images: Annotated[int, Field(ge=1, le=MOST_IN_ONE_RUN)] | None = None
    task: Literal["draw", "describe", "upscale", "cutout", "video"] | None = None
    reads: Annotated[list[Annotated[str, AfterValidator(_language)]], Field(max_length=16)] | None = None
    cost: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] | None = None
    # Keys of some providers only; `providers.catalog.entry` checks that the entry's provider takes them.
    protocol: Text | None = None
    api_name: Text | None = None
    workflow: Text | None = None
    inputs: dict[Text, Text | list[Text]] | None = None
    urls: Annotated[list[Annotated[str, AfterValidator(_http_url)]], Field(min_length=1, max_length=32)] | None = None
    pace: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)] | None = None
    path: Text | None = None
    edit_path: Text | None = None
    key_header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")] | None = None
    picture_form: Text | None = None
    parameters: dict[Annotated[str, AfterValidator(_sendable)], Text] | None = None
    extra: dict[Text, str | int | Finite | bool | list[Any] | dict[str, Any]] | None = None  # sent as it stands
    inference_provider: Text | None = None
    partial_images: Annotated[int, Field(ge=0, le=3)] | None = None
    choices: Annotated[dict[str, Any], PlainValidator(read_choices)] | None = None
    scale: Annotated[float, Field(gt=1, le=16, allow_inf_nan=False)] | None = None  # of an upscaled picture's sides
    defaults: DefaultsTable = DefaultsTable()


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME), AfterValidator(_named)]


class PresetParameters(BaseModel):
    """`[presets.<id>.parameters]`: the parameters of a picture with this preset if its person says nothing else."""

    model_config = STRICT

    aspect_ratio: Annotated[str, AfterValidator(_ratio)] | None = None
    width: Annotated[int, Field(ge=64, le=8192)] | None = None
    height: Annotated[int, Field(ge=64, le=8192)] | None = None
    guidance_scale: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    num_inference_steps: Annotated[int, Field(ge=1, le=500)] | None = None
    strength: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    checkpoint: Name | None = None
    sampler: Name | None = None
    scheduler: Name | None = None
    vae: Name | None = None
    loras: Annotated[list[Annotated[str, AfterValidator(_lora)]], Field(max_length=MAX_LORAS)] | None = None


class PresetTable(BaseModel):
    """`[presets.<id>]`; all keys may be missing, because a second file changes some keys of a first."""

    model_config = STRICT

    enabled: bool | None = None
    label: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    prompt: Text | None = None
    negative_prompt: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    model: Text | None = None
    parameters: PresetParameters | None = None
    needs_picture: bool | None = None
    example: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    pictures: Annotated[list[Text], Field(max_length=MAX_INPUT_IMAGES)] | None = None


class CatalogTable(BaseModel):
    model_config = STRICT

    builtin: bool = True
    models: dict[str, ModelTable] = {}
    presets: dict[str, PresetTable] = {}


def read_catalog(file: Path) -> CatalogTable:
    """Reads a file. Raises CatalogError: it is unreadable or no TOML, or has an unknown key or a value of the wrong
    kind."""
    try:
        text = read_text(file)
    except OSError as error:
        raise CatalogError(file, "", error.strerror or "cannot be read") from None
    except TextFileError as error:
        raise CatalogError(file, "", str(error)) from None
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise CatalogError(file, "", "is no valid TOML: it is nested too deeply") from None
    except ValueError as error:  # also of numbers with thousands of digits
        raise CatalogError(file, "", f"is no valid TOML: {error}{_in_the_way(text, str(error))}") from None
    try:
        table = CatalogTable.model_validate(content)
    except ValidationError as error:
        raise _first_mistake(file, error) from None
    for model_id in table.models:
        if not MODEL_ID.fullmatch(model_id):
            reason = "an id has 1 to 32 characters of a-z, 0-9, dot, underscore and hyphen"
            raise CatalogError(file, f"models.{model_id}", reason)
    for preset_id in table.presets:
        if not MODEL_ID.fullmatch(preset_id) or preset_id == "none":
            reason = "an id has 1 to 32 characters of a-z, 0-9, dot, underscore and hyphen, and is not none"
            raise CatalogError(file, f"presets.{preset_id}", reason)
    return table


def _in_the_way(text: str, told: str) -> str:
    """Names the character at "(at line 2, column 9)" if it only looks like TOML's: a typographic quote, for example."""
    if (place := re.search(r"at line (\d+), column (\d+)", told)) is None:
        return ""
    line = text.split("\n")[int(place[1]) - 1]
    char = line[int(place[2]) - 1 : int(place[2])]
    if not char or char.isascii():
        return ""
    instead = '; write "' if unicodedata.category(char) in {"Pi", "Pf", "Ps"} else ""
    return f": the character there is {named(char)}{instead}"


def _first_mistake(file: Path, error: ValidationError) -> CatalogError:
    details: Any = error.errors(include_url=False, include_input=False)[0]  # pydantic's own loose dictionaries
    location = [str(part) for part in details["loc"]]
    reason = str(details["msg"]).removeprefix("Value error, ")
    if details["type"] == "extra_forbidden":
        tables: dict[int, type[BaseModel]] = {1: CatalogTable, 3: ModelTable, 4: DefaultsTable}
        if location[0] == "presets":
            tables |= {3: PresetTable, 4: PresetParameters}
        table = tables.get(len(location), ModelTable)
        reason = f"there is no such key; there are: {', '.join(table.model_fields)}"
    return CatalogError(file, ".".join(location), reason)
