"""Several different pictures from one message: choices in the prompt, wildcards, and several models."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.jobs.acceptance.budget import amount, price
from bot.jobs.acceptance.validation import Ask, Part
from bot.prompt.grammar import GrammarError
from bot.prompt.permutations import MAX_PICTURES, WORDS_LENGTH, Picture, Template, parse_choices
from bot.prompt.wildcards import Wildcards
from providers.catalog.catalog import Catalog
from providers.prompt import Message, format_image_prompt
from storage.records import Variant

UNASKED = 4  # pictures that are drawn without a question
COUNTED = 1_000_000_000  # pictures; more are told as more than that


@dataclass(frozen=True, slots=True)
class Question:
    """The question whether so many pictures, at this cost, are meant. More than MAX_PICTURES `pictures` cannot be
    drawn."""

    pictures: int
    cost: str | None = None

    @property
    def possible(self) -> bool:
        return self.pictures <= MAX_PICTURES


class Variety:
    """Expands a message with choices into draws."""

    def __init__(self, catalog: Catalog, wildcards: Wildcards) -> None:
        self._catalog = catalog
        self._wildcards = wildcards
        self._chance = random.Random()  # of words in a picture

    def known(self, name: str) -> bool:
        """Whether there is a wildcard of this name."""
        return self._wildcards.known(name)

    def template(self, prompt: str, *, borrowed: bool) -> Template:
        """The choices of a prompt; none if somebody else's prompt cannot be parsed. Raises GrammarError."""
        try:
            return parse_choices(prompt, self.known)
        except GrammarError:
            if not borrowed:
                raise
            return Template((prompt,))

    def planned(
        self,
        ask: Ask,
        template: Template,
        models: Sequence[str],
        *,
        bases: Sequence[str] = (),
        count: int,
        agreed: int | None,
    ) -> Ask | Question:
        """The ask with a part for each picture, `count` of each combination and model; the question whether that is
        meant, unless so many were `agreed`. `bases`: what the newest words are added to, each a picture. Raises
        GrammarError."""
        compared = len(models) > 1
        if not (template.varies or compared or bases):
            return _worded(ask, "".join(str(piece) for piece in template.pieces(0)) or ask.prompt)
        each = (template.number(self._wildcards) if template.varies else 1) * count * max(len(bases), 1)
        total, cost = each * len(models), each * sum(self._price(model) for model in models)
        if agreed is None and (total > UNASKED or (compared and cost)):
            return Question(total, amount(cost) if cost else None)
        limit = min(total, agreed or total, MAX_PICTURES)
        parts = [
            Part(_variant(base_ask, picture, base, compared=compared), model if compared else None, number)
            for base, base_ask in ([(base, _based(ask, base)) for base in bases] or [("", ask)])
            for picture, model, number in self._pictures(template, models, count, limit)
        ]
        return replace(ask, parts=tuple(parts[:limit]), parameters=replace(ask.parameters, count=1))

    def _pictures(
        self, template: Template, models: Sequence[str], count: int, limit: int
    ) -> list[tuple[Picture | None, str, int]]:
        """Up to `limit` pictures, sometimes a few more. All models draw the same words."""
        if not template.varies:
            return [(None, model, number) for number in range(count) for model in models]
        found: list[tuple[Picture | None, str, int]] = []
        for at, picture in enumerate(template.pictures(self._wildcards, self._chance, limit)):
            for number in range(count):
                again = picture
                if number and template.wild:
                    again = template.picture(at, self._wildcards, self._chance)
                found += [(again, model, number) for model in models]
            if len(found) >= limit:
                break
        return found

    def _price(self, model_id: str) -> int:
        return price(self._catalog[model_id]) if model_id in self._catalog else 0


def _worded(ask: Ask, prompt: str) -> Ask:
    """The ask with these words in place of its own."""
    if prompt == ask.prompt:
        return ask
    history = ask.history
    if history is not None:
        history = [*history[:-1], Message(role="user", content=prompt)]
    return replace(ask, prompt=prompt, history=history)


def _based(ask: Ask, base: str) -> Ask:
    """The ask with these words in place of those that its own are added to."""
    history = ask.history or [Message(role="user", content=ask.prompt)]
    return replace(ask, history=[*history[:-2], Message(role="user", content=base), history[-1]])


def _variant(ask: Ask, picture: Picture | None, base: str, *, compared: bool) -> Variant:
    prompt = picture.prompt if picture is not None else ask.prompt if base else ""
    words = (base[:WORDS_LENGTH], *(picture.words if picture is not None else ())) if base else ()
    if picture is not None and not base:
        words = picture.words
    full = ""
    if ask.history is not None and prompt:
        full = format_image_prompt([*ask.history[:-1], Message(role="user", content=prompt)])
    return Variant(words, prompt, full, compared)
