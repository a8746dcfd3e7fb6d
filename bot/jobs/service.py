"""What handlers call: ask, cancel, repeat, send in full."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.clock import Clock
from bot.jobs.acceptance.choices import ChoiceLists
from bot.jobs.acceptance.parameters import fit_to, from_itself, varies, words_of
from bot.jobs.acceptance.styling import Styled, is_fixed
from bot.jobs.acceptance.validation import Ask, Part, RefusedError, Rules, again
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.driver import Driver, Settle
from bot.jobs.full_size import FullSize
from bot.jobs.lifecycle import ending
from bot.jobs.lifecycle.parts import Lifecycle
from bot.jobs.models.health import Health
from bot.telegram.outbox.messages import TEXT
from bot.telegram.outbox.outbox import Destination, Shown
from storage import Database
from storage.records import OPEN_STATES, Draw, DrawnWords, PictureRecord, Request, Variant


class CancelResult(StrEnum):
    CANCELLED = "cancelled"
    NOT_YOURS = "not-yours"
    ALREADY_ENDED = "already-ended"
    UNKNOWN = "unknown"


class ImagineService:
    """All methods may raise StorageUnavailable, and then nothing has changed."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        rules: Rules,
        driver: Driver,
        lifecycle: Lifecycle,
        full_size: FullSize,
        health: Health,
    ) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules
        self._driver = driver
        self._lifecycle = lifecycle
        self._full_size = full_size
        self.health = health

    @property
    def choices(self) -> ChoiceLists:
        """What the models' servers list."""
        return self._rules.choices

    async def ask(self, ask: Ask) -> Accepted | Refused:
        """Commit a request and its draws, and have its placeholder shown. The same `source` makes one request."""
        keys = await self._keys(ask)
        refusal = self._rules.refusal(ask, keys)
        if refusal is None:
            ask, refusal = await self._settled(ask)
        settle: Settle | None = None
        try:
            async with self._db.transaction(urgent=True) as unit:
                await unit.spending.lock_account(ask.account)  # of many at once each sees those before it
                request, draws, created = await unit.requests.accept(await self._rules.new_request(unit, ask, keys))
                if created:
                    if refusal is not None:
                        raise RefusedError(refusal)
                    await self._rules.check_limits(unit, ask, request, draws)
                    settle = await self._driver.accept(unit, request, draws)
        except RefusedError as error:
            ending.refused(ask.requester_id, ask.place.chat_id, ask.model_id, error.refused.code)
            return error.refused
        except BaseException:
            if settle is not None:
                settle(False)
            raise
        if settle is not None:
            ending.accepted(request, draws)
            settle(True)
        elif request.state in OPEN_STATES:
            await self._driver.take_up(request)
        return Accepted(request, created)

    async def _settled(self, ask: Ask) -> tuple[Ask, Refused | None]:
        """With names as the model's server spells them; of several models, as that of the first does."""
        model_id = self._rules.model_id(ask)
        found = await self.choices.settled(self._rules.catalog[model_id], ask.parameters)
        return (ask, found) if isinstance(found, Refused) else (replace(ask, parameters=found), None)

    async def refusal(self, ask: Ask) -> Refused | None:
        """Why this would be refused, as far as that can be judged by the operator's and the model's rules, and by what
        the person's credits are now. Raises StorageUnavailable."""
        keys = await self._keys(ask)
        if (refused := self._rules.refusal(ask, keys)) is not None or not self._rules.costs_credits(ask, keys):
            return refused
        async with self._db.read() as unit:
            return await self._rules.short_of_credits(unit, ask)

    async def _keys(self, ask: Ask) -> frozenset[str]:
        return await self._rules.own_keys.models_of(ask.requester_id) if ask.keys is None else ask.keys

    async def repeat(  # noqa: C901 # a choice for each of its arguments
        self,
        request_id: int,
        *,
        source: str,
        requester_id: int,
        place: Destination,
        fresh_seed: bool,
        model_id: str | None = None,
        chat_kind: str | None = None,
        language: str | None = None,
        size: tuple[int, int] | None = None,
        prompt: str | None = None,
        seed: int | None = None,
        picture_id: int | None = None,
        enhance: bool = False,
        strength: float | None = None,
        vary: bool = False,
        admin: bool = False,
        keys: frozenset[str] | None = None,
    ) -> Accepted | Refused:
        """Ask for the same again, now: with its seeds or new ones, with its model or another, at another size (width
        and height in pixels).

        The new request stands beside the old one (in an inline message, in its place): it refines what that refined.
        With a `prompt` of its own, in place of all that led to the old one, it refines nothing. `seed` is that of the
        one picture that is wanted of several, and `picture_id` says which it is, so that it is drawn with its own words
        and model; `strength` is in place of its own. What was drawn in place of the person's words is drawn again,
        unless they are to be enhanced anew (`enhance`). `vary`: from the picture itself, where its model does that.
        """
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
            picture = await unit.pictures.get(picture_id) if picture_id is not None else None
            shown = await unit.pictures.of_request(request_id) if vary else []
        if old is None or not old.prompt:  # purged, or emptied when its requester wished to be forgotten
            return Refused("request-gone")
        parameters = old.parameters
        if fresh_seed:
            parameters = replace(parameters, seed=None, continued=False)
        if vary and varies(self._rules.catalog, old, shown):
            parameters = from_itself(parameters, shown[0])
        seeds = tuple(draw.seed for draw in draws)
        parts = again(draws) if seed is None and prompt is None else ()
        if model_id is not None and any(part.model_id for part in parts):  # one model in place of several
            parts = ()
        if not parts and len(draws) > 1 and draws[0].variant is not None:  # one picture in place of several
            seeds, parameters = seeds[:1], replace(parameters, count=1)
        variant = picture.variant if picture is not None else draws[0].variant if len(draws) == 1 else None
        said, whole = old.prompt, old.full_prompt or old.prompt
        if variant is not None and not parts:
            said, whole = variant.prompt or said, variant.full_prompt or variant.prompt or whole
            if variant.compared and picture is not None and model_id is None:
                model_id = picture.model
        if seed is not None:
            parameters, seeds = replace(parameters, count=1), (seed,)
        if strength is not None:
            parameters = replace(parameters, strength=strength)
        if size is not None:
            parameters = replace(parameters, width=size[0], height=size[1], aspect_ratio=None)
        words: DrawnWords | None = None
        if enhance:
            parameters = replace(parameters, enhance=True)
        elif prompt is None and model_id in (None, old.model):
            words = _drawn_words(old, draws, picture)
        if model_id is not None and model_id != old.model and model_id in self._rules.catalog:
            parameters = fit_to(self._rules.catalog[model_id], parameters)
        return await self.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=chat_kind or old.chat_kind,
                requester_id=requester_id,
                language=language or old.language,
                asked_at=self._clock.now(),
                prompt=prompt or said,
                model_id=model_id or old.model,
                parameters=parameters,
                parent_id=None if prompt else old.parent_id,
                history=[{"role": "user", "content": prompt or whole}],
                seeds=None if fresh_seed else seeds or None,
                repeated=True,
                words=words,
                admin=admin,
                keys=keys,
                parts=parts,
                shown=_in_place(old, place),
            )
        )

    async def restyle(
        self,
        request_id: int,
        styled: Styled,
        *,
        source: str,
        requester_id: int,
        place: Destination,
        language: str,
        file_id: str | None = None,
        admin: bool = False,
        keys: frozenset[str] | None = None,
    ) -> Accepted | Refused:
        """Ask for the same words and seeds in another style, with its model where it has one; `file_id`: the picture
        that it starts from."""
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
        if old is None or not old.prompt:
            return Refused("request-gone")
        catalog, asked = self._rules.catalog, old.parameters
        usable = {model.id for model in catalog.enabled(keys or frozenset())}
        model_id = styled.model if styled.model in usable else old.model
        model = next((model for model in catalog if model.id == model_id), None)
        if file_id is not None:
            asked = replace(asked, input_file_ids=(file_id,), input_optional=False)
        asked = replace(asked, input_file_ids=tuple(one for one in asked.input_file_ids if not is_fixed(one)))
        asked = styled.dressed(fit_to(model, asked) if model is not None else asked, model, sized=True)
        return await self.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=old.chat_kind,
                requester_id=requester_id,
                language=language,
                asked_at=self._clock.now(),
                prompt=old.prompt,
                model_id=model_id,
                parameters=asked,
                parent_id=old.parent_id,
                history=[{"role": "user", "content": old.full_prompt or old.prompt}],
                seeds=tuple(draw.seed for draw in draws) or None,
                admin=admin,
                keys=keys,
                parts=again(draws),
            )
        )

    async def compare(
        self,
        request_id: int,
        models: Sequence[str],
        *,
        source: str,
        requester_id: int,
        place: Destination,
        language: str,
        admin: bool = False,
        keys: frozenset[str] | None = None,
    ) -> Accepted | Refused:
        """Ask for the same words, with the seed of its first picture, of each of these models."""
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
        if old is None or not old.prompt:
            return Refused("request-gone")
        first = draws[0].variant if draws else None
        words, whole = words_of(old, first)
        return await self.ask(
            Ask(
                source=source,
                place=place,
                chat_kind=old.chat_kind,
                requester_id=requester_id,
                language=language,
                asked_at=self._clock.now(),
                prompt=words,
                model_id=models[0],
                parameters=replace(old.parameters, count=1),
                parent_id=old.parent_id,
                history=[{"role": "user", "content": whole or words}],
                seeds=(draws[0].seed,) if draws else None,
                repeated=True,
                admin=admin,
                keys=keys,
                parts=tuple(Part(Variant(compared=True), model) for model in models),
            )
        )

    async def cancel(self, request_id: int, *, by: int, admin: bool) -> CancelResult:
        """End it wherever it is, at the back-end too. `by` is who asks, `admin` whether they may end anybody's."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
        if request is None:
            return CancelResult.UNKNOWN
        if by != request.requester_id and not admin:
            return CancelResult.NOT_YOURS
        cancelled = await self._driver.cancel(request)
        return CancelResult.CANCELLED if cancelled else CancelResult.ALREADY_ENDED

    async def replace(self, request_id: int, ask: Ask, shown: Shown) -> Accepted | Refused:
        """Ask for something else in the message `shown` of a request that is being drawn, which ends without a word.
        Where that one has ended meanwhile, the answer is a message of its own."""
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
        if old is None:
            return Refused("request-gone")
        if not await self._driver.supersede(old):
            return await self.ask(ask)
        outcome = await self.ask(replace(ask, shown=shown))
        if isinstance(outcome, Refused):
            await self._lifecycle.outcomes.show_cancelled(
                replace(old, message_id=shown.message_id, message_kind=shown.kind)
            )
        return outcome

    async def cancel_newest(self, chat_id: int, requester_id: int) -> CancelResult:
        """UNKNOWN when nothing of theirs is open there."""
        async with self._db.read() as unit:
            request = await unit.requests.newest_open(chat_id, requester_id)
        if request is None:
            return CancelResult.UNKNOWN
        return await self.cancel(request.id, by=requester_id, admin=False)

    async def send_full(self, picture_id: int, place: Destination) -> bool:
        """One picture of a sheet. False when its bytes are not kept any more: offer to draw it again."""
        return await self._full_size.send(picture_id, place)

    async def send_all(self, request_id: int, place: Destination) -> int:
        """All pictures of a sheet, in albums; how many came."""
        return await self._full_size.send_all(request_id, place)

    async def cancel_all(self, requester_id: int) -> int:
        """Cancel what a person has open; how many requests that were."""
        async with self._db.read() as unit:
            open_requests = await unit.requests.open_of(requester_id)
        return sum([await self._driver.cancel(request) for request in open_requests])

    async def forget(self, requester_id: int) -> None:
        """Cancel what a person has open, and erase all that is kept of them."""
        await self.cancel_all(requester_id)
        async with self._db.read() as unit:
            allowance = await unit.moderation.allowance(requester_id)
        own = allowance.daily_limit is not None or allowance.daily_cost is not None
        counted_since = self._rules.counted_since(own=own)
        erased = True
        while erased:  # a transaction for some hundred rows each: everybody else writes in between
            async with self._db.transaction() as unit:
                erased = bool(await unit.history.forget(requester_id, counted_since=counted_since))

    async def knows(self, source: str) -> bool:
        """Whether this act has made a request."""
        async with self._db.read() as unit:
            return await unit.requests.of_source(source) is not None

    async def allowance(self, account: int) -> int | None:
        """What an account (see `storage.records.account_of`) may still spend, in millionths of the operator's unit.
        None: there is no limit."""
        async with self._db.read() as unit:
            return await self._rules.money.left(unit, account)

    async def heal(self, request_id: int, shown: Shown) -> None:
        """A button of this request was pressed on the message `shown`: if that is a placeholder whose sending was
        never answered, it is known from now on, or says how its request ended without it."""
        await self._lifecycle.placeholders.heal(self._lifecycle.active.get(request_id), request_id, shown)

    async def chat_gone(self, chat_id: int, reason: str) -> None:
        """The bot was blocked or removed there: its requests end, undeliverable, and nothing is sent any more."""
        await self._lifecycle.outcomes.chat_gone(chat_id, reason)


def _drawn_words(old: Request, draws: Sequence[Draw], picture: PictureRecord | None) -> DrawnWords | None:
    """What was drawn in place of the person's words, where all draws or the one `picture` had the same."""
    if any(draw.variant is not None for draw in draws):
        return picture.words if picture is not None else None
    of_model = (draw.words for draw in draws if draw.model == old.model and draw.words is not None)
    return next((found for found in of_model if found.failed is None), None)


def _in_place(old: Request, place: Destination) -> Shown | None:
    """Of an inline message, which shows one request after the other; its number says which came before."""
    return Shown(old.id, old.message_kind or TEXT) if place.inline is not None else None
