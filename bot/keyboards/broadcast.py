"""The buttons of a broadcast: for the operator who sends it, and below each copy for whoever gets it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import RowId
from bot.texts.fluent import LanguageTexts
from storage.records import BroadcastState


class BroadcastAct(StrEnum):
    TEST = "t"
    START = "s"  # also after a pause
    PAUSE = "p"
    STOP = "x"


class BroadcastDo(CallbackData, prefix="bc"):
    act: BroadcastAct
    broadcast_id: RowId


class BroadcastWish(CallbackData, prefix="bw"):
    """Below a copy: whether its reader wants such messages."""

    wanted: bool


_ACTS: dict[BroadcastState, tuple[BroadcastAct, ...]] = {
    BroadcastState.DRAFT: (BroadcastAct.TEST, BroadcastAct.START, BroadcastAct.STOP),
    BroadcastState.RUNNING: (BroadcastAct.PAUSE, BroadcastAct.STOP),
    BroadcastState.PAUSED: (BroadcastAct.START, BroadcastAct.STOP),
}


def broadcast_keyboard(texts: LanguageTexts, broadcast_id: int, state: BroadcastState) -> InlineKeyboardMarkup | None:
    """None once it has ended."""
    acts = _ACTS.get(state, ())
    if not acts:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=texts.get(f"button-broadcast-{act.name.lower()}"),
                    callback_data=BroadcastDo(act=act, broadcast_id=broadcast_id).pack(),
                )
                for act in acts
            ]
        ]
    )


def copy_keyboard(texts: LanguageTexts, *, wanted: bool = True) -> InlineKeyboardMarkup:
    """`wanted`: the reader still gets them, and can switch them off."""
    key = "button-broadcasts-off" if wanted else "button-broadcasts-on"
    data = BroadcastWish(wanted=not wanted).pack()
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=texts.get(key), callback_data=data)]])
