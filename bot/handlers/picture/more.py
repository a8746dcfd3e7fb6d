"""The second page of a picture's buttons, the menu of models for its seed, and the buttons below one picture of a
sheet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from aiogram import F, Router
from aiogram.types import InlineKeyboardMarkup

from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.buttons import OTHER_SEED
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.parameters import models_with_seeds, twice_the_size
from bot.jobs.acceptance.redrawing import Repeat
from bot.jobs.models.health import Health
from bot.keyboards.picture import (
    Action,
    PictureAction,
    SameSeed,
    SinglePicture,
    WithStrength,
    same_seed_keyboard,
    strength_keyboard,
)
from bot.pictures.sheet import ON_ONE
from bot.presenter import TextPresenter
from bot.telegram.inline_mode import InlineMode
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage import Database
from storage.records import PictureRecord, Request, Sheet

_PAGES = {Action.MORE, Action.LESS, Action.SEED, Action.STRENGTH}
_SINGLES = {Action.AGAIN, Action.SAME, Action.BIGGER}


def router() -> Router:
    more = Router(name="more")
    on = more.callback_query.register
    on(turn, PictureAction.filter(F.action.in_(_PAGES)))
    on(star, PictureAction.filter(F.action == Action.STAR))
    on(star, SinglePicture.filter(F.action == Action.STAR))
    on(bigger, PictureAction.filter(F.action == Action.BIGGER))
    on(enhance, PictureAction.filter(F.action == Action.ENHANCE))
    on(prompts, PictureAction.filter(F.action == Action.PROMPTS))
    on(prompts, SinglePicture.filter(F.action == Action.PROMPTS))
    on(same_seed, SameSeed.filter())
    on(with_strength, WithStrength.filter())
    on(single, SinglePicture.filter(F.action.in_(_SINGLES)))
    return more


@dataclass(frozen=True, slots=True)
class PicturePages:
    """The pages of buttons under one request's picture, in the language of who asked for it."""

    request: Request
    pictures: Sequence[PictureRecord]
    texts: Texts
    catalog: Catalog
    health: Health
    inline: InlineMode
    enhances: bool = False
    elsewhere: Collection[int] = ()  # pictures (ids) that have their buttons on further sheets

    @property
    def presenter(self) -> TextPresenter:
        return TextPresenter(self.texts, self.catalog, self.health, self.inline, enhances=self.enhances)

    def page(self, action: Action) -> InlineKeyboardMarkup:
        presenter = self.presenter
        if action is Action.SEED:
            return self.seeds()
        if action is Action.STRENGTH:
            return strength_keyboard(
                self.texts(self.request.language), self.request.id, self.request.parameters.strength
            )
        if action is Action.MORE:
            return presenter.more_buttons(self.request, self.pictures)
        return presenter.buttons(self.request, self.pictures, self.elsewhere)

    def seeds(self, page: int = 0) -> InlineKeyboardMarkup:
        texts, models = self.texts(self.request.language), self.models
        return same_seed_keyboard(texts, self.request.id, models, page=page, vitals=self.health.of)

    @property
    def models(self) -> list[Model]:
        """Those that take the seed and can draw now."""
        models = models_with_seeds(self.catalog, self.request.model)
        return [model for model in models if not self.health.is_down(model.id)]

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels; None: the pictures have several sizes."""
        sizes = {(picture.width, picture.height) for picture in self.pictures}
        return next(iter(sizes)) if len(sizes) == 1 else None

    @property
    def twice(self) -> tuple[int, int] | None:
        if self.request.model not in self.catalog:
            return None
        return twice_the_size(self.catalog[self.request.model], self.pictures)


class PictureMenus:
    """Builds the pages of buttons of a request."""

    def __init__(
        self,
        db: Database,
        texts: Texts,
        catalog: Catalog,
        health: Health,
        inline: InlineMode,
        *,
        enhances: bool = False,
    ) -> None:
        self._enhances = enhances
        self._inline = inline
        self._db = db
        self._texts = texts
        self._catalog = catalog
        self._health = health

    async def of(self, owned: Owned) -> PicturePages:
        """Of one picture alone where the button names it. Raises StorageUnavailable."""
        pictures: Sequence[PictureRecord] = [owned.picture] if owned.picture is not None else []
        sheets = list[Sheet]()
        if not pictures:
            async with self._db.read() as unit:
                pictures = await unit.pictures.of_request(owned.request.id)
                if len(pictures) > ON_ONE:
                    sheets = await unit.sheets.of_request(owned.request.id)
        elsewhere = {picture.id for sheet in sheets for picture in pictures[sheet.pictures]}
        return PicturePages(
            owned.request, pictures, self._texts, self._catalog, self._health, self._inline, self._enhances, elsewhere
        )

    async def first(self, owned: Owned) -> InlineKeyboardMarkup:
        """The buttons that there are at first. Raises StorageUnavailable."""
        if owned.picture is None:
            return (await self.of(owned)).page(Action.LESS)
        async with self._db.read() as unit:
            pictures = await unit.pictures.of_request(owned.request.id)
        number = next((at for at, one in enumerate(pictures, 1) if one.id == owned.picture.id), 1)
        presenter = TextPresenter(self._texts, self._catalog, self._health, self._inline)
        return presenter.full(owned.request, owned.picture, number).keyboard or InlineKeyboardMarkup(inline_keyboard=[])

    async def starred(self, owned: Owned) -> tuple[InlineKeyboardMarkup | None, bool]:
        """The buttons once the star of its only picture, or of the one that the button names, has changed, and whether
        it is a favourite now. No buttons: it is a sheet. Raises StorageUnavailable."""
        request = owned.request
        async with self._db.transaction() as unit:
            pictures = await unit.pictures.of_request(request.id)
            number = next((at for at, one in enumerate(pictures) if owned.picture and one.id == owned.picture.id), 0)
            if not pictures or (owned.picture is None and len(pictures) > 1):
                return None, False
            favourite = not pictures[number].favourite
            await unit.pictures.star(pictures[number].id, favourite=favourite)
        changed = replace(pictures[number], favourite=favourite)
        presenter = TextPresenter(self._texts, self._catalog, self._health, self._inline)
        if owned.picture is not None:
            return presenter.full(request, changed, number + 1).keyboard, favourite
        return presenter.buttons(request, [changed]), favourite


async def turn(press: Press, callback_data: PictureAction, owned: Owned, picture_menus: PictureMenus) -> None:
    await press.answer()
    pages = await picture_menus.of(owned)
    await press.show_buttons(pages.page(callback_data.action))


async def star(press: Press, person: Sender, owned: Owned, picture_menus: PictureMenus) -> None:
    """The star. Only for the person who asked, because it is their history that has favourites."""
    if owned.request.requester_id != person.id:
        await press.answer(person.texts.get("press-not-yours"), alert=True)
        return
    keyboard, favourite = await picture_menus.starred(owned)
    if keyboard is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    await press.answer(person.texts.get("favourite-added" if favourite else "favourite-removed"))
    await press.show_buttons(keyboard)


async def bigger(press: Press, person: Sender, owned: Owned, picture_menus: PictureMenus, redraws: Redraws) -> None:
    pages = await picture_menus.of(owned)
    if pages.twice is None:  # the model has other bounds by now
        await press.answer(person.texts.get("press-outdated"), alert=True)
    elif await redraws.draw(press, person, owned, Repeat(size=pages.twice)):
        await press.show_buttons(pages.page(Action.LESS))


async def enhance(press: Press, person: Sender, owned: Owned, picture_menus: PictureMenus, redraws: Redraws) -> None:
    """Draws the same seed from an enhanced prompt, next to the first picture."""
    if await redraws.draw(press, person, owned, Repeat(enhance=True)):
        await press.show_buttons((await picture_menus.of(owned)).page(Action.LESS))


async def prompts(press: Press, person: Sender, owned: Owned, picture_menus: PictureMenus) -> None:
    """Shows the person's own prompt and the one that was drawn."""
    await press.answer()
    if not press.repeated():
        pages = await picture_menus.of(owned)
        for card in pages.presenter.prompts(pages.request, pages.pictures, person.texts):
            await press.whisper(card)


