"""No press changes anything that is not the presser's, whatever data a client sends for whatever message."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.handlers.permissions import presses
from bot.jobs.settings import JobSettings
from bot.keyboards import group as groups
from bot.keyboards.broadcast import BroadcastAct, BroadcastDo, BroadcastWish
from bot.keyboards.choices import ChoiceMenu, ChoiceSearch, code_of
from bot.keyboards.compare import CompareDraw, CompareModel
from bot.keyboards.credits import AdminRefund, BuyPack, OpenShop
from bot.keyboards.group import GroupGo, GroupMenu, GroupOpen, GroupSet, GroupSetting
from bot.keyboards.history import (
    ExportPictures,
    Forget,
    HistoryAction,
    HistoryDo,
    HistoryPick,
    HistoryShow,
    HistoryTurn,
)
from bot.keyboards.inline import InlineDraw
from bot.keyboards.models import ModelChoice, PictureModel, Redraw, UseModel
from bot.keyboards.operator import AdminGo, AdminModel, AdminPage, AdminPause, AdminPerson, PersonAct
from bot.keyboards.photo import PhotoAction, PhotoDo
from bot.keyboards.picture import (
    Action,
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
from bot.keyboards.report import GroupReports, ReportAct, ReportDecide, ReportPicture
from bot.keyboards.settings import Go, Setting, SettingsAsk, SettingsGo, SettingsOpen, SettingsSet, choices
from bot.keyboards.start import DrawExample
from bot.keyboards.styles import DrawStyled, PictureStyle, StyleOwn, StyleToggle
from bot.keyboards.tasks import PhotoWork, PictureWork, SingleWork
from bot.sandbox.state import Message
from providers import Catalog
from providers.choices import Kind
from storage.records import RequestState
from storage.repositories.history import Turn
from tests.bot.handlers.conftest import MODELS, World
from tests.scenarios.language import ChatClient, Person

SMALL = "/imagine a fox --size 128x128 --model sketch"
SLOW = "/imagine a fox --model slow"
EXAMPLES = 60


def every_kind(request_id: int, picture_id: int, owner: int) -> Iterator[CallbackData]:
    """All callback data that there are, about one request, one of its pictures, and one owner."""
    yield from (PictureAction(action=action, request_id=request_id) for action in Action)
    yield from (SinglePicture(action=action, picture_id=picture_id) for action in Action)
    yield from (HistoryTurn(turn=turn, picture_id=picture_id) for turn in Turn)
    yield from (HistoryDo(action=action, picture_id=picture_id) for action in HistoryAction)
    yield from (HistoryShow(favourites=one) for one in (True, False))
    yield ExportPictures(owner=owner, after=0)
    yield HistoryPick(picture_id=picture_id, first=picture_id)
    yield SendFull(picture_id=picture_id)
    yield from (Forget(owner=owner, sure=sure) for sure in (True, False))
    for model in ("", "slow", "sketch", "*"):
        yield SameSeed(request_id=request_id, page=0, model=model)
        yield ModelChoice(owner=owner, page=0, model=model)
        yield PictureModel(request_id=request_id, page=0, model=model)
        yield Redraw(request_id=request_id, model=model)
        yield UseModel(request_id=request_id, model=model)
        yield CompareModel(request_id=request_id, page=0, model=model)
        yield DrawWith(model=model)
        yield DrawMany(count=5, short=True, model=model)
    yield CompareDraw(request_id=request_id)
    yield from (DrawShort(), DrawNow(), DrawDescribed(), DrawExample(), DrawMany(count=0), DrawMany(count=4))
    yield from (AdminGo(page=page) for page in AdminPage)
    yield from (AdminPerson(act=act, person=owner) for act in PersonAct)
    yield from (AdminModel(model="slow", on=on) for on in (True, False))
    yield from (ReportDecide(act=act, report_id=request_id) for act in ReportAct)
    yield from (ReportPicture(request_id=request_id), GroupReports())
    yield from (BroadcastDo(act=act, broadcast_id=request_id) for act in BroadcastAct)
    yield from (BroadcastWish(wanted=wanted) for wanted in (True, False))
    yield from (AdminPause(on=on) for on in (True, False))
    yield InlineDraw(kept_id=request_id)
    yield OpenShop()
    yield from (BuyPack(stars=50, amount=1_000_000, subscription=one) for one in (True, False))
    yield from (AdminRefund(payment=max(request_id, 1), sure=sure) for sure in (True, False))
    yield WithStrength(request_id=request_id, percent=65)
    yield from (PhotoDo(action=action) for action in PhotoAction)
    for code in ("", "-", "x", "0123456789abcdef"):
        yield from (PictureWork(action=one, request_id=request_id, code=code) for one in (Action.UPSCALE, Action.STAR))
        yield from (SingleWork(action=one, picture_id=picture_id, code=code) for one in (Action.UPSCALE, Action.STAR))
        yield from (PhotoWork(action=one, code=code) for one in (PhotoAction.CUTOUT, PhotoAction.EDIT))
    yield from (GroupMenu(go=go) for go in GroupGo)
    yield from (GroupOpen(setting=setting) for setting in GroupSetting)
    yield from (GroupSet(setting=one, value=value) for one in GroupSetting for value in groups.choices(one))
    yield GroupSet(setting=GroupSetting.MODELS, value="slow")
    yield from (SettingsGo(owner=owner, go=go) for go in Go)
    yield from (SettingsOpen(owner=owner, setting=setting) for setting in Setting)
    yield from (SettingsAsk(owner=owner, setting=setting) for setting in Setting)
    yield from (SettingsSet(owner=owner, setting=one, value=value) for one in Setting for value in choices(one))
    for code in ("", "oil", "figurine", "~1", "~x"):
        yield StyleToggle(owner=owner, page=0, code=code)
        yield PictureStyle(request_id=request_id, page=0, code=code)
        yield DrawStyled(code=code)
    for kind in Kind:
        yield ChoiceSearch(owner=owner, kind=kind)
        yield from (ChoiceMenu(owner=owner, kind=kind, code=code) for code in ("", "-", code_of("Euler a"), "x"))
    yield from (StyleOwn(owner=owner, preset_id=row, sure=sure) for row in (0, 1) for sure in (True, False))


def test_every_kind_of_data_is_checked_and_pressed_below() -> None:
    """A new kind is refused until it is in one of the lists, and is to be tried here."""
    listed = (
        presses.OfRequest,
        presses.OfPicture,
        presses.OfPerson,
        presses.OfGroup,
        presses.OfHistory,
        presses.OfOperator,
        presses.OfReport,
        presses.OfReader,
        presses.OfBuyer,
        presses.OfBystander,
        presses.OfAnswer,
        presses.OfEverybody,
        presses.OfInline,
    )
    kinds = {kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("bot.keyboards")}
    assert {type(data) for data in every_kind(1, 1, 1)} == kinds
    assert all(isinstance(data, listed) for data in every_kind(1, 1, 1))


def look(message: Message) -> tuple[object, ...]:
    photo = message.photo[-1].file_id if message.photo else None
    return message.text, repr(message.keyboard), photo, message.document


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The slow model ends nothing by itself while somebody presses."""
    file = tmp_path / "models.toml"
    file.write_text(MODELS.replace("pace = 60", "pace = 600"))
    return Catalog.load(file, env={})


