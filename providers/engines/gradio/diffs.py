"""Diffs of Gradio's queue: after the first, full `process_generating` each output is a list of edits.

An edit is `[operation, path, value]`; the path leads by keys and indices into the previous value, `[]` is the
value itself. Recorded alike from Gradio 4.44, 5.50 and 6.31.
"""

from typing import Any, TypeAlias

Json: TypeAlias = Any  # a JSON value of any shape, as the server sent it


class Outputs:
    """The outputs of one job as far as they are known, kept up to date by full lists and by diffs."""

    def __init__(self) -> None:
        self._values: list[Json] | None = None

    def replace(self, values: list[Json]) -> list[Json]:
        self._values = values
        return values

    def update(self, data: Json) -> list[Json] | None:
        """The outputs after a `process_generating`; None when its diffs do not fit what is known.

        A diff that does not fit costs previews, not the picture: the last message is always full.
        """
        if not isinstance(data, list):
            return None
        if self._values is None:
            return self.replace(data)
        if len(data) != len(self._values):
            return None
        try:
            self._values = [apply_diff(old, edits) for old, edits in zip(self._values, data, strict=True)]
        except (LookupError, TypeError, ValueError):
            return None
        return self._values


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
    if not isinstance(value, dict | list):
        raise TypeError(f"no key {key!r} in a {type(value).__name__}")
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
