"""The keyboards under a placeholder, a picture, a sheet or a failure. The data hold only ids; each press checks who may
use them, so forged or old data are harmless."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import Page, RowId
from bot.keyboards.models import LABEL_LENGTH, Redraw, UseModel, VitalsOf, model_rows
from bot.keyboards.report import report_button
from bot.keyboards.settings import STRENGTHS, percent
from bot.keyboards.share import share_button
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import COPY_LENGTH, units
from bot.texts.lengths import shorten as short
from providers.catalog.model import Model
from providers.tasks import CUTOUT, UPSCALE, VIDEO

COMPARED_LENGTH = 20  # units of a model's label beside another button
WORDS_ROW = 3  # buttons with words in a row
SHEET_ROW = 3  # numbers a row, as the sheet's own columns; up to four pictures fit in one row


class Action(StrEnum):
    CANCEL = "x"
    AGAIN = "a"  # the same words with another seed: another picture
    VARY = "v"  # the same words from the picture itself, where its model does that; else as AGAIN
    SAME = "e"  # with the same seed: the same picture, as far as the model goes
    RETRY = "r"  # what failed or was cancelled, as it was asked for
    MODEL = "m"
    MORE = "o"  # the second page of buttons
    LESS = "l"  # back to the first
    SEED = "s"  # the models that can draw with the same seed
    BIGGER = "b"
    SHORTEN = "c"
    EDIT = "d"  # asks for an instruction
    STYLE = "y"  # the presets in which it can be drawn
    COMPARE = "j"  # the models that can draw it beside each other
    STAR = "f"  # makes it a favourite, or no longer one
    ALBUM = "u"  # sends all pictures of a sheet in full
    KEEP = "k"  # asks for the name of a preset
    ENHANCE = "h"  # the same with richer words
    PROMPTS = "w"  # shows the person's words and those that were drawn
    STRENGTH = "t"  # the strengths with which it can be changed
    BACK = "p"  # shows what it was made from
    UPSCALE = "z"  # by a model for that
    CUTOUT = "g"  # likewise
    VIDEO = "i"  # likewise
    NEW = "n"  # the words alone, in place of changing the last picture


class PictureAction(CallbackData, prefix="p"):
    action: Action
    request_id: RowId


class SendFull(CallbackData, prefix="f"):
    """Sends one picture of a sheet in full size."""

    picture_id: RowId


class SinglePicture(CallbackData, prefix="fp"):
    """What can be done with one picture of a sheet, below the message that shows it in full."""

    action: Action
    picture_id: RowId


class SameSeed(CallbackData, prefix="sm"):
    """Draws it with this model and the same seed; turns to the page when `model` is empty."""

    request_id: RowId
    page: Page
    model: str = ""


class WithStrength(CallbackData, prefix="st"):
    """Draws it again from the same pictures and seed, with this strength."""

    request_id: RowId
    percent: Annotated[int, Field(ge=0, le=100)]


class DrawShort(CallbackData, prefix="ns"):
    """Draws the replied-to message's prompt, cut to fit: it was too long."""


class DrawWith(CallbackData, prefix="nw"):
    """Draws the replied-to message's prompt with this model, in place of the one that was refused. `pictures`: how many
    that started from."""

    model: str
    pictures: Annotated[int, Field(ge=0, le=99)] = 0


class DrawMany(CallbackData, prefix="nm"):
    """Draws so many pictures of the replied-to message's prompt; 0: none. `short` and `model`: as by `DrawShort` and
    `DrawWith`, whose press was answered with the question."""

    count: Annotated[int, Field(ge=0, le=16)]
    short: bool = False
    model: str = ""


class DrawNow(CallbackData, prefix="n"):
    """Draws the replied-to message's prompt, which arrived too late to be drawn at once."""


class DrawDescribed(CallbackData, prefix="dd"):
    """Draws the description that stands in the message."""


@lru_cache(maxsize=1024)
def placeholder_keyboard(texts: LanguageTexts, request_id: int, *, continued: bool = False) -> InlineKeyboardMarkup:
    """The Cancel button, the same under every progress edit of a request. `continued`: it changes the last picture by
    itself, so that a new one is offered."""
    new = [_button(texts, "button-new-instead", Action.NEW, request_id)] if continued else []
    return _rows(new, [_button(texts, "button-cancel", Action.CANCEL, request_id)])


