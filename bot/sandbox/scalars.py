"""The Bot API's plain types, read from what a query, a form or a JSON body carried."""

import re
from collections.abc import Callable, Mapping

from bot.sandbox.errors import Json

_WHOLE = re.compile(r"[+-]?\d{1,19}")
_NUMBER = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,19})?")


class MismatchError(ValueError):
    """A value that is not of a declared type; str() says where and why, in Telegram's words if it has any."""


def _integer(value: Json, where: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    raise MismatchError(f"{where} must be of type Integer")


def _float(value: Json, where: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    raise MismatchError(f"{where} must be of type Number")


def _boolean(value: Json, where: str) -> bool:
    """Forms carry true, false, yes, no, 1 and 0, in any case."""
    word = value.strip().lower() if isinstance(value, str) else value
    if word in (True, "true", "yes", "1"):
        return True
    if word in (False, "false", "no", "0", ""):
        return False
    raise MismatchError(f"{where} must be of type Boolean")


def _true(value: Json, where: str) -> bool:
    if not _boolean(value, where):
        raise MismatchError(f"{where} must be True")
    return True


def _string(value: Json, where: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a number in a JSON body, where a form would have carried the same digits
    raise MismatchError(f"{where} must be of type String")


SCALARS: Mapping[str, Callable[[Json, str], Json]] = {
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "True": _true,
    "String": _string,
    "InputFile": _string,
}
