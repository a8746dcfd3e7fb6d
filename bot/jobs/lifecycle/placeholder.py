"""The first card of a request: sent once, and what became of it stored, so that a successor can edit it."""

import logging
import time
from contextlib import nullcontext, suppress

from bot.jobs.contracts import Outlet, Presenter
from bot.jobs.lifecycle.active_requests import ActiveRequest, place_of
from bot.jobs.lifecycle.in_flight import InFlight
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.progress import Progress
from bot.jobs.lifecycle.queue_positions import Places
from bot.jobs.lifecycle.retry import retried
from bot.telegram.outbox.outbox import ChatGone, DeliveryFailed, Shown
from bot.telegram.rate_limit.lease_guard import Check, fenced
from bot.telegram.rate_limit.priority import Withdrawn
from storage import Database, StorageError, StorageUnavailable
from storage.records import OPEN_STATES, PlaceholderState, Request, RequestState

log = logging.getLogger(__name__)

NOTED_WITHIN = 60.0  # s, while the database is gone
SETTLING = 5.0  # s, when the process stops
FRESH_SECONDS = 1.0  # after which a placeholder that waited for its turn is looked at once more


class Placeholders:
    def __init__(
        self,
        db: Database,
        outbox: Outlet,
        presenter: Presenter,
        progress: Progress,
        endings: Outcomes,
        *,
        alone: bool = True,
    ) -> None:
        self._alone = alone
        self._places = Places()
        self._showing: set[ActiveRequest] = set()
        self._under_way = InFlight()
        self._db = db
        self._outbox = outbox
        self._presenter = presenter
        self._progress = progress
        self._endings = endings

    async def show(self, live: ActiveRequest) -> None:
        """Send the placeholder unless one was sent before. However that goes, `live.placeholder` gets its answer."""
        with self._under_way:
            await self._show_or_end(live)

    async def _show_or_end(self, live: ActiveRequest) -> None:
        self._showing.add(live)
        try:
            live.answer(await self._show(live))
        except ChatGone as gone:
            live.answer(None)
            await self._endings.gone(live, gone.reason)
        except DeliveryFailed as error:
            live.answer(None)
            await self._endings.forbidden(live, error.reason)
        except StorageError as error:
            log.warning("request %d has no placeholder: %s", live.request.id, error)
        except Exception:
            log.exception("request %d has no placeholder", live.request.id)
        finally:
            self._showing.discard(live)
            live.answer(None)

    async def _show(self, live: ActiveRequest) -> Shown | None:
        request_id = live.request.id
        async with self._db.transaction(urgent=True) as unit:
            mine = await unit.requests.placeholder_sending(request_id)
            request = await unit.requests.get(request_id)
            if request is not None and request.state is RequestState.WAITING:
                live.position = await self._places.of(unit, request_id)
        if request is None:
            return None
        if not mine:
            return known_placeholder(request)
        if request.state is not RequestState.WAITING:
            live.admitted()
        self._progress.first(request, live)
        assert live.card is not None
        with nullcontext() if self._alone else fenced(self._still_wanted(request_id)):
            shown = await self._outbox.placeholder(live.place, live.card, recall=live.recall)
        if shown is not None:
            self._progress.placeholder_shown(request)
        try:
            await self._note(request_id, shown)
        except StorageError as error:  # this process knows it; a crash from here on would leave it behind
            log.warning("the placeholder of request %d is not stored: %s", request_id, error)
        return shown

    async def settle(self, seconds: float = SETTLING) -> None:
        """Call back what still waits for its turn, and let come to its end what was sent: until it is known, or taken
        back because it came too late."""
        for live in self._showing:
            live.recall.call_back()
        await self._under_way.settle(seconds)

    def _still_wanted(self, request_id: int) -> Check:
        """Another process that waits for it gives up after a while, and shows the end without it."""
        began = time.monotonic()

        async def check() -> None:
            if time.monotonic() - began < FRESH_SECONDS:
                return
            try:
                async with self._db.read() as unit:
                    request = await unit.requests.get(request_id)
            except StorageUnavailable:
                return  # hardly anybody could end it; if so, `_note` finds out and takes the placeholder back
            if request is None or request.state not in OPEN_STATES or request.message_id is not None:
                raise Withdrawn

        return check

    async def _note(self, request_id: int, shown: Shown | None) -> None:
        async def stored() -> Request | None:
            async with self._db.transaction() as unit:
                if shown is None:
                    await unit.requests.placeholder_skipped(request_id)
                else:
                    await unit.requests.placeholder_known(request_id, shown.message_id, shown.kind)
                return None if self._alone else await unit.requests.get(request_id)

        if self._alone:
            await stored()
            return
        # Another process waits for it.
        request = await retried(stored, StorageUnavailable, timeout=NOTED_WITHIN, wait_initial=0.2, wait_max=2.0)
        if shown is None or request is None:
            return
        # Or it has ended the request meanwhile, maybe by a message of its own.
        if request.message_id != shown.message_id:
            await self._outbox.delete(place_of(request), shown.message_id)
        elif request.state not in OPEN_STATES:
            await self._endings.show_again(request)

    async def heal(self, live: ActiveRequest | None, request_id: int, shown: Shown) -> None:
        """A button of the request was pressed on the message `shown`: if that is a placeholder whose sending was never
        answered, it is known from now on, or says how its request ended without it."""
        async with self._db.transaction() as unit:
            request = await unit.requests.get(request_id)
            if request is None or request.message_id == shown.message_id:
                return
            if request.state in OPEN_STATES and request.placeholder is PlaceholderState.SENDING:
                await unit.requests.placeholder_known(request_id, shown.message_id, shown.kind)
        if request.state in OPEN_STATES:
            if live is not None and live.shown is None and live.placeholder.done():
                live.shown = shown
            return
        with suppress(ChatGone, DeliveryFailed):
            await self._outbox.card(place_of(request), shown, self._presenter.ended(request))


def known_placeholder(request: Request) -> Shown | None:
    """What an earlier process has stored of it; None where nothing is known to be shown."""
    if request.placeholder is not PlaceholderState.KNOWN or request.message_id is None:
        return None
    return Shown(message_id=request.message_id, kind=request.message_kind or "text", file_id=None)
