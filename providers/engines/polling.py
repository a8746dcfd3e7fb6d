"""The engine for submit-and-poll: one request hands the job over and gets its id, further ones ask how it goes.

A leaf class says what to send and what the answers mean; deadlines, bounds, retries and errors are here.
"""

from abc import abstractmethod
from collections.abc import AsyncGenerator
from typing import ClassVar

import aiohttp

from providers.bounds import MAX_IMAGES
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json, WebProvider
from providers.errors import NoPicture, NoWorkers, Phase, Unavailable, at_phase, handing_over
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest
from providers.tasks import VIDEO

HICCUPS = 3
PATIENT = 4  # times as long between two looks at a video, which takes minutes


class PollingProvider(WebProvider):
    """`timeout`, `queue_timeout` and `poll_interval` are in seconds, as everywhere.

    A back-end where both steps are POSTs of JSON to fixed routes says `submit_path`, `poll_path`, `submission` and
    `question`; another one writes `submit` and `poll` themselves.
    """

    hiccups: int = HICCUPS  # polls in a row without an answer, or with one that is Unavailable, which a job survives
    submit_path: ClassVar[str] = ""
    poll_path: ClassVar[str] = ""

    # -- what a subclass writes --------------------------------------------------------------------------

    def submission(self, request: ImageRequest) -> Json:
        """The body that hands a job over."""
        raise NotImplementedError

    @abstractmethod
    def job_id(self, answer: Json) -> str:
        """What the job is known by, in the answer to it: the ticket. Raises BadAnswer if there is none."""

    def question(self, job_id: str) -> Json:
        """The body that asks how a job goes."""
        raise NotImplementedError

    @abstractmethod
    def state(self, answer: Json, patience: Deadline) -> Reasoning | list[str] | ImageResponse:
        """How it goes, or the finished pictures' URLs, or all of the response.

        Tells `patience` whether the job waits or is drawn. Raises ResponseError when the job has failed.
        """

    def submit(self, request: ImageRequest) -> Call:
        return Call("POST", self.submit_path, json=self.submission(request))

    def poll(self, job_id: str) -> Call:
        return Call("POST", self.poll_path, json=self.question(job_id))

    def pause(self) -> float:
        """Seconds until the job is asked after again; override where an answer may mean that it can be at once."""
        return self.poll_interval * (PATIENT if self.task == VIDEO else 1)

    def cancellation(self, job_id: str) -> Call | None:
        """The request that ends a job; None where there is none. Override together with `capabilities.cancel`."""
        return None

    # -- how a draw goes ---------------------------------------------------------------------------------

    def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        return self._drawing(request, session)

    def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        return self._drawing(ticket, session)

    async def _drawing(
        self, asked: ImageRequest | Ticket, session: aiohttp.ClientSession
    ) -> AsyncGenerator[Event, None]:
        """The job, begun here or earlier, to its end; it is cancelled at the back-end when nobody waits for that any
        more."""
        patience = Deadline(self.queue_timeout, self.timeout)
        if isinstance(asked, Ticket):
            ticket, alt = asked, ""
        else:
            with handing_over():
                answer = await self.ask(session, patience, self.submit(asked))
            with at_phase(Phase.HANDED_OVER):
                ticket, alt = Ticket(self.job_id(answer.json())), asked.prompt
        state: Reasoning | ImageResponse | None = None
        said: Reasoning | None = None
        unanswered = 0  # polls in a row
        try:
            if ticket is not asked:
                yield ticket
            with at_phase(Phase.HANDED_OVER):
                while True:
                    try:
                        state, unanswered = await self._look(ticket, session, patience, alt), 0
                    except (Unavailable, NoWorkers):
                        state, unanswered = None, unanswered + 1
                        if unanswered > self.hiccups:
                            raise
                    if isinstance(state, ImageResponse):
                        yield state
                        return
                    if state is not None and state != said:
                        said = state
                        yield state
                    await patience.sleep(self.pause())
        finally:
            over = isinstance(state, ImageResponse)
            if not over and not self.detached and (call := self.cancellation(ticket.value)) is not None:
                await self.farewell(session, call)

    async def _look(
        self, ticket: Ticket, session: aiohttp.ClientSession, patience: Deadline, alt: str
    ) -> Reasoning | ImageResponse | None:
        """How the job goes; None where the answer says nothing of it."""
        try:
            answer = await self.ask(session, patience, self.poll(ticket.value))
            state = self.state(answer.json(), patience)
        except NoPicture as error:
            error.phase = Phase.DRAWN
            raise
        if not isinstance(state, list):
            return state
        if not state:
            raise NoPicture(f"{self.host} says it is done, but names no picture")
        return ImageResponse(state[:MAX_IMAGES], alt)
