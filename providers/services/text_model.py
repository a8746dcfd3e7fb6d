"""Models in OpenAI's shape that answer with text: a chat model, a transcription server. They draw nothing."""

from collections.abc import AsyncGenerator
from typing import ClassVar

import aiohttp
from yarl import URL

from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json, WebProvider, receive
from providers.errors import InvalidParameter
from providers.events import Event
from providers.request import ImageRequest

MAX_ANSWER = 200_000  # bytes of an answer; a prompt has two thousand


class TextModel(WebProvider):
    """One for all questions to one model: it may be asked side by side.

    `url` is the address that OpenAI's clients call the base, usually with `/v1` at its end; without any path it is
    added, and `route` at its end is left out. `timeout` is in seconds, for a whole answer.
    """

    route: ClassVar[str]
    usual_model: ClassVar[str] = ""
    paid = True

    def __init__(
        self,
        *,
        url: str | None = None,
        model: str | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        timeout: float | None = None,
    ) -> None:
        super().__init__(url=_base(url, self.route), api_key=api_key, proxy=proxy, timeout=timeout)
        self.model = self.usual_model if model is None else model

    async def _asked(self, session: aiohttp.ClientSession, deadline: Deadline, call: Call) -> Json:
        """The answer's JSON. Raises ProviderError."""
        async with self.open(session, deadline, call, silence=None) as response:
            data = await receive(response, deadline, server=self.translated, silence=None, limit=MAX_ANSWER)
            return Answer(data, response.headers).json()

    def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        raise InvalidParameter(f"{self.host} answers with text, and draws nothing")


def _base(url: str | None, route: str) -> str | None:
    """What is no address is left as it is: it is refused where it is used."""
    if url is None:
        return None
    base = url.rstrip("/").removesuffix(route)
    try:
        return base if URL(base).path.strip("/") else f"{base}/v1"
    except ValueError:
        return base
