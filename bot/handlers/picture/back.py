"""*Back*, under a picture that was made from another one: shows that other picture again, as a reply to its own
message.

Words in reply to it, or right after it without a reply, change it.
"""

from dataclasses import replace

from aiogram import F, Router

from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.picture import Action, PictureAction, SinglePicture, numbers_keyboard
from bot.telegram.outbox.outbox import Card, Destination
from storage import Database
from storage.records import PictureRecord, Request


def router() -> Router:
    backs = Router(name="back")
    backs.callback_query.register(go_back, PictureAction.filter(F.action == Action.BACK))
    backs.callback_query.register(go_back, SinglePicture.filter(F.action == Action.BACK))
    return backs


async def go_back(press: Press, person: Sender, owned: Owned, redraws: Redraws, db: Database) -> None:
    parent, pictures = await _before(db, owned.request)
    if parent is None or not pictures or press.place is None:
        await press.answer(person.texts.get("press-parent-gone"), alert=True)
        return
    place = _below(press.place, parent)
    if len(pictures) == 1:
        await redraws.send_full(press, person, pictures[0].id, place)
    elif not await redraws.repeated(press, person):
        await press.answer()
        texts = person.public
        card = Card(texts.html("parent-grid"), numbers_keyboard([picture.id for picture in pictures]))
        await press.reply(card, place)


async def _before(db: Database, request: Request) -> tuple[Request | None, list[PictureRecord]]:
    """The request that was refined, and its pictures; only the one that was changed, where that is known."""
    if request.parent_id is None:
        return None, []
    async with db.read() as unit:
        parent = await unit.requests.get(request.parent_id)
        pictures = await unit.pictures.of_request(request.parent_id)
    changed = [picture for picture in pictures if picture.file_id in request.parameters.input_file_ids]
    return parent, changed[:1] or pictures


def _below(place: Destination, parent: Request) -> Destination:
    """The place of a reply to the parent's own message, if that is in the same chat."""
    if parent.chat_id != place.chat_id or parent.message_id is None:
        return place
    return replace(place, reply_to=parent.message_id)
