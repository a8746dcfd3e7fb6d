"""The buttons under placeholders, pictures, sheets and failures."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from bot.clock import Clock
from bot.handlers.addressing import place_below, pressed_message
from bot.handlers.imagine.message_input import PictureTooBigError, wish_of
from bot.handlers.imagine.refusals import refusal_toast
from bot.handlers.imagine.submit import Asker
from bot.handlers.middlewares.callbacks import Press, RecentPresses, source_of
from bot.handlers.middlewares.sender import Sender, speaker_of
from bot.handlers.permissions.ownership import Owned, Ownership
from bot.jobs.contracts import Refused
from bot.jobs.service import CancelResult, ImagineService
from bot.keyboards.picture import Action, DrawNow, DrawShort, DrawWith, PictureAction, SendFull
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card, Outbox
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import OPEN_STATES

Handler: TypeAlias = Callable[..., Awaitable[None]]


def router() -> Router:
    pictures = Router(name="pictures")
    on = pictures.callback_query.register
    on(cancel, PictureAction.filter(F.action == Action.CANCEL))
    on(redraw, PictureAction.filter(F.action.in_({Action.AGAIN, Action.VARY, Action.RETRY})))
    on(send_full, SendFull.filter())
    on(shorten, PictureAction.filter(F.action == Action.SHORTEN))
    on(draw_now, DrawNow.filter())
    on(draw_short, DrawShort.filter())
    on(draw_with, DrawWith.filter())
    return pictures


async def cancel(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    service: ImagineService,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    shown = pressed_message(query)
    if owned is None or shown is None:
        return
    texts, request = person.texts, owned.request
    if request.state in OPEN_STATES:
        # Said before it is done: showing the end may have to wait for the chat's budget.
        await press.answer(texts.get("press-stopping"))
    await service.heal(request.id, shown)
    result = await service.cancel(request.id, by=person.id, admin=owned.admin)
    await press.answer(texts.get("cancel-done" if result is CancelResult.CANCELLED else "cancel-ended"))


async def redraw(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    catalog: Catalog,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is None:
        return
    fresh_seed = callback_data.action is Action.VARY
    await repeat(query, press, person, owned, presses, service, catalog, fresh_seed=fresh_seed)


async def shorten(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    catalog: Catalog,
) -> None:
    """Below a failure: the back-end does not say how long a prompt may be, so each press halves it."""
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is not None:
        words = owned.request.full_prompt or owned.request.prompt
        prompt = shortened(words, max(len(words) // 2, 1))
        await repeat(query, press, person, owned, presses, service, catalog, prompt=prompt)


async def repeat(
    query: CallbackQuery,
    press: Press,
    person: Sender,
    owned: Owned,
    presses: RecentPresses,
    service: ImagineService,
    catalog: Catalog,
    *,
    fresh_seed: bool = False,
    model_id: str | None = None,
    size: tuple[int, int] | None = None,
    prompt: str | None = None,
) -> bool:
    """Draw it again for whoever pressed, once for all presses of a moment. Whether it is drawn."""
    texts, place = person.texts, place_below(query)
    if place is None:
        return False
    if presses.repeated(query):
        await press.answer(texts.get("press-once"))
        return False
    outcome = await service.repeat(
        owned.request.id,
        source=source_of(query),
        requester_id=person.id,
        place=place,
        fresh_seed=fresh_seed,
        model_id=model_id,
        language=person.public.language,
        size=size,
        prompt=prompt,
        admin=owned.exempt,
    )
    if isinstance(outcome, Refused):
        await press.answer(refusal_toast(texts, outcome, catalog), alert=True)
        return False
    await press.answer(texts.get("press-accepted"))
    return True


async def send_full(
    query: CallbackQuery,
    callback_data: SendFull,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    db: Database,
    outbox: Outbox,
) -> None:
    async with db.read() as unit:
        picture = await unit.pictures.get(callback_data.picture_id)
    texts, place = person.texts, place_below(query)
    if picture is None or place is None:
        await press.answer(texts.get("press-outdated"), alert=True)
        return
    if await owners.pressed(query, person, press, bot, picture.request_id) is None:
        return
    if presses.repeated(query):
        await press.answer(texts.get("press-once"))
        return
    # Uploading may take longer than a press waits for its answer.
    await press.answer(texts.get("press-sending"))
    if not await service.send_full(picture.id, place):
        await outbox.reply(place, Card(texts.html("press-picture-gone")))


async def draw_now(
    query: CallbackQuery,
    bot: Bot,
    press: Press,
    person: Sender,
    asker: Asker,
    presses: RecentPresses,
    db: Database,
    clock: Clock,
    outbox: Outbox,
) -> None:
    """Below an answer that said "too late": the message it answers is still the wish, and counts from now."""
    await _draw_answered(query, bot, press, person, asker, presses, db, clock, outbox)


async def draw_short(
    query: CallbackQuery,
    bot: Bot,
    press: Press,
    person: Sender,
    asker: Asker,
    presses: RecentPresses,
    db: Database,
    clock: Clock,
    outbox: Outbox,
) -> None:
    """Below an answer that said "too long": likewise, as far as it fits."""
    await _draw_answered(query, bot, press, person, asker, presses, db, clock, outbox, shorten=True)


async def draw_with(
    query: CallbackQuery,
    callback_data: DrawWith,
    bot: Bot,
    press: Press,
    person: Sender,
    asker: Asker,
    presses: RecentPresses,
    db: Database,
    clock: Clock,
    outbox: Outbox,
) -> None:
    """Below an answer that said "not with this model": likewise, with another."""
    model_id = callback_data.model
    await _draw_answered(query, bot, press, person, asker, presses, db, clock, outbox, model_id=model_id)


async def _draw_answered(
    query: CallbackQuery,
    bot: Bot,
    press: Press,
    person: Sender,
    asker: Asker,
    presses: RecentPresses,
    db: Database,
    clock: Clock,
    outbox: Outbox,
    *,
    shorten: bool = False,
    model_id: str | None = None,
) -> None:
    answer = query.message
    wished = answer.reply_to_message if isinstance(answer, Message) else None
    place = place_below(query)
    if wished is None or place is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    speaker = speaker_of(wished)
    if speaker is None or speaker[0] != person.id:
        await press.answer(person.texts.get("press-not-yours"), alert=True)
        return
    if presses.repeated(query):
        await press.answer(person.texts.get("press-once"))
        return
    try:
        wish = await wish_of(wished, await bot.me(), db)
    except PictureTooBigError:
        await press.answer(person.texts.get("error-input-size"), alert=True)
        return
    if await asker.ask(wished, wish, person, asked_at=clock.now(), shorten=shorten, model_id=model_id):
        await press.answer(person.texts.get("press-accepted"))
        await outbox.delete(place, answer.message_id if answer else 0)
