"""Merges the catalogue's `extra` into the body of a request: objects merge key by key, any other value replaces."""

from collections.abc import Mapping
from typing import Any


def merged(body: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:  # JSON, as it is sent
    """A new body; neither of the two is changed."""
    found = dict(body)
    for key, value in extra.items():
        ours = found.get(key)
        found[key] = merged(ours, value) if isinstance(ours, Mapping) and isinstance(value, Mapping) else value
    return found
