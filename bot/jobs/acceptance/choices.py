"""Looks up the names that people pick, before anything is stored: a wrong name is answered, not left out."""

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp
import structlog

from bot.jobs.acceptance.parameters import loras_of
from bot.jobs.contracts import Refused, one_line
from providers.catalog.model import Model
from providers.choices import MAX_NAME, ONE, Choice, Kind, Lora, UnknownChoice
from providers.errors import ProviderError
from storage.records import Parameters

PATIENCE = 5.0  # seconds for a list that is not remembered

log = structlog.stdlib.get_logger(__name__)


class ChoiceLists:
    """Reads the lists of the models' servers. The providers remember them."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def of(self, model: Model, kind: Kind) -> tuple[Choice, ...] | None:
        """The names that people may pick of a model. None: its list cannot be read now."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await model.create().choices_of(kind, self._session)
        except (ProviderError, TimeoutError) as error:
            log.warning("list of choices not read", model=model.id, kind=str(kind), error=_told(error))
            return None

    async def settled(self, model: Model, asked: Parameters) -> Parameters | Refused:
        """The ask with the server's own spelling of all names; or a refusal if a name that is required does not exist.
        If the list cannot be read now, the draw finds out."""
        # replace() has one type for all keywords
        names: dict[str, Any] = {
            str(kind): name for kind in ONE if model.offers(kind) and (name := getattr(asked, kind)) is not None
        }
        loras = loras_of(asked) if model.offers(Kind.LORA) else ()
        if not names and not loras:
            return asked
        try:
            async with asyncio.timeout(PATIENCE):
                names = {name: await self._spelt(model, Kind(name), given, asked) for name, given in names.items()}
                found = [
                    str(Lora(await self._spelt(model, Kind.LORA, lora.name, asked), lora.weight)) for lora in loras
                ]
        except UnknownChoice as error:
            return unknown(model, error)
        except (ProviderError, TimeoutError) as error:
            log.warning("list of choices not read", model=model.id, error=_told(error))
            return asked
        return replace(asked, **names, loras=tuple(found) or asked.loras)

    async def _spelt(self, model: Model, kind: Kind, name: str, asked: Parameters) -> str:
        try:
            return (await model.create().choice(kind, name, self._session)).name
        except UnknownChoice:
            if ("loras" if kind is Kind.LORA else str(kind)) in asked.optional_choices:
                return name  # told under the picture
            raise


def unknown(model: Model, error: UnknownChoice) -> Refused:
    near = ", ".join(one_line(name, MAX_NAME) or "" for name in error.near)
    values: dict[str, str | int] = {"model": model.id, "flag": f"--{error.kind}", "name": error.name[:60], "near": near}
    return Refused("choice-unknown" if near else "choice-none", values)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
