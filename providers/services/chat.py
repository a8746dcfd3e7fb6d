"""A chat model with OpenAI's API: it answers text with text, and, if it can see, pictures with text.

`POST {url}/chat/completions`, as OpenAI, OpenRouter, Ollama, llama.cpp, LM Studio, vLLM and others have it. The request
is the smallest body that all of them take, and three optional parameters. If a server refuses one of these, it is sent
in another form or left out, and that is remembered. Sources: openai 3.57 (chat types), ollama and llama.cpp (server).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import aiohttp

from providers.bounds import entries, plain, text
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.refusals import Refused
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    ProviderError,
    Unavailable,
)
from providers.pictures.encoded import data_url
from providers.services.text_model import TextModel

ROUTE = "/chat/completions"
MAX_WORDS = 8000  # characters of the words in it
TOKENS = 1000  # of the answer; reasoning counts as well, so reasoning models get twice as many
# The forms of an optional parameter, the preferred one first; the last is to leave it out.
OPTIONAL: Mapping[str, tuple[Json, ...]] = {
    "temperature": ({"temperature": None}, {}),
    "tokens": ({"max_tokens": TOKENS}, {"max_completion_tokens": 2 * TOKENS}, {}),
    "thinking": ({"reasoning_effort": "none"}, {"reasoning_effort": "low"}, {}),
}
_CHANGES = sum(len(ways) for ways in OPTIONAL.values())
_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_WHOLE = {"stop", "eos", "end_turn", "", None}  # the ends of an answer that was not cut off


class UnsupportedParameterError(InvalidParameter):
    """The server does not take an optional parameter, or not with this value."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


class ChatModel(TextModel):
    """Remembers which optional parameters the server refused."""

    label = "Chat model"
    route = ROUTE
    timeout = 8.0

    @cached_property
    def _ways(self) -> dict[str, int]:
        """The form in which each optional parameter is sent."""
        return dict.fromkeys(OPTIONAL, 0)

    async def answer(
        self,
        session: aiohttp.ClientSession,
        instructions: str,
        words: str,
        *,
        picture: bytes | None = None,
        temperature: float = 0.2,
        timeout: float | None = None,
    ) -> str:
        """The model's answer without its reasoning: untrusted text of 1 to MAX_WORDS characters.

        `picture` is a JPEG or PNG. Raises ProviderError: ContentRejected if the model refuses, BadAnswer if the answer
        is blank or was cut off, DeadlineExceeded after `timeout` seconds.
        """
        seconds = timeout or self.timeout
        deadline = Deadline(seconds, seconds)
        said: str | list[Json] = words
        if picture is not None:
            url = data_url(picture, "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg")
            said = [{"type": "text", "text": words}, {"type": "image_url", "image_url": {"url": url}}]
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": said}]
        for _ in range(_CHANGES):
            body = {"model": self.model, "messages": messages, "stream": False, **self._optional(temperature)}
            try:
                with self.redacted():
                    return self._words(await self._asked(session, deadline, Call("POST", ROUTE, json=body)))
            except UnsupportedParameterError as error:
                if not self._change(error.name):
                    raise
        raise BadAnswer(f"{self.host} takes none of the usual parameters")

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Asks for one word, to find out whether the server answers and has the model. Costs about twenty tokens.
        Raises ProviderError."""
        await self.answer(session, "Answer with the word: ready", "ready?", timeout=max(self.timeout, 15.0))

    def _optional(self, temperature: float) -> Json:
        chosen: Json = {}
        for name, way in self._ways.items():
            chosen |= OPTIONAL[name][way]
        return {name: temperature if name == "temperature" else value for name, value in chosen.items()}

    def _change(self, parameter: str) -> bool:
        """Switches a parameter to its next form. False: there is none, so the server refuses something else."""
        for name, ways in OPTIONAL.items():
            if parameter in ways[self._ways[name]]:
                self._ways[name] += 1
                return True
        return False

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.status in {400, 422} and (name := self._unsupported(refused)) is not None:
            return UnsupportedParameterError(str(refused), name)
        error = refused.answer.get("error")
        code = text(error.get("code"), 100) if isinstance(error, dict) else ""
        if refused.status == 404 and not refused.no_route:
            return ModelNotFound(str(refused))
        if "content" in code and ("filter" in code or "policy" in code):
            return ContentRejected(str(refused))
        return refused.error()

    def _unsupported(self, refused: Refused) -> str | None:
        """The optional parameter that a refusal is about, or None."""
        sent = self._optional(0.0)
        error = refused.answer.get("error")
        named = text(error.get("param"), 100) if isinstance(error, dict) else ""
        if named in sent:
            return named
        return next((name for name in sent if re.search(rf"\b{name}\b", refused.said)), None)

    def _words(self, answer: Json) -> str:
        choices = entries(answer.get("choices"), 1)
        choice: Json = choices[0] if choices else {}
        if (failed := answer.get("error") or choice.get("error")) is not None:  # OpenRouter, with HTTP 200
            said = plain(failed.get("message")) if isinstance(failed, dict) else plain(failed)
            raise Unavailable(f"{self.host}: {said or 'an error without a reason'}")
        message = choice.get("message")
        if not isinstance(message, dict):
            raise BadAnswer(f"{self.host} does not answer as a chat model does")
        ended = choice.get("finish_reason")
        if ended == "content_filter" or text(message.get("refusal"), 100):
            raise ContentRejected(f"{self.host}: the chat model refused")
        if not (isinstance(ended, str | None) and ended in _WHOLE):
            raise BadAnswer(f"{self.host}: the answer was cut off ({plain(ended, 40)})")
        words = _THOUGHT.sub("", _content(message.get("content"))).strip()
        if not words:
            raise BadAnswer(f"{self.host} answered without a word")
        return words


def _content(content: Any) -> str:  # whatever the server sent
    """The answer's text, which some servers send as a list of parts."""
    if isinstance(content, str):
        return content[:MAX_WORDS]
    return "".join(text(part.get("text"), MAX_WORDS) for part in entries(content))[:MAX_WORDS]
