"""The parts that drive a request, as one object. They do not know who draws nor how many processes there are."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.jobs.driver import Settle
from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.driver import RequestDriver
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders
from storage.records import OPEN_STATES, Draw, Request, RequestState


@dataclass(frozen=True, slots=True)
class Lifecycle:
    active: ActiveRequests
    steps: RequestDriver
    placeholders: Placeholders
    delivery: Delivery
    outcomes: Outcomes

    async def accept(
        self,
        request: Request,
        draws: Sequence[Draw],
        admit: Callable[[], Awaitable[Settle]],
        show: Callable[[ActiveRequest], object],
    ) -> Settle:
        """Within the transaction that stores it: make it active, and let `admit` take its draws.

        What is returned is called after the commit, or after the roll-back; then `show` sends the placeholder, or it is
        active no longer.
        """
        # Before the commit: from then on its draws may be admitted at any moment.
        active = self.active.open(request, draws)
        try:
            admitted = await admit()
        except BaseException:
            self.active.close(active)
            raise

        def settle(committed: bool) -> None:
            admitted(committed)
            if committed:
                show(active)
            else:
                self.active.close(active)

        return settle

    async def cancel(self, request: Request, active: ActiveRequest | None) -> bool:
        """Cancels the request. False: it has ended, or is ending, in another way. Raises StorageUnavailable."""
        if request.state is RequestState.CANCELLED and active is None:
            await self.outcomes.show_cancelled(request)  # a crash may have come between the row and the card
            return True
        if request.state not in OPEN_STATES or active is None:
            return False
        return await self.outcomes.cancel(active)

    async def supersede(self, request: Request, active: ActiveRequest | None) -> bool:
        """Ends the request without showing anything, because another one takes over its message. False: it has ended,
        or is ending, in another way. Raises StorageUnavailable."""
        if active is None:  # a crash may have come before the other one was accepted
            return request.state is RequestState.CANCELLED and request.message_id is None
        return request.state in OPEN_STATES and await self.outcomes.supersede(active)

    async def settle(self) -> None:
        """Lets everything that is being shown finish, for a while."""
        await asyncio.gather(self.delivery.settle(), self.placeholders.settle())
