"""Checks what a person asks for, and whether it may be drawn: once, before anything is stored."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.jobs.acceptance.budget import Money, amount, price, price_of_run
from bot.jobs.acceptance.choices import ChoiceLists
from bot.jobs.acceptance.parameters import can_extend, check, fit_to, margins_of, needed_pictures
from bot.jobs.contracts import DETAIL_LENGTH, Refused, clean
from bot.jobs.own_keys import OwnKeys
from bot.jobs.settings import JobSettings
from bot.prompt.grammar import PROMPT_LENGTH
from bot.prompt.styles import styled
from bot.telegram.outbox.outbox import Destination, Shown
from providers.base import random_seed
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from providers.prompt import Messages, format_image_prompt
from providers.request import MAX_INPUT_IMAGES
from providers.tasks import DRAW, MAX_UPSCALED, MEGAPIXEL, UPSCALE, upscaled
from storage import Unit
from storage.records import Draw, DrawnWords, NewDraw, NewRequest, Parameters, Request, Variant, Who, account_of

MAX_DRAWS = 16
LONG_WAIT = 99  # s; longer waits are told in minutes
SEEDS = 2**32  # typed seeds run from 0 to one less
CHOSEN_SEEDS = 9_999_999  # the highest seed that the bot chooses: short enough to be shown and typed again


@dataclass(frozen=True, slots=True)
class Part:
    """One of the draws of a request whose draws differ. `model_id` None: the request's model. `seed`: added to the
    request's seed."""

    variant: Variant
    model_id: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """`source` names the act (message, press, or inline result, and an ordinal) and is unique: the same act asks
    once. `asked_at` is the message's own date, for a press the time of its arrival.

    `history` is the conversation with the new prompt last; without it the prompt stands alone. `model_id` None is the
    catalogue's default. `seeds` are those of the draws; without them they are chosen, from `parameters.seed` on.
    `repeated`: it was drawn before, so a model that takes no picture to start from draws it from the words.
    """

    source: str
    place: Destination
    chat_kind: str  # private | group | supergroup | channel | INLINE
    requester_id: int
    language: str
    asked_at: datetime
    prompt: str
    model_id: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    parent_id: int | None = None
    history: Messages | None = None
    seeds: tuple[int, ...] | None = None
    repeated: bool = False
    words: DrawnWords | None = None  # what the same was drawn from before
    admin: bool = False  # of the group: no cooldown, and may draw where only admins may
    parts: tuple[Part, ...] = ()  # a draw each, in place of the parameters' count
    picture_size: tuple[int, int] | None = None  # in pixels, of the one that is upscaled, where that is known
    shown: Shown | None = None  # a message that is its placeholder from the start
    keys: frozenset[str] | None = None  # models that the requester has a key of their own for; None: not looked up yet

    @property
    def account(self) -> int:
        """The account whose limits it counts towards."""
        return account_of(self.requester_id, self.place.chat_id)

    @property
    def full_prompt(self) -> str:
        """The prompt that the provider gets."""
        return self.prompt if self.history is None else format_image_prompt(self.history)

    def of_part(self, part: Part, model: Model | None) -> "Ask":
        """The ask for that part alone, within the bounds of its model."""
        words = part.variant.full_prompt or part.variant.prompt
        return replace(
            self,
            prompt=part.variant.prompt or self.prompt,
            history=[{"role": "user", "content": words}] if words else self.history,
            model_id=part.model_id or self.model_id,
            parameters=fit_to(model, self.parameters) if model is not None and part.model_id else self.parameters,
            parts=(),
        )


