"""/model, and the menus that choose: the presser's own default, changed in place."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.handlers.addressing import aside_of
from bot.handlers.imagine.merge import model_of, offered
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import stand_in
from bot.jobs.acceptance.redrawing import Repeat
from bot.jobs.models.health import Condition, Health
from bot.keyboards.inline import inline_model_keyboard
from bot.keyboards.models import (
    DEFAULT,
    STAY,
    ModelChoice,
    PictureModel,
    Redraw,
    UseModel,
    model_keyboard,
    page_of,
    picture_model_keyboard,
)
from bot.keyboards.picture import Action, PictureAction, SinglePicture
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts, Texts
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database


def router() -> Router:
    models = Router(name="models")
    models.message.register(model_command, Command("model", "models", ignore_case=True))
    on = models.callback_query.register
    on(choose, ModelChoice.filter())
    on(open_below_picture, PictureAction.filter(F.action == Action.MODEL))
    on(open_below_picture, SinglePicture.filter(F.action == Action.MODEL))
    on(choose_below_picture, PictureModel.filter())
    on(redraw_with, Redraw.filter())
    on(use_model, UseModel.filter())
    return models


class ModelMenus:
    """The menus, and a person's choice in them."""

    def __init__(self, catalog: Catalog, settings: Settings, health: Health, db: Database, texts: Texts) -> None:
        self._catalog = catalog
        self._settings = settings
        self._health = health
        self._db = db
        self._texts = texts

    def menu(self, person: Sender, page: int | None = None) -> Card:
        """Behind /model: the page with the chosen model, unless one is named."""
        return model_menu(person, self._catalog, self._settings, self._health, page=page)

    def below_inline(self, person: Sender, request_id: int, page: int | None = None) -> InlineKeyboardMarkup:
        """The buttons in place of an inline message's own: models that can draw now."""
        models = [model for model in offered(self._catalog, keys=person.keys) if not self._health.is_down(model.id)]
        try:
            chosen = model_of(self._catalog, person.settings, self._settings, keys=person.keys).id
        except InvalidParameter:
            chosen = ""
        turn = page_of(models, chosen) if page is None else page
        return inline_model_keyboard(person.texts, models, request_id, chosen, turn, self._health.of)

    def below_picture(self, person: Sender, request_id: int, page: int | None = None) -> Card:
        return picture_model_menu(person, self._catalog, self._settings, self._health, request_id, page=page)

    async def by_name(self, person: Sender, wanted: str) -> Card:
        """/model with an id. Raises StorageUnavailable."""
        texts, models = person.texts, {model.id: model for model in offered(self._catalog, person.group, person.keys)}
        if wanted not in models:
            return Card(texts.html("model-unknown", model=wanted[:40], valid=", ".join(models)))
        async with self._db.transaction() as unit:
            await unit.users.change(person.id, model=wanted)
        chosen = models[wanted]
        told, _ = _down(texts, chosen, list(models.values()), self._catalog, self._health)
        return Card(texts.html("model-set", label=chosen.label) + told)

    async def choose(self, press: Press, person: Sender, wanted: str) -> Sender | None:
        """The person after the press; None when the menu need not be shown anew. Answers the press."""
        words, models = person.texts, {model.id: model for model in offered(self._catalog, person.group, person.keys)}
        if wanted == STAY:
            await press.answer()
            return person
        if wanted != DEFAULT and wanted not in models:
            await press.answer(words.get("model-gone"), alert=True)
            return person
        chosen = None if wanted == DEFAULT else wanted
        if person.settings.model == chosen:
            label = model_of(self._catalog, person.settings, self._settings, person.group, person.keys).label
            await press.answer(words.get("model-already", label=label))
            return None
        async with self._db.transaction() as unit:
            changed = person.with_settings(await unit.users.change(person.id, model=chosen), self._texts)
        label = model_of(self._catalog, changed.settings, self._settings, changed.group, changed.keys).label
        await press.answer(words.get("model-set" if chosen else "model-reset", label=label))
        return changed


async def model_command(
    message: Message, command: CommandObject, person: Sender, model_menus: ModelMenus, outbox: Outbox
) -> None:
    place, wanted = aside_of(message), (command.args or "")[:100].strip().lower()
    if person.id < 0:
        card = Card(person.public.html("settings-no-person"))
    elif wanted:
        card = await model_menus.by_name(person, wanted)
    else:
        card = model_menus.menu(person)
    await outbox.reply(place, card)


async def choose(press: Press, callback_data: ModelChoice, person: Sender, model_menus: ModelMenus) -> None:
    changed = await model_menus.choose(press, person, callback_data.model)
    if changed is not None:
        await press.edit(model_menus.menu(changed, callback_data.page))


async def open_below_picture(press: Press, person: Sender, owned: Owned, model_menus: ModelMenus) -> None:
    await press.answer()
    if press.inline:
        await press.show_buttons(model_menus.below_inline(person, owned.request.id))
    elif not press.repeated():
        await press.whisper(model_menus.below_picture(person, owned.request.id))


async def choose_below_picture(
    press: Press, callback_data: PictureModel, person: Sender, owned: Owned, model_menus: ModelMenus
) -> None:
    if press.inline:
        await press.answer()
        await press.show_buttons(model_menus.below_inline(person, owned.request.id, callback_data.page))
        return
    changed = await model_menus.choose(press, person, callback_data.model)
    if changed is not None:
        await press.edit(model_menus.below_picture(changed, owned.request.id, callback_data.page))


async def redraw_with(press: Press, callback_data: Redraw, person: Sender, owned: Owned, redraws: Redraws) -> None:
    await redraws.draw(press, person, owned, Repeat(model_id=callback_data.model))


async def use_model(press: Press, callback_data: UseModel, person: Sender, model_menus: ModelMenus) -> None:
    """Below a comparison."""
    if person.id < 0:
        await press.answer(person.texts.get("press-not-yours"), alert=True)
    else:
        await model_menus.choose(press, person, callback_data.model)


def model_menu(
    person: Sender, catalog: Catalog, settings: Settings, health: Health, *, page: int | None = None
) -> Card:
    """The page with the chosen model, unless one is named."""
    texts, models = person.texts, offered(catalog, person.group, person.keys)
    if not models:
        return Card(texts.html("model-menu-empty"))
    chosen = model_of(catalog, person.settings, settings, person.group, person.keys)
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
    texts, models = person.texts, offered(catalog, person.group, person.keys)
    if not models:
        return Card(texts.html("model-menu-empty"))
    chosen = model_of(catalog, person.settings, settings, person.group, person.keys)
    told, instead = _down(texts, chosen, models, catalog, health)
    # A press here draws, so only those are offered that can draw now.
    models = [model for model in models if model.id == chosen.id or not health.is_down(model.id)]
    keyboard = picture_model_keyboard(
        texts,
        models,
        request_id=request_id,
        chosen=chosen,
        page=page_of(models, chosen.id) if page is None else page,
        vitals=health.of,
        instead=instead,
        draws=not told,
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
