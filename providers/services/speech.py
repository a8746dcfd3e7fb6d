"""A transcription server in OpenAI's shape: a voice message in, its words out.

`POST {url}/audio/transcriptions` as multipart, as OpenAI, Groq, speaches, LocalAI and whisper.cpp's server (started
with `--inference-path /v1/audio/transcriptions --convert`) have it. Servers judge a file by its name, and some of them
refuse Telegram's `.oga`, so it is always called `voice.ogg`.
"""

from collections.abc import AsyncGenerator

import aiohttp

from providers.bounds import plain
from providers.engines.bodies import translated
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, WebProvider, receive
from providers.errors import BadAnswer, InvalidParameter
from providers.events import Event
from providers.request import ImageRequest
from providers.services.api_base import api_base

MAX_ANSWER = 200_000  # bytes
MAX_WORDS = 4000  # characters
ROUTE = "/audio/transcriptions"


class SpeechModel(WebProvider):
    """One for all voice messages: it may be asked side by side. It draws nothing.

    `url` is the address that OpenAI's clients call the base, usually with `/v1` at its end; without any path it is
    added. `timeout` is in seconds, for a whole answer.
    """

    label = "Speech model"
    timeout = 25.0
    paid = True

    def __init__(
        self,
        *,
        url: str | None = None,
        model: str = "whisper-1",
        api_key: str | None = None,
        proxy: str | None = None,
        timeout: float | None = None,
    ) -> None:
        super().__init__(url=api_base(url, ROUTE), api_key=api_key, proxy=proxy, timeout=timeout)
        self.model = model

    async def transcribe(self, session: aiohttp.ClientSession, voice: bytes) -> str:
        """The words in an OGG file: untrusted text on one line, of at most MAX_WORDS characters; empty where there are
        none. Raises ProviderError."""
        form = aiohttp.FormData()
        form.add_field("file", voice, filename="voice.ogg", content_type="audio/ogg")
        form.add_field("model", self.model)
        form.add_field("response_format", "json")
        deadline = Deadline(self.timeout, self.timeout)
        with self.redacted():
            async with self.open(session, deadline, Call("POST", ROUTE, form=form), silence=None) as response:
                body = await receive(response, deadline, server=translated(self.host), silence=None, limit=MAX_ANSWER)
                answer = Answer(body, response.content_type, response.headers).json()
            words = answer.get("text")
            if not isinstance(words, str):
                raise BadAnswer(f"{self.host} does not answer as a transcription server does")
        return plain(words, MAX_WORDS)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether it is there and takes the key: it is sent no audio, which it must refuse. Costs nothing."""
        try:
            await self.transcribe(session, b"")
        except InvalidParameter:
            return

    def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        raise InvalidParameter(f"{self.host} is a transcription server, and draws nothing")
