"""One run of one function: resolved, begun, followed, and cancelled at the server when it is given up."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from providers.engines.gradio import protocols
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.job import Job, cancel
from providers.engines.gradio.link import Link
from providers.engines.gradio.messages import Completed, Failed, Log, Message
from providers.engines.gradio.resolve import Endpoint, Resolved, forget, resolve
from providers.errors import (
    Cancelled,
    ContentRejected,
    InvalidParameter,
    ProviderError,
    QuotaExceeded,
)

PROTOCOLS = ("call", "queue", "predict")
START = 5.0  # seconds that a cancelled hand-over may still take to tell its job's id

Messages: TypeAlias = AsyncGenerator[Job | Message, None]


class Headers(NamedTuple):
    """What goes with POSTs, and with the GET of a stream."""

    post: Mapping[str, str]
    stream: Mapping[str, str]


@dataclass(slots=True)
class Run:
    """`arguments` by name in the order of parameters; `tick` is how often `predict` says that it waits, in seconds;
    `detached` is asked when it is given up: True leaves the job alone."""

    link: Link
    headers: Headers
    protocol: str
    endpoint: Endpoint
    arguments: Mapping[str, Json]
    session_hash: str
    tick: float
    detached: Callable[[], bool]
    root: str = ""  # of the server's routes, known once it has begun

    async def messages(self) -> Messages:
        """The job as soon as the server has it, then all that it says; Completed last.

        A hand-over refused because the app was changed since we read its `/config` is tried once more.
        """
        if self.protocol not in PROTOCOLS:
            raise InvalidParameter(f"protocol is {self.protocol!r}; it may be {', '.join(PROTOCOLS)}")
        resolved = await self._resolve()
        self.link.misfit = False
        try:
            async with aclosing(self._attempt(resolved)) as messages:
                async for message in messages:
                    yield message
            return
        except ProviderError as error:
            if not isinstance(error, QuotaExceeded | ContentRejected | Cancelled) and resolved.remembered:
                forget(self.link, self.headers.post)
            if not (self.link.misfit and resolved.remembered):
                raise
        async with aclosing(self._attempt(await self._resolve())) as messages:
            async for message in messages:
                yield message

    async def _resolve(self) -> Resolved:
        resolved = await resolve(self.link, self.headers.post, self.endpoint, len(self.arguments))
        self.root = self.link.base + resolved.prefix
        return resolved

    async def _attempt(self, resolved: Resolved) -> Messages:
        function, prefix = resolved.function, resolved.prefix
        data, notes = function.fit(self.arguments)
        for note in notes:
            yield Log(note)
        if self.protocol == "predict" and not function.streams:  # of a stream it gives only the first picture
            predicting = protocols.predict(
                self.link, prefix, function, data, self.headers.post, self.session_hash, self.tick
            )
            async with aclosing(predicting) as messages:
                async for message in messages:
                    yield message
            return
        if self.protocol == "call":
            job = await self._hand_over(protocols.begin_call(self.link, prefix, function, data, self.headers.post))
            following = protocols.follow_call(self.link, job, function.api_name, self.headers.stream)
        else:
            begin = protocols.begin_queue(self.link, prefix, function, data, self.headers.post, self.session_hash)
            job = await self._hand_over(begin)
            following = protocols.follow_queue(self.link, job, self.headers.stream)
        async with aclosing(self._follow(job, following)) as followed:
            async for told in followed:
                yield told

    async def _follow(self, job: Job, following: AsyncGenerator[Message, None]) -> Messages:
        ended = False
        try:
            yield job
            async with aclosing(following) as messages:
                async for message in messages:
                    ended = isinstance(message, Completed | Failed)
                    if isinstance(message, Failed):
                        raise message.error
                    yield message
        finally:
            if not ended and not self.detached():
                await cancel(self.link, job, self.headers.post)

    async def _hand_over(self, begin: Coroutine[None, None, Job]) -> Job:
        """Begin; cancelled meanwhile, wait for the job's id, because the server may run it already."""
        beginning = asyncio.create_task(begin, name="gradio-begin")
        try:
            return await asyncio.shield(beginning)
        except asyncio.CancelledError:
            await asyncio.wait({beginning}, timeout=START)
            if not beginning.done():
                beginning.cancel()
                await asyncio.wait({beginning})
            elif beginning.exception() is None and not self.detached():
                await cancel(self.link, beginning.result(), self.headers.post)
            raise
