"""The key `choices` of an entry: what people may pick by name, and where the names come from."""

from collections.abc import Mapping
from typing import Any

from providers.choices import MAX_CHOICES, MAX_NAME, MAX_WORDS, Choice, Choices, Kind

SERVER = "server"  # the names are what the server lists
MAX_VALUE = 1000  # characters of what the back-end gets in place of a name
_KINDS = ", ".join(Kind)


def read_choices(value: object) -> dict[str, Any]:  # for `choices_of`
    """Checks the key: a list of kinds, or a table of kinds. The value of a kind is "server", a list of names, or a
    table from names to what the back-end gets (or to a table of `value` and `words`). Raises ValueError."""
    if isinstance(value, list):
        value = dict.fromkeys(map(str, value), SERVER)
    if not isinstance(value, Mapping):
        raise ValueError(f"should be a list or a table of: {_KINDS}")  # noqa: TRY004 - what pydantic tells people
    return {_kind(kind): _names(kind, names) for kind, names in value.items()}


def choices_of(checked: Mapping[str, Any]) -> Choices:
    """The choices in what `read_choices` returned."""
    return {
        Kind(kind): None if names is None else tuple(Choice(name, *said) for name, said in names.items())
        for kind, names in checked.items()
    }


def _kind(kind: str) -> str:
    if kind not in set(Kind):
        raise ValueError(f"there is no {kind!r}; there are: {_KINDS}")
    return kind


def _names(kind: str, names: object) -> dict[str, tuple[str, str]] | None:
    if names == SERVER:
        return None
    if isinstance(names, list):
        names = {name if isinstance(name, str) else "": {} for name in names}
    if not isinstance(names, Mapping) or not 0 < len(names) <= MAX_CHOICES:
        raise ValueError(f'{kind} should be "{SERVER}", a list of names, or a table of names')
    return {_name(kind, name): _said(kind, name, said) for name, said in names.items()}


def _name(kind: str, name: str) -> str:
    if not 0 < len(name) <= MAX_NAME or not name.isprintable() or set(name) & set("<>"):
        raise ValueError(f"{kind}: a name has 1 to {MAX_NAME} characters, no control characters and no < and >")
    return name


def _said(kind: str, name: str, said: object) -> tuple[str, str]:
    table = {"value": said} if isinstance(said, str) else said
    if not isinstance(table, Mapping) or table.keys() - {"value", "words"}:
        raise ValueError(f"{kind}.{name} should be a text, or a table of: value, words")
    value, words = table.get("value", ""), table.get("words", "")
    for text, most in ((value, MAX_VALUE), (words, MAX_WORDS)):
        if not isinstance(text, str) or len(text) > most or not text.isprintable():
            raise ValueError(f"{kind}.{name} should have a text of at most {most} characters on one line")
    return value, words
