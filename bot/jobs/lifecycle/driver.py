"""Drives requests step by step. This is the only place where a failed step is tried again and finally given up."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from bot.clock import Clock
from bot.jobs.contracts import Failure
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import ClaimTakenError, Delivery
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders
from bot.jobs.lifecycle.reasons import failure_of_draws
from bot.jobs.lifecycle.steps import Rows, Step, next_step
from bot.jobs.retry import RetryPolicy
from bot.telegram.errors import Outcome as TelegramOutcome
from bot.telegram.outbox.outbox import CacheFailed, ChatGone, DeliveryFailed
from storage import Database, StorageError
from storage.records import Draw

log = structlog.stdlib.get_logger(__name__)


class RequestDriver:
    """Performs the steps of requests for its caller: tasks of the only process, or the holder of a lease where there
    are many processes. Methods raise nothing except when they are cancelled."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        retry: RetryPolicy,
        active: ActiveRequests,
        placeholders: Placeholders,
        delivery: Delivery,
        outcomes: Outcomes,
    ) -> None:
        self._db = db
        self._clock = clock
        self._retry = retry
        self._active = active
        self._placeholders = placeholders
        self._delivery = delivery
        self._outcomes = outcomes

    async def drive(self, active: ActiveRequest, rows: Rows | None = None) -> None:
        """Performs steps until the request is at its end or waits for draws. `rows`: as new as the last commit that
        changed them.

        Returns at once if somebody drives the request already.
        """
        if not active.claim.drive():
            return
        known = [rows] if rows is not None else []
        to_show = False

        async def go_on() -> None:
            nonlocal to_show
            to_show = await self._next(active, known.pop() if known else None) is Step.SHOW_PLACEHOLDER

        try:
            await self._perform(active, go_on)
        finally:
            active.claim.let_go()
        if to_show:
            await self.show_placeholder(active)

    async def fail(self, active: ActiveRequest, failure: Failure) -> None:
        """Ends the request with this failure, whatever its rows say."""
        await self._perform(active, partial(self._outcomes.fail, active, failure))

    async def show_placeholder(self, active: ActiveRequest) -> None:
        """Sends the placeholder. Only this step runs beside others: draws begin meanwhile, and when they end, a
        placeholder that was not sent yet is dropped."""
        await self._perform(active, partial(self._placeholders.show, active))

    async def _next(self, active: ActiveRequest, rows: Rows | None) -> Step:
        """Performs the next step, unless it is one for which others do not wait."""
        rows = rows or await self._rows(active)
        step = Step.DONE if rows is None else next_step(rows.request, rows.draws)
        if rows is None or step is Step.DONE:
            self._active.close(active)
        elif step is Step.DELIVER:
            await self._deliver(active, rows.draws)
        elif step is Step.TELL_FAILURE:
            await self._fail(active, failure_of_draws(rows.draws))
        elif step is Step.TELL_CANCELLED:
            active.claim.telling = active.claim.take()
            await self._outcomes.show_cancelled(rows.request, active)
            self._active.close(active)
        return step

    async def _rows(self, active: ActiveRequest) -> Rows | None:
        async with self._db.read() as unit:
            request = await unit.requests.get(active.request.id)
            return None if request is None else Rows(request, await unit.draws.of_request(request.id))

    async def _deliver(self, active: ActiveRequest, draws: Sequence[Draw]) -> None:
        try:
            await self._delivery.deliver(active, draws)
            self._active.close(active)  # delivered, or another one's
        except (StorageError, ChatGone, ClaimTakenError):
            raise
        except DeliveryFailed as error:
            if error.temporary:
                raise
            log.warning("picture cannot be delivered", request=active.request.id, error=str(error))
            active.claim.give_back()
            await self._outcomes.fail(active, Failure(_undelivered(error), detail=error.reason))
        except Exception as error:
            log.exception("delivery failed unexpectedly", request=active.request.id)
            active.claim.give_back()
            await self._outcomes.fail(active, Failure("internal", detail=type(error).__name__))

    async def _fail(self, active: ActiveRequest, failure: Failure) -> None:
        claim = active.claim
        token = claim.raising()
        async with self._db.transaction(urgent=True) as unit:
            request = await unit.requests.claim_end(active.request.id, claim.attempt, token=token)
        if request is None:
            self._active.close(active)
            return
        claim.raised(request.attempt)
        await self._outcomes.fail(active, failure)

    async def _perform(self, active: ActiveRequest, work: Callable[[], Awaitable[None]]) -> None:
        """Performs the work until it is done. After a passing failure it is repeated; after another one the request
        gets the best end that is possible."""
        failures = 0
        while not active.claim.finished:
            try:
                await work()
                return
            except ChatGone as gone:
                work = partial(self._outcomes.undeliverable, active, gone.reason)
                active.claim.give_back()
                continue
            except DeliveryFailed as error:
                active.claim.give_back()
                if not error.temporary:
                    work = partial(self._outcomes.tell_in_private, active, error.reason)
                    continue
                reason = str(error)
            except ClaimTakenError:  # unless that fails, it is finished by the next look
                await self._clock.sleep(self._retry.first)
                continue
            except StorageError as error:
                active.claim.give_back()
                reason = str(error)
            except Exception as error:
                active.claim.give_back()
                log.exception("step failed unexpectedly", request=active.request.id)
                reason = type(error).__name__
            failures += 1
            pause = self._retry.pause(failures)
            about = {"request": active.request.id, "failures": failures, "error": reason}
            if self._retry.attempts is not None and failures >= self._retry.attempts:
                log.error("giving up: the user could not be notified", **about)
                work = partial(self._outcomes.give_up, active)
            else:
                log.warning("final message failed, will retry", **about, retry_in=round(pause, 1))
            await self._clock.sleep(pause)


def _undelivered(error: DeliveryFailed) -> str:
    """The failure's code for an error of delivery."""
    if isinstance(error, CacheFailed):
        return "cache-chat"
    return "no-rights" if error.outcome is TelegramOutcome.NO_RIGHTS else "delivery"