T = TypeVar("T")


def drawn(choice: st.SearchStrategy[T]) -> list[T]:
    """What Hypothesis makes of it, for a loop that is running already."""
    found: list[T] = []

    @given(choice)
    @settings(max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate])
    def collect(one: T) -> None:
        found.append(one)

    collect()
    return found


class Stage:
    """A group in which You and Alice (an admin) have things, and in which Boris and Mei press."""

    def __init__(self, world: World, group: ChatClient) -> None:
        self.world = world
        self.group = group
        self.alice = Person.named(world.sandbox, "Alice")
        self.you = Person.named(world.sandbox, "You")
        self.pressers = [Person.named(world.sandbox, name) for name in ("Борис", "Mei")]
        self.messages: list[Message] = []
        self.claimed: list[Message] = []  # by a request or a picture of You or Alice

    async def build(self) -> None:
        group = self.group
        for client in (group, self.alice.chat(group.chat_id)):
            self.claimed.append(await client.photo(to=await client.send(SMALL)))
            self.claimed.append(await client.placeholder(to=await client.send(SLOW)))
        sheet = await group.photo(to=await group.send(f"{SMALL} --n 2"))
        await group.press("2", on=sheet)
        self.claimed += [sheet, await group.photo(to=sheet)]
        await group.press("Model", on=sheet)
        self.messages = [*self.claimed, await group.answer()]
        for command in ("/start", "/help", "/settings", "/model"):
            self.messages.append(await group.answer(to=await group.send(command)))
        admin = self.alice.chat(group.chat_id)
        self.messages.append(await admin.answer(to=await admin.send("/group")))
        for presser in self.pressers:
            client = presser.chat(group.chat_id)
            await client.photo(to=await client.send(SMALL))

    async def others(self, presser: Person) -> object:
        """All that is not the presser's."""
        async with self.world.db.read() as unit:
            people = [await unit.users.settings(person.id) for person in (self.you, self.alice)]
            group = await unit.groups.settings(self.group.chat_id)
            found = [await unit.requests.get(number) for number in range(1, 200)]
        requests = [request for request in found if request is not None and request.requester_id != presser.id]
        return people, group, requests, [(message.id, look(message)) for message in self.messages]


