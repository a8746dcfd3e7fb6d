"""What handlers call: ask, draw again, cancel, send in full."""

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from bot.clock import Clock
from bot.jobs.acceptance.choices import ChoiceLists
from bot.jobs.acceptance.redrawing import Change, Drawn, Requester, same_again
from bot.jobs.acceptance.validation import Ask, RefusedError, Rules
from bot.jobs.contracts import Accepted, Refused
from bot.jobs.driver import Driver, Settle
from bot.jobs.full_size import FullSize
from bot.jobs.lifecycle import ending
from bot.jobs.lifecycle.lifecycle import Lifecycle
from bot.jobs.models.health import Health
from bot.telegram.outbox.outbox import Destination, Shown
from storage import Database
from storage.records import OPEN_STATES


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
        if isinstance(found, Refused):
            return ask, found
        return (ask if found is ask.parameters else replace(ask, parameters=found)), None

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

    async def redraw(self, request_id: int, change: Change, by: Requester) -> Accepted | Refused:
        """Ask for something again, now, with this change."""
        async with self._db.read() as unit:
            old = await unit.requests.get(request_id)
            draws = await unit.draws.of_request(request_id)
            pictures = await unit.pictures.of_request(request_id)
        if old is None or not old.prompt:  # purged, or emptied when its requester wished to be forgotten
            return Refused("request-gone")
        meant = next((picture for picture in pictures if picture.id == change.picture_id), None)
        drawn = Drawn(old, draws, pictures, meant)
        return await self.ask(change.made(same_again(drawn, by, self._clock.now()), drawn, self._rules.catalog))

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

    async def send_full(self, picture_id: int, place: Destination, keys: Collection[str] = ()) -> bool:
        """One picture of a sheet; `keys`: as in `Presenter`. False when its bytes are not kept any more: offer to draw
        it again."""
        return await self._full_size.send(picture_id, place, keys)

    async def send_all(self, request_id: int, place: Destination, keys: Collection[str] = ()) -> int:
        """All pictures of a sheet, in albums; how many came."""
        return await self._full_size.send_all(request_id, place, keys)

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
