"""Drawing something once more: with changes, in another style, or with several models for comparison.

Each begins with the same request again (`same_again`); a `Change` says what is different.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.jobs.acceptance.parameters import fit_to, from_itself, varies, words_of
from bot.jobs.acceptance.styling import Styled, is_fixed
from bot.jobs.acceptance.validation import Ask, Part, again
from bot.telegram.outbox.messages import TEXT
from bot.telegram.outbox.outbox import Destination, Shown
from providers.catalog.catalog import Catalog
from providers.prompt import Messages
from storage.records import Draw, DrawnWords, Parameters, PictureRecord, Request, Variant


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, by which act and where: fields of `Ask`. Without a language or a kind of chat those of the original
    request apply."""

    source: str
    requester_id: int
    place: Destination
    language: str | None = None
    chat_kind: str | None = None
    admin: bool = False
    keys: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The request that is drawn once more. `picture`: the one of its pictures that is meant; None: all of them."""

    request: Request
    draws: Sequence[Draw]
    pictures: Sequence[PictureRecord] = ()
    picture: PictureRecord | None = None


class Change(Protocol):
    @property
    def picture_id(self) -> int | None:
        """The one picture that is meant; None: all of them."""

    def made(self, ask: Ask, drawn: Drawn, catalog: Catalog) -> Ask:
        """What is asked for in place of the same again."""


def same_again(drawn: Drawn, by: Requester, now: datetime) -> Ask:
    """The ask with the same words, seeds and model. The new request refines what the old one refined. In an inline
    message it replaces the old one."""
    old, draws = drawn.request, drawn.draws
    return Ask(
        source=by.source,
        place=by.place,
        chat_kind=by.chat_kind or old.chat_kind,
        requester_id=by.requester_id,
        language=by.language or old.language,
        asked_at=now,
        prompt=old.prompt,
        model_id=old.model,
        parameters=old.parameters,
        parent_id=old.parent_id,
        history=_said(old.full_prompt or old.prompt),
        seeds=tuple(draw.seed for draw in draws) or None,
        admin=by.admin,
        keys=by.keys,
        parts=again(draws),
        shown=_in_place(old, by.place),
    )


@dataclass(frozen=True, slots=True)
class Repeat:
    """Draws with a new seed, another model, or at another size (width and height in pixels).

    A `prompt` replaces everything that led to the old one, so the new request refines nothing. `seed` and `picture_id`
    select one picture of several, which is drawn with its own words and model. `strength` replaces its own. A
    translated or enhanced prompt is used again, unless `enhance` asks for a new one. `vary`: start from the picture
    itself, if its model can.
    """

    fresh_seed: bool = False
    model_id: str | None = None
    size: tuple[int, int] | None = None
    prompt: str | None = None
    seed: int | None = None
    picture_id: int | None = None
    enhance: bool = False
    strength: float | None = None
    vary: bool = False

    def made(self, ask: Ask, drawn: Drawn, catalog: Catalog) -> Ask:
        if self.vary and varies(catalog, drawn.request, drawn.pictures):
            ask = replace(ask, parameters=from_itself(ask.parameters, drawn.pictures[0]))
        ask = self._of_variant(self._of_draws(ask, drawn), drawn)
        ask = replace(ask, parameters=self._parameters(ask.parameters), words=self._words(ask, drawn), repeated=True)
        if self.fresh_seed:
            ask = replace(ask, seeds=None)
        if self.prompt:
            ask = replace(ask, prompt=self.prompt, parent_id=None, history=_said(self.prompt))
        if ask.model_id is not None and ask.model_id != drawn.request.model and ask.model_id in catalog:
            ask = replace(ask, parameters=fit_to(catalog[ask.model_id], ask.parameters))
        return ask

    def _of_draws(self, ask: Ask, drawn: Drawn) -> Ask:
        """The parts: of all its draws, or of one of several."""
        parts = ask.parts if self.seed is None and self.prompt is None else ()
        if self.model_id is not None and any(part.model_id for part in parts):  # one model in place of several
            parts = ()
        seeds, asked = ask.seeds, ask.parameters
        several = len(drawn.draws) > 1 and drawn.draws[0].variant is not None
        if self.seed is not None:
            seeds, asked = (self.seed,), replace(asked, count=1)
        elif several and not parts:
            seeds, asked = (seeds or ())[:1], replace(asked, count=1)
        return replace(ask, parts=parts, seeds=seeds, parameters=asked, model_id=self.model_id or ask.model_id)

    def _of_variant(self, ask: Ask, drawn: Drawn) -> Ask:
        """The ask with the words and the model of the one picture that is meant."""
        variant = _only_variant(drawn)
        if variant is None or ask.parts:
            return ask
        whole = variant.full_prompt or variant.prompt
        if variant.compared and drawn.picture is not None and self.model_id is None:
            ask = replace(ask, model_id=drawn.picture.model or ask.model_id)
        return replace(ask, prompt=variant.prompt or ask.prompt, history=_said(whole) if whole else ask.history)

    def _parameters(self, asked: Parameters) -> Parameters:
        if self.fresh_seed:
            asked = replace(asked, seed=None, continued=False)
        if self.strength is not None:
            asked = replace(asked, strength=self.strength)
        if self.size is not None:
            asked = replace(asked, width=self.size[0], height=self.size[1], aspect_ratio=None)
        return replace(asked, enhance=True) if self.enhance else asked

    def _words(self, ask: Ask, drawn: Drawn) -> DrawnWords | None:
        """The prompt that was drawn in place of the person's, if it applies to this request as well."""
        if self.enhance or self.prompt is not None or ask.model_id != drawn.request.model:
            return None
        return _drawn_words(drawn)


