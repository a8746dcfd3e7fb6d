"""Who takes over when a model cannot draw now."""

from dataclasses import dataclass

from bot.jobs.acceptance.budget import Money, price, price_of_run
from bot.jobs.acceptance.parameters import can_extend, check, fit_to, margins_of, needed_pictures, words_of
from bot.jobs.models.health import Health
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Unit
from storage.records import Draw, GroupSettings, Request


@dataclass(frozen=True, slots=True)
class Successor:
    """`model` takes over; None: none does, and where that is because one costs more than is left, `own` says whether it
    is the person's allowance (or that of all together) that does not reach."""

    model: Model | None = None
    own: bool | None = None


class Fallback:
    """Follows the catalogue's `fallback`; every model gets at most one try at a draw."""

    def __init__(self, catalog: Catalog, money: Money, health: Health) -> None:
        self._catalog = catalog
        self._money = money
        self._health = health

    async def after(self, unit: Unit, request: Request, draw: Draw, group: GroupSettings | None = None) -> Successor:
        """The next model of the chain that may and can draw this, if any. `group` is what the admins
        of the request's group chose. What a model costs stays free for it until the transaction ends."""
        if request.model not in self._catalog:
            return Successor()
        own: bool | None = None
        tried = {draw.model, *(detour.model for detour in draw.detours)}
        allowed = group.allowed_models if group is not None else ()
        for model in self._catalog.chain(request.model):
            if model.id in tried or not model.enabled or model.lacking is not None:
                continue
            if (allowed and model.draws and model.id not in allowed) or self._health.is_down(model.id):
                continue
            if not _can_draw(model, request, draw) or await unit.switches.off(model.id) is not None:
                continue
            if not price(model):
                return Successor(model)
            left, own = await self._money.reserve(unit, request.account, without=draw.id)
            if left is None or left >= price_of_run(model, draw.count):
                return Successor(model)
        return Successor(own=own)


def _can_draw(model: Model, request: Request, draw: Draw) -> bool:
    """Whether it takes the request, its numbers bent to fit."""
    asked = request.parameters
    prompt, full_prompt = words_of(request, draw.variant)
    if needed_pictures(asked) > model.capabilities.input_images:
        return False
    if asked.mask_file_id is not None and not model.capabilities.takes("mask"):
        return False
    if margins_of(asked) is not None and not can_extend(model):
        return False
    try:
        check(model, prompt, full_prompt, fit_to(model, asked))
    except InvalidParameter:
        return False
    return True
