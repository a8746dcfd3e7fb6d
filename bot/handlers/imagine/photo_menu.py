"""The menu for a photo that came without words, in private chats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.handlers.imagine.recipes import recipe_text
from bot.handlers.sender import Sender
from bot.keyboards.photo import PhotoAction, photo_keyboard
from bot.prompt.recipe import Recipe
from bot.telegram.outbox.outbox import Card
from providers.catalog.model import Model
from providers.tasks import CUTOUT, UPSCALE, VIDEO


@dataclass(frozen=True, slots=True)
class Entry:
    """A button: its action, the key of its text, and whether these models offer it for so many pictures."""

    action: PhotoAction
    key: str
    offered: Callable[[Sequence[Model], int], bool]


def _some_take_pictures(models: Sequence[Model], pictures: int) -> bool:
    return any(model.capabilities.input_images for model in models)


# A further entry is a line here, a member of PhotoAction, and a handler in bot/handlers/picture/photo.py.
WORK = {UPSCALE: PhotoAction.UPSCALE, CUTOUT: PhotoAction.CUTOUT, VIDEO: PhotoAction.VIDEO}
ENTRIES = (Entry(PhotoAction.EDIT, "button-edit", _some_take_pictures),)


def photo_card(
    person: Sender,
    models: Sequence[Model],
    pictures: int,
    *,
    describes: bool = False,
    tasks: Sequence[str] = (),
    recipe: Recipe | None = None,
) -> Card | None:
    """`models`: those that are offered to this person; `describes`: somebody describes pictures; `tasks`: what models
    can make of a picture; `recipe`: what the file says of how it was made. None: nothing can be done with pictures
    here."""
    entries = [(entry.action, entry.key) for entry in ENTRIES if entry.offered(models, pictures)]
    if describes:
        entries.append((PhotoAction.DESCRIBE, "button-describe"))
    if pictures == 1:
        entries += [(WORK[task], f"button-{task}") for task in tasks]
    if recipe is not None:
        entries.insert(0, (PhotoAction.AGAIN, "button-draw-again"))
        return Card(recipe_text(person.public, recipe), photo_keyboard(person.public, entries))
    if not entries:
        return None
    return Card(person.public.html("photo-menu", count=pictures), photo_keyboard(person.public, entries))
