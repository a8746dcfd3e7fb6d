"""The catalogue's `extra` laid over a request's body: objects merge key by key, everything else replaces."""

from collections.abc import Mapping
from typing import Any


def merged(body: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:  # JSON, as it is sent
    """A new body; neither of the two is changed."""
    found = dict(body)
    for key, value in extra.items():
        ours = found.get(key)
        found[key] = merged(ours, value) if isinstance(ours, Mapping) and isinstance(value, Mapping) else value
    return found
