"""Models with OpenAI's API that answer with text: a chat model, a transcription server. They draw nothing."""

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
    """One object for all questions to one model; questions may run at the same time.

    `url`: the base URL that OpenAI's clients use, usually with `/v1` at its end. If it has no path, `/v1` is added;
    `route` at its end is removed. `timeout`: seconds for a whole answer.
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
    """The base URL. Text that is no URL is returned unchanged: it is refused when it is used."""
    if url is None:
        return None
    base = url.rstrip("/").removesuffix(route)
    try:
        return base if URL(base).path.strip("/") else f"{base}/v1"
    except ValueError:
        return base
