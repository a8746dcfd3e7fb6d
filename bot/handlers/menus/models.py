"""/model, and the menus that choose: the presser's own default, changed in place."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.handlers.addressing import aside_below, aside_of, pressed_message
from bot.handlers.imagine.merge import model_of, offered
from bot.handlers.middlewares.callbacks import Press, RecentPresses
from bot.handlers.middlewares.sender import Sender
from bot.handlers.permissions.ownership import Ownership
from bot.handlers.picture.buttons import repeat
from bot.jobs.acceptance.parameters import stand_in
from bot.jobs.models.health import Condition, Health
from bot.jobs.service import ImagineService
from bot.keyboards.models import (
    DEFAULT,
    STAY,
    ModelChoice,
    PictureModel,
    Redraw,
    model_keyboard,
    page_of,
    picture_model_keyboard,
)
from bot.keyboards.picture import Action, PictureAction
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts, Texts
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage import Database


def router() -> Router:
    models = Router(name="models")
    models.message.register(model_command, Command("model", "models", ignore_case=True))
    on = models.callback_query.register
    on(choose, ModelChoice.filter())
    on(open_below_picture, PictureAction.filter(F.action == Action.MODEL))
    on(choose_below_picture, PictureModel.filter())
    on(redraw_with, Redraw.filter())
    return models


async def model_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    health: Health,
    db: Database,
) -> None:
    if person.id < 0:
        await outbox.reply(aside_of(message), Card(person.public.html("settings-no-person")))
        return
    texts, place, wanted = person.texts, aside_of(message), (command.args or "").strip().lower()
    if not wanted:
        await outbox.reply(place, model_menu(person, catalog, settings, health))
        return
    models = {model.id: model for model in offered(catalog, person.group)}
    if wanted not in models:
        valid = ", ".join(models)
        await outbox.reply(place, Card(texts.html("model-unknown", model=wanted[:40], valid=valid)))
        return
    async with db.transaction() as unit:
        await unit.users.change(person.id, model=wanted)
    chosen = models[wanted]
    told, _ = _down(texts, chosen, list(models.values()), catalog, health)
    await outbox.reply(place, Card(texts.html("model-set", label=chosen.label) + told))


async def choose(
    query: CallbackQuery,
    callback_data: ModelChoice,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    health: Health,
    texts: Texts,
    db: Database,
) -> None:
    if callback_data.owner != person.id:
        await press.answer(person.texts.get("press-menu-not-yours", command="/model"), alert=True)
        return
    changed = await _change(press, person, callback_data.model, catalog, settings, texts, db)
    place, shown = aside_below(query), pressed_message(query)
    if changed is not None and place is not None and shown is not None:
        await outbox.edit(place, shown, model_menu(changed, catalog, settings, health, page=callback_data.page))


async def open_below_picture(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    health: Health,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    place = aside_below(query)
    if owned is None or place is None:
        return
    await press.answer()
    if not presses.repeated(query):
        await outbox.reply(place, picture_model_menu(person, catalog, settings, health, owned.request.id))


async def choose_below_picture(
    query: CallbackQuery,
    callback_data: PictureModel,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    health: Health,
    texts: Texts,
    db: Database,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is None:
        return
    changed = await _change(press, person, callback_data.model, catalog, settings, texts, db)
    place, shown = aside_below(query), pressed_message(query)
    if changed is not None and place is not None and shown is not None:
        menu = picture_model_menu(changed, catalog, settings, health, owned.request.id, page=callback_data.page)
        await outbox.edit(place, shown, menu)


async def redraw_with(
    query: CallbackQuery,
    callback_data: Redraw,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    catalog: Catalog,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is not None:
        model_id = callback_data.model
        await repeat(query, press, person, owned, presses, service, catalog, model_id=model_id)


async def _change(
    press: Press, person: Sender, wanted: str, catalog: Catalog, settings: Settings, texts: Texts, db: Database
) -> Sender | None:
    """The person after the press; None when the menu need not be shown anew. Answers the press."""
    words, models = person.texts, {model.id: model for model in offered(catalog, person.group)}
    if wanted == STAY:
        await press.answer()
        return person
    if wanted != DEFAULT and wanted not in models:
        await press.answer(words.get("model-gone"), alert=True)
        return person
    chosen = None if wanted == DEFAULT else wanted
    if person.settings.model == chosen:
        label = model_of(catalog, person.settings, settings, person.group).label
        await press.answer(words.get("model-already", label=label))
        return None
    async with db.transaction() as unit:
        changed = person.with_settings(await unit.users.change(person.id, model=chosen), texts)
    label = model_of(catalog, changed.settings, settings, changed.group).label
    await press.answer(words.get("model-set" if chosen else "model-reset", label=label))
    return changed


def model_menu(
    person: Sender, catalog: Catalog, settings: Settings, health: Health, *, page: int | None = None
) -> Card:
    """The page with the chosen model, unless one is named."""
    texts, models = person.texts, offered(catalog, person.group)
    if not models:
        return Card(texts.html("model-menu-empty"))
    chosen = model_of(catalog, person.settings, settings, person.group)
    own_choice = person.settings.model is not None
    told, instead = _down(texts, chosen, models, catalog, health)
    key = "model-menu" if own_choice else "model-menu-default"
    keyboard = model_keyboard(
        texts,
        models,
        owner=person.id,
        chosen=chosen.id,
        page=page_of(models, chosen.id) if page is None else page,
        own_choice=own_choice,
        vitals=health.of,
        instead=instead,
    )
    return Card(texts.html(key, label=chosen.label) + told, keyboard)


def picture_model_menu(
    person: Sender, catalog: Catalog, settings: Settings, health: Health, request_id: int, *, page: int | None = None
) -> Card:
    texts, models = person.texts, offered(catalog, person.group)
    if not models:
        return Card(texts.html("model-menu-empty"))
    chosen = model_of(catalog, person.settings, settings, person.group)
    told, instead = _down(texts, chosen, models, catalog, health)
    keyboard = picture_model_keyboard(
        texts,
        models,
        request_id=request_id,
        chosen=chosen,
        page=page_of(models, chosen.id) if page is None else page,
        vitals=health.of,
        instead=instead,
    )
    return Card(texts.html("model-menu-picture", label=chosen.label) + told, keyboard)


def _down(
    texts: LanguageTexts, chosen: Model, models: list[Model], catalog: Catalog, health: Health
) -> tuple[str, Model | None]:
    """What is said of a chosen model that cannot draw now, and who is offered in its place."""
    health.wanted()
    known = health.of(chosen.id)
    if known.condition is not Condition.DOWN:
        return "", None
    reason = texts.get(f"reason-{known.reason or 'unavailable'}")
    told = texts.html("model-menu-down", label=chosen.label, reason=reason)
    return f"\n\n{told}", stand_in(catalog, chosen.id, models, health.is_down)
