"""What one draw costs: each job for a back-end that charges is counted before it is handed over, and settled
afterwards."""

from bot.jobs.acceptance.budget import Money, price, price_of_run
from bot.jobs.contracts import Failure
from providers.catalog.model import Model
from providers.charging import Charged
from providers.errors import ProviderError
from storage import Database, Unit
from storage.records import Draw, Request


class FenceLostError(Exception):
    """Another process has this draw now, or it was cancelled: this one must change and show nothing."""


class OverBudgetError(Exception):
    """The next try would cost more than is left for today. `before`: the error of the try before it."""

    def __init__(self, failure: Failure, before: ProviderError | None) -> None:
        super().__init__(failure.code)
        self.failure = failure
        self.before = before


class Bill:
    """The charges of one draw at one model. It does not touch the database if the model costs nothing, nobody charges,
    or the person has brought the key."""

    def __init__(self, db: Database, money: Money, request: Request, draw: Draw, model: Model) -> None:
        self._db = db
        self._money = money
        self._request = request
        self._draw = draw
        self._model = model
        self._charged = model.provider_class.charged
        self._due = price(model) > 0 and self._charged is not Charged.NEVER and not draw.own_key
        self._tries = 0
        self._charge: int | None = None  # of the job that is under way
        self._resumed = draw.ticket is not None  # that job was charged by who began it
        self._failed: ProviderError | None = None  # how it ended

    async def hand_over(self) -> None:
        """Counts a job. Call it before each job is handed over. Raises OverBudgetError, FenceLostError and
        StorageUnavailable: then the job must not be handed over."""
        if not self._due:
            return
        over: OverBudgetError | None = None
        charge: int | None = None
        cost, before = price_of_run(self._model, self._draw.count), self._failed
        async with self._db.transaction() as unit:
            if before is not None:
                await self.settle(unit)
            left, own = await self._money.reserve(unit, self._request.account, without=self._draw.id)
            if left is not None and left < cost:
                over = OverBudgetError(over_budget(own=own), before)
            else:
                charge = await unit.spending.hand_over(
                    *(self._draw.id, self._draw.attempt), number=self._tries + 1, model=self._model.id, amount=cost
                )
                if charge is None:
                    raise FenceLostError
        self._failed, self._resumed, self._charge = None, False, None
        if over is not None:  # raised here, so that what was settled is stored
            raise over
        self._tries, self._charge = self._tries + 1, charge

    def failed(self, error: ProviderError) -> None:
        """The job failed: the next transaction stores whether it was charged."""
        self._failed = error

    async def settle(self, unit: Unit) -> None:
        """Stores which jobs were charged, in the transaction that stores how the draw ended or that another model takes
        over."""
        if not self._due:
            return
        charge = self._charge
        if charge is None and self._resumed:
            charge = await unit.spending.unsettled(self._draw.id)
        if charge is not None:
            await unit.spending.settle(charge, charged=self._failed is None or self._charged.counts(self._failed))


def over_budget(*, own: bool) -> Failure:
    """The failure of a try that would cost more than is left. `own`: of this person's budget, else of everyone's."""
    return Failure("daily-cost" if own else "daily-cost-all")
