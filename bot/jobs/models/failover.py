"""Who takes over when a model cannot draw now."""

from dataclasses import dataclass

from bot.jobs.acceptance.budget import Money, price
from bot.jobs.acceptance.parameters import can_extend, check, fit_to, margins_of, needed_pictures, words_of
from bot.jobs.models.health import Condition, Health
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
    own_key: bool = False  # the person has brought the key for it


class Fallback:
    """Follows the catalogue's `fallback`; every model gets at most one try at a draw."""

    def __init__(self, catalog: Catalog, money: Money, health: Health) -> None:
        self._catalog = catalog
        self._money = money
        self._health = health

    async def after(
        self,
        unit: Unit,
        request: Request,
        draw: Draw,
        group: GroupSettings | None = None,
        *,
        keys: frozenset[str] = frozenset(),
        sure: bool = False,
    ) -> Successor:
        """The next model of the chain that may and can draw this, if any; those whose last check failed come after all
        others. `sure`: only one that is known to answer. `group` is what the admins of the request's group chose,
        `keys` are the ids of the models for which the person has a key. What a model costs stays free for it until the
        transaction ends."""
        if request.model not in self._catalog:
            return Successor()
        own: bool | None = None
        tried = {draw.model, *(detour.model for detour in draw.detours)}
        usable = {model.id for model in self._catalog.working(keys)}
        allowed = group.allowed_models if group is not None else ()
        for model in sorted(self._catalog.chain(request.model), key=lambda each: self._health.unanswering(each.id)):
            if model.id in tried or model.id not in usable:
                continue
            if (allowed and model.draws and model.id not in allowed) or not self._answers(model, sure=sure):
                continue
            if not _can_draw(model, request, draw) or await unit.switches.off(model.id) is not None:
                continue
            if model.id in keys:
                return Successor(model, own_key=True)
            if not price(model):
                return Successor(model)
            left, own = await self._money.reserve(unit, request.account, without=draw.id)
            if left is None or left >= price(model) * draw.count:
                return Successor(model)
        return Successor(own=own)

    def _answers(self, model: Model, *, sure: bool) -> bool:
        if sure:
            return self._health.of(model.id).condition in {Condition.UP, Condition.SLOW}
        return not self._health.is_down(model.id)


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
