"""*Upscale*, *Cut out* and *Animate*: under pictures, below photos that came without words, and as commands in reply to
photos.

If several models can do it, or one has several upscalers, people choose from a menu.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.handlers.addressing import place_of
from bot.handlers.imagine.kept_inputs import act_of
from bot.handlers.imagine.message_input import (
    Album,
    AlbumHiddenError,
    InputPicture,
    MessageInput,
    NotAllPicturesError,
    PictureTooBigError,
    pictures_meant,
)
from bot.handlers.imagine.photo_menu import WORK as PHOTO_WORK
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.admins import Admins
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.more import PictureMenus
from bot.handlers.picture.redraw import Redraws
from bot.handlers.picture.task_models import Option, TaskModels, named
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import PHOTO, words_of
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.service import ImagineService
from bot.keyboards.photo import PhotoAction, PhotoDo
from bot.keyboards.picture import WORK, Action, PictureAction, SinglePicture
from bot.keyboards.tasks import BACK, PAGE_SIZE, PhotoWork, PictureWork, SingleWork, options_keyboard, options_rows
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from bot.texts.lengths import shorten
from providers.choices import MAX_NAME
from providers.tasks import CUTOUT, UPSCALE, VIDEO
from storage import Database
from storage.records import Parameters, PictureRecord

TASKS = {action: task for task, action in WORK.items()}
PHOTO_TASKS = {action: task for task, action in PHOTO_WORK.items()}
USAGE = {UPSCALE: "upscale-usage", CUTOUT: "cutout-usage"}
SENT_WHOLE = 1280  # pixels; what is larger Telegram may have reduced, so that its size is not known
NAME_SHOWN = 60  # units of a name that is not there


def router() -> Router:
    tasks = Router(name="tasks")
    tasks.message.register(task_command, Command(*USAGE, ignore_case=True))
    tasks.message.register(animate_command, Command("animate", ignore_case=True))
    on = tasks.callback_query.register
    on(work_on_picture, PictureAction.filter(F.action.in_(TASKS)))
    on(work_on_picture, SinglePicture.filter(F.action.in_(TASKS)))
    on(work_on_picture, PictureWork.filter(F.action.in_(TASKS)))
    on(work_on_picture, SingleWork.filter(F.action.in_(TASKS)))
    on(work_on_photo, PhotoDo.filter(F.action.in_(PHOTO_TASKS)))
    on(work_on_photo, PhotoWork.filter(F.action.in_(PHOTO_TASKS)))
    return tasks


class Tasks:
    """Requests a task of `providers.tasks` for a picture. Such a request has the life of any other."""

    def __init__(
        self,
        service: ImagineService,
        db: Database,
        models: TaskModels,
        asker: Asker,
        redraws: Redraws,
        admins: Admins,
        clock: Clock,
    ) -> None:
        self._service = service
        self._db = db
        self.models = models
        self._asker = asker
        self._redraws = redraws
        self._admins = admins
        self._clock = clock

    async def of_picture(self, press: Press, person: Sender, owned: Owned, task: str, option: Option) -> bool:
        """Requests the task for a picture that the bot has drawn: the one that the button names, or the request's only
        one. Returns whether it was accepted. Raises StorageUnavailable."""
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
        if await self._redraws.repeated(press, person):
            return False
        request = owned.request
        words, _ = words_of(request, picture.variant)
        outcome = await self._ask(
            *(person, task, option, picture.file_id, press.source, press.place),
            kind=request.chat_kind,
            words=words,
            parent_id=request.id,
            size=_size(picture, whole=request.parameters.as_document),
            admin=owned.exempt,
        )
        return await self._redraws.answer(press, person, outcome)

    async def of_photo(self, press: Press, person: Sender, answered: Message, task: str, option: Option) -> None:
        """Requests the task for the photo that the button's message answers. Raises StorageUnavailable."""
        try:
            wish = await self._asker.refused_wish(answered, 1)
        except PictureTooBigError:
            wish = None
        if wish is None or len(wish.pictures) != 1 or press.place is None:
            await press.answer(person.texts.get("press-pictures-gone"), alert=True)
            return
        if await self._redraws.repeated(press, person):
            return
        picture = wish.pictures[0]
        outcome = await self._ask(
            *(person, task, option, picture.file_id, press.source, press.place),
            kind=answered.chat.type,
            size=picture.shape if answered.photo else None,  # of a file it is that of its thumbnail
        )
        await self._redraws.answer(press, person, outcome)

    async def of_message(
        self, message: Message, person: Sender, task: str, option: Option, picture: InputPicture
    ) -> Accepted | Refused:
        """Requests the task for the photo that a command is about. Raises StorageUnavailable."""
        return await self._ask(
            *(person, task, option, picture.file_id, act_of(message), place_of(message)),
            kind=message.chat.type,
            asked_at=message.date,
            admin=await self._admins.exempt(person),
        )

    async def _ask(
        self,
        person: Sender,
        task: str,
        option: Option,
        file_id: str,
        source: str,
        place: Destination,
        *,
        kind: str,
        words: str = PHOTO,
        parent_id: int | None = None,
        size: tuple[int, int] | None = None,
        asked_at: datetime | None = None,
        admin: bool = False,
    ) -> Accepted | Refused:
        """`asked_at`: the date of the message; None: a press, which counts from now."""
        ask = Ask(
            source=source,
            place=place,
            chat_kind=kind,
            requester_id=person.id,
            language=person.public.language,
            asked_at=asked_at or self._clock.now(),
            prompt=words,
            model_id=option.model.id,
            parameters=replace(_parameters(person, task, words, file_id), upscaler=option.upscaler),
            parent_id=parent_id,
            picture_size=size,
            admin=admin,
            keys=person.keys,
        )
        return await self._service.ask(ask)

    async def animate(
        self, message: Message, person: Sender, option: Option, wish: MessageInput, words: str
    ) -> Accepted | Refused | None:
        """Requests a video of the picture that a message is about. `words` say how it moves; without words the
        picture's own prompt is used. None: there is not exactly one picture. Raises StorageUnavailable."""
        found = (*wish.pictures, *((wish.refined[0],) if not wish.pictures and len(wish.refined) == 1 else ()))
        file_id = found[0].file_id if len(found) == 1 else None
        if file_id is None:
            return None
        parent = wish.parent if not wish.pictures else None
        if parent is not None and not words:
            words, _ = words_of(parent, wish.refined[0].variant)
        return await self._ask(
            *(person, VIDEO, option, file_id, act_of(message), place_of(message)),
            kind=message.chat.type,
            words=words or PHOTO,
            parent_id=parent.id if parent is not None else None,
            asked_at=message.date,
            admin=await self._admins.exempt(person),
        )


