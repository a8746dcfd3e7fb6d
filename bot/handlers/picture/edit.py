"""The button *Edit*: the bot asks for the instruction in a new message, and the answer is a reply to that.

Nothing is stored in between. A link in the question's text names the picture. Only the bot's own messages can carry
such a link.
"""

import re
from dataclasses import dataclass, replace

from aiogram import Bot, F, Router
from aiogram.filters import Filter
from aiogram.types import InlineKeyboardMarkup, Message

from bot.handlers.addressing import place_of
from bot.handlers.imagine.message_input import Album, InputPicture, MessageInput, PictureTooBigError, pictures_in, typed
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.questions import link_in_question
from bot.handlers.sender import Sender
from bot.keyboards.picture import Action, PictureAction, SinglePicture, which_keyboard
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import PictureRecord, Request

_LINK = re.compile(r"https://t\.me/(\w+)\?start=edit-([0-9]{1,18}|photo)-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Edited:
    """What a question was about. `picture_id` 0: the only picture of the request. `kept_id`: pictures that somebody
    sent, instead of a request's."""

    request_id: int = 0
    picture_id: int = 0
    kept_id: int = 0


class AnswersEdit(Filter):
    """Matches a reply to the bot's question for an instruction, and passes its subject on as `edited`."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Edited]:
        if (found := await link_in_question(message, bot, _LINK)) is None:
            return False
        number = int(found[3])
        return {"edited": Edited(kept_id=number) if found[2] == "photo" else Edited(int(found[2]), number)}


def router() -> Router:
    edits = Router(name="edits")
    edits.callback_query.register(ask_instruction, PictureAction.filter(F.action == Action.EDIT))
    edits.callback_query.register(ask_instruction, SinglePicture.filter(F.action == Action.EDIT))
    edits.message.register(take_instruction, AnswersEdit())
    return edits


def question_card(texts: LanguageTexts, link: str) -> Card:
    """The question. Its empty keyboard makes newer clients open the reply field, only for the person who is asked."""
    return Card(texts.html("edit-ask", link=link), InlineKeyboardMarkup(inline_keyboard=[], force_reply=True))


def kept_link(username: str | None, kept_id: int) -> str:
    """The link that marks a question about pictures that somebody sent."""
    return f"https://t.me/{username}?start=edit-photo-{kept_id}"


async def ask_instruction(press: Press, person: Sender, owned: Owned, bot: Bot, redraws: Redraws, db: Database) -> None:
    """Asks for the instruction. For a sheet it first asks which picture is meant, and sends that one, because Telegram
    has it only as a part of the sheet."""
    picture = owned.picture
    if picture is None:
        async with db.read() as unit:
            pictures = await unit.pictures.of_request(owned.request.id)
        if len(pictures) > 1:
            await press.answer()
            ids = [each.id for each in pictures]
            await press.show_buttons(which_keyboard(person.public, owned.request.id, ids))
            return
    if picture is not None and picture.file_id is None:
        if not await redraws.send_full(press, person, picture.id):
            return
    else:
        await press.answer()
        if press.repeated():
            return
    picture_id = picture.id if picture is not None else 0
    username = (await bot.me()).username
    link = f"https://t.me/{username}?start=edit-{owned.request.id}-{picture_id}"
    await press.whisper(question_card(person.texts, link))


async def take_instruction(
    message: Message,
    edited: Edited,
    person: Sender,
    bot: Bot,
    asker: Asker,
    outbox: Outbox,
    db: Database,
    catalog: Catalog,
    album: Album = (),
) -> None:
    texts = person.public
    sent = await asker.kept(edited.kept_id, message.chat.id) if edited.kept_id else None
    parent, refined = await _edited(db, edited, message.chat.id)
    if sent is None and (parent is None or not refined):
        gone = "press-pictures-gone" if edited.kept_id else "refused-request-gone"
        await outbox.reply(place_of(message), Card(texts.html(gone)))
        return
    words = typed(message, (await bot.me()).username)
    try:
        pictures = pictures_in(album or [message])
    except PictureTooBigError:
        await outbox.reply(place_of(message), Card(texts.html("error-input-size")))
        return
    if not words:
        await outbox.reply(place_of(message), Card(texts.html("edit-words-needed")))
        return
    if len(pictures) < len(album):
        await outbox.reply(place_of(message), Card(texts.html("error-album-mixed")))
        return
    if sent is not None:
        await asker.ask(message, _about(sent, words, pictures), person)
        return
    assert parent is not None
    drew = refined[0].model or parent.model
    editor = drew if drew in catalog and catalog[drew].enabled and catalog[drew].capabilities.edits else None
    wish = MessageInput(words, pictures, bool(pictures), parent=parent, refined=refined, model_id=editor)
    await asker.ask(message, wish, person)


def _about(sent: MessageInput, words: str, pictures: tuple[InputPicture, ...]) -> MessageInput:
    """A request that applies these words, and further pictures, to pictures that were sent before."""
    return replace(sent, words=words, pictures=(*sent.pictures, *pictures), sent=bool(pictures))


async def _edited(db: Database, edited: Edited, chat_id: int) -> tuple[Request | None, tuple[PictureRecord, ...]]:
    """The request and its picture, if they still exist and belong to this chat."""
    async with db.read() as unit:
        request = await unit.requests.get(edited.request_id)
        if request is None or request.chat_id != chat_id or not request.prompt:
            return None, ()
        if not edited.picture_id:
            return request, tuple(await unit.pictures.of_request(request.id))
        picture = await unit.pictures.get(edited.picture_id)
    return request, (picture,) if picture is not None and picture.request_id == request.id else ()
