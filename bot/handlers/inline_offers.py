"""What was offered in an inline query, kept for the button below the message that it may become.

A query comes for every pause in typing, and which of them becomes a message is not known before. So of what was typed
little is kept, and not for long; what stands below a message stays as long as any other kept input.
"""

import json
from dataclasses import dataclass

from bot.handlers.imagine.message_input import InputPicture
from storage.records import TYPED, KeptInput

TYPED_KEPT = 20  # of a person: that many pauses ago a result may have been picked whose button is still to be tapped
_SENT = "inline:"


def source_typed(person_id: int, words: str) -> str:
    """The same words of the same person are one offer."""
    return f"{TYPED}{person_id}:{words}"


def source_sent(name: str) -> str:
    """Of the message with this inline id, or of the answer to a guest's question."""
    return f"{_SENT}{name}"


@dataclass(frozen=True, slots=True)
class Offer:
    """`words` as they were typed, flags included; `optional`: a model that takes no `picture` draws the words alone."""

    words: str
    picture: InputPicture | None = None
    optional: bool = False

    def written(self) -> str:
        content: dict[str, object] = {"words": self.words}
        if self.picture is not None:
            content |= {"picture": [self.picture.file_id, self.picture.shape], "optional": self.optional}
        return json.dumps(content, ensure_ascii=False)


def offer_of(kept: KeptInput) -> Offer | None:
    """What was offered; None where it is something else that was kept."""
    if not kept.source.startswith((TYPED, _SENT)):
        return None
    content = json.loads(kept.content)
    if "picture" not in content:
        return Offer(content["words"])
    file_id, shape = content["picture"]
    return Offer(content["words"], InputPicture(file_id, shape and (shape[0], shape[1])), content["optional"])
