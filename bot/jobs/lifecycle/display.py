"""Shows the state of a request: the presenter turns facts into cards, and the outbox shows them."""

from collections.abc import Collection, Sequence

from bot.jobs.contracts import DrawStatus, Failure, Outcome, Outlet, Presenter, Square
from bot.jobs.lifecycle.active_requests import ActiveRequest, place_of
from bot.jobs.provenance import Origin, Provenance
from bot.jobs.retry import RetryPolicy
from bot.pictures.fit import Fitted
from bot.telegram.outbox.outbox import Card, Destination, FinalPicture, Recall, Shown
from providers.tasks import VIDEO
from storage.records import Draw, PictureRecord, Request


class _StillThereError(Exception):
    """A message could not be deleted."""


class Display:
    """Raises what the outbox raises: ChatGone, DeliveryFailed."""

    def __init__(self, outbox: Outlet, presenter: Presenter, provenance: Provenance, take_back: RetryPolicy) -> None:
        self._outbox = outbox
        self._presenter = presenter
        self._provenance = provenance
        self._take_back = take_back

    def progress_card(self, request: Request, status: DrawStatus) -> Card:
        return self._presenter.progress(request, status)

    def finished_card(self, request: Request, outcome: Outcome) -> Card:
        return self._presenter.finished(request, outcome)

    def further_card(self, request: Request, pictures: Sequence[PictureRecord], first: int, total: int) -> Card:
        return self._presenter.further(request, pictures, first, total)

    def squares(self, request: Request, draws: Sequence[Draw], pictures: Sequence[PictureRecord]) -> tuple[Square, ...]:
        return self._presenter.squares(request, draws, pictures)

    def origin(self, request: Request, pictures: Sequence[PictureRecord]) -> Origin:
        """The metadata that the picture file gets."""
        return self._provenance.of(request, pictures)

    async def signed(self, fitted: Fitted, origin: Origin) -> Fitted:
        """The file with the bot's C2PA manifest, if there is a certificate."""
        return await self._provenance.signed(fitted, origin)

    async def placeholder(self, active: ActiveRequest, card: Card) -> Shown | None:
        """Sends the placeholder. None: it was not shown, see `Outbox.placeholder`."""
        return await self._outbox.placeholder(active.place, card, recall=active.placeholder.recall)

    async def progress(self, active: ActiveRequest, card: Card) -> Shown | None:
        """Edits the placeholder. None: a newer edit replaced this one, or none is possible now."""
        assert active.placeholder.shown is not None
        return await self._outbox.progress(active.place, active.placeholder.shown, card)

    async def working(self, active: ActiveRequest) -> None:
        """Shows for some seconds that a picture is being drawn. Raises nothing."""
        await self._outbox.working(active.place, video=active.request.parameters.task == VIDEO)

    async def picture(
        self,
        request: Request,
        shown: Shown | None,
        picture: FinalPicture,
        card: Card,
        *,
        recall: Recall | None = None,
    ) -> Shown:
        return await self._outbox.final(place_of(request), shown, picture, card, recall=recall)

    async def buttons(
        self, request: Request, shown: Shown, pictures: Sequence[PictureRecord], elsewhere: Collection[int]
    ) -> None:
        """Shows the buttons below a sheet again if not all that was `elsewhere` could be sent. Raises nothing."""
        keyboard = self._presenter.buttons(request, pictures, elsewhere)
        await self._outbox.keyboard(place_of(request), shown, keyboard)

    async def cached(self, picture: FinalPicture) -> FinalPicture:
        """Uploads the picture to the cache chat, for an inline message. Raises CacheFailed as well."""
        return await self._outbox.cached(picture)

    async def failure(self, request: Request, shown: Shown | None, failure: Failure) -> Shown:
        return await self._outbox.card(place_of(request), shown, self._presenter.failed(request, failure))

    async def failure_in_private(self, request: Request, failure: Failure) -> None:
        card = self._presenter.failed(request, failure)
        await self._outbox.reply(Destination(chat_id=request.requester_id), card)

    async def cancelled(self, request: Request, shown: Shown | None) -> Shown:
        return await self._outbox.card(place_of(request), shown, self._presenter.cancelled(request))

    async def ended(self, request: Request, shown: Shown) -> None:
        """Says in a placeholder that was left behind how its request ended."""
        await self._outbox.card(place_of(request), shown, self._presenter.ended(request))

    async def take_back(self, request: Request, shown: Shown) -> bool:
        """Deletes a message that came too late, with a few tries. Returns whether it is gone."""

        async def delete() -> None:
            if not await self._outbox.delete(place_of(request), shown.message_id):
                raise _StillThereError

        try:
            await self._take_back.run(delete, _StillThereError)
        except _StillThereError:
            return False
        return True
