"""A transcription server with OpenAI's API: a voice message in, its words out.

`POST {url}/audio/transcriptions` as multipart, as OpenAI, Groq, speaches, LocalAI and whisper.cpp's server (started
with `--inference-path /v1/audio/transcriptions --convert`) have it. Servers judge a file by its name, and some refuse
Telegram's `.oga`, so the file is always named `voice.ogg`.
"""

import aiohttp

from providers.bounds import plain
from providers.engines.deadline import Deadline
from providers.engines.http import Call
from providers.errors import BadAnswer, InvalidParameter
from providers.services.text_model import TextModel

MAX_WORDS = 4000  # characters
ROUTE = "/audio/transcriptions"


class SpeechModel(TextModel):
    """One object for all voice messages."""

    label = "Speech model"
    route = ROUTE
    usual_model = "whisper-1"
    timeout = 25.0

    async def transcribe(self, session: aiohttp.ClientSession, voice: bytes) -> str:
        """The words in an OGG file: untrusted text on one line, of at most MAX_WORDS characters; empty: there are none.
        Raises ProviderError."""
        form = aiohttp.FormData()
        form.add_field("file", voice, filename="voice.ogg", content_type="audio/ogg")
        form.add_field("model", self.model)
        form.add_field("response_format", "json")
        deadline = Deadline(self.timeout, self.timeout)
        with self.redacted():
            words = (await self._asked(session, deadline, Call("POST", ROUTE, form=form))).get("text")
            if not isinstance(words, str):
                raise BadAnswer(f"{self.host} does not answer as a transcription server does")
        return plain(words, MAX_WORDS)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the server answers and takes the key: it is sent no audio, which it has to refuse. Costs nothing.
        Raises ProviderError."""
        try:
            await self.transcribe(session, b"")
        except InvalidParameter:
            return