@dataclass(frozen=True, slots=True)
class Restyle:
    """Draws in another style, with the style's model if it has one. `file_id`: the source image."""

    styled: Styled
    file_id: str | None = None
    picture_id: int | None = None

    def made(self, ask: Ask, drawn: Drawn, catalog: Catalog) -> Ask:
        asked, usable = ask.parameters, {model.id for model in catalog.enabled(ask.keys or frozenset())}
        model_id = self.styled.model if self.styled.model in usable else drawn.request.model
        model = next((model for model in catalog if model.id == model_id), None)
        if self.file_id is not None:
            asked = replace(asked, input_file_ids=(self.file_id,), input_optional=False)
        asked = replace(asked, input_file_ids=tuple(one for one in asked.input_file_ids if not is_fixed(one)))
        asked = self.styled.dressed(fit_to(model, asked) if model is not None else asked, model, sized=True)
        return replace(ask, model_id=model_id, parameters=asked)


@dataclass(frozen=True, slots=True)
class Compare:
    """Draws with each of these models, with the seed of the request's first picture."""

    models: Sequence[str]
    picture_id: int | None = None

    def made(self, ask: Ask, drawn: Drawn, catalog: Catalog) -> Ask:
        words, whole = words_of(drawn.request, drawn.draws[0].variant if drawn.draws else None)
        return replace(
            ask,
            prompt=words,
            history=_said(whole or words),
            model_id=self.models[0],
            parameters=replace(ask.parameters, count=1),
            seeds=(ask.seeds or ())[:1] or None,
            repeated=True,
            parts=tuple(Part(Variant(compared=True), model) for model in self.models),
        )


def _said(words: str) -> Messages:
    return [{"role": "user", "content": words}]


def _only_variant(drawn: Drawn) -> Variant | None:
    if drawn.picture is not None:
        return drawn.picture.variant
    return drawn.draws[0].variant if len(drawn.draws) == 1 else None


def _drawn_words(drawn: Drawn) -> DrawnWords | None:
    """The prompt that was drawn in place of the person's, if all draws or the one picture had the same."""
    if any(draw.variant is not None for draw in drawn.draws):
        return drawn.picture.words if drawn.picture is not None else None
    of_model = (draw.words for draw in drawn.draws if draw.model == drawn.request.model and draw.words is not None)
    return next((found for found in of_model if found.failed is None), None)


def _in_place(old: Request, place: Destination) -> Shown | None:
    """The place within an inline message, which shows one request after the other; its number orders them."""
    return Shown(old.id, old.message_kind or TEXT) if place.inline is not None else None
