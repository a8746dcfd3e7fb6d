"""Who may press what: one check for all buttons.

A press counts only if its message carries that very button (`Press.carries`), if that message is not the picture of
some other request, and if the presser may:

- buttons of a request or picture: who asked for it, and the admins of the chat where it is;
- menus with an owner: the owner; menus of a group: its admins; pages of the history and broadcasts: whoever sees
  that private chat;
- packs of credits: whoever sees that private chat;
- the operators' menus: operators, in private chats; a report: likewise, and admins in their group;
- the button that reports a picture: everybody who sees it;
- buttons of an inline message: whoever sent it, as far as a request says, else whoever the offer was made to; of what
  there is below pictures only what needs no chat (INLINE_ACTIONS);
- buttons below an answer: who wrote the message that it answers, and the admins of the chat in whose name it was
  written; the example: everybody.

Kinds of callback data that are in none of these lists are refused.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Chat, Message

from bot.handlers.addressing import chat_of
from bot.handlers.offer_sources import is_offer
from bot.handlers.permissions.admins import Admins
from bot.handlers.press import Press
from bot.handlers.sender import Sender, speaker_of
from bot.keyboards.broadcast import BroadcastDo, BroadcastWish
from bot.keyboards.choices import ChoiceMenu, ChoiceSearch
from bot.keyboards.compare import CompareDraw, CompareModel
from bot.keyboards.credits import AdminRefund, BuyPack, OpenShop
from bot.keyboards.group import GroupMenu, GroupOpen, GroupSet
from bot.keyboards.history import ExportPictures, Forget, HistoryDo, HistoryPick, HistoryShow, HistoryTurn
from bot.keyboards.inline import INLINE_ACTIONS, InlineDraw
from bot.keyboards.models import ModelChoice, PictureModel, Redraw, UseModel
from bot.keyboards.operator import AdminGo, AdminModel, AdminPause, AdminPerson
from bot.keyboards.photo import PhotoDo
from bot.keyboards.picture import (
    DrawDescribed,
    DrawMany,
    DrawNow,
    DrawShort,
    DrawWith,
    PictureAction,
    SameSeed,
    SendFull,
    SinglePicture,
    WithStrength,
)
from bot.keyboards.report import GroupReports, ReportDecide, ReportPicture
from bot.keyboards.settings import SettingsAsk, SettingsGo, SettingsOpen, SettingsSet
from bot.keyboards.start import DrawExample
from bot.keyboards.styles import DrawStyled, PictureStyle, StyleOwn, StyleToggle
from bot.keyboards.tasks import PhotoWork, PictureWork, SingleWork
from storage import Database
from storage.records import KeptInput, PictureRecord, Request

OfRequest: TypeAlias = (PictureAction | PictureModel | Redraw | UseModel | SameSeed | WithStrength) | (
    PictureStyle | CompareModel | CompareDraw | PictureWork
)
OfPicture: TypeAlias = SendFull | SinglePicture | SingleWork
OfPerson: TypeAlias = (
    ModelChoice
    | SettingsGo
    | SettingsOpen
    | SettingsSet
    | SettingsAsk
    | StyleToggle
    | StyleOwn
    | ChoiceMenu
    | ChoiceSearch
    | Forget
    | ExportPictures
)
OfGroup: TypeAlias = GroupMenu | GroupOpen | GroupSet | GroupReports
OfHistory: TypeAlias = HistoryShow | HistoryTurn | HistoryPick | HistoryDo
OfAnswer: TypeAlias = (DrawMany | DrawNow | DrawShort | DrawWith | DrawStyled) | (DrawDescribed | PhotoDo | PhotoWork)
OfOperator: TypeAlias = (AdminGo | AdminPerson | AdminModel) | (AdminPause | AdminRefund | BroadcastDo)
OfReport: TypeAlias = ReportDecide
OfBystander: TypeAlias = ReportPicture
OfReader: TypeAlias = BroadcastWish
OfBuyer: TypeAlias = OpenShop | BuyPack
OfEverybody: TypeAlias = DrawExample
OfInline: TypeAlias = InlineDraw

_COMMANDS: dict[type[CallbackData], str] = {
    ModelChoice: "/model",
    Forget: "/forget",
    ExportPictures: "/export",
}  # else /settings


@dataclass(frozen=True, slots=True)
class Owned:
    """A request whose button this person may press; `admin`: though it is somebody else's. `exempt`: what they ask for
    there is free of the group's limits. `picture`: the one that the button names. `unclaimed`: the message is not
    known as that of any request or picture."""

    request: Request
    admin: bool
    exempt: bool = False
    picture: PictureRecord | None = None
    unclaimed: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """The key of the text that answers the press, and its values."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


Found: TypeAlias = dict[str, Owned | Message | Request | KeptInput]  # what handlers ask for by name

_OUTDATED = Refusal("press-outdated")


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose message it is: the request, and the picture where it shows one of a sheet's in full."""

    request_id: int
    picture_id: int | None = None


