"""The buttons below a photo or an album that was sent without words."""

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.imagine.message_input import PictureTooBigError
from bot.handlers.imagine.recipes import Recipes
from bot.handlers.imagine.submit import Asker
from bot.handlers.picture.edit import kept_link, question_card
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.photo import PhotoAction, PhotoDo


def router() -> Router:
    photo = Router(name="photo")
    photo.callback_query.register(edit_photo, PhotoDo.filter(F.action == PhotoAction.EDIT))
    photo.callback_query.register(draw_again, PhotoDo.filter(F.action == PhotoAction.AGAIN))
    return photo


class RecipeRedraws:
    """Draws what a picture file says about how it was made."""

    def __init__(self, asker: Asker, recipes: Recipes, redraws: Redraws, clock: Clock) -> None:
        self._asker = asker
        self._recipes = recipes
        self._redraws = redraws
        self._clock = clock

    async def draw(self, press: Press, person: Sender, answered: Message) -> None:
        """Reads the file again, so that nothing of it has to be stored, and draws it. Raises StorageUnavailable."""
        recipe, place = await self._recipes.of(answered, person.id), press.place
        if recipe is None or place is None:
            await press.answer(person.texts.get("press-pictures-gone"), alert=True)
            return
        if await self._redraws.repeated(press, person):
            return
        outcome = await self._asker.draw_again(
            recipe,
            person,
            source=press.source,
            place=place,
            chat_kind=answered.chat.type,
            asked_at=self._clock.now(),
        )
        await self._redraws.answer(press, person, outcome)


async def edit_photo(press: Press, person: Sender, answered: Message, asker: Asker, bot: Bot) -> None:
    try:
        kept_id = await asker.kept_photos(answered, person)
    except PictureTooBigError:
        kept_id = None
    if kept_id is None:
        await press.answer(person.texts.get("press-pictures-gone"), alert=True)
        return
    await press.answer()
    if not press.repeated():
        await press.whisper(question_card(person.texts, kept_link((await bot.me()).username, kept_id)))


async def draw_again(press: Press, person: Sender, answered: Message, recipe_redraws: RecipeRedraws) -> None:
    await recipe_redraws.draw(press, person, answered)
