"""Messages to a prompt, and a ratio to a size: the two small conventions that every provider shares."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypedDict


class Message(TypedDict):
    """One turn of a conversation; content that is not text (a list of parts) is skipped by us."""

    role: str
    content: Any  # text as a rule, but the chat convention also allows a list of parts


Messages: TypeAlias = list[Message]

# The seeds' entry draws these sizes, of which the first three are the seeds' own; everybody else has a ratio turned
# into a size that is true to it (`providers.pictures.aspect_ratios`).
ASPECT_RATIOS: dict[str, tuple[int, int]] = {
    "1:1": (1024, 1024),
    "16:9": (800, 512),
    "9:16": (512, 800),
    "4:3": (1024, 768),
    "3:4": (768, 1024),
    "3:2": (1152, 768),
    "2:3": (768, 1152),
    "21:9": (1344, 576),
    "4:5": (896, 1120),
    "5:4": (1120, 896),
}


def format_image_prompt(messages: Sequence[Message], prompt: str | None = None) -> str:
    """The prompt if given (also an empty one), else the trailing run of user messages joined by newlines.

    Each is stripped, those that are no text are skipped; the caller's list is left as it was.
    """
    if prompt is not None:
        return prompt
    trailing: list[str] = []
    for message in reversed(messages):
        if message["role"] != "user":
            break
        if isinstance(message["content"], str) and (text := message["content"].strip()):
            trailing.append(text)
    return "\n".join(reversed(trailing))


def use_aspect_ratio(extra_body: Mapping[str, Any], aspect_ratio: str | None) -> dict[str, Any]:
    """`extra_body` with `width` and `height` in pixels filled in from the ratio.

    Explicit sizes win and None never does: keys whose value is None are left out of the answer. A ratio that
    is not in the table adds nothing (`Provider.generate` refuses it by name). The caller's mapping stays
    as it was.
    """
    given = {key: value for key, value in extra_body.items() if value is not None}
    if aspect_ratio not in ASPECT_RATIOS:
        return given
    width, height = ASPECT_RATIOS[aspect_ratio]
    return {"width": width, "height": height, **given}