class RefusedError(Exception):
    """Carries a refusal out of a transaction, which is rolled back."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


class Rules:
    """The limits of the operator and of the models."""

    def __init__(
        self,
        catalog: Catalog,
        settings: JobSettings,
        clock: Clock,
        choices: ChoiceLists,
        default_model: str | None,
        own_keys: OwnKeys,
    ) -> None:
        self.catalog = catalog
        self.choices = choices
        self.own_keys = own_keys
        self._settings = settings
        self._clock = clock
        self._default_model = default_model
        self.money = Money(settings, clock)

    def refusal(self, ask: Ask, keys: frozenset[str] = frozenset()) -> Refused | None:
        """The refusal by all rules that need no database, or None. `keys`: the ids of the models for which the person
        has a key."""
        if ask.parts:
            parts = (ask.of_part(part, self._model(part.model_id)) for part in ask.parts)
            return next((refused for part in parts if (refused := self.refusal(part, keys)) is not None), None)
        if self._clock.now() - ask.asked_at > self._settings.request_ttl:
            return Refused("too-old")
        prompt = ask.prompt.strip()
        if not prompt:
            return Refused("prompt-empty")
        if len(prompt) > PROMPT_LENGTH:
            return Refused("prompt-too-long", {"length": len(prompt), "limit": PROMPT_LENGTH})
        words = (prompt, ask.full_prompt, styled(prompt, ask.parameters.templates))
        if any(map(self._settings.blocked_words.found_in, words)):
            return Refused("blocked-words")
        model_id = self.model_id(ask)
        if model_id not in self.catalog:
            return Refused("model-unknown", {"model": model_id})
        model = self.catalog[model_id]
        if model.task != (ask.parameters.task or DRAW) or not model.usable_by(keys):
            return Refused("model-unavailable", {"model": model.id})
        if (too_large := _too_large(ask, model)) is not None:
            return too_large
        if (lacking := self._lacking_pictures(ask, model)) is not None:
            return lacking
        try:
            check(model, prompt, ask.full_prompt, ask.parameters)
        except InvalidParameter as error:
            return Refused("parameter", {"detail": clean(str(error), DETAIL_LENGTH) or ""})
        return None

    def _model(self, model_id: str | None) -> Model | None:
        return self.catalog[model_id] if model_id is not None and model_id in self.catalog else None

    def _lacking_pictures(self, ask: Ask, model: Model) -> Refused | None:
        """The refusal of more input pictures than the model, or any model, takes."""
        pictures, limit = needed_pictures(ask.parameters), model.capabilities.input_images
        if len(ask.parameters.input_file_ids) > MAX_INPUT_IMAGES:
            return Refused("pictures-limit", {"count": len(ask.parameters.input_file_ids), "limit": MAX_INPUT_IMAGES})
        if ask.repeated:
            return None
        if ask.parameters.mask_file_id is not None and limit and not model.capabilities.takes("mask"):
            return Refused("no-mask", {"model": model.id})
        if margins_of(ask.parameters) is not None and limit and not can_extend(model):
            return Refused("no-fill", {"model": model.id})
        if pictures <= limit:
            return None
        if not limit:
            return Refused("no-input-picture", {"model": model.id})
        return Refused("too-many-pictures", {"model": model.id, "count": pictures, "limit": limit})

    def model_id(self, ask: Ask) -> str:
        """The id of the model that is asked for; "" if it is the default one and the catalogue has none."""
        if ask.model_id is not None:
            return ask.model_id
        try:
            return self.catalog.default(self._default_model).id
        except InvalidParameter:
            return self._default_model or ""

    def counted_since(self, *, own: bool = False) -> datetime | None:
        """The time from which requests count towards a daily limit; None: there is none. `own`: this person has limits
        of their own."""
        if not own and not self._settings.daily_limit and not self.money.limited:
            return None
        return self._clock.now() - timedelta(days=1)

    async def check_limits(self, unit: Unit, ask: Ask, request: Request, draws: Sequence[Draw]) -> None:
        """Checks the limits of the person and of the group, with the new request and its draws included. The
        transaction has to hold the account's lock. Raises RefusedError."""
        await self._check_operators(unit, ask, draws)
        if ask.place.group:
            await self._check_group(unit, ask, request, draws)
        limit = self._settings.max_queued_per_user
        if await unit.requests.waiting_count(request.account) > limit:
            raise RefusedError(Refused("queue-full", {"limit": limit}))
        own = await unit.moderation.allowance(request.account)
        daily = own.daily_limit if own.daily_limit is not None else self._settings.daily_limit or None
        since = self._clock.now() - timedelta(days=1)
        if daily is not None and not own.exempt and await unit.requests.accepted_since(request.account, since) > daily:
            raise RefusedError(Refused("daily-limit", {"limit": daily}))
        await self._check_cost(unit, request, draws)
        if not own.exempt and ask.requester_id not in self._settings.operators:
            await self._reserve_credits(unit, request, draws)

    async def _check_cost(self, unit: Unit, request: Request, draws: Sequence[Draw]) -> None:
        """Comes last, because from here on others wait for the end of this transaction. Raises RefusedError."""
        cost = sum(price_of_run(self.catalog[draw.model], draw.count) for draw in draws if not draw.own_key)
        if not cost:
            return
        left, own = await self.money.reserve(unit, request.account)  # after this request
        if left is None or left >= 0:
            return
        args: dict[str, str | int] = {"model": request.model, "cost": amount(cost)}
        if own:
            raise RefusedError(Refused("daily-cost", args | {"left": amount(max(left + cost, 0))}))
        raise RefusedError(Refused("daily-cost-all", args))

    async def _reserve_credits(self, unit: Unit, request: Request, draws: Sequence[Draw]) -> None:
        """Reserves credits in the transaction that accepts. The person who asks pays, in groups as well. Raises
        RefusedError."""
        if self._settings.credits is None:
            return
        # What somebody draws with a key of their own, their own account at the service pays.
        costs = {draw.id: price_of_run(self.catalog[draw.model], draw.count) for draw in draws if not draw.own_key}
        if not any(costs.values()):
            return
        has = await unit.credits.hold(request.account, request.id, costs, free=self._settings.credits.free)
        if has is not None:
            args: dict[str, str | int] = {"model": request.model, "cost": amount(sum(costs.values()))}
            raise RefusedError(Refused("credits", args | {"left": amount(has.available)}))

    def costs_credits(self, ask: Ask, keys: frozenset[str]) -> bool:
        """Whether one picture costs the person credits."""
        selling = self._settings.credits is not None and ask.requester_id not in self._settings.operators
        return selling and self._price(self.model_id(ask), keys) > 0

    async def short_of_credits(self, unit: Unit, ask: Ask) -> Refused | None:
        """The refusal if the account cannot pay for one picture that `costs_credits`. It reserves nothing: the request
        is checked again when it is made."""
        plan, model_id = self._settings.credits, self.model_id(ask)
        if plan is None or (await unit.moderation.allowance(ask.account)).exempt:
            return None
        cost, has = self._price(model_id, frozenset()), await unit.credits.balance(ask.account, free=plan.free)
        if has.available >= cost:
            return None
        return Refused("credits", {"model": model_id, "cost": amount(cost), "left": amount(has.available)})

    async def _check_operators(self, unit: Unit, ask: Ask, draws: Sequence[Draw]) -> None:
        """What the operators decided; a pause is for everybody else, so that they can try what they mend."""
        operator = ask.requester_id in self._settings.operators
        if not operator and await unit.moderation.ban_of(ask.requester_id) is not None:
            raise RefusedError(Refused("banned"))
        switches = await unit.switches.state()
        if not operator and switches.paused is not None:
            raise RefusedError(Refused("maintenance", {"sentence": switches.paused}))
        for draw in draws:
            if draw.model in switches.off:
                raise RefusedError(Refused("model-off", {"model": draw.model, "sentence": switches.off[draw.model]}))

    async def _check_group(self, unit: Unit, ask: Ask, request: Request, draws: Sequence[Draw]) -> None:
        """Checks what the group's admins chose, in the transaction that accepts, so that no concurrent request gets
        past it. Raises RefusedError."""
        group = await unit.groups.settings(request.chat_id)
        if group.who is Who.ADMINS and not ask.admin:
            raise RefusedError(Refused("admins-only"))
        # An anonymous admin speaks as the group itself.
        if group.who is Who.PEOPLE and request.requester_id < 0 and request.requester_id != request.chat_id:
            raise RefusedError(Refused("no-channels"))
        # What makes something of a picture is in no menu of models.
        drawn_with = [draw.model for draw in draws if self.catalog[draw.model].draws]
        other = next((model for model in drawn_with if model not in group.allowed_models), None)
        if group.allowed_models and other is not None:
            allowed = ", ".join(model_id for model_id in group.allowed_models if model_id in self.catalog)
            raise RefusedError(Refused("model-not-allowed", {"model": other, "allowed": allowed or "–"}))
        if group.cooldown and not ask.admin:
            await unit.groups.lock(group.chat_id)
            now, cooldown = self._clock.now(), timedelta(seconds=group.cooldown)
            asked = await unit.requests.asked_before(request, now - cooldown)
            left = (asked + cooldown - now).total_seconds() if asked is not None else 0
            if left > LONG_WAIT:
                raise RefusedError(Refused("cooldown-long", {"minutes": math.ceil(left / 60)}))
            if left > 0:
                raise RefusedError(Refused("cooldown", {"seconds": math.ceil(left)}))

    async def new_request(self, unit: Unit, ask: Ask, keys: frozenset[str] = frozenset()) -> NewRequest:
        person = await unit.users.settings(ask.requester_id)
        model_id = self.model_id(ask)
        seeds = _seeds(ask)
        draws = self._runs(ask, model_id, seeds, keys) or tuple(
            NewDraw(
                part.model_id or model_id,
                (seeds[0] + part.seed) % SEEDS,
                cost=self._price(part.model_id or model_id, keys),
                variant=part.variant,
                own_key=(part.model_id or model_id) in keys,
            )
            for part in ask.parts[:MAX_DRAWS]
        )
        covered = person.spoiler or (ask.place.group and (await unit.groups.settings(ask.place.chat_id)).spoiler)
        return NewRequest(
            source=ask.source,
            chat_id=ask.place.chat_id,
            requester_id=ask.requester_id,
            prompt=ask.prompt.strip(),
            model=model_id,
            seeds=seeds,
            draws=draws,
            language=ask.language,
            asked_at=ask.asked_at,
            parameters=ask.parameters
            if ask.parameters.spoiler == covered
            else replace(ask.parameters, spoiler=covered),
            full_prompt=ask.full_prompt,
            chat_kind=ask.chat_kind,
            topic_id=ask.place.topic_id,
            reply_to=ask.place.reply_to,
            parent_id=ask.parent_id,
            cost=self._price(model_id, keys),
            own_key=model_id in keys,
            words=ask.words if not draws else None,
            message_id=ask.shown.message_id if ask.shown is not None else None,
            message_kind=ask.shown.kind if ask.shown is not None else None,
            inline_message_id=ask.place.inline,
        )

    def _runs(self, ask: Ask, model_id: str, seeds: tuple[int, ...], keys: frozenset[str]) -> tuple[NewDraw, ...]:
        """Several pictures of a model that gives them in one run. None, where each is to have a seed of its own."""
        model = self._model(model_id)
        most = model.capabilities.images if model is not None else 1
        if ask.parts or len(seeds) < 2 or most < 2 or ask.parameters.seed is not None:
            return ()
        starts = range(0, len(seeds), most)
        cost, own_key = self._price(model_id, keys), model_id in keys
        return tuple(
            NewDraw(model_id, seeds[at], cost, count=min(most, len(seeds) - at), own_key=own_key) for at in starts
        )

    def _price(self, model_id: str, keys: frozenset[str]) -> int:
        """What the operator pays for one picture."""
        return price(self.catalog[model_id]) if model_id in self.catalog and model_id not in keys else 0


