"""Callback data fit into 64 bytes with the largest ids, survive packing, and refuse what nobody could have pressed."""

from contextlib import suppress

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.keyboards import group as groups
from bot.keyboards.broadcast import BroadcastAct, BroadcastDo, BroadcastWish
from bot.keyboards.choices import ChoiceMenu, ChoiceSearch, code_of
from bot.keyboards.group import GroupGo, GroupMenu, GroupOpen, GroupSet, GroupSetting, group_models_keyboard
from bot.keyboards.history import Forget, HistoryAction, HistoryDo, HistoryPick, HistoryTurn
from bot.keyboards.models import ModelChoice, PictureModel, Redraw, model_keyboard, page_of, picture_model_keyboard
from bot.keyboards.operator import AdminGo, AdminModel, AdminPage, AdminPause, AdminPerson, PersonAct
from bot.keyboards.picture import (
    Action,
    DrawNow,
    DrawShort,
    DrawWith,
    PictureAction,
    SameSeed,
    SendFull,
    SinglePicture,
    picture_keyboard,
    single_keyboard,
)
from bot.keyboards.report import GroupReports, ReportAct, ReportDecide, ReportPicture
from bot.keyboards.settings import (
    HALF_ROW,
    Go,
    Setting,
    SettingsAsk,
    SettingsGo,
    SettingsOpen,
    SettingsSet,
    choices,
    setting_keyboard,
    settings_keyboard,
)
from bot.keyboards.start import DrawExample
from bot.operations.usage import Period
from bot.texts.fluent import LANGUAGES, Texts
from bot.texts.lengths import COPY_LENGTH
from providers.catalog.model import Model
from providers.choices import Kind
from providers.sketch.provider import Sketch
from storage.records import UserSettings
from storage.repositories.history import Turn

ROW = 2**63 - 1
USER = 2**52 - 1
CHANNEL = -(10**12 + 2**41)  # the longest id in whose name one can speak
MODEL = "m" * 32

LARGEST: list[CallbackData] = [
    *(PictureAction(action=action, request_id=ROW) for action in Action),
    SendFull(picture_id=ROW),
    *(SinglePicture(action=action, picture_id=ROW) for action in Action),
    *(HistoryTurn(turn=turn, picture_id=ROW) for turn in Turn),
    *(HistoryDo(action=action, picture_id=ROW) for action in HistoryAction),
    HistoryPick(picture_id=ROW, first=ROW),
    Forget(owner=CHANNEL, sure=True),
    SameSeed(request_id=ROW, page=999, model=MODEL),
    DrawShort(),
    DrawWith(model=MODEL),
    DrawNow(),
    DrawExample(),
    ModelChoice(owner=USER, page=999, model=MODEL),
    ModelChoice(owner=CHANNEL, page=999, model=MODEL),
    PictureModel(request_id=ROW, page=999, model=MODEL),
    Redraw(request_id=ROW, model=MODEL),
    *(AdminGo(page=page, period=period) for page in AdminPage for period in Period),
    *(AdminPerson(act=act, person=CHANNEL, days=3650) for act in PersonAct),
    AdminModel(model=MODEL, on=True),
    AdminPause(on=True),
    *(BroadcastDo(act=act, broadcast_id=ROW) for act in BroadcastAct),
    BroadcastWish(wanted=True),
    ReportPicture(request_id=ROW),
    *(ReportDecide(act=act, report_id=ROW) for act in ReportAct),
    GroupReports(),
    *(GroupMenu(go=go) for go in GroupGo),
    *(GroupOpen(setting=setting, page=999) for setting in GroupSetting),
    *(GroupSet(setting=setting, page=999, value=MODEL) for setting in GroupSetting),
    *(GroupSet(setting=setting, value=value) for setting in GroupSetting for value in groups.choices(setting)),
    *(SettingsGo(owner=CHANNEL, go=go) for go in Go),
    *(SettingsOpen(owner=CHANNEL, setting=setting) for setting in Setting),
    *(ChoiceMenu(owner=CHANNEL, kind=kind, page=999, code=code_of("x" * 300)) for kind in Kind),
    *(ChoiceSearch(owner=CHANNEL, kind=kind) for kind in Kind),
    *(SettingsAsk(owner=CHANNEL, setting=setting) for setting in Setting),
    *(
        SettingsSet(owner=CHANNEL, setting=setting, value=value)
        for setting in Setting
        for value in ("auto", *choices(setting))
    ),
]


@pytest.mark.parametrize("data", LARGEST, ids=lambda data: data.pack())
def test_the_largest_ids_fit(data: CallbackData) -> None:
    packed = data.pack()
    assert len(packed.encode()) <= 64
    assert type(data).unpack(packed) == data


