"""What brings a request on, as one thing: the parts that know neither who draws nor how many processes there are."""

import asyncio
from dataclasses import dataclass

from bot.jobs.lifecycle.active_requests import ActiveRequest, ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.driver import RequestDriver
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.placeholder import Placeholders
from storage.records import OPEN_STATES, Request, RequestState


@dataclass(frozen=True, slots=True)
class Lifecycle:
    active: ActiveRequests
    steps: RequestDriver
    placeholders: Placeholders
    delivery: Delivery
    outcomes: Outcomes

    async def cancel(self, request: Request, active: ActiveRequest | None) -> bool:
        """End it. False: it has ended, or is ending, in another way. Raises StorageUnavailable."""
        if request.state is RequestState.CANCELLED and active is None:
            await self.outcomes.show_cancelled(request)  # a crash may have come between the row and the card
            return True
        if request.state not in OPEN_STATES or active is None:
            return False
        return await self.outcomes.cancel(active)

    async def settle(self) -> None:
        """Let what is being shown come to its end, for a while."""
        await asyncio.gather(self.delivery.settle(), self.placeholders.settle())
