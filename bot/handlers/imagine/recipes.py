"""Reads what picture files that people send say about how they were made, shows it, and draws it again."""

import asyncio
from collections.abc import Awaitable, Callable
from html import escape

import structlog
from aiogram.types import Message
from cachetools import TTLCache

from bot.handlers.imagine.message_input import MOST_BYTES, is_picture
from bot.pictures.recipes import read_recipe
from bot.prompt.flags import Flags
from bot.prompt.recipe import Recipe
from bot.telegram.files import FileUnavailable
from bot.texts.fluent import LanguageTexts, Markup
from bot.texts.lengths import shorten
from providers.catalog.model import Model
from providers.choices import Kind
from providers.errors import BadPicture
from providers.pictures.budget import within_budget

log = structlog.stdlib.get_logger(__name__)

SECONDS = 30.0  # for fetching a file
AT_ONCE = 4
MOST_AN_HOUR = 60  # of one person; more get the menu alone
PEOPLE = 10_000  # whose are counted
PROMPT_SHOWN, NEGATIVE_SHOWN = 1200, 400


class Recipes:
    def __init__(self, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._fetch = fetch
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._counted: TTLCache[int, list[int]] = TTLCache(PEOPLE, ttl=3600)  # an hour from the first on

    async def of(self, message: Message, person_id: int) -> Recipe | None:
        """What the picture file of a message says; None where there is none, it says nothing or cannot be had."""
        document = message.document
        if document is None or not is_picture(document) or (document.file_size or 0) > MOST_BYTES:
            return None
        counted = self._counted.setdefault(person_id, [0])
        counted[0] += 1
        if counted[0] > MOST_AN_HOUR:
            return None
        try:
            async with asyncio.timeout(SECONDS), self._turns:
                recipe = await within_budget(read_recipe, await self._fetch(document.file_id))
        except (FileUnavailable, BadPicture, TimeoutError) as error:
            log.info("no metadata read from a file", error=f"{type(error).__name__}: {error}")
            return None
        return recipe if recipe.prompt else None


def flags_of(recipe: Recipe, model: Model | None = None) -> Flags:
    """The flags that say the same, of samplers and the like those that the model offers. A file without a negative
    prompt is drawn without one."""

    def offered(kind: Kind, name: str) -> str | None:
        return name if name and model is not None and model.offers(kind) else None

    return Flags(
        width=recipe.width,
        height=recipe.height,
        negative_prompt=recipe.negative,
        seed=recipe.seed,
        random_seed=recipe.seed is None,
        steps=recipe.steps,
        guidance_scale=recipe.guidance,
        count=1,
        enhance=False,
        sampler=offered(Kind.SAMPLER, recipe.sampler),
        scheduler=offered(Kind.SCHEDULER, recipe.scheduler),
        vae=offered(Kind.VAE, recipe.vae),
        loras=(),  # those stand in its prompt
    )


def recipe_text(texts: LanguageTexts, recipe: Recipe) -> Markup:
    """All that could be read."""
    guidance = f"{recipe.guidance:g}" if recipe.guidance is not None else None
    values = (
        ("setting-seed", recipe.seed),
        ("setting-steps", recipe.steps),
        ("setting-guidance", guidance),
        ("setting-width", recipe.width),
        ("setting-height", recipe.height),
        ("setting-model", recipe.model),
        ("setting-sampler", recipe.sampler),
        ("setting-scheduler", recipe.scheduler),
        ("setting-vae", recipe.vae),
    )
    lines: list[str] = [texts.html("recipe-found"), _quoted(recipe.prompt, PROMPT_SHOWN), ""]
    if recipe.negative:
        lines += [texts.html("prompts-negative"), _quoted(recipe.negative, NEGATIVE_SHOWN), ""]
    for key, value in values:
        if value not in (None, ""):
            lines.append(texts.html("recipe-value", name=texts.get(key), value=str(value)))
    return Markup("\n".join(lines))


def _quoted(words: str, limit: int) -> str:
    """Quotes words that may be longer than a value of a text."""
    return f"<code>{escape(shorten(words, limit), quote=False)}</code>"