@pytest.mark.parametrize("jobs", [JobSettings(progress_private=3600, progress_group=3600, max_queued_per_user=1000)])
async def test_nothing_that_is_not_the_pressers_changes(world: World, group: ChatClient, jobs: JobSettings) -> None:
    stage = Stage(world, group)
    await stage.build()
    async with world.db.read() as unit:
        requests = [await unit.requests.get(number) for number in range(1, 8)]
        pictures = [picture.id for number in range(1, 8) for picture in await unit.pictures.of_request(number)]
    ids = [request.id for request in requests if request is not None]
    owners = [stage.you.id, stage.alice.id, *(presser.id for presser in stage.pressers)]
    tried = 0

    async def under_way() -> bool:
        """Whether something is drawn or shown that ends by itself: what waits behind the slow model does not."""
        async with world.db.read() as unit:
            found = [await unit.requests.get(number) for number in range(1, 200)]
        moving = {RequestState.DRAWING, RequestState.DRAWN}
        return any(request is not None and request.model != "slow" and request.state in moving for request in found)

    async def settled(presser: Person) -> object:
        """What others have once the effects of earlier presses have come to their end."""
        seen: object = None
        while (now := await stage.others(presser)) != seen or await under_way():
            seen = now
            await asyncio.sleep(0.1)
        return seen

    async def press(presser: Person, message: Message, data: str, *, planted: bool) -> None:
        """`planted`: the message has that very button, as if an earlier version had put it there."""
        nonlocal tried
        before_planting = message.keyboard
        if planted:
            await world.bot.edit_message_reply_markup(
                chat_id=message.chat_id,
                message_id=message.id,
                reply_markup=InlineKeyboardMarkup(
                    inline_keyboard=[[InlineKeyboardButton(text="x", callback_data=data)]]
                ),
            )
        before = await settled(presser)
        client = presser.chat(group.chat_id)
        client.press_data(data, on=message)
        await client.toast()
        assert await stage.others(presser) == before, (presser.record.first_name, data, look(message))
        if planted:
            message.keyboard = before_planting
        tried += 1

    choice = st.tuples(
        st.sampled_from(stage.pressers),
        st.sampled_from(stage.messages),
        st.sampled_from(ids),
        st.sampled_from(pictures),
        st.sampled_from(owners),
        st.booleans(),
        st.integers(0, 10_000),
    )
    for presser, message, request_id, picture_id, owner, planted, number in drawn(choice):
        kinds = list(every_kind(request_id, picture_id, owner))
        if message.ephemeral_for in (None, presser.id):
            data = kinds[number % len(kinds)].pack()
            await press(presser, message, data, planted=planted and message in stage.claimed)
    assert tried > 20
    # What was found on the version before: a plain member's own requests, on somebody else's delivered picture.
    boris = stage.pressers[0]
    async with world.db.read() as unit:
        own = next(r for r in [await unit.requests.get(n) for n in ids] if r is not None and r.requester_id == boris.id)
    assert own.state is RequestState.DELIVERED
    for data in (f"p:x:{own.id}", f"s|{boris.id}|root", f"m:{boris.id}:0:", f"p:o:{own.id}"):
        for planted in (False, True):
            await press(boris, stage.claimed[0], data, planted=planted)