def _parameters(person: Sender, task: str, words: str, file_id: str) -> Parameters:
    return Parameters(
        task=task,
        input_file_ids=(file_id,),
        as_document=task != VIDEO,  # photos are made smaller; a video stays as it is
        translate=person.settings.translate and words != PHOTO,
    )


def _size(picture: PictureRecord, *, whole: bool) -> tuple[int, int] | None:
    """Width and height of the picture as Telegram has it; None: unknown."""
    size = picture.width, picture.height
    return size if whole or max(size) <= SENT_WHOLE else None


async def work_on_picture(
    press: Press,
    callback_data: PictureAction | SinglePicture | PictureWork | SingleWork,
    person: Sender,
    owned: Owned,
    tasks: Tasks,
    picture_menus: PictureMenus,
) -> None:
    action = Action(callback_data.action)
    chosen = callback_data if isinstance(callback_data, PictureWork | SingleWork) else None
    if chosen is not None and chosen.code == BACK:
        await press.answer()
        await press.show_buttons(await picture_menus.first(owned, person))
        return
    options = await tasks.models.of(TASKS[action], person.keys)
    option = _option(options, chosen.code if chosen is not None else "")
    if option is None and (not options or (chosen is not None and chosen.code)):
        await press.answer(person.texts.get("press-outdated"), alert=True)
    elif option is None:
        await press.answer()
        listed = _listed(options)
        data = partial(_picture_work, callback_data)
        page = chosen.page if chosen is not None else 0
        await press.show_buttons(options_keyboard(person.public, listed, data, page=page))
    else:
        done = await tasks.of_picture(press, person, owned, TASKS[action], option)
        paged = isinstance(callback_data, PictureAction) and owned.request.parameters.task is None
        if done and (paged or chosen is not None):
            await press.show_buttons(await picture_menus.first(owned, person))


