"""The buttons below a photo, or an album, that was sent without words."""

from aiogram import Bot, F, Router
from aiogram.types import Message

from bot.handlers.imagine.message_input import PictureTooBigError
from bot.handlers.imagine.submit import Asker
from bot.handlers.picture.edit import kept_link, question_card
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.photo import PhotoAction, PhotoDo


def router() -> Router:
    photo = Router(name="photo")
    photo.callback_query.register(edit_photo, PhotoDo.filter(F.action == PhotoAction.EDIT))
    return photo


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
