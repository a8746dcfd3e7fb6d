"""One draw's talk with its back-end: events, retries, resuming, and the pictures at the end of it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import zip_longest

import aiohttp
import structlog

from bot.jobs.drawing.fetching import Fetching
from bot.jobs.models.keys import Keyring, Spent, marked, unmarked
from bot.jobs.retry import RetryPolicy
from providers.base import Provider
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.errors import (
    Cancelled,
    ContentRejected,
    DeadlineExceeded,
    NoPicture,
    Phase,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
    at_phase,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import Picture
from providers.request import ImageRequest
from providers.tasks import VIDEO

log = structlog.stdlib.get_logger(__name__)

SLACK = 60.0  # seconds beyond a provider's own deadlines before it is given up
# What a new run cannot mend either; any other failure to resume leads to one.
_FINAL = (ContentRejected, Cancelled, QuotaExceeded, DeadlineExceeded)


@dataclass(frozen=True, slots=True)
class Listener:
    """Callbacks of a draw. `handing_over` (before each job that is not resumed), `ticket` and `keep` store something;
    what they raise stops the draw. `keep` gets at least one picture. `failed` is called with the error of each failed
    job."""

    told: Callable[[Reasoning], None]
    previewed: Callable[[Provider, ImagePreview], None]
    retrying: Callable[[int], None]
    fetching: Callable[[], None]
    handing_over: Callable[[], Awaitable[None]]
    failed: Callable[[ProviderError], None]
    key_refused: Callable[[ApiKey], Awaitable[None]]  # one of several
    key_works: Callable[[ApiKey], Awaitable[None]]  # one of several, of which this was not known
    ticket: Callable[[str], Awaitable[None]]
    keep: Callable[[list[Picture], bool], Awaitable[None]]  # True: the back-end reported adult content


@dataclass(frozen=True, slots=True)
class Access:
    """How back-ends are reached.

    `videos`: how many draws fetch and store a video at once, over all models; each may be as large as five pictures.
    `memory`: how many draws store pictures at once, over all models. `fetching`: how many draws of one model fetch and
    hold pictures, so that a file server that hangs holds up only its own models. `run`: retries of a run whose failure
    may pass; `fetch`: retries of fetching one picture. `fetch_seconds`: the time for all pictures of a draw. `keys`:
    which key of a model has quota left.
    """

    session: aiohttp.ClientSession
    memory: asyncio.Semaphore
    videos: asyncio.Semaphore
    fetching: Fetching
    run: RetryPolicy
    fetch: RetryPolicy
    fetch_seconds: float
    keys: Keyring

    @property
    def crowded(self) -> bool:
        """Whether finished pictures wait to be fetched or stored."""
        return self.memory.locked() or self.fetching.crowded


class Drawing:
    """One draw at one model. `most`: how many pictures of a gallery are kept."""

    def __init__(
        self,
        model: Model,
        request: ImageRequest,
        listener: Listener,
        access: Access,
        *,
        ticket: str | None = None,
        most: int = 9,
    ) -> None:
        self._model = model
        self._request = request
        self._listener = listener
        self._access = access
        self._ticket = self._begun_with = None  # what to resume, and the fingerprint of the key that it began with
        if ticket is not None and model.capabilities.resume:
            self._ticket, self._begun_with = unmarked(ticket)
        self._key: ApiKey | None = None  # of the run under way
        self._spent: list[ApiKey] = []  # of several keys, those that failed in this draw
        self._most = most
        self._provider: Provider | None = None
        self._detached = False

    def detach(self) -> None:
        """From now on, cancelling this leaves the back-end's job running."""
        self._detached = True
        if self._provider is not None:
            self._provider.detach()

    async def draw(self) -> None:
        """Draws until `keep` has the pictures. Raises ProviderError, and what the listener raises."""
        while True:
            try:
                return await self._access.run.run(self._attempt, _worth_retrying, told=self._listener.retrying)
            except Spent as error:
                if error.phase is Phase.DRAWN or not await self._put_away(error):
                    raise
            self._ticket = None
            self._access.keys.choose(self._model, self._spent)  # raises what they all were spent for

    async def _put_away(self, error: QuotaExceeded | Unauthorized) -> bool:
        """Stops using the key that failed, if the model has several. False: it has one or none."""
        if (key := self._key) is None or len(self._model.keys) < 2 or key in self._spent:
            return False
        log.warning("a key rests", model=self._model.id, key=key.name, error=str(error))
        self._spent.append(key)
        self._access.keys.failed(self._model, key, error)
        if isinstance(error, Unauthorized):
            await self._listener.key_refused(key)
        return True

    async def _attempt(self) -> None:
        self._key = None
        if self._ticket is not None:
            try:
                self._key = self._its_key()
                with at_phase(Phase.HANDED_OVER):
                    return await self._told(Ticket(self._ticket))
            except _FINAL:
                raise
            except ProviderError as error:
                log.info("job not resumed, drawing again", model=self._model.id, error=str(error))
                self._ticket = None
        self._key = self._access.keys.choose(self._model, self._spent)
        await self._listener.handing_over()
        return await self._told(None)

    def _its_key(self) -> ApiKey | None:
        """The key that the job was begun with. Raises Unauthorized if the catalogue no longer has it."""
        keys = self._model.keys
        if self._begun_with is None:
            return keys[0] if keys else None
        key = next((key for key in keys if key.fingerprint == self._begun_with), None)
        if key is None:
            raise Unauthorized("the key that the job was begun with is gone from the catalogue")
        return key

    async def _told(self, ticket: Ticket | None) -> None:
        try:
            await self._run(ticket)
        except ProviderError as error:
            self._listener.failed(error)
            raise

    async def _run(self, ticket: Ticket | None) -> None:
        provider = self._provider = self._model.create(self._key)
        if self._detached:
            provider.detach()
        if ticket is None:
            events = provider.generate(self._request, self._access.session)
        else:
            events = provider.resume(ticket, self._access.session)
        response = await self._response(provider, events)
        if (key := self._key) is not None and len(self._model.keys) > 1 and self._access.keys.worked(self._model, key):
            await self._listener.key_works(key)
        self._listener.fetching()
        video = self._model.task == VIDEO
        async with self._access.videos if video else self._access.fetching.of(self._model.id):
            pictures = await self._fetched(provider, response)
            async with self._access.memory:
                await self._listener.keep(pictures, response.adult)

    async def _response(self, provider: Provider, events: AsyncGenerator[Event, None]) -> ImageResponse:
        response: ImageResponse | None = None
        taken = False  # the back-end certainly has the job
        seconds = provider.queue_timeout + provider.drawing_seconds(self._request) + SLACK
        try:
            async with asyncio.timeout(seconds), aclosing(events):
                async for event in events:
                    match event:
                        case Reasoning():
                            self._listener.told(event)
                        case ImagePreview():
                            taken = True
                            self._listener.previewed(provider, event)
                        case Ticket(value):
                            taken = True
                            await self._stored(provider, value)
                        case ImageResponse():
                            response = event
        except ProviderError as error:
            if taken:
                error.phase = max(error.phase, Phase.HANDED_OVER)
            raise
        except TimeoutError:
            raise DeadlineExceeded(f"{self._model.id} neither drew nor failed within {seconds:g} s") from None
        if response is None:
            raise NoPicture(f"{self._model.id} ended without a picture")
        return response

    async def _stored(self, provider: Provider, ticket: str) -> None:
        try:
            await self._listener.ticket(marked(ticket, self._model, self._key))
        except BaseException:
            provider.detach()  # whoever has the fence now may go on with this very job
            raise
        if self._model.capabilities.resume:
            self._ticket, self._begun_with = ticket, None if self._key is None else self._key.fingerprint

    async def _fetched(self, provider: Provider, response: ImageResponse) -> list[Picture]:
        """The pictures that can be fetched before the deadline; of videos one. Raises ProviderError if there is
        none."""
        pictures: list[Picture] = []
        failed: ProviderError | None = None
        try:
            async with asyncio.timeout(self._access.fetch_seconds):
                most = 1 if self._model.task == VIDEO else self._most
                for url, seed in zip_longest(response.images[:most], response.seeds[:most]):
                    try:
                        picture = await self._fetch(provider, url)
                        pictures.append(picture if seed is None else replace(picture, seed=seed))
                    except ProviderError as error:
                        log.warning("picture lost: it cannot be fetched", model=self._model.id, error=str(error))
                        failed = error
        except TimeoutError:
            failed = DeadlineExceeded(f"the pictures did not arrive within {self._access.fetch_seconds:g} s")
            failed.phase = Phase.DRAWN
            log.warning("pictures lost: they did not arrive in time", model=self._model.id, error=str(failed))
        if failed is not None and not pictures:
            raise failed
        return pictures

    async def _fetch(self, provider: Provider, url: str) -> Picture:
        return await self._access.fetch.run(lambda: provider.fetch(url, self._access.session), Unavailable)


def _worth_retrying(error: Exception) -> bool:
    return isinstance(error, ProviderError) and error.repeatable
