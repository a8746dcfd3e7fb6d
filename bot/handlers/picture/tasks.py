"""*Upscale*, *Cut out* and *Animate*: below pictures and below photos that came without words; and /animate."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.addressing import place_of
from bot.handlers.imagine.kept_inputs import act_of
from bot.handlers.imagine.message_input import (
    Album,
    AlbumHiddenError,
    MessageInput,
    NotAllPicturesError,
    PictureTooBigError,
)
from bot.handlers.imagine.photo_menu import WORK as PHOTO_WORK
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.admins import Admins
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.more import PictureMenus
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import PHOTO, words_of, worker_for
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.photo import PhotoAction, PhotoDo
from bot.keyboards.picture import WORK, Action, PictureAction, SinglePicture
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from providers.catalog.catalog import Catalog
from providers.tasks import VIDEO
from storage import Database
from storage.records import Parameters, PictureRecord

TASKS = {action: task for task, action in WORK.items()}
PHOTO_TASKS = {action: task for task, action in PHOTO_WORK.items()}
SENT_WHOLE = 1280  # pixels; what is larger Telegram may have reduced, so that its size is not known


def router() -> Router:
    tasks = Router(name="tasks")
    tasks.message.register(animate_command, Command("animate", ignore_case=True))
    on = tasks.callback_query.register
    on(work_on_picture, PictureAction.filter(F.action.in_(TASKS)))
    on(work_on_picture, SinglePicture.filter(F.action.in_(TASKS)))
    on(work_on_photo, PhotoDo.filter(F.action.in_(PHOTO_TASKS)))
    return tasks


class Tasks:
    """Asks for what models make of a picture, as for any other picture."""

    def __init__(
        self,
        service: ImagineService,
        db: Database,
        catalog: Catalog,
        asker: Asker,
        redraws: Redraws,
        admins: Admins,
        clock: Clock,
    ) -> None:
        self._admins = admins
        self._service = service
        self._db = db
        self._catalog = catalog
        self._asker = asker
        self._redraws = redraws
        self._clock = clock

    async def of_picture(self, press: Press, person: Sender, owned: Owned, task: str) -> bool:
        """One of our pictures: the one that the button names, or the only one of the request. Whether it is done.
        Raises StorageUnavailable."""
        picture = owned.picture
        if picture is None:
            async with self._db.read() as unit:
                pictures = await unit.pictures.of_request(owned.request.id)
            picture = pictures[0] if len(pictures) == 1 else None
        if picture is None or press.place is None:
            await press.answer(person.texts.get("press-outdated"), alert=True)
            return False
        if picture.file_id is None:
            await press.answer(person.texts.get("press-picture-gone"), alert=True)
            return False
        request = owned.request
        words, _ = words_of(request, picture.variant)
        return await self._ask(
            *(press, person, task, picture.file_id, press.place),
            kind=request.chat_kind,
            words=words,
            parent_id=request.id,
            size=_size(picture, whole=request.parameters.as_document),
            admin=owned.exempt,
        )

    async def of_photo(self, press: Press, person: Sender, answered: Message, task: str) -> None:
        """Raises StorageUnavailable."""
        try:
            wish = await self._asker.refused_wish(answered, 1)
        except PictureTooBigError:
            wish = None
        if wish is None or len(wish.pictures) != 1 or press.place is None:
            await press.answer(person.texts.get("press-pictures-gone"), alert=True)
            return
        picture = wish.pictures[0]
        await self._ask(
            *(press, person, task, picture.file_id, press.place),
            kind=answered.chat.type,
            size=picture.shape if answered.photo else None,  # of a file it is that of its thumbnail
        )

    async def _ask(
        self,
        press: Press,
        person: Sender,
        task: str,
        file_id: str,
        place: Destination,
        *,
        kind: str,
        words: str = PHOTO,
        parent_id: int | None = None,
        size: tuple[int, int] | None = None,
        admin: bool = False,
    ) -> bool:
        model = worker_for(self._catalog, task, self._service.health.is_down, person.keys)
        if model is None:
            await press.answer(person.texts.get("press-outdated"), alert=True)
            return False
        if await self._redraws.repeated(press, person):
            return False
        ask = Ask(
            source=press.source,
            place=place,
            chat_kind=kind,
            requester_id=person.id,
            language=person.public.language,
            asked_at=self._clock.now(),
            prompt=words,
            model_id=model.id,
            parameters=_parameters(person, task, words, file_id),
            parent_id=parent_id,
            picture_size=size,
            admin=admin,
            keys=person.keys,
        )
        return await self._redraws.answer(press, person, await self._service.ask(ask))

    async def animate(
        self, message: Message, wish: MessageInput, words: str, person: Sender, *, asked_at: datetime
    ) -> Accepted | Refused | None:
        """The one picture that a message is about, moving as the words say, else those that led to it. None: it is not
        one. Raises StorageUnavailable."""
        found = (*wish.pictures, *((wish.refined[0],) if not wish.pictures and len(wish.refined) == 1 else ()))
        file_id = found[0].file_id if len(found) == 1 else None
        if file_id is None:
            return None
        parent = wish.parent if not wish.pictures else None
        if parent is not None and not words:
            words, _ = words_of(parent, wish.refined[0].variant)
        model = worker_for(self._catalog, VIDEO, self._service.health.is_down, person.keys)
        ask = Ask(
            source=act_of(message),
            place=place_of(message),
            chat_kind=message.chat.type,
            requester_id=person.id,
            language=person.public.language,
            asked_at=asked_at,
            prompt=words or PHOTO,
            model_id=model.id if model is not None else None,
            parameters=_parameters(person, VIDEO, words or PHOTO, file_id),
            parent_id=parent.id if parent is not None else None,
            admin=await self._admins.exempt(person),
        )
        return await self._service.ask(ask)


def _parameters(person: Sender, task: str, words: str, file_id: str) -> Parameters:
    return Parameters(
        task=task,
        input_file_ids=(file_id,),
        as_document=task != VIDEO,  # photos are made smaller; a video stays as it is
        translate=person.settings.translate and words != PHOTO,
    )


def _size(picture: PictureRecord, *, whole: bool) -> tuple[int, int] | None:
    """Of what Telegram has of it; None where that is not known."""
    size = picture.width, picture.height
    return size if whole or max(size) <= SENT_WHOLE else None


async def work_on_picture(
    press: Press,
    callback_data: PictureAction | SinglePicture,
    person: Sender,
    owned: Owned,
    tasks: Tasks,
    picture_menus: PictureMenus,
) -> None:
    done = await tasks.of_picture(press, person, owned, TASKS[Action(callback_data.action)])
    if done and isinstance(callback_data, PictureAction) and owned.request.parameters.task is None:
        await press.show_buttons((await picture_menus.of(owned)).page(Action.LESS))


async def work_on_photo(press: Press, callback_data: PhotoDo, person: Sender, answered: Message, tasks: Tasks) -> None:
    await tasks.of_photo(press, person, answered, PHOTO_TASKS[PhotoAction(callback_data.action)])


async def animate_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    asker: Asker,
    tasks: Tasks,
    redraws: Redraws,
    outbox: Outbox,
    catalog: Catalog,
    album: Album = (),
) -> None:
    """With a photo, or in reply to one or to a picture of ours; what stands behind it says how it moves."""
    place, texts = place_of(message), person.public
    if not catalog.doing(VIDEO, person.keys):
        await outbox.reply(place, Card(texts.html("animate-off")))
        return
    try:
        wish = await asker.wish_of(message, album)
    except PictureTooBigError:
        await outbox.reply(place, Card(texts.html("error-input-size")))
        return
    except (NotAllPicturesError, AlbumHiddenError):
        wish = MessageInput("")
    outcome = await tasks.animate(message, wish, (command.args or "").strip(), person, asked_at=message.date)
    if outcome is None:
        await outbox.reply(place, Card(texts.html("animate-usage", example=texts.get("animate-example"))))
    elif isinstance(outcome, Refused):
        await outbox.reply(place, await redraws.refusal(texts, outcome, private=not place.group))