def test_prefixes_are_unique() -> None:
    kinds = {type(data) for data in LARGEST}
    assert len({kind.__prefix__ for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("packed", ["p:a:0", "p:a:-1", f"p:a:{2**63}", "p:a:", "p:q:1", "p:a:1.5", "p:a:1e3"])
def test_numbers_that_no_database_holds_are_refused(packed: str) -> None:
    with pytest.raises(ValidationError):
        PictureAction.unpack(packed)


def models(count: int) -> list[Model]:
    return [Model(f"model-{number}", f"Model {number} " + "x" * 60, "sketch", Sketch) for number in range(count)]


def test_many_models_are_paged_with_the_chosen_one_marked() -> None:
    texts, offered = Texts.load(strict=True)("en"), models(20)
    page = page_of(offered, "model-9")
    assert page == 1
    keyboard = model_keyboard(texts, offered, owner=USER, chosen="model-9", page=page, own_choice=True)
    rows = keyboard.inline_keyboard
    assert [row[0].text.startswith("✓") for row in rows[:8]] == [False, True] + [False] * 6
    assert [button.text for button in rows[8]] == ["‹", "›"]
    assert all(len(row[0].text) <= 42 for row in rows[:8])
    last = model_keyboard(texts, offered, owner=USER, chosen="model-9", page=99, own_choice=False)
    assert len(last.inline_keyboard) == 4 + 1
    below = picture_model_keyboard(texts, offered, request_id=ROW, chosen=offered[9], page=0)
    assert below.inline_keyboard[-1][0].callback_data == Redraw(request_id=ROW, model="model-9").pack()


@pytest.mark.parametrize("count", [0, 2, 4, 5, 9])
def test_a_sheet_has_a_button_for_each_picture(count: int) -> None:
    texts = Texts.load(strict=True)("en")
    keyboard = picture_keyboard(texts, ROW, prompt="x", picture_ids=range(1, count + 1))
    buttons = [button for row in keyboard.inline_keyboard for button in row]
    assert [button.text for button in buttons[:count]] == [str(number) for number in range(1, count + 1)]
    assert all(len(row) <= 8 for row in keyboard.inline_keyboard)


@pytest.mark.parametrize(("prompt", "copied"), [("x" * COPY_LENGTH, True), ("🦊" * 129, False), ("x" * 257, False)])
def test_a_prompt_that_is_too_long_to_copy_has_no_button(prompt: str, copied: bool) -> None:
    keyboard = picture_keyboard(Texts.load(strict=True)("en"), ROW, prompt=prompt)
    buttons = [button for row in keyboard.inline_keyboard for button in row]
    assert any(button.copy_text for button in buttons) is copied


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_mark_what_is_chosen(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    settings = UserSettings(USER, aspect_ratio="21:9", guidance_scale=3.5, count=4, as_document=True, language="ru")
    marked = {
        setting: [
            button.text
            for row in setting_keyboard(texts, settings, setting).inline_keyboard
            for button in row
            if button.text.startswith("✓")
        ]
        for setting in Setting
    }
    assert marked[Setting.ASPECT_RATIO] == ["✓ 21:9"]
    assert marked[Setting.GUIDANCE] == ["✓ 3.5"]
    assert marked[Setting.COUNT] == ["✓ 4"]
    assert marked[Setting.LANGUAGE] == ["✓ Русский"]
    assert len(marked[Setting.STEPS]) == 1  # automatic


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_show_their_values_on_the_buttons(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    values = dict.fromkeys(Setting, "auto") | {Setting.NEGATIVE: "hats " * 60}
    keyboard = settings_keyboard(texts, UserSettings(USER), values, "Sketch")
    shown = [button.text for row in keyboard.inline_keyboard for button in row]
    assert shown[0] == texts.get("button-setting", name=texts.get("setting-model"), value="Sketch")
    assert texts.get("button-setting", name=texts.get("setting-seed"), value="auto") in shown
    assert max(len(row) for row in keyboard.inline_keyboard) == 2
    assert all(len(text) <= 48 for text in shown)
    halves = [button.text for row in keyboard.inline_keyboard[2:-1] if len(row) == 2 for button in row]
    assert max(map(len, halves)) <= HALF_ROW  # what is longer has the row for itself: a phone would cut it


def test_below_a_picture_a_row_has_at_most_three_buttons() -> None:
    texts = Texts.load(strict=True)("en")
    keyboard = picture_keyboard(
        texts, ROW, prompt="a fox", more=True, edits=True, back=True, report=True, favourite=False
    ).inline_keyboard
    assert [len(row) for row in keyboard] == [3, 3, 2]
    single = single_keyboard(
        texts, ROW, prompt="a fox", takes_seed=True, bigger=(2048, 2048), edits=True, back=True
    ).inline_keyboard
    assert [len(row) for row in single] == [3, 2, 2, 1]


def test_the_groups_models_are_paged_with_those_that_are_allowed_marked() -> None:
    texts, offered = Texts.load(strict=True)("en"), models(20)
    keyboard = group_models_keyboard(
        texts, offered, GroupSetting.MODELS, marked=frozenset({"model-17"}), clear="Allow all", page=99
    )
    rows = [[button.text for button in row] for row in keyboard.inline_keyboard]
    assert [row[0][:1] for row in rows[:4]] == ["M", "✓", "M", "M"]
    assert rows[4:] == [["‹"], ["Allow all"], ["‹ Back"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_a_group_has_its_words(language: str) -> None:
    texts = Texts.load(strict=True)(language)
    for setting in GroupSetting:
        names = [groups.value_name(texts, setting, value) for value in groups.choices(setting)]
        assert len(set(names)) == len(names)


@given(
    st.sampled_from(sorted({type(data) for data in LARGEST}, key=lambda kind: kind.__name__)),
    st.text(st.sampled_from("0123456789-:|*abmprsx \u0661\u00b2") | st.characters(), max_size=64),
)
def test_any_data_is_unpacked_or_refused_as_the_filter_expects(kind: type[CallbackData], tail: str) -> None:
    for packed in (tail, f"{kind.__prefix__}{kind.__separator__}{tail}"):
        with suppress(TypeError, ValueError):  # what aiogram's filter takes for "not mine"
            data = kind.unpack(packed)
            for name, value in data:
                assert not isinstance(value, int) or abs(value) < 2**63, name