def picture_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    prompt: str,
    picture_ids: Sequence[int] = (),
    more: bool = False,
    edits: bool = False,
    back: bool = False,
    reworded: bool = False,
    report: bool = False,
    compared: Sequence[tuple[str, str]] = (),
    favourite: bool | None = None,
) -> InlineKeyboardMarkup:
    """`picture_ids` are those of a sheet (of several: the first), in the order of its numbers; none for a single
    picture. `more`: there is a second page. `edits`: the model changes pictures by instruction. `back`: it was made
    from another one of ours. `reworded`: what was drawn are not the person's own words, so that there are two prompts
    to be had. `report`: anybody may report it. `compared`: ids and labels of the models that drew them; `favourite`:
    whether it is one, None for a sheet."""
    sheet = _numbers([SendFull(picture_id=picture_id) for picture_id in picture_ids])
    if compared:
        sheet = _compared_rows(texts, request_id, [button for row in sheet for button in row], compared)
    redraw = [
        _button(texts, "button-again", Action.AGAIN, request_id),
        _button(texts, "button-model", Action.MODEL, request_id),
    ]
    if edits:
        redraw.insert(0, _button(texts, "button-edit", Action.EDIT, request_id))
    last = [_button(texts, "button-parent", Action.BACK, request_id)] if back else []
    if reworded:
        last.append(_button(texts, "button-prompts", Action.PROMPTS, request_id))
    else:
        last += copy_button(texts, prompt)
    if favourite is not None:
        last.append(_button(texts, star_key(favourite=favourite), Action.STAR, request_id))
    if more:
        last.append(_button(texts, "button-more", Action.MORE, request_id))
    if report:
        last.append(report_button(texts, request_id))
    return _rows(*sheet, redraw, *_evenly(last))


def worked_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    tasks: Sequence[str] = (),
    back: bool = False,
    report: bool = False,
    favourite: bool = False,
    again: bool = False,
) -> InlineKeyboardMarkup:
    """Below what was made of a picture. `tasks`: what can be made of it in turn; `back`: that picture was one of
    ours; `again`: it comes out differently each time."""
    last = [_button(texts, "button-again", Action.AGAIN, request_id)] if again else []
    if back:
        last.append(_button(texts, "button-parent", Action.BACK, request_id))
    last.append(_button(texts, star_key(favourite=favourite), Action.STAR, request_id))
    if report:
        last.append(report_button(texts, request_id))
    return _rows([_button(texts, f"button-{task}", WORK[task], request_id) for task in tasks], last)


WORK = {UPSCALE: Action.UPSCALE, CUTOUT: Action.CUTOUT, VIDEO: Action.VIDEO}


def numbers_keyboard(picture_ids: Sequence[int], *, first: int = 1) -> InlineKeyboardMarkup:
    """A button for each picture of a sheet, which sends it in full; they are numbered from `first`."""
    return _rows(*_numbers([SendFull(picture_id=picture_id) for picture_id in picture_ids], first=first))


def which_keyboard(texts: LanguageTexts, request_id: int, picture_ids: Sequence[int]) -> InlineKeyboardMarkup:
    """Which picture of a sheet is to be edited."""
    numbers = _numbers([SinglePicture(action=Action.EDIT, picture_id=picture_id) for picture_id in picture_ids], "✏️ ")
    return _rows(*numbers, [_button(texts, "button-back", Action.LESS, request_id)])


def _compared_rows(
    texts: LanguageTexts,
    request_id: int,
    numbers: list[InlineKeyboardButton],
    compared: Sequence[tuple[str, str]],
) -> list[list[InlineKeyboardButton]]:
    """A row a model, with its picture in full where it drew one; two where its label needs the whole width of a phone.
    The numbers above them where it drew several."""
    models = list(dict.fromkeys(compared))
    alone = len(models) == len(numbers)
    rows = [] if alone else [numbers[start : start + 4] for start in range(0, len(numbers), 4)]
    for at, (model_id, label) in enumerate(models):
        use = UseModel(request_id=request_id, model=model_id).pack()
        label = short(label, LABEL_LENGTH)
        beside = alone and units(label) <= COMPARED_LENGTH
        key = "button-use-model" if beside else "button-use-model-named"
        button = InlineKeyboardButton(text=texts.get(key, label=label), callback_data=use)
        if not alone:
            rows.append([button])
            continue
        text = texts.get("button-full-of", label=label)
        full = InlineKeyboardButton(text=text, callback_data=numbers[at].callback_data)
        rows += [[full, button]] if beside else [[full], [button]]
    return rows


