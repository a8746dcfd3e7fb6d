"""/export: a person's prompts, parameters and payments as JSON, and their pictures as albums; in private chats only.

The file is written and sent in parts, and a press sends a limited number of pictures, so that no step grows with the
history.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message
from cachetools import TTLCache

from bot.credit_plan import CreditPlan
from bot.handlers.addressing import place_of
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import MILLION
from bot.jobs.acceptance.styling import is_fixed
from bot.jobs.lifecycle.video import sent_video
from bot.keyboards.history import ExportPictures, export_keyboard
from bot.telegram.outbox.outbox import Card, DeliveryFailed, Destination, FinalPicture, Outbox
from providers.tasks import CUTOUT, VIDEO
from storage import Database
from storage.records import Balance, ExportEntry, Parameters, Payment, PaymentState, Preset, UserSettings

BATCH = 500  # pictures read at a time
PART = 8_000_000  # bytes of a file, about; a bot may send 50 MB
PART_ROWS = 20_000  # pictures of a file
ALBUM = 10  # pictures; Telegram's limit
AT_ONCE = 50  # pictures sent at a press
PAUSE = 60.0  # seconds between two exports of a person
REMEMBERED = 4096  # exports within that time
_TOLD = (
    *("negative_prompt", "aspect_ratio", "steps", "guidance_scale", "strength"),
    *("checkpoint", "sampler", "scheduler", "vae", "loras", "zoom", "pan", "task", "upscaler"),
)


def router() -> Router:
    export = Router(name="export")
    export.message.register(export_command, Command("export", ignore_case=True))
    export.callback_query.register(send_pictures, ExportPictures.filter())
    return export


@dataclass
class _Sent:
    sent: int = 0
    lost: int = 0
    last: int = 0


@dataclass
class _File:
    """One part of the export while it is written."""

    rows: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, entry: ExportEntry) -> None:
        row = json.dumps(_row(entry), ensure_ascii=False)
        self.rows.append(row)
        self.size += len(row.encode("utf-8", "replace")) + 4

    @property
    def full(self) -> bool:
        return self.size >= PART or len(self.rows) >= PART_ROWS

    def data(self, about: dict[str, object]) -> bytes:
        head = json.dumps(about, ensure_ascii=False)[1:-1]
        body = ",\n  ".join(self.rows)
        return f'{{{head}{", " if head else ""}"pictures": [\n  {body}\n]}}\n'.encode("utf-8", "replace")


class Exports:
    """Reads and sends what one person has. All coroutines may raise StorageUnavailable."""

    def __init__(self, db: Database, outbox: Outbox, now: Callable[[], float], plan: CreditPlan) -> None:
        self._db = db
        self._outbox = outbox
        self._plan = plan
        self._recent: TTLCache[int, bool] = TTLCache(REMEMBERED, PAUSE, timer=now)

    def repeated(self, person_id: int) -> bool:
        """Whether this person had an export within `PAUSE` seconds; counts this one if not."""
        if person_id in self._recent:
            return True
        self._recent[person_id] = True
        return False

    async def send_files(self, person: Sender, place: Destination) -> int:
        """Sends all prompts and parameters. Returns how many of the pictures Telegram still has. Raises ChatGone and
        DeliveryFailed."""
        async with self._db.read() as unit:
            settings, presets = await unit.users.settings(person.id), await unit.presets.of(person.id)
            has = await unit.credits.balance(person.id, free=self._plan.free)
        about: dict[str, object] = {"version": 1, "settings": _settings(settings)}
        about["presets"] = [_preset(preset) for preset in presets]
        payments = await self._payments(person.id)
        if self._plan.packs or payments or has != Balance():
            about["credits"], about["payments"] = _balance(has), payments
        part, after, kept, current = 0, 0, 0, _File()
        while True:
            entries = await self._entries(person.id, after)
            for entry in entries:
                current.add(entry)
            kept += sum(entry.file_id is not None for entry in entries)
            done = len(entries) < BATCH
            if current.full or (done and (current.rows or presets or payments) and (current.rows or not part)):
                part += 1
                await self._send_file(person, place, current.data(about if part == 1 else {}), part, len(current.rows))
                current = _File()
            if done:
                break
            after = entries[-1].picture_id
            await asyncio.sleep(0)
        if not part:
            await self._outbox.reply(place, Card(person.texts.html("export-empty")))
        return kept

    async def send_pictures(self, person: Sender, place: Destination, after: int) -> tuple[_Sent, int]:
        """Sends the next pictures as albums. Returns what was sent and how many are left. Raises ChatGone."""
        waiting, left = await self._kept(person.id, after)
        result = _Sent(last=after)
        for start in range(0, len(waiting), ALBUM):
            await self._send_some(place, waiting[start : start + ALBUM], result)
        return result, left

    async def _entries(self, person_id: int, after: int) -> list[ExportEntry]:
        async with self._db.read() as unit:
            return await unit.history.export(person_id, after=after, limit=BATCH)

    async def _payments(self, person_id: int) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        after = 0
        while True:
            async with self._db.read() as unit:
                payments = await unit.credits.payments_after(person_id, after, limit=BATCH)
            found += [_payment(payment) for payment in payments]
            if len(payments) < BATCH:
                return found
            after = payments[-1].id

    async def _kept(self, person_id: int, after: int) -> tuple[list[ExportEntry], int]:
        """The first AT_ONCE pictures that Telegram still has, and how many more there are."""
        found: list[ExportEntry] = []
        left = 0
        while entries := await self._entries(person_id, after):
            kept = [entry for entry in entries if entry.file_id is not None]
            room = AT_ONCE - len(found)
            found += kept[:room]
            left += len(kept[room:])
            after = entries[-1].picture_id
            await asyncio.sleep(0)
        return found, left

    async def _send_file(self, person: Sender, place: Destination, data: bytes, part: int, count: int) -> None:
        texts = person.texts
        text = texts.html("export-file", count=count) if part == 1 else texts.html("export-more", part=part)
        name = "imagine-export.json" if part == 1 else f"imagine-export-{part}.json"
        await self._outbox.send_document(place, FinalPicture(data, name), Card(text))

    async def _send_some(self, place: Destination, entries: Sequence[ExportEntry], result: _Sent) -> None:
        """Sends pictures as albums, photos and files apart. Sends them one by one if Telegram refuses the album, and
        videos always."""
        for entry in entries:
            if entry.parameters.task == VIDEO and entry.file_id is not None:
                covered = entry.adult or entry.parameters.spoiler
                await self._count_one(place, sent_video(entry.file_id, "", entry.message_kind, spoiler=covered), result)
        for as_document in (False, True):
            pictures = [
                FinalPicture(
                    None,
                    as_document=as_document,
                    spoiler=entry.adult or entry.parameters.spoiler,
                    file_id=entry.file_id,
                )
                for entry in entries
                if _as_document(entry) is as_document and entry.parameters.task != VIDEO
            ]
            if len(pictures) > 1 and await self._outbox.album(place, pictures):
                result.sent += len(pictures)
                continue
            for picture in pictures:
                await self._count_one(place, picture, result)
        result.last = entries[-1].picture_id

    async def _count_one(self, place: Destination, picture: FinalPicture, result: _Sent) -> None:
        if await self._send_one(place, picture):
            result.sent += 1
        else:
            result.lost += 1

    async def _send_one(self, place: Destination, picture: FinalPicture) -> bool:
        """Sends one picture in the form that it has at Telegram. Raises ChatGone."""
        forms = [replace(picture, as_document=as_document) for as_document in (False, True)]
        if picture.as_document:
            forms.reverse()
        for form in forms[:1] if picture.motion is not None else forms:
            try:
                await self._outbox.send_picture(place, form, Card(""))
            except DeliveryFailed as error:
                if error.temporary:
                    return False
            else:
                return True
        return False


async def export_command(message: Message, person: Sender, exports: Exports, outbox: Outbox) -> None:
    texts, place = person.texts, place_of(message)
    if message.chat.type != ChatType.PRIVATE:
        await outbox.reply(place, Card(texts.html("export-in-private")))
        return
    if exports.repeated(person.id):
        await outbox.reply(place, Card(texts.html("export-wait")))
        return
    kept = await exports.send_files(person, place)
    if kept:
        keyboard = export_keyboard(texts, person.id, 0, min(kept, AT_ONCE))
        await outbox.reply(place, Card(texts.html("export-pictures", count=kept), keyboard))


async def send_pictures(press: Press, callback_data: ExportPictures, person: Sender, exports: Exports) -> None:
    texts, place = person.texts, press.place
    if place is None or press.repeated():
        await press.answer(texts.get("press-once"))
        return
    await press.answer(texts.get("press-sending"))
    result, left = await exports.send_pictures(person, place, callback_data.after)
    lines = [texts.html("export-sent", count=result.sent)]
    if result.lost:
        lines.append(texts.html("export-lost", count=result.lost))
    keyboard = None
    if left:
        lines.append(texts.html("export-left", count=left))
        keyboard = export_keyboard(texts, person.id, result.last, min(left, AT_ONCE))
    await press.edit(Card(" ".join(lines), keyboard))


def _as_document(entry: ExportEntry) -> bool:
    covered = entry.adult or entry.parameters.spoiler
    return (entry.parameters.as_document and not covered) or (entry.parameters.task == CUTOUT and not entry.adult)


def _row(entry: ExportEntry) -> dict[str, object]:
    """What was asked for, named like the flags; only what was given."""
    own = entry.variant
    prompt = (own.prompt if own is not None else "") or entry.prompt
    whole = (own.full_prompt or own.prompt if own is not None else "") or entry.full_prompt
    row: dict[str, object] = {
        "id": entry.picture_id,
        "request": entry.request_id,
        "asked_at": entry.asked_at.isoformat(),
        "prompt": prompt,
        "model": entry.model,
        **({"seed": entry.seed} if entry.of_run == 1 else {}),
        "width": entry.width,
        "height": entry.height,
        **_parameters(entry.parameters),
    }
    if whole and whole != prompt:
        row["full_prompt"] = whole
    if entry.words is not None and entry.words.prompt:
        row["drawn_prompt"] = entry.words.prompt
    if entry.words is not None and entry.words.negative_prompt:
        row["drawn_negative_prompt"] = entry.words.negative_prompt
    if own is not None and own.words:
        row["chosen"] = list(own.words)
    if entry.favourite:
        row["favourite"] = True
    if entry.file_id is not None:
        row["telegram_file_id"] = entry.file_id
    return row


def _parameters(asked: Parameters) -> dict[str, object]:
    told: dict[str, object] = {name: value for name in _TOLD if (value := getattr(asked, name)) not in (None, ())}
    if asked.styles:
        told["styles"] = list(asked.styles)
    if pictures := [file_id for file_id in asked.input_file_ids if not is_fixed(file_id)]:
        told["source_images"] = pictures
    if asked.mask_file_id is not None:
        told["mask"] = asked.mask_file_id
    return told


def _settings(settings: UserSettings) -> dict[str, object]:
    names = ("language", "model", "aspect_ratio", "steps", "guidance_scale", "negative_prompt", "seed", "strength")
    told: dict[str, object] = {name: value for name in names if (value := getattr(settings, name)) is not None}
    told |= {"count": settings.count, "send_as_file": settings.as_document, "spoiler": settings.spoiler}
    told |= {"translate": settings.translate, "enhance": settings.enhance, "follow_up": settings.follow_up or "auto"}
    if settings.picked:
        told["picked"] = {
            model: {name: value for name, value in asdict(picked).items() if value} for model, picked in settings.picked
        }
    return told | ({"styles": list(settings.styles)} if settings.styles else {})


def _balance(has: Balance) -> dict[str, object]:
    return {"bought": has.paid / MILLION, "free_today": has.free / MILLION, "reserved": has.held / MILLION}


def _payment(payment: Payment) -> dict[str, object]:
    """One payment. `refund` says whether a refund was asked for, or made."""
    told: dict[str, object] = {
        "charge": payment.charge_id,
        "at": payment.at.isoformat(),
        "stars": payment.stars,
        "credits": payment.amount / MILLION,
    }
    if payment.recurring:
        told["subscription"] = True
    if payment.until is not None:
        told["subscription_until"] = payment.until.isoformat()
    if payment.state is not PaymentState.CREDITED:
        told["refund"] = "made" if payment.state is PaymentState.REFUNDED else "asked for"
    return told


def _preset(preset: Preset) -> dict[str, object]:
    told: dict[str, object] = {"name": preset.name, "prompt": preset.prompt, **_parameters(preset.parameters)}
    return told if preset.model is None else told | {"model": preset.model}
