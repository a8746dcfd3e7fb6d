"""The variables that settings come from: the process's environment over a file named `.env`.

The file has `NAME=value` lines as in other programs: `export` in front, quotes around the value, `#` comments and
`${OTHER}` work. Values lose white space and line ends around them, which a key made with `echo` has.
"""

import difflib
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from providers.text_file import TextFileError, named, read_text

ENV_FILE = Path(".env")

# Names in a `.env` that are not ours, and mean something: those of compose.yaml and of docker compose itself.
_OF_COMPOSE = frozenset({"POSTGRES_PASSWORD"})
_COMPOSE_PREFIX = "COMPOSE_"
NEAR = 0.8  # of difflib's ratio, from which a name of the environment is taken for a misspelt one of ours


class EnvFileError(Exception):
    """The file cannot be read; the message has a line for each mistake."""


@dataclass(frozen=True, slots=True)
class UnknownSetting:
    """A name that nothing reads; `nearest` is the setting that was probably meant."""

    name: str
    nearest: str | None

    def __str__(self) -> str:
        meant = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.name} is no setting and has no effect{meant}"


def environment(env_file: Path | None = ENV_FILE) -> dict[str, str]:
    """All variables, stripped; what `env:NAME` in a catalogue is looked up in. Raises EnvFileError."""
    found = {**read_env_file(env_file), **os.environ}
    return {name: value.strip() for name, value in found.items()}


def read_env_file(path: Path | None) -> dict[str, str]:
    """The variables of the file; none when there is no file. Raises EnvFileError."""
    if path is None or not path.is_file():
        return {}
    try:
        text = read_text(path)
    except OSError as error:
        raise EnvFileError(f"{path}: cannot be read: {error.strerror or error}") from None
    except TextFileError as error:
        raise EnvFileError(f"{path}: {error}") from None
    mistakes = []
    for binding in parse_stream(StringIO(text)):
        line = binding.original.line + _blank_lines(binding.original.string)
        if binding.error:
            mistakes.append(f"{path}: line {line}: is not understood; write NAME=value")
        elif binding.key is not None and binding.value is None:
            mistakes.append(f"{path}: line {line}: {_shown(binding.key)} has no value; write NAME=value")
        elif binding.key is not None and (reason := _typographic(binding.value or "")) is not None:
            mistakes.append(f"{path}: line {line}: {_shown(binding.key)}: {reason}")
    if mistakes:
        raise EnvFileError("\n".join(mistakes))
    return {name: value or "" for name, value in dotenv_values(stream=StringIO(text)).items()}


def unknown_settings(
    known: Iterable[str],
    used: Iterable[str] = (),
    env_file: Path | None = ENV_FILE,
    variables: Mapping[str, str] = os.environ,
) -> list[UnknownSetting]:
    """Names that nothing reads: all of the file, and those of the environment that look like a setting's.

    `known` are the settings' names, `used` the variables that the catalogue reads. Raises EnvFileError.
    """
    ours, taken = {name.upper() for name in known}, {name.upper() for name in used}
    found: dict[str, UnknownSetting] = {}
    for name in read_env_file(env_file):
        upper = name.upper()
        if upper in ours | taken | _OF_COMPOSE or upper.startswith(_COMPOSE_PREFIX):
            continue
        found[name] = UnknownSetting(name, _nearest(upper, ours, 0.6))
    for name in variables:
        upper = name.upper()
        if upper in ours | taken or _of_another_program(upper, ours):
            continue
        if (near := _nearest(upper, ours, NEAR)) is not None:
            found.setdefault(name, UnknownSetting(name, near))
    return list(found.values())


def _of_another_program(name: str, known: Iterable[str]) -> bool:
    """Whether it has a setting's name in it, as TEST_DATABASE_URL has: that is not misspelt, but somebody's own."""
    return any(name.endswith(f"_{one}") or name.startswith(f"{one}_") for one in known)


def _nearest(name: str, known: Iterable[str], ratio: float) -> str | None:
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=ratio)), None)


def _typographic(value: str) -> str | None:
    """Quotes of a word processor around a value would become part of it."""
    for char in (value[:1], value[-1:]):
        if char and not char.isascii() and unicodedata.category(char) in {"Pi", "Pf", "Ps"}:
            return f'{named(char)} stands around the value; write " or nothing'
    return None


def _shown(name: str) -> str:
    return name if name.isascii() and len(name) <= 64 else "a name"


def _blank_lines(text: str) -> int:
    """Of a binding, those before what it says."""
    return text[: len(text) - len(text.lstrip())].count("\n")
