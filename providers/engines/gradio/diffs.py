"""Diffs of Gradio's queue: after the first, full `process_generating` each output is a list of edits.

An edit is `[operation, path, value]`; the path leads by keys and indices into the previous value, `[]` is the
value itself. Recorded alike from Gradio 4.44, 5.50 and 6.31.
"""

from typing import Any, TypeAlias

MAX_EDITS = 500  # of one message
MAX_DEPTH, MAX_WIDTH = 20, 10_000  # of what is edited: each edit copies what lies on its path
MAX_GROWTH = 2_000_000  # bytes

Json: TypeAlias = Any  # a JSON value of any shape, as the server sent it


class Outputs:
    """The outputs of one job as far as they are known, kept up to date by full lists and by diffs."""

    def __init__(self) -> None:
        self._values: list[Json] | None = None
        self._grown = 0  # bytes of the messages whose diffs made the outputs longer

    def replace(self, values: list[Json]) -> list[Json]:
        self._values = values
        return values

    def update(self, data: Json, size: int) -> list[Json] | None:
        """The outputs after a `process_generating` of `size` bytes; None when its diffs do not fit what is known, or
        would let it grow beyond MAX_GROWTH.

        A diff that does not fit costs previews, not the picture: the last message is always full.
        """
        if not isinstance(data, list):
            return None
        if self._values is None:
            return self.replace(data)
        if len(data) != len(self._values) or sum(len(edits) for edits in data if isinstance(edits, list)) > MAX_EDITS:
            return None
        if any(_grows(edits) for edits in data):
            self._grown += size
        if self._grown > MAX_GROWTH:
            return None
        try:
            self._values = [apply_diff(old, edits) for old, edits in zip(self._values, data, strict=True)]
        except (LookupError, TypeError, ValueError):
            return None
        return self._values


def _grows(edits: Json) -> bool:
    return isinstance(edits, list) and any(isinstance(edit, list) and edit[:1] != ["replace"] for edit in edits)


def apply_diff(value: Json, edits: Json) -> Json:
    """The value after all edits, in order; the value itself stays as it was.

    Raises LookupError, TypeError or ValueError for edits that do not fit it.
    """
    for operation, path, new in edits:
        value = _edited(value, path, operation, new)
    return value


def _edited(value: Json, path: list[Json], operation: str, new: Json) -> Json:
    if not path:
        if operation == "replace":
            return new
        if operation == "append":
            return value + new
        raise ValueError(f"cannot {operation} the whole value")
    key, rest = path[0], path[1:]
    if not isinstance(value, dict | list) or len(path) > MAX_DEPTH or len(value) > MAX_WIDTH:
        raise TypeError("no such key, or too deep or too wide to look for it")
    # Only what lies on the path is copied; the rest is shared with the value before.
    copy = value.copy()
    if rest or operation in {"replace", "append"}:
        copy[key] = _edited(copy[key], rest, operation, new) if operation != "replace" or rest else new
    elif operation == "delete":
        del copy[key]
    elif operation != "add":
        raise ValueError(f"unknown operation {operation!r}")
    elif isinstance(copy, list):
        copy.insert(int(key), new)
    else:
        copy[key] = new
    return copy
