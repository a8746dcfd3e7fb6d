"""The second page of a picture's buttons: the same seed on another model, and twice the size."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.handlers.addressing import place_below, pressed_message
from bot.handlers.middlewares.callbacks import Press, RecentPresses
from bot.handlers.middlewares.sender import Sender
from bot.handlers.permissions.ownership import Owned, Ownership
from bot.handlers.picture.buttons import repeat
from bot.jobs.acceptance.parameters import models_with_seeds, twice_the_size
from bot.jobs.service import ImagineService
from bot.keyboards.picture import Action, PictureAction, SameSeed, same_seed_keyboard
from bot.presenter import TextPresenter
from bot.telegram.outbox.outbox import Outbox
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage import Database
from storage.records import PictureRecord, Request

_PAGES = {Action.MORE, Action.LESS, Action.SEED}


def router() -> Router:
    more = Router(name="more")
    on = more.callback_query.register
    on(turn, PictureAction.filter(F.action.in_(_PAGES)))
    on(bigger, PictureAction.filter(F.action == Action.BIGGER))
    on(same_seed, SameSeed.filter())
    return more


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of buttons under one picture, in the language of who asked for it."""

    request: Request
    pictures: Sequence[PictureRecord]
    texts: Texts
    catalog: Catalog

    @classmethod
    async def of(cls, request: Request, db: Database, texts: Texts, catalog: Catalog) -> "Pages":
        async with db.read() as unit:
            pictures = await unit.pictures.of_request(request.id)
        return cls(request, pictures, texts, catalog)

    def page(self, action: Action) -> InlineKeyboardMarkup:
        presenter = TextPresenter(self.texts, self.catalog)
        if action is Action.SEED:
            return self.seeds()
        if action is Action.MORE:
            return presenter.more_buttons(self.request, self.pictures)
        return presenter.buttons(self.request, self.pictures)

    def seeds(self, page: int = 0) -> InlineKeyboardMarkup:
        return same_seed_keyboard(self.texts(self.request.language), self.request.id, self.models, page=page)

    @property
    def models(self) -> list[Model]:
        return models_with_seeds(self.catalog, self.request.model)

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height, in pixels; None where the pictures have several."""
        sizes = {(picture.width, picture.height) for picture in self.pictures}
        return next(iter(sizes)) if len(sizes) == 1 else None

    @property
    def twice(self) -> tuple[int, int] | None:
        if self.request.model not in self.catalog:
            return None
        return twice_the_size(self.catalog[self.request.model], self.pictures)


async def turn(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    outbox: Outbox,
    catalog: Catalog,
    texts: Texts,
    db: Database,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is None:
        return
    await press.answer()
    pages = await Pages.of(owned.request, db, texts, catalog)
    await _show(query, outbox, pages.page(callback_data.action))


async def bigger(
    query: CallbackQuery,
    callback_data: PictureAction,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    outbox: Outbox,
    catalog: Catalog,
    texts: Texts,
    db: Database,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is None:
        return
    pages = await Pages.of(owned.request, db, texts, catalog)
    if pages.twice is None:  # the model has other bounds by now, or the press is forged
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    if await repeat(query, press, person, owned, presses, service, catalog, size=pages.twice):
        await _show(query, outbox, pages.page(Action.LESS))


async def same_seed(
    query: CallbackQuery,
    callback_data: SameSeed,
    bot: Bot,
    press: Press,
    person: Sender,
    owners: Ownership,
    presses: RecentPresses,
    service: ImagineService,
    outbox: Outbox,
    catalog: Catalog,
    texts: Texts,
    db: Database,
) -> None:
    owned = await owners.pressed(query, person, press, bot, callback_data.request_id)
    if owned is None:
        return
    pages = await Pages.of(owned.request, db, texts, catalog)
    if not callback_data.model:
        await press.answer()
        await _show(query, outbox, pages.seeds(callback_data.page))
        return
    model = next((model for model in pages.models if model.id == callback_data.model), None)
    if model is None:
        await press.answer(person.texts.get("model-gone"), alert=True)
        return
    if await _draw_with(query, press, person, owned, presses, service, catalog, pages, model):
        await _show(query, outbox, pages.page(Action.LESS))


async def _draw_with(
    query: CallbackQuery,
    press: Press,
    person: Sender,
    owned: Owned,
    presses: RecentPresses,
    service: ImagineService,
    catalog: Catalog,
    pages: Pages,
    model: Model,
) -> bool:
    """The same seed and size: what is to be compared is the models. A size that the other one cannot choose is not
    asked for."""
    size = pages.size if model.capabilities.takes("width") else None
    return await repeat(query, press, person, owned, presses, service, catalog, model_id=model.id, size=size)


async def _show(query: CallbackQuery, outbox: Outbox, keyboard: InlineKeyboardMarkup) -> None:
    place, shown = place_below(query), pressed_message(query)
    if place is not None and shown is not None:
        await outbox.keyboard(place, shown, keyboard)
