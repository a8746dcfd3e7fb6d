"""What people pick by name: checkpoints, samplers, schedulers, LoRAs, VAEs and upscalers.

Which of these a model takes, and which names there are, the catalogue's `choices` says: the server's own list, or one
in the models file. Names are compared without case, spaces, the endings of files and A1111's hashes behind them.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from providers.capabilities import Bounds, Capabilities
from providers.errors import InvalidParameter

MAX_LORAS = 5  # of one request
MAX_CHOICES = 10_000  # of one list; what a server lists beyond is left out
MAX_NAME = 200  # characters
MAX_WORDS = 200  # characters of a LoRA's trigger words
WEIGHTS = Bounds(-4, 4, 0.01)
SHOWN = 5  # of the nearest names


class Kind(StrEnum):
    """Also the name of the flag, and of the key in `choices`. An upscaler has no flag: it is picked below a picture."""

    CHECKPOINT = "checkpoint"
    SAMPLER = "sampler"
    SCHEDULER = "scheduler"
    LORA = "lora"
    VAE = "vae"
    UPSCALER = "upscaler"


# Fields of `ImageRequest`.
PARAMETERS: Mapping[Kind, str] = {
    Kind.CHECKPOINT: "checkpoint",
    Kind.SAMPLER: "sampler",
    Kind.SCHEDULER: "scheduler",
    Kind.LORA: "loras",
    Kind.VAE: "vae",
    Kind.UPSCALER: "upscaler",
}
ONE = (Kind.CHECKPOINT, Kind.SAMPLER, Kind.SCHEDULER, Kind.VAE, Kind.UPSCALER)  # of which a request has one
ASKED = tuple(kind for kind in ONE if kind is not Kind.UPSCALER)  # those of a request to draw

_EXTENSION = re.compile(r"\.(safetensors|ckpt|gguf|sft|pth?|bin)$", re.IGNORECASE)
_HASH = re.compile(r" ?\[[0-9a-f]{6,64}\]$", re.IGNORECASE)  # "dream.safetensors [879db523c3]" is a title of A1111's
_WEIGHT = re.compile(r"[+-]?[0-9]{0,2}([.,][0-9]{1,4})?")
_TAG = re.compile(r"[ ,]{0,4}<(?:lora|lyco):([^:<>]{1,200})(?::([^<>]{0,60}))?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA by its name, and how much of it: WEIGHTS."""

    name: str
    weight: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """`name` or `name:weight`. None: no name, or a weight out of bounds."""
        name, colon, said = text.rpartition(":")
        weight = _weight(said) if colon else None
        if weight is None:
            return cls(text.strip()) if is_name(text.strip()) else None
        return cls(name.strip(), weight) if is_name(name.strip()) and weight in WEIGHTS else None

    def __str__(self) -> str:
        return f"{self.name}:{self.weight:g}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that people see and type. `value` is what the back-end gets in its place, "" for the name itself.
    `words` are the trigger words of a LoRA as its maker declared them: they are added to the prompt. `often` are words
    that its training pictures had most, which is only a guess: they are shown."""

    name: str
    value: str = ""
    words: str = ""
    often: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def sent(self) -> str:
        return self.value or self.name


# What an entry of the catalogue offers; None: what the server lists.
Choices = Mapping[Kind, tuple[Choice, ...] | None]


class UnknownChoice(InvalidParameter):
    """The back-end has nothing of this name; `near` are the names most like it."""

    def __init__(self, kind: Kind, name: str, near: Sequence[str]) -> None:
        there_are = f"; nearest: {', '.join(near)}" if near else ""
        super().__init__(f"there is no {kind} {name[:60]!r}{there_are}")
        self.kind, self.name, self.near = kind, name, tuple(near)


def restricted(can: Capabilities, kinds: Collection[Kind]) -> Capabilities:
    """The capabilities without the choices that are none of these."""
    hidden = {parameter for kind, parameter in PARAMETERS.items() if kind not in kinds}
    return replace(can, parameters=can.parameters - hidden) if hidden & can.parameters else can


def find(choices: Sequence[Choice], name: str) -> Choice | None:
    """The choice of this name: as it stands, else without case, spaces, endings and folders where that is one alone."""
    for choice in choices:
        if name == choice.name:
            return choice
    wanted = _key(name)
    for keys in (_keys, _stems):
        found = [choice for choice in choices if wanted and wanted in keys(choice)]
        if found:
            return found[0] if len({choice.sent for choice in found}) == 1 else None
    return None


def nearest(choices: Sequence[Choice], name: str, most: int = SHOWN) -> list[str]:
    """The names most like this one: those that contain it first. Some that there are where none is like it."""
    found = [choice.name for choice in search(choices, name, most)]
    if len(found) < most:
        keys = {_key(choice.name): choice.name for choice in choices}
        found += [keys[key] for key in difflib.get_close_matches(_key(name), keys, most, 0.5)]
    return list(dict.fromkeys(found))[:most] or [choice.name for choice in choices[:most]]


def search(choices: Iterable[Choice], words: str, most: int = MAX_CHOICES) -> list[Choice]:
    """The choices whose name has each of these words in it, those that begin with them first."""
    wanted = [part for part in words[:MAX_NAME].casefold().split() if part]
    found = [choice for choice in choices if wanted and all(part in choice.name.casefold() for part in wanted)]
    found.sort(key=lambda choice: not choice.name.casefold().startswith(wanted[0]))
    return found[:most]


def split_tags(prompt: str) -> tuple[str, tuple[Lora, ...]]:
    """A prompt without A1111's `<lora:name:weight>`, and the LoRAs that stood in it."""
    if "<" not in prompt:
        return prompt, ()
    loras = []
    for name, said in _TAG.findall(prompt):
        weight = _weight(said.partition(":")[0].rpartition("=")[2])
        loras.append(Lora(name.strip(), WEIGHTS.clamp(weight) if weight is not None else 1.0))
    return _TAG.sub("", prompt).strip() if loras else prompt, tuple(loras)


def with_words(prompt: str, choices: Iterable[Choice]) -> str:
    """The prompt with the trigger words of these LoRAs that it does not have yet."""
    for choice in choices:
        if choice.words and choice.words.casefold() not in prompt.casefold():
            prompt = f"{prompt}, {choice.words}"
    return prompt


def is_name(text: str) -> bool:
    """Whether it can be shown, typed and kept."""
    return 0 < len(text) <= MAX_NAME and text.isprintable() and not set(text) & set("<>")


def plain_name(name: str) -> str:
    """Without the ending of a file, and without a hash behind it."""
    return _EXTENSION.sub("", _HASH.sub("", name))


def _weight(text: str) -> float | None:
    if not any(char.isdigit() for char in text) or _WEIGHT.fullmatch(text.strip()) is None:
        return None
    return float(text.replace(",", "."))


def _key(name: str) -> str:
    """For comparing: DPM++ and DPM stay apart."""
    return re.sub(r"[\s_\-]+", "", plain_name(name[:MAX_NAME].strip()).replace("\\", "/").casefold())


def _keys(choice: Choice) -> set[str]:
    return {_key(name) for name in (choice.name, *choice.aliases)}


def _stems(choice: Choice) -> set[str]:
    return {key.rpartition("/")[2] for key in _keys(choice)}
