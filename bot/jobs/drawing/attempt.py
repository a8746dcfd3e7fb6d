"""One draw's talk with its back-end: events, retries, resuming, and the pictures at the end of it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import aiohttp
import stamina

from bot.jobs.lifecycle.retry import retried
from providers.base import Provider
from providers.catalog.model import Model
from providers.errors import (
    Cancelled,
    ContentRejected,
    DeadlineExceeded,
    NoPicture,
    ProviderError,
    QuotaExceeded,
    Unavailable,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import Picture
from providers.request import ImageRequest

log = logging.getLogger(__name__)

ATTEMPTS = 3  # of a run, and of fetching one picture
FIRST_WAIT, LONGEST_WAIT, JITTER = 1.0, 15.0, 1.0  # seconds between them
FETCH_SECONDS = 90.0  # for all pictures of a draw together
SLACK = 60.0  # seconds beyond a provider's own deadlines before it is given up
# What a new run cannot mend either; any other failure to resume leads to one.
_FINAL = (ContentRejected, Cancelled, QuotaExceeded, DeadlineExceeded)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of a draw. `ticket` and `keep` store, and raise to stop it all; `keep` gets at least one picture."""

    told: Callable[[Reasoning], None]
    previewed: Callable[[Provider, ImagePreview], None]
    retrying: Callable[[int], None]
    fetching: Callable[[], None]
    ticket: Callable[[str], Awaitable[None]]
    keep: Callable[[list[Picture], bool], Awaitable[None]]  # True: the back-end found adult content


class Drawing:
    """`most` is how many pictures of a gallery are kept. `fetching` bounds how many draws of this model fetch and hold
    pictures at once, so that a file server that hangs holds up its own models only; `memory`, shared by all, how many
    store theirs."""

    def __init__(
        self,
        model: Model,
        request: ImageRequest,
        session: aiohttp.ClientSession,
        listener: Listener,
        memory: asyncio.Semaphore,
        *,
        fetching: asyncio.Semaphore,
        ticket: str | None = None,
        most: int = 9,
    ) -> None:
        self._model = model
        self._request = request
        self._session = session
        self._listener = listener
        self._memory = memory
        self._fetching = fetching
        self._ticket = ticket if model.capabilities.resume else None
        self._most = most
        self._provider: Provider | None = None
        self._detached = False

    def detach(self) -> None:
        """From now on ending it leaves the back-end's job alone."""
        self._detached = True
        if self._provider is not None:
            self._provider.detach()

    async def draw(self) -> None:
        """Draw until `keep` has the pictures. Raises ProviderError, and what the listener raises."""
        try:
            await self._attempt()
        except ProviderError as error:
            if not error.retryable:
                raise
            await self._draw_again(error)

    async def _draw_again(self, first: ProviderError) -> None:
        """What keeps count of attempts is made after the first has failed: few do, and a thousand may be running."""
        failed: ProviderError | None = first
        async for attempt in stamina.retry_context(
            on=_worth_retrying,
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=FIRST_WAIT,
            wait_max=LONGEST_WAIT,
            wait_jitter=JITTER,
        ):
            with attempt:
                try:
                    if failed is not None:
                        raise failed
                    await self._attempt()
                except ProviderError as error:
                    failed = None
                    if _worth_retrying(error) and attempt.num < ATTEMPTS:
                        self._listener.retrying(attempt.num + 1)
                    raise

    async def _attempt(self) -> None:
        if self._ticket is not None:
            try:
                return await self._run(Ticket(self._ticket))
            except _FINAL:
                raise
            except ProviderError as error:
                log.info("a job of %s cannot be resumed, it is drawn again: %s", self._model.id, error)
                self._ticket = None
        return await self._run(None)

    async def _run(self, ticket: Ticket | None) -> None:
        provider = self._provider = self._model.create()
        if self._detached:
            provider.detach()
        if ticket is None:
            events = provider.generate(self._request, self._session)
        else:
            events = provider.resume(ticket, self._session)
        response = await self._response(provider, events)
        self._listener.fetching()
        async with self._fetching:
            pictures = await self._fetched(provider, response)
            async with self._memory:
                await self._listener.keep(pictures, response.adult)

    async def _response(self, provider: Provider, events: AsyncGenerator[Event, None]) -> ImageResponse:
        response: ImageResponse | None = None
        seconds = provider.queue_timeout + provider.timeout + SLACK
        try:
            async with asyncio.timeout(seconds), aclosing(events):
                async for event in events:
                    match event:
                        case Reasoning():
                            self._listener.told(event)
                        case ImagePreview():
                            self._listener.previewed(provider, event)
                        case Ticket(value):
                            await self._stored(provider, value)
                        case ImageResponse():
                            response = event
        except TimeoutError:
            raise DeadlineExceeded(f"{self._model.id} neither drew nor failed within {seconds:g} s") from None
        if response is None:
            raise NoPicture(f"{self._model.id} ended without a picture")
        return response

    async def _stored(self, provider: Provider, ticket: str) -> None:
        try:
            await self._listener.ticket(ticket)
        except BaseException:
            provider.detach()  # whoever has the fence now may go on with this very job
            raise
        if self._model.capabilities.resume:
            self._ticket = ticket

    async def _fetched(self, provider: Provider, response: ImageResponse) -> list[Picture]:
        """The pictures that can be had before the deadline. Raises ProviderError when there is none."""
        pictures: list[Picture] = []
        failed: ProviderError | None = None
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                for url in response.images[: self._most]:
                    try:
                        pictures.append(await self._fetch(provider, url))
                    except ProviderError as error:
                        log.warning("a picture of %s is lost: %s", self._model.id, error)
                        failed = error
        except TimeoutError:
            failed = DeadlineExceeded(f"the pictures did not arrive within {FETCH_SECONDS:g} s")
            log.warning("pictures of %s are lost: %s", self._model.id, failed)
        if failed is not None and not pictures:
            raise failed
        return pictures

    async def _fetch(self, provider: Provider, url: str) -> Picture:
        return await retried(
            lambda: provider.fetch(url, self._session), Unavailable, attempts=ATTEMPTS, wait_initial=0.5, wait_max=5.0
        )


def _worth_retrying(error: Exception) -> bool:
    return isinstance(error, ProviderError) and error.retryable
