"""An offer: what an inline message is going to draw, and how it is stored for the button below the message."""

import json
from dataclasses import dataclass

from bot.handlers.imagine.message_input import InputPicture
from bot.handlers.offer_sources import is_offer
from storage.records import KeptInput


@dataclass(frozen=True, slots=True)
class InlineOffer:
    """`words`: as typed, with flags. `optional`: a model that takes no `picture` draws from the words alone."""

    words: str
    picture: InputPicture | None = None
    optional: bool = False

    def written(self) -> str:
        content: dict[str, object] = {"words": self.words}
        if self.picture is not None:
            content |= {"picture": [self.picture.file_id, self.picture.shape], "optional": self.optional}
        return json.dumps(content, ensure_ascii=False)


def offer_of(kept: KeptInput) -> InlineOffer | None:
    """The stored offer; None: the kept input is something else."""
    if not is_offer(kept):
        return None
    content = json.loads(kept.content)
    if "picture" not in content:
        return InlineOffer(content["words"])
    file_id, shape = content["picture"]
    return InlineOffer(content["words"], InputPicture(file_id, shape and (shape[0], shape[1])), content["optional"])
