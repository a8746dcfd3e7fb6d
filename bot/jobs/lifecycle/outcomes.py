"""Ends without a picture: a failure that is shown, a cancellation that is shown, a chat that is gone."""

from collections.abc import Callable

import structlog

from bot.clock import Clock
from bot.jobs.contracts import Failure
from bot.jobs.lifecycle import ending
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests, known_message
from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.new_message import NewMessages
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.reasons import told
from bot.telegram.outbox.outbox import ChatGone, DeliveryFailed, Recall, Shown
from storage import Database, StorageError
from storage.records import Request, RequestState
from storage.repositories.requests import UNTOLD

log = structlog.stdlib.get_logger(__name__)


class Outcomes:
    """Each method brings one end about, or raises StorageUnavailable, ChatGone or DeliveryFailed; then all of it has to
    be repeated. `stop_draws` stops what this process draws for a request, at the back-end too."""

    def __init__(
        self,
        db: Database,
        display: Display,
        placeholders: Placeholders,
        new_messages: NewMessages,
        active: ActiveRequests,
        clock: Clock,
        stop_draws: Callable[[int], None],
    ) -> None:
        self._db = db
        self._display = display
        self._placeholders = placeholders
        self._new_messages = new_messages
        self._active = active
        self._clock = clock
        self._stop_draws = stop_draws

    async def fail(self, active: ActiveRequest, failure: Failure) -> None:
        """Shows why there is no picture, then stores it. After a crash in between it is shown again, in the same
        message. Does nothing if another end was claimed."""
        if not active.claim.take():
            return
        active.stop_showing()
        request, placeholder = active.request, active.placeholder
        overtaken = await self._placeholders.overtaken(active)
        fence = active.claim.attempt if active.claim.held else None

        async def show(_: Recall | None = None) -> Shown:
            placeholder.shown = shown = await self._display.failure(request, overtaken, told(failure))
            return shown

        async def store(shown: Shown) -> bool:
            return await self._store(request, RequestState.FAILED, failure, shown=shown, attempt=fence)

        if overtaken is None:
            await self._new_messages.send(request, show, store)
        else:
            await store(await show())
        await self._take_back_sheets(request)
        self._stop(active)

    async def tell_in_private(self, active: ActiveRequest, reason: str) -> None:
        """Tells the person in their private chat, because not even a text may be sent to the request's chat."""
        if not active.claim.take():
            return
        active.stop_showing()
        request, state, failure = active.request, RequestState.UNDELIVERABLE, Failure(reason)
        # Negative ids are chats that speak for themselves; nobody can be written to behind them.
        if active.place.group and request.requester_id > 0:
            try:
                await self._display.failure_in_private(request, Failure("no-rights"))
                state, failure = RequestState.FAILED, Failure("no-rights", detail=reason)
            except (ChatGone, DeliveryFailed) as error:
                log.info("requester cannot be told in private", request=request.id, reason=str(error))
        await self._store(request, state, failure)
        self._stop(active)

    async def cancel(self, active: ActiveRequest) -> bool:
        """Stores that the person cancelled, stops what runs, and shows it. False: the request has ended, or is ending,
        in another way. Raises StorageUnavailable if that could not be stored; then nothing has changed."""
        if not await self._cancelled(active, superseded=False):
            return False
        await self.show_cancelled(active.request, active)
        self._active.close(active)
        return True

    async def supersede(self, active: ActiveRequest) -> bool:
        """Like `cancel`, but shows nothing. When it returns, the message is free for another request."""
        if not await self._cancelled(active, superseded=True):
            return False
        active.placeholder.recall.call_back()
        await active.progress.through()  # an edit on its way must not come after those of the other one
        self._active.close(active)
        return True

    async def _cancelled(self, active: ActiveRequest, *, superseded: bool) -> bool:
        claim, request = active.claim, active.request
        if not claim.take():
            return False
        try:
            async with self._db.transaction(urgent=True) as unit:
                stored = await unit.requests.cancel(request.id, attempt=claim.attempt, reason=UNTOLD)
                if stored:
                    await unit.pictures.drop_bytes(request.id, keep_until=None)
                    if superseded:
                        await unit.requests.give_up_message(request.id)
        except BaseException:
            claim.give_back()
            raise
        if not stored:  # its picture is on its way, perhaps from here: whoever brings it needs the claim
            claim.give_back()
            return False
        claim.finished = True
        active.progress.stop()
        self._stop_draws(request.id)
        ending.ended(request, RequestState.CANCELLED, self._clock.now())
        return True

    async def show_cancelled(self, request: Request, active: ActiveRequest | None = None) -> None:
        """Makes the placeholder say that it was cancelled, also again after a crash. Raises nothing except when it is
        cancelled: at the latest the next start, or whoever looks for unfinished cancellations, shows it."""
        try:
            if active is not None:
                shown: Shown | None = await self._placeholders.overtaken(active)
            elif (shown := known_message(request)) is None:
                return
            shown = await self._display.cancelled(request, shown)
            async with self._db.transaction() as unit:
                await unit.requests.set_message(request.id, shown.message_id, shown.kind)
                await unit.requests.told(request.id)
            await self._take_back_sheets(request)
        except ChatGone as gone:
            await self._forget_chat(request, gone.reason)
        except Exception:
            log.exception("cancelled, but the placeholder does not say so yet", request=request.id)

    async def show_again(self, request: Request) -> None:
        """Shows the end once more, because an edit of this process may have come after the end that another one has
        shown."""
        if (shown := known_message(request)) is None:
            return
        try:
            if request.state is RequestState.CANCELLED:
                await self._display.cancelled(request, shown)
            elif request.state is RequestState.FAILED:
                failure = Failure(request.reason or "internal", detail=request.detail)
                await self._display.failure(request, shown, told(failure))
        except (ChatGone, DeliveryFailed) as error:
            log.info("end not shown again", request=request.id, reason=str(error))

    async def undeliverable(self, active: ActiveRequest, reason: str) -> None:
        """Ends this request and all others of its chat, because the chat takes nothing any more. If an inline message
        is gone, only this request ends."""
        active.claim.take()
        if active.place.inline is not None:
            await self._store(active.request, RequestState.UNDELIVERABLE, Failure(reason))
            self._stop(active)
            return
        await self.chat_gone(active.request.chat_id, reason, claimed=active)

    async def chat_gone(self, chat_id: int, reason: str, *, claimed: ActiveRequest | None = None) -> None:
        """Ends all requests of a chat, also if that is learnt without sending: the bot was blocked or removed."""
        ours = [active for active in self._active if active.request.chat_id == chat_id]
        ending_here = [active for active in ours if active is claimed or active.claim.take()]
        try:
            async with self._db.transaction() as unit:
                await unit.chats.mark_dead(chat_id, reason)
                ended = await unit.requests.open_in(chat_id)
                for request in ended:
                    await unit.requests.finish(request.id, RequestState.UNDELIVERABLE, reason=reason)
                    await unit.pictures.drop_bytes(request.id, keep_until=None)
        except BaseException:
            for active in ending_here:
                active.claim.give_back()
            raise
        for request in ended:
            ending.ended(request, RequestState.UNDELIVERABLE, self._clock.now(), failure=Failure(reason))
        for active in ending_here:
            self._stop(active)

    async def give_up(self, active: ActiveRequest) -> None:
        """Ends a request whose person could not be told for too long."""
        await self._store(active.request, RequestState.FAILED, Failure("delivery", detail="nobody could be told"))
        self._stop(active)

    async def _forget_chat(self, request: Request, reason: str) -> None:
        try:
            if request.inline_message_id is not None:
                async with self._db.transaction() as unit:
                    await unit.requests.told(request.id)  # nobody is left to be told
                return
            await self.chat_gone(request.chat_id, reason)
        except StorageError as error:
            log.warning("chat is gone, not stored", chat=request.chat_id, error=str(error))

    async def _take_back_sheets(self, request: Request) -> None:
        """Deletes the sheets that were sent before the request failed: its first message says that there are no
        pictures."""
        async with self._db.read() as unit:
            sheets = await unit.sheets.of_request(request.id)
        for sheet in sheets:
            gone = await self._display.take_back(request, Shown(sheet.message_id))
            log.info("sheet taken back", request=request.id, number=sheet.number, deleted=gone)
        if sheets:
            async with self._db.transaction() as unit:
                await unit.sheets.forget(request.id)

    def _stop(self, active: ActiveRequest) -> None:
        """Stops the request's draws and forgets it, because its end is stored."""
        active.claim.finished = True
        self._stop_draws(active.request.id)
        self._active.close(active)

    async def _store(
        self,
        request: Request,
        state: RequestState,
        failure: Failure,
        *,
        shown: Shown | None = None,
        attempt: int | None = None,
    ) -> bool:
        """Stores the end. False: another end was stored, or this one was stored before and its answer was lost."""
        async with self._db.transaction() as unit:
            stored = await unit.requests.finish(
                *(request.id, state),
                reason=failure.code,
                detail=failure.detail,
                attempt=attempt,
                shown=None if shown is None else (shown.message_id, shown.kind),
            )
            if stored:
                await unit.pictures.drop_bytes(request.id, keep_until=None)
        if stored:
            ending.ended(request, state, self._clock.now(), failure=failure)
        return stored
