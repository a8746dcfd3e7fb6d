"""The models: whether each answers, how long it usually takes, its key and its price."""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp

from bot.cli.checks.findings import ModelFinding, Report, State
from bot.cli.model_states import why_off
from bot.jobs.models.health import is_slow, percentile
from providers import Catalog, ProviderError
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model

DEADLINE = 15  # s for one model's answer; a Space that sleeps takes longer to wake, and is told as down
LONG = 90  # seconds, from which minutes are told


async def check_models(catalog: Catalog, times: Mapping[str, Sequence[float]], report: Report) -> None:
    """All at once; told in the order of the catalogue, each as soon as those before it are. `times` are seconds of
    draws by model, oldest first."""
    report.models(max((len(model.id) for model in catalog), default=0))
    timeout = aiohttp.ClientTimeout(total=DEADLINE)
    async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
        asked = [group.create_task(_found(model, times.get(model.id, ()), session)) for model in catalog]
        for task in asked:
            report.model(await task)


async def _found(model: Model, times: Sequence[float], session: aiohttp.ClientSession) -> ModelFinding:
    state, detail = await _state(model, times, session)
    key = "set" if model.api_key else "missing" if model.requires_key else ""
    if len(model.keys) > 1:
        key = f"{len(model.keys)} set"
    return ModelFinding(model.id, state, usual_time(times), key, model.cost, detail)


async def _state(model: Model, times: Sequence[float], session: aiohttp.ClientSession) -> tuple[State, str]:
    """With the model's name and what is worth knowing, or what is wrong."""
    if (reason := why_off(model)) is not None:
        return State.OFF, reason
    answers = await asyncio.gather(*(_asked(model, key, session) for key in model.keys or (None,)))
    faults = [answer for answer in answers if isinstance(answer, str)]
    remarks = next((answer for answer in answers if not isinstance(answer, str)), None)
    if remarks is None:
        return State.DOWN, faults[0]
    spent = [
        f"{key.name}: {answer}"
        for key, answer in zip(model.keys, answers, strict=False)
        if len(answers) > 1 and isinstance(answer, str)
    ]
    return State.SLOW if is_slow(times) else State.UP, "; ".join([model.label, *remarks, *spent])


async def _asked(model: Model, key: ApiKey | None, session: aiohttp.ClientSession) -> tuple[str, ...] | str:
    """What is worth knowing, or what is wrong with this one of its keys, or with the model."""
    try:
        async with asyncio.timeout(DEADLINE):
            await (provider := model.create(key)).check(session)
    except TimeoutError:
        return f"no answer in {DEADLINE} s"
    except ProviderError as error:
        return str(error) or f"no answer in {DEADLINE} s"
    except Exception as error:  # noqa: BLE001 - the others are to be told all the same
        return f"the check failed: {type(error).__name__}"
    return provider.remarks


def usual_time(times: Sequence[float]) -> str:
    """The median, and what one draw in twenty exceeds."""
    ascending = sorted(times)
    usual, long = percentile(ascending, 0.5), percentile(ascending, 0.95)
    return "–" if usual is None or long is None else f"{_told(usual)} (95 %: {_told(long)})"


def _told(seconds: float) -> str:
    return f"{max(round(seconds), 1)} s" if seconds < LONG else f"{round(seconds / 60)} min"