async def work_on_photo(
    press: Press, callback_data: PhotoDo | PhotoWork, person: Sender, answered: Message, tasks: Tasks
) -> None:
    action = PhotoAction(callback_data.action)
    chosen = callback_data if isinstance(callback_data, PhotoWork) else None
    options = await tasks.models.of(PHOTO_TASKS[action], person.keys)
    option = _option(options, chosen.code if chosen is not None else "")
    if option is None and (not options or (chosen is not None and chosen.code)):
        await press.answer(person.texts.get("press-outdated"), alert=True)
    elif option is None:
        await press.answer()
        page = chosen.page if chosen is not None else 0
        rows = options_rows(person.public, _listed(options), _photo_work(action), page=page)
        markup = press.message.reply_markup if press.message is not None else None
        others = [row for row in (markup.inline_keyboard if markup is not None else ()) if not _is_option(row)]
        await press.show_buttons(InlineKeyboardMarkup(inline_keyboard=[*rows, *others]))
    else:
        await tasks.of_photo(press, person, answered, PHOTO_TASKS[action], option)


async def task_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    tasks: Tasks,
    asker: Asker,
    redraws: Redraws,
    outbox: Outbox,
    album: Album = (),
) -> None:
    """/upscale and /cutout, with a photo or in reply to one. Words after the command name a model or an upscaler."""
    place, texts, task = place_of(message), person.public, command.command.lower()
    try:
        pictures = pictures_meant(message, album)
    except PictureTooBigError:
        await outbox.reply(place, Card(texts.html("error-input-size")))
        return
    options = await tasks.models.of(task, person.keys)
    if not options:
        await outbox.reply(place, Card(texts.html("task-off")))
        return
    if not pictures:
        await outbox.reply(place, Card(texts.html(USAGE[task])))
        return
    name = " ".join((command.args or "").split())[:MAX_NAME]
    found = await named(options, name, PAGE_SIZE) if name else _option(options, "") or options
    if isinstance(found, Option):
        outcome = await tasks.of_message(message, person, task, found, pictures[0])
        if isinstance(outcome, Refused):
            await outbox.reply(place, await redraws.refusal(texts, outcome, private=not place.group))
        return
    await asker.keep_pictures(message, person, pictures[:1])  # Telegram does not show them below the answer
    if name:
        text = texts.html("choices-nothing", words=shorten(name, NAME_SHOWN))
    else:
        text = texts.html("task-which", total=str(len(options)))
    rows = options_rows(texts, _listed(found), _photo_work(PHOTO_WORK[task]))
    await outbox.reply(place, Card(text, InlineKeyboardMarkup(inline_keyboard=rows)))


async def animate_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    asker: Asker,
    tasks: Tasks,
    redraws: Redraws,
    outbox: Outbox,
    album: Album = (),
) -> None:
    """/animate, with a photo, or in reply to a photo or a picture of the bot. Words after the command say how it moves.
    The first model does it."""
    place, texts = place_of(message), person.public
    options = await tasks.models.of(VIDEO, person.keys)
    if not options:
        await outbox.reply(place, Card(texts.html("animate-off")))
        return
    try:
        wish = await asker.wish_of(message, album)
    except PictureTooBigError:
        await outbox.reply(place, Card(texts.html("error-input-size")))
        return
    except (NotAllPicturesError, AlbumHiddenError):
        wish = MessageInput("")
    outcome = await tasks.animate(message, person, options[0], wish, (command.args or "").strip())
    if outcome is None:
        await outbox.reply(place, Card(texts.html("animate-usage", example=texts.get("animate-example"))))
    elif isinstance(outcome, Refused):
        await outbox.reply(place, await redraws.refusal(texts, outcome, private=not place.group))


def _option(options: list[Option], code: str) -> Option | None:
    """The option of this code, or the only one if none was chosen."""
    if not code:
        return options[0] if len(options) == 1 else None
    return next((option for option in options if option.code == code), None)


def _listed(options: list[Option]) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in options]


def _photo_work(action: PhotoAction) -> Callable[[int, str], PhotoWork]:
    return lambda page, code: PhotoWork(action=action, page=page, code=code)


def _is_option(row: Sequence[InlineKeyboardButton]) -> bool:
    prefix = f"{PhotoWork.__prefix__}:"
    return any((button.callback_data or "").startswith(prefix) for button in row)


def _picture_work(
    pressed: PictureAction | SinglePicture | PictureWork | SingleWork, page: int, code: str
) -> PictureWork | SingleWork:
    action = Action(pressed.action)
    if isinstance(pressed, PictureAction | PictureWork):
        return PictureWork(action=action, request_id=pressed.request_id, page=page, code=code)
    return SingleWork(action=action, picture_id=pressed.picture_id, page=page, code=code)
