"""`--zoom` and `--pan`: extending a picture beyond its edges."""

from dataclasses import replace

from bot.handlers.imagine.message_input import MessageInput
from bot.jobs.acceptance.parameters import PHOTO, extended_size, size_like
from bot.prompt.flags import Flags
from bot.prompt.grammar import GrammarError, Parsed
from providers.catalog.model import Model
from storage.records import Parameters


def check_extension(wish: MessageInput, parsed: Parsed) -> None:
    """Raises GrammarError if it is not clear which picture to extend, or nothing says what is around it."""
    if parsed.flags.mask:
        raise GrammarError("extend-mask")
    if len(wish.refined) != 1 and not (wish.parent is None and wish.pictures):
        raise GrammarError("extend-alone")
    if not parsed.prompt and (wish.parent is None or wish.parent.prompt == PHOTO):
        said = [f"--zoom {parsed.flags.zoom:g}"] if parsed.flags.zoom is not None else []
        said += [f"--pan {parsed.flags.pan}"] if parsed.flags.pan is not None else []
        raise GrammarError("extend-words", flags=" ".join(said))


def extended(asked: Parameters, wish: MessageInput, flags: Flags, model: Model | None) -> Parameters:
    """The parameters with the area to be drawn around the picture. The size follows from the picture's own and the
    flags, unless the flags name a size."""
    asked = replace(asked, zoom=flags.zoom, pan=flags.pan, input_optional=False)
    if flags.sized or model is None or not model.capabilities.takes("width"):
        return asked
    can = model.capabilities
    if wish.refined:
        shape: tuple[int, int] | None = (wish.refined[0].width, wish.refined[0].height)
    else:
        shape = wish.pictures[0].shape
        shape = size_like(shape, can) if shape is not None else None
    if shape is None:
        return replace(asked, width=None, height=None, aspect_ratio=None)
    width, height = extended_size(shape, asked, can)
    return replace(asked, width=width, height=height, aspect_ratio=None)
