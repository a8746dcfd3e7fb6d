"""The placeholder of a request: sent once. What became of it is stored, so that any process can edit it.

The row decides conflicts. The sender writes `sending` before it sends, and `known` with the message's id afterwards.
The end takes the place of a known placeholder. If none is known and the sender cannot be waited for, the row is set to
`skipped` first. From then on the end is a new message, and a sender that comes too late sees that and deletes its
placeholder.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress

import structlog

from bot.clock import Clock
from bot.jobs.lifecycle.active_requests import ActiveRequest, known_placeholder
from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.in_flight import InFlight
from bot.jobs.lifecycle.queue_positions import Places
from bot.jobs.settings import Policies
from bot.operations import metrics
from bot.telegram.outbox.outbox import ChatGone, DeliveryFailed, Shown
from storage import Database, StorageError, StorageUnavailable
from storage.records import OPEN_STATES, PlaceholderState, Request, RequestState

log = structlog.stdlib.get_logger(__name__)

Guard = Callable[[int], AbstractContextManager[None]]


def unguarded(_request_id: int) -> AbstractContextManager[None]:
    """The `Guard` of the only process, which needs no check: showing the end drops a placeholder that was not sent
    yet."""
    return nullcontext()


class Placeholders:
    """Calls inside `guard(request_id)` are sent only while that request still needs a placeholder; calls inside
    `while_it_waits` only while none of its draws is admitted."""

    def __init__(
        self,
        db: Database,
        display: Display,
        clock: Clock,
        policies: Policies,
        guard: Guard,
        while_it_waits: Callable[[ActiveRequest], AbstractContextManager[None]],
    ) -> None:
        self._db = db
        self._display = display
        self._clock = clock
        self._policies = policies
        self._guard = guard
        self._while_it_waits = while_it_waits
        self._places = Places()
        self._showing: set[ActiveRequest] = set()
        self._in_flight = InFlight()

    async def show(self, active: ActiveRequest) -> None:
        """Sends the placeholder unless one was sent before. In any case it is answered.

        Raises ChatGone, and DeliveryFailed if the bot may not even send a text.
        """
        active.placeholder.sent_here = True
        self._showing.add(active)
        try:
            with self._in_flight:
                await self._show(active)
        except StorageError as error:
            log.warning("no placeholder: database unavailable", request=active.request.id, error=str(error))
        except (ChatGone, DeliveryFailed):
            raise
        except Exception:
            log.exception("no placeholder", request=active.request.id)
        finally:
            self._showing.discard(active)
            active.placeholder.answer(None)

    async def _show(self, active: ActiveRequest) -> None:
        request_id, placeholder = active.request.id, active.placeholder

        async def announced() -> tuple[bool, Request | None]:
            async with self._db.transaction(urgent=True) as unit:
                sending = await unit.requests.placeholder_sending(request_id)
                request = sending or await unit.requests.get(request_id)
                if request is not None and request.state is RequestState.WAITING:
                    active.progress.position = await self._places.of(unit, request_id)
                return sending is not None, request

        def worth_it(error: Exception) -> bool:
            return isinstance(error, StorageUnavailable) and not placeholder.recall.called_back

        mine, request = await self._policies.note.run(announced, worth_it)
        if request is None:
            return
        if not mine:
            placeholder.answer(known_placeholder(request))
            if active.place.inline is not None and placeholder.shown is not None:
                await self._begin(active, request)
            return
        if request.state is not RequestState.WAITING:
            active.progress.admitted()
        card = self._display.progress_card(request, active.progress.status(self._clock.monotonic()))
        active.progress.text = card.text
        with self._guard(request_id):
            shown = await self._display.placeholder(active, card)
        with placeholder.noting():
            if shown is not None:
                metrics.placeholder_shown(request, self._clock.now())
                placeholder.answer(shown)  # this process knows it, whether it can be stored now or not
            await self._note(active, shown)

    async def _begin(self, active: ActiveRequest, request: Request) -> None:
        """An inline message exists before its request. It already says that the picture is being made, so this is only
        an edit, and may come after progress or the end."""
        if request.state is not RequestState.WAITING:
            active.progress.admitted()
        if active.progress.quiet or request.state not in OPEN_STATES:
            return
        card = self._display.progress_card(request, active.progress.status(self._clock.monotonic()))
        with self._while_it_waits(active):
            if await self._display.progress(active, card) is not None:
                active.progress.text = card.text

    async def _note(self, active: ActiveRequest, shown: Shown | None) -> None:
        """Stores what became of it, as soon as the database can: other processes may wait for it."""
        request_id = active.request.id

        async def noted() -> Request | None:
            async with self._db.transaction(urgent=True) as unit:
                if shown is None:
                    await unit.requests.placeholder_skipped(request_id)
                elif not await unit.requests.placeholder_known(request_id, shown.message_id, shown.kind):
                    return await unit.requests.get(request_id)
            return None

        late = await self._policies.note.run(noted, StorageUnavailable)
        if shown is None:
            active.placeholder.given_up = True
        elif late is not None and late.message_id != shown.message_id:
            active.placeholder.shown = None
            gone = await self._display.take_back(late, shown)
            log.info("placeholder came too late", request=request_id, deleted=gone)

    async def overtaken(self, active: ActiveRequest) -> Shown | None:
        """The message whose place the end takes. None: there is none, and none will become known.

        Raises StorageUnavailable.
        """
        active.placeholder.recall.call_back()
        await active.placeholder.answered()
        await active.placeholder.noted()  # if this process is killed now, the next one takes the same message's place
        shown = active.placeholder.shown
        if shown is not None or active.placeholder.given_up:
            return shown
        async with self._db.transaction(urgent=True) as unit:
            await unit.requests.placeholder_skipped(active.request.id)
            request = await unit.requests.get(active.request.id)
        active.placeholder.given_up = True
        if request is not None:  # it was known after all
            active.placeholder.shown = known_placeholder(request)
        return active.placeholder.shown

    async def heal(self, active: ActiveRequest | None, request_id: int, shown: Shown) -> None:
        """A button of the request was pressed on the message `shown`. If that is a placeholder whose sending was
        never answered, it becomes the known placeholder, or says how its request ended without it. Raises
        StorageUnavailable."""
        healed = False
        async with self._db.transaction() as unit:
            request = await unit.requests.get(request_id)
            if request is None or request.message_id == shown.message_id:
                return
            if request.state in OPEN_STATES and request.placeholder is PlaceholderState.SENDING:
                healed = await unit.requests.placeholder_known(request_id, shown.message_id, shown.kind)
        if request.state not in OPEN_STATES:
            with suppress(ChatGone, DeliveryFailed):
                await self._display.ended(request, shown)
        elif healed and active is not None and active.placeholder.is_answered and active.placeholder.shown is None:
            active.placeholder.shown = shown

    async def settle(self) -> None:
        """Drops placeholders that still wait for their turn, and waits for those that were sent: until they are known,
        or deleted because they came too late."""
        for active in self._showing:
            active.placeholder.recall.call_back()
        await self._in_flight.settle(self._policies.placeholders_settle)