def single_keyboard(
    texts: LanguageTexts,
    picture_id: int,
    *,
    prompt: str,
    takes_seed: bool,
    bigger: tuple[int, int] | None,
    edits: bool = False,
    favourite: bool = False,
    back: bool = False,
    reworded: bool = False,
    tasks: Sequence[str] = (),
    shared: int | None = None,
) -> InlineKeyboardMarkup:
    """Below one picture that is shown in full. `bigger`: twice its size, where the model goes so far; `back`: it was
    made from another one of ours; `tasks`: what models can make of it."""

    def button(text: str, action: Action) -> InlineKeyboardButton:
        data = SinglePicture(action=action, picture_id=picture_id).pack()
        return InlineKeyboardButton(text=text, callback_data=data)

    redraw = [button(texts.get("button-edit"), Action.EDIT)] if edits else []
    redraw.append(button(texts.get("button-again"), Action.AGAIN))
    if takes_seed:
        redraw.append(button(texts.get("button-same"), Action.SAME))
    copy = [button(texts.get("button-prompts"), Action.PROMPTS)] if reworded else copy_button(texts, prompt)
    last = [button(texts.get("button-model"), Action.MODEL), *copy]
    last.append(button(texts.get(star_key(favourite=favourite)), Action.STAR))
    if back:
        last.insert(0, button(texts.get("button-parent"), Action.BACK))
    larger = [share_button(texts, shared)] if shared is not None else []
    larger += [button(texts.get(f"button-{task}"), WORK[task]) for task in tasks]
    if bigger is not None:
        larger.append(button(texts.get("button-bigger", size=f"{bigger[0]}×{bigger[1]}"), Action.BIGGER))
    return _rows(redraw, *_evenly(last), larger)


def star_key(*, favourite: bool) -> str:
    """The key of the text of a picture's star."""
    return "button-starred" if favourite else "button-star"


def copy_button(texts: LanguageTexts, prompt: str) -> list[InlineKeyboardButton]:
    """One that copies the prompt, where Telegram lets it: it takes at most 256 units."""
    if not 1 <= units(prompt) <= COPY_LENGTH:
        return []
    return [InlineKeyboardButton(text=texts.get("button-copy"), copy_text=CopyTextButton(text=prompt))]


def more_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    takes_seed: bool,
    seeds: bool,
    bigger: tuple[int, int] | None,
    strength: str | None = None,
    enhance: bool = False,
    compare: bool = False,
    album: bool = False,
    tasks: Sequence[str] = (),
    shared: int | None = None,
    varies: bool = False,
) -> InlineKeyboardMarkup:
    """The second page. `takes_seed`: the model does, so that the same picture can be had again; `seeds`: other models
    take the seed; `bigger`: twice the size, where the model goes so far; `strength`: how much its source image was
    changed, in words, where the model takes one; `enhance`: there is help with prompts; `compare`: several models may
    draw it; `album`: it is a sheet; `tasks`: what models can make of it; `shared`: the picture that can be brought into
    other chats; `varies`: the model draws variations of it."""
    rows = [
        [
            _button(texts, "button-style", Action.STYLE, request_id),
            _button(texts, "button-keep-preset", Action.KEEP, request_id),
        ]
    ]
    if varies:
        rows.append([_button(texts, "button-vary", Action.VARY, request_id)])
    if shared is not None:
        rows.append([share_button(texts, shared)])
    if album:
        rows.append([_button(texts, "button-album", Action.ALBUM, request_id)])
    if compare:
        rows.append([_button(texts, "button-compare", Action.COMPARE, request_id)])
    if takes_seed:
        rows.append([_button(texts, "button-same", Action.SAME, request_id)])
    if seeds:
        rows.append([_button(texts, "button-same-seed", Action.SEED, request_id)])
    if tasks:
        rows.append([_button(texts, f"button-{task}", WORK[task], request_id) for task in tasks])
    if bigger is not None:
        data = PictureAction(action=Action.BIGGER, request_id=request_id).pack()
        text = texts.get("button-bigger", size=f"{bigger[0]}×{bigger[1]}")
        rows.append([InlineKeyboardButton(text=text, callback_data=data)])
    if enhance:
        rows.append([_button(texts, "button-enhance", Action.ENHANCE, request_id)])
    if strength is not None:
        data = PictureAction(action=Action.STRENGTH, request_id=request_id).pack()
        text = texts.get("button-setting", name=texts.get("setting-strength"), value=strength)
        rows.append([InlineKeyboardButton(text=text, callback_data=data)])
    return _rows(*rows, [_button(texts, "button-back", Action.LESS, request_id)])


def strength_keyboard(texts: LanguageTexts, request_id: int, chosen: float | None) -> InlineKeyboardMarkup:
    """The strengths that can be tried, the `chosen` one marked."""
    shares = [float(share) for share in STRENGTHS]
    buttons = [
        InlineKeyboardButton(
            text=f"✓ {percent(share)}" if share == chosen else percent(share),
            callback_data=WithStrength(request_id=request_id, percent=round(share * 100)).pack(),
        )
        for share in shares
    ]
    rows = [buttons[start : start + SHEET_ROW] for start in range(0, len(buttons), SHEET_ROW)]
    return _rows(*rows, [_button(texts, "button-back", Action.MORE, request_id)])


