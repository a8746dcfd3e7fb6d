"""The ends that are no picture: a failure that is told, a cancellation that is shown, a chat that is gone."""

import logging
from collections.abc import Callable

from bot.jobs.contracts import DETAIL_LENGTH, Failure, Outlet, Presenter, clean
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests, place_of
from bot.jobs.lifecycle.progress import Progress
from bot.operations import metrics
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Shown
from providers.errors import ProviderError, QuotaExceeded, ResponseError
from storage import Database, StorageError
from storage.records import Draw, Request, RequestState
from storage.repositories.requests import UNTOLD

log = logging.getLogger(__name__)


class Outcomes:
    """`cancel_draws` stops what runs of a request; `later` has the request taken up again after a while."""

    def __init__(
        self,
        db: Database,
        outbox: Outlet,
        presenter: Presenter,
        progress: Progress,
        board: ActiveRequests,
        cancel_draws: Callable[[int], None],
        later: Callable[[int], None],
        *,
        alone: bool = True,
    ) -> None:
        self._alone = alone
        self._db = db
        self._outbox = outbox
        self._presenter = presenter
        self._progress = progress
        self._board = board
        self._cancel_draws = cancel_draws
        self._later = later

    async def fail(self, live: ActiveRequest, failure: Failure) -> None:
        """Tell why there is no picture, then store it: a crash in between tells it once more, in the same message.

        Does nothing when another end was claimed; never raises but for cancellation.
        """
        if live.end():
            self._progress.stop(live)
            await self.tell_failure(live, failure)

    async def tell_failure(self, live: ActiveRequest, failure: Failure) -> None:
        """As `fail`, for who has claimed the end already."""
        request = live.request
        log.info("request %d failed: %s", request.id, failure.code)
        try:
            shown = await self._show(live, self._presenter.failed(request, failure))
            await self._store(request, RequestState.FAILED, reason=failure.code, shown=shown, attempt=live.claim)
            self._board.close(request.id)
        except ChatGone as gone:
            await self._undeliverable(request.chat_id, gone.reason, claimed=live)
        except DeliveryFailed as error:
            if error.temporary:
                self._retry(live, error)
            else:
                await self._tell_in_private(live, error.reason)
        except Exception as error:  # noqa: BLE001 - logged there, and all of it is done again
            self._retry(live, error)

    async def forbidden(self, live: ActiveRequest, reason: str) -> None:
        """Not even a text may be sent there: the person is told in private, if that is possible."""
        if live.end():
            self._progress.stop(live)
            await self._tell_in_private(live, reason)

    async def _tell_in_private(self, live: ActiveRequest, reason: str) -> None:
        request = live.request
        state = RequestState.UNDELIVERABLE
        try:
            # Negative ids are chats that speak for themselves; nobody can be written to behind them.
            if live.place.group and request.requester_id > 0:
                card = self._presenter.failed(request, Failure("no-rights"))
                try:
                    await self._outbox.reply(Destination(chat_id=request.requester_id), card)
                    state, reason = RequestState.FAILED, "no-rights"
                except (ChatGone, DeliveryFailed) as error:
                    log.info("the requester of %d cannot be told in private either: %s", request.id, error)
            await self._store(request, state, reason=reason)
            live.over = True
            self._cancel_draws(request.id)
            self._board.close(request.id)
        except Exception as error:  # noqa: BLE001 - logged there, and all of it is done again
            self._retry(live, error)

    async def cancel(self, live: ActiveRequest) -> bool:
        """Store that the person cancelled it, stop what runs, and show it. False: it has ended, or is ending, in
        another way. Raises StorageUnavailable when that could not be stored; then nothing has changed."""
        if not live.end():
            return False
        request = live.request
        try:
            stored = await self._store_cancelled(request)
        except BaseException:
            live.reopen()
            raise
        live.over = True
        self._progress.stop(live)
        self._cancel_draws(request.id)
        if stored:
            await self.show_cancelled(request, live)
        self._board.close(request.id)
        return stored

    async def show_cancelled(self, request: Request, live: ActiveRequest | None = None) -> None:
        """Make its placeholder say so; also again, where a crash came in between: `untold` finds it."""
        try:
            card = self._presenter.cancelled(request)
            if live is not None:
                shown = await self._show(live, card)
            elif (known := known_message(request)) is not None:
                shown = await self._outbox.card(place_of(request), known, card)
            else:
                return
            async with self._db.transaction() as unit:
                await unit.requests.set_message(request.id, shown.message_id, shown.kind)
                await unit.requests.told(request.id)
        except ChatGone as gone:
            await self._undeliverable(request.chat_id, gone.reason)
        except Exception:
            log.exception("request %d is cancelled, but its placeholder does not say so", request.id)

    async def show_again(self, request: Request) -> None:
        """An edit of this process may have come after the end that another one has shown."""
        match request.state:
            case RequestState.CANCELLED:
                card = self._presenter.cancelled(request)
            case RequestState.FAILED:
                card = self._presenter.failed(request, Failure(request.reason or "internal"))
            case _:
                return
        if (shown := known_message(request)) is None:
            return
        try:
            await self._outbox.card(place_of(request), shown, card)
        except (ChatGone, DeliveryFailed) as error:
            log.info("the end of request %d is not shown again: %s", request.id, error)

    async def gone(self, live: ActiveRequest, reason: str) -> None:
        """The chat takes nothing any more: this request and all others of that chat end here."""
        live.end()
        await self._undeliverable(live.request.chat_id, reason, claimed=live)

    async def chat_gone(self, chat_id: int, reason: str) -> None:
        """Likewise, learnt otherwise than by sending: the bot was blocked or removed."""
        await self._undeliverable(chat_id, reason)

    async def _undeliverable(self, chat_id: int, reason: str, *, claimed: ActiveRequest | None = None) -> None:
        ended = [live for live in self._board if live.request.chat_id == chat_id and (live is claimed or live.end())]
        try:
            async with self._db.transaction() as unit:
                await unit.chats.mark_dead(chat_id, reason)
                ids = {live.request.id for live in ended}
                if not self._alone:
                    ids |= {request.id for request in await unit.requests.open_in(chat_id)}
                for request_id in sorted(ids):
                    await unit.requests.finish(request_id, RequestState.UNDELIVERABLE, reason=reason)
                    await unit.pictures.drop_bytes(request_id, keep_until=None)
        except StorageError as error:
            for live in ended:
                self._retry(live, error)
            return
        log.info("the chat of %d requests is gone: %s", len(ended), reason)
        for live in ended:
            metrics.ended(live.request, RequestState.UNDELIVERABLE)
            live.over = True
            self._progress.stop(live)
            self._cancel_draws(live.request.id)
            self._board.close(live.request.id)

    async def _show(self, live: ActiveRequest, card: Card) -> Shown:
        live.shown = await self._outbox.card(live.place, await live.overtaken(), card)
        return live.shown

    async def _store_cancelled(self, request: Request) -> bool:
        if self._alone:
            return await self._store(request, RequestState.CANCELLED, reason=UNTOLD)
        async with self._db.transaction() as unit:  # another process may be showing the picture right now
            return await unit.requests.cancel_undrawn(request.id, reason=UNTOLD)

    async def _store(
        self,
        request: Request,
        state: RequestState,
        *,
        reason: str | None = None,
        shown: Shown | None = None,
        attempt: int | None = None,
    ) -> bool:
        async with self._db.transaction() as unit:
            stored = await unit.requests.finish(request.id, state, reason=reason, attempt=attempt)
            if stored:
                await unit.pictures.drop_bytes(request.id, keep_until=None)
            if shown is not None:
                await unit.requests.set_message(request.id, shown.message_id, shown.kind)
        if stored:
            metrics.ended(request, state)
        return stored

    def _retry(self, live: ActiveRequest, error: Exception) -> None:
        """The end was not brought about: whoever takes the request up again does all of it."""
        expected = isinstance(error, StorageError | DeliveryFailed)
        log.error(
            "the end of request %d is still to be told: %s",
            live.request.id,
            error,
            exc_info=None if expected else error,
        )
        live.reopen()
        self._later(live.request.id)


def known_message(request: Request) -> Shown | None:
    """The message that stands for it, as it is stored."""
    if request.message_id is None:
        return None
    return Shown(message_id=request.message_id, kind=request.message_kind or "text", file_id=None)


def failure_of(error: Exception) -> Failure:
    """What people learn of an error. Only a back-end's own refusal is worth its words."""
    if not isinstance(error, ProviderError):
        return Failure("internal")
    return Failure(
        error.code,
        detail=clean(str(error), DETAIL_LENGTH) if isinstance(error, ResponseError) else None,
        retry_after=error.retry_after if isinstance(error, QuotaExceeded) else None,
    )


def failure_of_draw(draw: Draw) -> Failure:
    """The same of what is stored of it."""
    return Failure(draw.error or "internal", model=draw.model, detours=draw.detours)
