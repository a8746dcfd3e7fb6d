"""Reports of pictures: shown to the operators, and in a group's menu to its admins. The first decision counts."""

import structlog
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.addressing import aside_of
from bot.handlers.menus.group import GroupMenus
from bot.handlers.operator.desk import OperatorDesk
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import DAY
from bot.jobs.lifecycle.video import sent_video
from bot.keyboards.report import GroupReports, ReportAct, ReportDecide, ReportPicture, report_keyboard
from bot.pictures.sheet import MAX_PICTURES, sheet
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, FinalPicture, Outbox
from bot.telegram.rate_limit.priority import Priority, lane
from bot.texts.fluent import LanguageTexts, Texts, choose
from bot.texts.lengths import shorten
from providers.pictures.budget import within_budget
from providers.tasks import VIDEO
from storage import Database
from storage.records import PictureRecord, Report, Request, RequestState

log = structlog.stdlib.get_logger(__name__)

DAILY = 10  # reports of one person
PROMPT_LENGTH = 600  # a caption has 1024
BY_GROUP = "dismissed-group"  # by an admin of the group; operators can still decide
OUTCOMES = {ReportAct.DELETE: "deleted", ReportAct.BAN: "banned", ReportAct.DISMISS: "dismissed"}


def router() -> Router:
    reports = Router(name="reports")
    reports.message.register(report_command, Command("report", ignore_case=True))
    on = reports.callback_query.register
    on(report_pressed, ReportPicture.filter())
    on(decide, ReportDecide.filter())
    on(open_in_group, GroupReports.filter())
    return reports


class Reports:
    """Stores reports and decides on them. Methods raise StorageUnavailable."""

    def __init__(
        self, db: Database, outbox: Outbox, texts: Texts, operators: frozenset[int], desk: OperatorDesk, clock: Clock
    ) -> None:
        self._db = db
        self._outbox = outbox
        self._texts = texts
        self._operators = operators
        self._desk = desk
        self._clock = clock

    async def shown_by(self, message: Message) -> Request | None:
        """The request whose picture a message shows, if there is one."""
        chat_id, number = message.chat.id, message.message_id
        async with self._db.read() as unit:
            request = await unit.requests.by_message(chat_id, number)
            if request is None and (picture := await unit.pictures.by_message(chat_id, number)) is not None:
                request = await unit.requests.get(picture.request_id)
        return request

    async def report(self, request: Request, by: int) -> str:
        """Stores a report by a person and tells the operators. Returns the key of the text that answers."""
        if request.state is not RequestState.DELIVERED:
            return "report-nothing"
        async with self._db.transaction() as unit:
            if await unit.reports.count_since(by, self._clock.now() - DAY) >= DAILY:
                return "report-too-many"
            report = await unit.reports.add(request.id, by)
            pictures = await unit.pictures.of_request(request.id) if report is not None else []
        if report is None:
            return "report-known"
        log.info("picture reported", request=request.id, user=request.requester_id, chat=request.chat_id, by=by)
        await self._tell(report, request, pictures)
        return "report-taken"

    async def decide(self, report: Report, request: Request, act: ReportAct, by: int, *, operator: bool) -> bool:
        """Stores the decision and carries it out. False: somebody has decided already. A ban stays even if the picture
        cannot be deleted."""
        outcome = OUTCOMES[act]
        stored = outcome if operator or act is not ReportAct.DISMISS else BY_GROUP
        async with self._db.transaction() as unit:
            if not await unit.reports.decide(report.id, stored, over=BY_GROUP if operator else None):
                return False
            await unit.moderation.note(by, f"report {outcome}", request.requester_id, f"request {request.id}")
        if act is ReportAct.BAN:
            await self._desk.ban(self._texts(choose(None, None)), by, request.requester_id, None, "")
        if act is not ReportAct.DISMISS:
            await self._delete(request)
        return True

    def spared(self, by: int, person: int) -> str | None:
        """The key of the text that says why this operator cannot ban this person; None: they can."""
        if by == person:
            return "admin-ban-oneself"
        return "admin-ban-operator" if person in self._operators else None

    async def of(self, report_id: int) -> tuple[Report, Request] | None:
        async with self._db.read() as unit:
            report = await unit.reports.get(report_id)
            request = await unit.requests.get(report.request_id) if report is not None else None
        return None if report is None or request is None else (report, request)

    async def in_group(self, texts: LanguageTexts, chat_id: int) -> Card | None:
        """The oldest undecided report in a group, as a card; None: there is none."""
        async with self._db.read() as unit:
            report = await unit.reports.oldest_in(chat_id)
            request = await unit.requests.get(report.request_id) if report is not None else None
        if report is None or request is None:
            return None
        prompt, link = shorten(request.prompt, PROMPT_LENGTH), link_to(request)
        words = texts.html("report-in-group", prompt=prompt, link=link or "–")
        return Card(words, report_keyboard(texts, report.id, operator=False))

    async def card(self, texts: LanguageTexts, report: Report, request: Request, outcome: str | None = None) -> Card:
        """The report as a card for operators."""
        person = request.requester_id
        async with self._db.read() as unit:
            names = await unit.moderation.names_of([person, report.by])
            chat = await unit.chats.get(request.chat_id)
        words = texts.html(
            "report-card",
            request=str(request.id),
            person=f"@{names[person]} ({person})" if person in names else str(person),
            chat=(chat.title if chat is not None else None) or str(request.chat_id),
            by=f"@{names[report.by]}" if report.by in names else str(report.by),
            model=request.model,
            prompt=shorten(request.prompt, PROMPT_LENGTH),
        )
        if outcome is not None:
            return Card(f"{words}\n{texts.html(f'report-{outcome}')}")
        return Card(words, report_keyboard(texts, report.id, operator=True))

    async def _tell(self, report: Report, request: Request, pictures: list[PictureRecord]) -> None:
        picture = await _shown(request, pictures)
        for operator in sorted(self._operators):
            async with self._db.read() as unit:
                language = (await unit.users.settings(operator)).language
            card, place = await self.card(self._texts(choose(None, language)), report, request), Destination(operator)
            try:
                if picture is None:
                    await self._outbox.reply(place, card)
                else:
                    await self._outbox.send_picture(place, picture, card)
            except (ChatGone, DeliveryFailed) as error:
                log.warning("operator not told of a report", user=operator, reason=error.reason)

    async def _delete(self, request: Request) -> None:
        """Deletes the messages, as far as Telegram lets the bot (48 hours, or as an admin), and what is stored of the
        request."""
        async with self._db.transaction() as unit:
            shown = await unit.pictures.messages_of(request.id)
            shown += [(sheet.chat_id, sheet.message_id) for sheet in await unit.sheets.of_request(request.id)]
            await unit.history.erase(request.id)
        if request.message_id is not None:
            shown.append((request.chat_id, request.message_id))
        for chat_id, message_id in shown:
            with lane(Priority.FINAL):  # before other calls that wait for the group
                await self._outbox.delete(Destination(chat_id), message_id)