def same_seed_keyboard(
    texts: LanguageTexts, request_id: int, models: Sequence[Model], *, page: int = 0, vitals: VitalsOf | None = None
) -> InlineKeyboardMarkup:
    def data(turn: int, model: str) -> SameSeed:
        return SameSeed(request_id=request_id, page=turn, model=model)

    rows = model_rows(texts, models, "", page, data, vitals)
    return _rows(*rows, [_button(texts, "button-back", Action.MORE, request_id)])


def failure_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    retry: bool = True,
    last: bool = False,
    shorten: bool = False,
    others: Sequence[Model] = (),
    menu: bool = True,
) -> InlineKeyboardMarkup:
    """`retry` is off where the same model cannot be asked again, and comes `last` where another try hardly helps;
    `others` are models that may draw it instead, and `menu`: all models are to be chosen from."""
    again = [_button(texts, "button-retry", Action.RETRY, request_id)] if retry else []
    first = [] if last else again
    if shorten:
        first.append(_button(texts, "button-shorten", Action.SHORTEN, request_id))
    instead = [[_draw_with(texts, model, Redraw(request_id=request_id, model=model.id))] for model in others]
    end = [*([_button(texts, "button-model", Action.MODEL, request_id)] if menu else []), *(again if last else [])]
    return _rows(first, *instead, end)


def cancelled_keyboard(texts: LanguageTexts, request_id: int) -> InlineKeyboardMarkup:
    """Nothing was drawn, so *Again* asks for the same, its seed included."""
    return _rows([_button(texts, "button-again", Action.RETRY, request_id)])


def draw_heard_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    """Below what was understood of a voice message, which is kept as what the message asks for."""
    return _rows([InlineKeyboardButton(text=texts.get("button-draw-described"), callback_data=DrawNow().pack())])


def draw_now_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    return _rows([InlineKeyboardButton(text=texts.get("button-draw-now"), callback_data=DrawNow().pack())])


def draw_short_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    return _rows([InlineKeyboardButton(text=texts.get("button-shorten"), callback_data=DrawShort().pack())])


def draw_many_keyboard(
    texts: LanguageTexts, *, every: int | None, first: int | None, short: bool = False, model_id: str | None = None
) -> InlineKeyboardMarkup:
    """A button for `every` picture, one for the `first` so many, and one that draws none. `short` and `model_id` are
    those of the press that asks."""

    def button(text: str, count: int) -> InlineKeyboardButton:
        data = DrawMany(count=count, short=short, model=model_id or "")
        return InlineKeyboardButton(text=text, callback_data=data.pack())

    rows = [[button(texts.get("button-draw-many", count=every), every)]] if every is not None else []
    if first is not None:
        rows.append([button(texts.get("button-draw-first", count=first), first)])
    return _rows(*rows, [button(texts.get("button-draw-none"), 0)])


def draw_with_keyboard(texts: LanguageTexts, models: Sequence[Model], *, pictures: int = 0) -> InlineKeyboardMarkup:
    return _rows(*([_draw_with(texts, model, DrawWith(model=model.id, pictures=pictures))] for model in models))


def described_keyboard(texts: LanguageTexts, words: str) -> InlineKeyboardMarkup:
    """Below a description."""
    draw = InlineKeyboardButton(text=texts.get("button-draw-described"), callback_data=DrawDescribed().pack())
    return _rows([draw, *copy_button(texts, words)])


def _numbers(data: Sequence[CallbackData], mark: str = "", *, first: int = 1) -> list[list[InlineKeyboardButton]]:
    """The numbers of a sheet, in its own rows, each with a mark in front."""
    numbers = [
        InlineKeyboardButton(text=f"{mark}{number}", callback_data=each.pack())
        for number, each in enumerate(data, start=first)
    ]
    row = len(numbers) if len(numbers) <= SHEET_ROW + 1 else SHEET_ROW if len(numbers) <= 9 else SHEET_ROW + 1
    return [numbers[start : start + row] for start in range(0, len(numbers), row or 1)]


def _draw_with(texts: LanguageTexts, model: Model, data: CallbackData) -> InlineKeyboardButton:
    text = texts.get("button-redraw", label=short(model.label, LABEL_LENGTH))
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _button(texts: LanguageTexts, key: str, action: Action, request_id: int) -> InlineKeyboardButton:
    data = PictureAction(action=action, request_id=request_id).pack()
    return InlineKeyboardButton(text=texts.get(key), callback_data=data)


def _evenly(buttons: Sequence[InlineKeyboardButton]) -> list[Sequence[InlineKeyboardButton]]:
    """In rows of at most three: on a phone the words of four do not fit."""
    half = (len(buttons) + 1) // 2
    return [buttons] if len(buttons) <= WORDS_ROW else [buttons[:half], buttons[half:]]


def _rows(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])
