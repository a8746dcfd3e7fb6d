"""The engine for a single request that is answered with the picture: as JSON, as a stream of events, or as it is.

A leaf class says what to send and what the answer means. Where the back-end can be asked meanwhile how it goes, that
runs beside the request.
"""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

import aiohttp

from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, WebProvider, receive
from providers.engines.sse import ServerSentEvent, SseDecoder
from providers.errors import (
    BadAnswer,
    DeadlineExceeded,
    NoPicture,
    Phase,
    ProviderError,
    Unavailable,
    at_phase,
    handing_over,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.encoded import data_url
from providers.request import ImageRequest

LOOK = 5.0  # seconds for one answer to how it goes

Ask = Callable[[Call], Awaitable[Answer]]


class SingleProvider(WebProvider):
    """`timeout` is in seconds, from the request to the last byte of its answer."""

    # -- what a subclass writes --------------------------------------------------------------------------

    @abstractmethod
    def call(self, request: ImageRequest) -> Call:
        """The request that draws."""

    async def before(self, request: ImageRequest, ask: Ask) -> None:
        """What must be looked up first; raises if the request cannot be drawn."""

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        """The finished pictures; this takes the body for one. Raises NoPicture, or what the answer complains of."""
        if not answer.body:
            raise NoPicture(f"{self.host} answered with nothing")
        if not answer.mime.startswith("image/"):
            raise BadAnswer(f"{self.host} answered with {answer.mime} in place of a picture")
        return ImageResponse([data_url(answer.body, answer.mime)], request.prompt)

    def streamed(self, event: ServerSentEvent, request: ImageRequest) -> Event | None:
        """One event of an answer that is a stream; an ImageResponse ends it."""
        raise BadAnswer(f"{self.host} answered with a stream of events")

    def look(self) -> Call | None:
        """The request that asks how it goes; None where there is none."""
        return None

    def seen(self, answer: Answer, request: ImageRequest) -> list[Event]:
        """What its answer says."""
        return []

    def interruption(self) -> Call | None:
        """The request that stops it. Override together with `capabilities.cancel`."""
        return None

    # -- how a draw goes ---------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Deadline(self.queue_timeout, self.drawing_seconds(request))
        patience.begin_drawing()

        async def ask(call: Call) -> Answer:
            return await self.ask(session, patience, call)

        await self.before(request, ask)
        answering = self._answered if (look := self.look()) is None else self._watched
        over = False
        try:
            yield Reasoning("Generating")
            async with aclosing(answering(request, session, patience, look)) as events:
                async for event in events:
                    over = isinstance(event, ImageResponse)
                    yield event
        except (GeneratorExit, asyncio.CancelledError, DeadlineExceeded):
            if not over and not self.detached and (stop := self.interruption()) is not None:
                await self.farewell(session, stop)
            raise

    async def _answered(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, _: Call | None
    ) -> AsyncGenerator[Event, None]:
        call = self.call(request)
        with handing_over():
            response = await self._opened(session, patience, call, None)
        async with response:
            if response.content_type == "text/event-stream":
                with at_phase(Phase.HANDED_OVER):
                    async with aclosing(self._streamed(request, response, patience)) as events:
                        async for event in events:
                            yield event
                return
            # It answers when it has drawn, so whatever is wrong with the answer, another try would be another picture.
            with at_phase(Phase.DRAWN):
                body = await receive(response, patience, server=self.translated, silence=None)
                pictures = self.images(Answer(body, response.headers), request)
        yield pictures

    async def _streamed(
        self, request: ImageRequest, response: aiohttp.ClientResponse, patience: Deadline
    ) -> AsyncGenerator[Event, None]:
        decoder = SseDecoder()
        while True:
            with self.translated:
                chunk = await patience.wait(response.content.readany())
            if not chunk:
                raise Unavailable(f"{self.host} ended its stream before the picture")
            for message in decoder.feed(chunk):
                event = self.streamed(message, request)
                if event is not None:
                    yield event
                if isinstance(event, ImageResponse):
                    return

    async def _watched(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, look: Call | None
    ) -> AsyncGenerator[Event, None]:
        answering = asyncio.create_task(self._answer(request, session, patience, self.call(request)))
        said: list[Event] = []
        try:
            while not (await asyncio.wait({answering}, timeout=self.poll_interval))[0]:
                news = await self._looked(request, session, look)
                for event in news:
                    if event not in said:
                        yield event
                said = news or said
            yield answering.result()
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    async def _answer(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, call: Call
    ) -> ImageResponse:
        with handing_over():
            response = await self._opened(session, patience, call, None)
        async with response:
            with at_phase(Phase.DRAWN):
                body = await receive(response, patience, server=self.translated, silence=None)
                return self.images(Answer(body, response.headers), request)

    async def _looked(self, request: ImageRequest, session: aiohttp.ClientSession, look: Call | None) -> list[Event]:
        """How it goes, if the back-end says so: the picture does not depend on it."""
        try:
            return [] if look is None else self.seen(await self.ask(session, Deadline(LOOK, LOOK), look), request)
        except ProviderError:
            return []
