"""A long JSON list of objects, read one by one: a server's LoRAs with their metadata have hundreds of megabytes."""

import codecs
import json
from collections.abc import AsyncGenerator

import aiohttp

from providers.engines.bodies import translated
from providers.engines.deadline import Deadline
from providers.engines.http import ANSWER, Json
from providers.errors import BadAnswer

MAX_LIST = 500_000_000  # bytes
MAX_OBJECT = 8_000_000  # characters of one object


async def objects(
    response: aiohttp.ClientResponse, patience: Deadline, *, server: translated
) -> AsyncGenerator[Json, None]:
    """The objects of a list, as they come in; what else stands in it is left out. Raises BadAnswer for what is no
    list."""
    decoder, reader = codecs.getincrementaldecoder("utf-8")("replace"), _Reader()
    read = 0
    while True:
        with server:
            chunk = await patience.wait(response.content.readany(), ANSWER)
        read += len(chunk)
        if read > MAX_LIST:
            raise BadAnswer(f"a list of more than {MAX_LIST // 1_000_000} MB")
        for found in reader.feed(decoder.decode(chunk, not chunk), last=not chunk):
            yield found
        if reader.ended:
            return
        if not chunk:
            raise BadAnswer("the list ends in the middle")


class _Reader:
    def __init__(self) -> None:
        self._text, self._begun = "", False
        self._worth_a_try = 0  # characters; an object that is not there whole is tried again when twice as much is
        self.ended = False

    def feed(self, text: str, *, last: bool) -> list[Json]:
        self._text += text
        if len(self._text) < self._worth_a_try and not last:
            return []
        found: list[Json] = []
        at = 0
        while not self.ended:
            at = self._skip(at)
            if at == len(self._text):
                break
            try:
                value, at = json.JSONDecoder().raw_decode(self._text, at)
            except RecursionError:
                raise BadAnswer("the list is nested too deeply") from None
            except ValueError:
                break
            if isinstance(value, dict):
                found.append(value)
        self._text = self._text[at:]
        if len(self._text) > MAX_OBJECT:
            raise BadAnswer("the list is no JSON, or has too long a part")
        self._worth_a_try = 2 * len(self._text) if self._text else 0
        return found

    def _skip(self, at: int) -> int:
        """To the next value, or beyond the end of the list."""
        while at < len(self._text) and (char := self._text[at]) in " \t\r\n,[]":
            if char == "[" and self._begun:
                break
            if char == "[":
                self._begun = True
            elif not self._begun and char in ",]":
                raise BadAnswer("no list")
            elif char == "]":
                self.ended = True
                break
            at += 1
        if at < len(self._text) and not self._begun:
            raise BadAnswer("no list")
        return at
