"""Comparing models: the menu under a picture, and choosing one of the compared models."""

from collections.abc import Sequence

from aiogram import F, Router

from bot.handlers.imagine.merge import offered
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import amount, price
from bot.jobs.acceptance.parameters import needed_pictures
from bot.jobs.acceptance.redrawing import Compare
from bot.jobs.models.health import Health
from bot.keyboards.compare import LEAST, MOST, CompareDraw, CompareModel, compare_keyboard, picked_in
from bot.keyboards.picture import Action, PictureAction
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from storage.records import Request


def router() -> Router:
    compare = Router(name="compare")
    on = compare.callback_query.register
    on(open_menu, PictureAction.filter(F.action == Action.COMPARE))
    on(pick, CompareModel.filter())
    on(draw, CompareDraw.filter())
    return compare


class Comparisons:
    """The menu of models to compare."""

    def __init__(self, catalog: Catalog, health: Health, texts: Texts, redraws: Redraws) -> None:
        self._catalog = catalog
        self._health = health
        self._texts = texts
        self._redraws = redraws

    def models(self, request: Request, person: Sender) -> list[Model]:
        """The models that may and can draw the request now."""
        pictures = needed_pictures(request.parameters)
        return [
            model
            for model in offered(self._catalog, person.group, person.keys)
            if not self._health.is_down(model.id) and model.capabilities.input_images >= pictures
        ]

    async def show(self, press: Press, person: Sender, request: Request, picked: Sequence[str], page: int = 0) -> None:
        """Replaces the picture's buttons by the menu."""
        models = self.models(request, person)
        chosen = [model for model in models if model.id in picked]
        cost = sum(price(model) for model in chosen if model.id not in person.keys)
        keyboard = compare_keyboard(
            self._texts(request.language),
            request.id,
            models,
            chosen,
            page=page,
            cost=amount(cost) if cost else None,
            vitals=self._health.of,
        )
        await press.show_buttons(keyboard)

    async def draw(self, press: Press, person: Sender, owned: Owned) -> None:
        """Draws the comparison with the models that are marked in the menu."""
        there = {model.id for model in self.models(owned.request, person)}
        picked = [model for model in _picked(press) if model in there]
        if len(picked) < LEAST:
            await press.answer(person.texts.get("compare-few", least=LEAST, most=MOST), alert=True)
            return
        await self._redraws.draw(press, person, owned, Compare(picked[:MOST]))


async def open_menu(press: Press, person: Sender, owned: Owned, comparisons: Comparisons) -> None:
    await press.answer()
    await comparisons.show(press, person, owned.request, [owned.request.model])


async def pick(
    press: Press, callback_data: CompareModel, person: Sender, owned: Owned, comparisons: Comparisons
) -> None:
    picked, model = _picked(press), callback_data.model
    if model in picked:
        picked.remove(model)
    elif model and len(picked) >= MOST:
        await press.answer(person.texts.get("compare-many", most=MOST), alert=True)
        return
    elif model:
        picked.append(model)
    await press.answer()
    await comparisons.show(press, person, owned.request, picked, callback_data.page)


async def draw(press: Press, person: Sender, owned: Owned, comparisons: Comparisons) -> None:
    await comparisons.draw(press, person, owned)


def _picked(press: Press) -> list[str]:
    return picked_in(press.message.reply_markup if press.message is not None else None)
