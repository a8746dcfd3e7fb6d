"""`--mask`: the last picture that comes with the words marks what to change in another picture."""

from dataclasses import dataclass, replace

from bot.handlers.imagine.message_input import InputPicture, MessageInput
from bot.prompt.grammar import GrammarError, Parsed
from storage.records import Parameters

SAME_SHAPE = 0.02  # by which two ratios may differ before a mask counts as stretched


@dataclass(frozen=True, slots=True)
class Mask:
    picture: InputPicture
    stretched: bool  # it has another shape than the picture that is changed

    def over(self, asked: Parameters) -> Parameters:
        """The parameters with the mask; what it is about cannot be done without."""
        return replace(asked, mask_file_id=self.picture.file_id, mask_stretched=self.stretched, input_optional=False)


def masked(wish: MessageInput, parsed: Parsed) -> tuple[MessageInput, Mask]:
    """Separates the mask from the wish. The picture to change is the bot's own that was replied to; else the first
    picture of the message that was replied to; else the first one that came along.

    Raises GrammarError if there is no mask, nothing to change, or no words.
    """
    if not wish.sent or not wish.pictures:
        raise GrammarError("mask-missing")
    *others, mask = wish.pictures
    refined = wish.refined[0] if len(wish.refined) == 1 else None
    pictures = (*wish.answered, *others)
    if refined is not None and refined.file_id is not None:
        shape: tuple[int, int] | None = (refined.width, refined.height)
    elif pictures:
        shape = pictures[0].shape
    else:
        raise GrammarError("mask-alone")
    if not parsed.prompt and wish.parent is None:
        raise GrammarError("mask-words")
    return replace(wish, pictures=pictures, answered=()), Mask(mask, _differ(mask.shape, shape))


def _differ(mask: tuple[int, int] | None, picture: tuple[int, int] | None) -> bool:
    if mask is None or picture is None:
        return False
    one, other = mask[0] * picture[1], mask[1] * picture[0]
    return abs(one - other) > SAME_SHAPE * max(one, other)