def link_to(request: Request) -> str | None:
    """A link to the picture's message, for members of the chat; only supergroups have such links."""
    number = str(request.chat_id)
    if not number.startswith("-100") or request.message_id is None:
        return None
    return f"https://t.me/c/{number.removeprefix('-100')}/{request.message_id}"


async def _shown(request: Request, pictures: list[PictureRecord]) -> FinalPicture | None:
    """The picture that operators see, under a spoiler: Telegram's own copy of a single picture, or the thumbnails as a
    sheet."""
    small = [picture.thumbnail for picture in pictures[:MAX_PICTURES] if picture.thumbnail is not None]
    if not small:
        return None
    if len(small) > 1:
        return FinalPicture(await within_budget(sheet, small), "reported.jpg", spoiler=True)
    file_id = pictures[0].file_id
    if request.parameters.task == VIDEO and file_id is not None:
        return sent_video(file_id, "reported", request.message_kind, spoiler=True)
    if request.parameters.as_document:
        file_id = None
    return FinalPicture(small[0], "reported.jpg", spoiler=True, file_id=file_id)


async def report_command(message: Message, person: Sender, reports: Reports, outbox: Outbox) -> None:
    """/report in reply to a picture."""
    replied = message.reply_to_message
    request = await reports.shown_by(replied) if replied is not None else None
    key = "report-nothing" if request is None else await reports.report(request, person.id)
    await outbox.reply(aside_of(message), Card(person.texts.html(key)))


async def report_pressed(press: Press, person: Sender, reported: Request, reports: Reports) -> None:
    await press.answer(person.texts.get(await reports.report(reported, person.id)), alert=True)


async def decide(
    press: Press, callback_data: ReportDecide, person: Sender, reports: Reports, group_menus: GroupMenus
) -> None:
    """A button that decides. `PressRights` admits operators in private chats, and admins in their groups."""
    found, texts, group = await reports.of(callback_data.report_id), person.texts, person.group
    act = callback_data.act
    if found is None or (group is not None and (found[1].chat_id != group.chat_id or act is ReportAct.BAN)):
        await press.answer(texts.get("report-gone"), alert=True)
        return
    report, request = found
    if act is ReportAct.BAN and (why := reports.spared(person.id, request.requester_id)) is not None:
        await press.answer(texts.get(why), alert=True)
        return
    done = await reports.decide(report, request, act, person.id, operator=group is None)
    await press.answer(texts.get(f"report-{OUTCOMES[act]}" if done else "report-decided"))
    if group is None:
        await press.edit(await reports.card(texts, report, request, OUTCOMES[act] if done else "decided"))
        return
    await press.edit(await reports.in_group(texts, group.chat_id) or await group_menus.card(person, group))


async def open_in_group(press: Press, person: Sender, reports: Reports, group_menus: GroupMenus) -> None:
    group = person.group
    await press.answer()
    if group is not None:
        await press.edit(await reports.in_group(person.texts, group.chat_id) or await group_menus.card(person, group))
