"""The button that reports a picture, and those that decide about a report."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import RowId
from bot.keyboards.group import GroupGo, GroupMenu
from bot.texts.fluent import LanguageTexts


class ReportAct(StrEnum):
    DELETE = "d"
    BAN = "b"  # and delete; operators only
    DISMISS = "x"


class ReportPicture(CallbackData, prefix="rp"):
    """Below a picture in a group, for everybody there."""

    request_id: RowId


class ReportDecide(CallbackData, prefix="ra"):
    act: ReportAct
    report_id: RowId


class GroupReports(CallbackData, prefix="gr"):
    """In a group's menu: the oldest picture that was reported there."""


def report_button(texts: LanguageTexts, request_id: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=texts.get("button-report"), callback_data=ReportPicture(request_id=request_id).pack()
    )


def report_keyboard(texts: LanguageTexts, report_id: int, *, operator: bool) -> InlineKeyboardMarkup:
    """For an operator, or for an admin of the group, who goes back to the group's menu."""

    def button(key: str, act: ReportAct) -> InlineKeyboardButton:
        data = ReportDecide(act=act, report_id=report_id).pack()
        return InlineKeyboardButton(text=texts.get(key), callback_data=data)

    rows = [[button("button-report-delete", ReportAct.DELETE), button("button-report-dismiss", ReportAct.DISMISS)]]
    if operator:
        rows.insert(1, [button("button-report-ban", ReportAct.BAN)])
    else:
        back = GroupMenu(go=GroupGo.ROOT).pack()
        rows.append([InlineKeyboardButton(text=texts.get("button-back"), callback_data=back)])
    return InlineKeyboardMarkup(inline_keyboard=rows)
