"""Transcription in OpenAI's shape, against a local server of it."""

from typing import Any

import pytest
from aiohttp import web

from providers import (
    BadAnswer,
    DeadlineExceeded,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.services.speech import MAX_WORDS, SpeechModel
from tests.providers.drawing import clean_session
from tests.providers.services.speech_server import SpeechServer

KEY = "sk-speech-0123456789"


async def said(server: SpeechServer, *, url: str | None = None, key: str | None = None, timeout: float = 60) -> str:
    async with clean_session() as session:
        return await SpeechModel(url=url or server.url, api_key=key, timeout=timeout).transcribe(session, b"voice")


async def test_a_voice_message_becomes_words() -> None:
    async with SpeechServer.start(" A fox,\nin the snow. ", key=KEY) as server:
        assert await said(server, key=KEY) == "A fox, in the snow."
        assert (server.heard, server.names) == ([b"voice"], ["voice.ogg"])


@pytest.mark.parametrize("written", ["{host}", "{host}/", "{host}/v1", "{host}/v1/", "{host}/v1/audio/transcriptions"])
async def test_the_address_as_people_write_it(written: str) -> None:
    async with SpeechServer.start() as server:
        url = written.format(host=server.url.removesuffix("/v1"))
        assert await said(server, url=url) == "a fox in the snow"


@pytest.mark.parametrize(
    ("answer", "words"),
    [("", ""), ("\u202egnihtyna\x00", "gnihtyna"), ("<b>bold</b>", "bold"), ("word " * 5000, ("word " * 800).strip())],
)
async def test_words_are_untrusted(answer: str, words: str) -> None:
    async with SpeechServer.start(answer) as server:
        found = await said(server)
    assert found == words
    assert len(found) <= MAX_WORDS


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"words": "x"}, BadAnswer),
        ({"text": 7}, BadAnswer),
        ([], BadAnswer),
        (web.Response(text="plain words"), BadAnswer),
        (web.json_response({"error": "slow down"}, status=429), QuotaExceeded),
        (web.json_response({"error": "ffmpeg failed"}, status=500), Unavailable),
    ],
)
async def test_what_may_go_wrong(answer: Any, kind: type[ProviderError]) -> None:
    async with SpeechServer.start(answer) as server:
        with pytest.raises(kind):
            await said(server)


async def test_a_server_that_hangs_ends_at_the_deadline() -> None:
    async with SpeechServer.start() as server:
        server.delay = 30
        with pytest.raises(DeadlineExceeded):
            await said(server, timeout=0.2)


async def test_the_check_costs_no_audio() -> None:
    async with SpeechServer.start(key=KEY) as server, clean_session() as session:
        await SpeechModel(url=server.url, api_key=KEY).check(session)
        assert server.heard == []
        with pytest.raises(Unauthorized) as caught:
            await SpeechModel(url=server.url, api_key="sk-wrong-0123456789").check(session)
        assert "sk-wrong" not in str(caught.value)
        with pytest.raises(ResponseError):
            await SpeechModel(url=f"{server.url}/elsewhere", api_key=KEY).check(session)
