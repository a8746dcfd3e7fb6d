"""The models as `imagine-bot check` tells of them: state, usual time, key and price, and what is wrong."""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp
from rich.markup import escape
from rich.table import Table

from bot.jobs.models.health import Condition, is_slow, percentile
from providers import Catalog, ProviderError
from providers.catalog.model import Model

DEADLINE = 15  # s for one model's answer; a Space that sleeps takes longer to wake, and is told as down
LONG = 90  # seconds, from which minutes are told
_MARKS = {Condition.UP: "[green]up[/]", Condition.SLOW: "[yellow]slow[/]", Condition.DOWN: "[red]down[/]"}
OFF = "[dim]off[/]"


async def health_table(catalog: Catalog, times: Mapping[str, Sequence[float]]) -> Table:
    """`times` are seconds of draws, oldest first, by model."""
    table = Table("Model", "State", "Usual time", "Key", "Price", "Detail", box=None, pad_edge=False)
    timeout = aiohttp.ClientTimeout(total=DEADLINE)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        found = await asyncio.gather(*(_state(model, times.get(model.id, ()), session) for model in catalog))
    for model, (state, detail) in zip(catalog, found, strict=True):
        usual = usual_time(times.get(model.id, ()))
        table.add_row(model.id, state, usual, _key(model), f"{model.cost:g}" if model.cost else "–", escape(detail))
    return table


async def _state(model: Model, times: Sequence[float], session: aiohttp.ClientSession) -> tuple[str, str]:
    """The mark, and the model's name with what is worth knowing, or what is wrong."""
    if model.lacking is not None:
        return OFF, f"left out of menus: {model.lacking}"
    if not model.enabled:
        return OFF, "not enabled"
    provider = model.create()
    try:
        async with asyncio.timeout(DEADLINE):
            await provider.check(session)
    except (ProviderError, TimeoutError) as error:
        return _MARKS[Condition.DOWN], str(error) or f"no answer in {DEADLINE} s"
    detail = "; ".join([model.label, *provider.remarks])
    return _MARKS[Condition.SLOW if is_slow(times) else Condition.UP], detail


def usual_time(times: Sequence[float]) -> str:
    """The median, and what one draw in twenty exceeds."""
    ascending = sorted(times)
    usual, long = percentile(ascending, 0.5), percentile(ascending, 0.95)
    return "–" if usual is None or long is None else f"{_told(usual)} (95 %: {_told(long)})"


def _told(seconds: float) -> str:
    return f"{max(round(seconds), 1)} s" if seconds < LONG else f"{round(seconds / 60)} min"


def _key(model: Model) -> str:
    if model.api_key:
        return "set"
    return "[red]missing[/]" if model.requires_key else "–"