def _too_large(ask: Ask, model: Model) -> Refused | None:
    """An upscaled picture that nobody could take; of one whose size is not known that is found out when it is drawn."""
    if ask.parameters.task != UPSCALE or ask.picture_size is None:
        return None
    pixels = upscaled(ask.picture_size, model.capabilities)
    if pixels is None or pixels <= MAX_UPSCALED:
        return None
    shown = {"megapixels": round(pixels / MEGAPIXEL), "limit": MAX_UPSCALED // MEGAPIXEL}
    return Refused("too-large", {**shown})


def _seeds(ask: Ask) -> tuple[int, ...]:
    """One a picture: seed, seed + 1, ..., chosen at acceptance so that a draw can be repeated. Those that are given,
    and more where they are those of runs that gave several pictures."""
    known = ask.seeds or ()
    first = ask.parameters.seed
    if known:
        first = known[0]
    elif first is None:
        first = random_seed(CHOSEN_SEEDS)
    count = min(max(ask.parameters.count, 1), MAX_DRAWS)
    if len(known) >= count:
        return known
    return tuple((first + number) % SEEDS for number in range(count))


def again(draws: Sequence[Draw]) -> tuple[Part, ...]:
    """The parts of a request that is drawn once more; none where its draws are alike."""
    if not draws or any(draw.variant is None for draw in draws):
        return ()
    first = draws[0].seed
    return tuple(
        Part(draw.variant, draw.model if draw.variant.compared else None, (draw.seed - first) % SEEDS)
        for draw in draws
        if draw.variant is not None
    )