async def with_strength(
    press: Press,
    callback_data: WithStrength,
    person: Sender,
    owned: Owned,
    picture_menus: PictureMenus,
    redraws: Redraws,
) -> None:
    if await redraws.draw(press, person, owned, Repeat(strength=callback_data.percent / 100)):
        await press.show_buttons((await picture_menus.of(owned)).page(Action.LESS))


async def same_seed(press: Press, callback_data: SameSeed, person: Sender, owned: Owned, seed_menu: "SeedMenu") -> None:
    if callback_data.model:
        await seed_menu.draw(press, person, owned, callback_data.model)
    else:
        await seed_menu.show(press, owned, callback_data.page)


class SeedMenu:
    """The models that can draw with a picture's seed."""

    def __init__(self, menus: PictureMenus, redraws: Redraws) -> None:
        self._menus = menus
        self._redraws = redraws

    async def show(self, press: Press, owned: Owned, page: int) -> None:
        await press.answer()
        await press.show_buttons((await self._menus.of(owned)).seeds(page))

    async def draw(self, press: Press, person: Sender, owned: Owned, model_id: str) -> None:
        """The same seed and size: what is to be compared is the models. A size that the other one cannot choose is not
        asked for."""
        pages = await self._menus.of(owned)
        model = next((model for model in pages.models if model.id == model_id), None)
        if model is None:
            await press.answer(person.texts.get("model-gone"), alert=True)
            return
        size = pages.size if model.capabilities.takes("width") else None
        if await self._redraws.draw(press, person, owned, Repeat(model_id=model.id, size=size)):
            await press.show_buttons(pages.page(Action.LESS))


async def single(
    press: Press, callback_data: SinglePicture, person: Sender, owned: Owned, single_pictures: "SinglePictures"
) -> None:
    await single_pictures.redraw(press, person, owned, callback_data.action)


class SinglePictures:
    """One picture of a sheet that was sent in full: draws it again by itself."""

    def __init__(self, menus: PictureMenus, redraws: Redraws) -> None:
        self._menus = menus
        self._redraws = redraws

    async def redraw(self, press: Press, person: Sender, owned: Owned, action: Action) -> None:
        """Draws it with another seed, with its own, or with its own at twice the size."""
        size = None
        if action is Action.BIGGER:
            size = (await self._menus.of(owned)).twice
        if owned.picture is None or (action is Action.BIGGER and size is None):
            await press.answer(person.texts.get("press-outdated"), alert=True)
            return
        fresh, picture = action in OTHER_SEED, owned.picture
        again = Repeat(fresh_seed=fresh, seed=picture.seed, picture_id=picture.id, size=size)
        await self._redraws.draw(press, person, owned, again)