class PressRights:
    def __init__(self, db: Database, admins: Admins, operators: frozenset[int]) -> None:
        self._db = db
        self._operators = operators
        self._admins = admins

    async def of(self, press: Press, person: Sender, pressed: CallbackData) -> Refusal | Found:
        """What the handler of this press gets, or why it is not called. Raises StorageUnavailable."""
        chat = chat_of(press.query)
        if chat is None:
            return await self._inline(press.query.inline_message_id, person, pressed)
        holder = await self._holder(press, chat)
        if isinstance(pressed, OfRequest):
            return await self._owned(press, person, chat, holder, pressed.request_id)
        if isinstance(pressed, OfBystander):
            request = await self._pressed_request(press, chat, holder, pressed.request_id)
            return _OUTDATED if request is None else {"reported": request}
        if isinstance(pressed, OfPicture):
            async with self._db.read() as unit:
                picture = await unit.pictures.get(pressed.picture_id)
            if picture is None or (holder is not None and holder.picture_id not in (None, picture.id)):
                return _OUTDATED
            return await self._owned(press, person, chat, holder, picture.request_id, picture)
        if press.carries is None or holder is not None:  # no menu is the message of a picture
            return _OUTDATED
        return await self._menu(press, person, chat, pressed)

    async def _inline(self, inline_message_id: str | None, person: Sender, pressed: CallbackData) -> Refusal | Found:
        """Telegram does not show the message, and names no chat: what it shows is the newest request that has its
        id."""
        if inline_message_id is None:
            return _OUTDATED
        async with self._db.read() as unit:
            shown = await unit.requests.by_inline_message(inline_message_id)
            offer = await unit.kept_inputs.get(pressed.kept_id) if isinstance(pressed, InlineDraw) else None
        if shown is not None and shown.requester_id != person.id:
            return Refusal("press-not-yours")
        if isinstance(pressed, OfInline):
            if shown is not None:  # it began meanwhile
                return Refusal("press-once")
            if offer is None or not is_offer(offer):
                return Refusal("press-inline-gone")
            return {"offer": offer} if offer.requester_id == person.id else Refusal("press-not-yours")
        if shown is None or not isinstance(pressed, PictureAction | PictureModel | Redraw):
            return _OUTDATED
        if isinstance(pressed, PictureAction) and pressed.action not in INLINE_ACTIONS:
            return _OUTDATED
        return {"owned": Owned(shown, False)} if pressed.request_id == shown.id else _OUTDATED

    async def _menu(self, press: Press, person: Sender, chat: Chat, pressed: CallbackData) -> Refusal | Found:
        private = chat.type == ChatType.PRIVATE
        if isinstance(pressed, OfPerson):
            if pressed.owner == person.id and (private or not isinstance(pressed, Forget | ExportPictures)):
                return {}
            return Refusal("press-menu-not-yours", {"command": _COMMANDS.get(type(pressed), "/settings")})
        if isinstance(pressed, OfOperator | OfReport) and private and person.id in self._operators:
            return {}
        if isinstance(pressed, OfGroup | OfReport) and person.group is not None:
            return {} if await self._admins.is_admin(chat.id, person.id) else Refusal("group-admins-only")
        if isinstance(pressed, OfAnswer) and press.message is not None and press.message.reply_to_message is not None:
            asked = press.message.reply_to_message
            speaker = speaker_of(asked)
            if speaker is None or not await self._speaks_for(speaker[0], person, chat):
                return Refusal("press-not-yours")
            return {"answered": asked}
        if isinstance(pressed, OfEverybody) or (isinstance(pressed, OfHistory | OfReader | OfBuyer) and private):
            return {}
        return _OUTDATED

    async def _speaks_for(self, speaker_id: int, person: Sender, chat: Chat) -> bool:
        """Whether they wrote it themselves, or it was written in the name of the chat, of which they are an admin."""
        if speaker_id == person.id:
            return True
        return speaker_id == chat.id and await self._admins.is_admin(chat.id, person.id)

    async def _owned(
        self,
        press: Press,
        person: Sender,
        chat: Chat,
        holder: _Holder | None,
        request_id: int,
        picture: PictureRecord | None = None,
    ) -> Refusal | Found:
        request = await self._pressed_request(press, chat, holder, request_id)
        if request is None:
            return _OUTDATED
        unclaimed = holder is None
        if request.requester_id == person.id:
            exempt = await self._admins.exempt(person)
            return {"owned": Owned(request, False, exempt, picture, unclaimed)}
        if await self._admins.is_admin(chat.id, press.query.from_user.id):
            return {"owned": Owned(request, True, True, picture, unclaimed)}
        return Refusal("press-not-yours")

    async def _pressed_request(
        self, press: Press, chat: Chat, holder: _Holder | None, request_id: int
    ) -> Request | None:
        """The request whose message it is; None: this message is no message of that request."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
        if request is None or request.chat_id != chat.id:
            return None
        # Only the bot gives a message buttons, so one that carries this request's is this request's.
        known = press.carries is True if holder is None else holder.request_id == request_id
        return request if known else None

    async def _holder(self, press: Press, chat: Chat) -> _Holder | None:
        shown = press.shown
        if shown is None or shown.ephemeral_for is not None:
            return None
        async with self._db.read() as unit:
            request = await unit.requests.by_message(chat.id, shown.message_id)
            if request is not None:
                return _Holder(request.id)
            picture = await unit.pictures.by_message(chat.id, shown.message_id)
        return _Holder(picture.request_id, picture.id) if picture is not None else None
