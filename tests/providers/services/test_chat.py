"""The chat model's client against a local server: its words, its refusals, and answers that are none."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from providers.errors import (
    BadAnswer,
    ContentRejected,
    DeadlineExceeded,
    InvalidParameter,
    ModelNotFound,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
    Unreachable,
)
from providers.services.chat import ChatModel
from providers.services.text_model import MAX_ANSWER
from tests.providers.services.chat_server import ChatServer
from tests.providers.serving import picture_bytes

KEY = "sk-chat-0123456789abcdef"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as own:
        yield own


def scripted(said: Any) -> Any:  # what the server answers each time
    return lambda instructions, parts: said


async def test_it_sends_the_instructions_and_the_words_and_answers_with_words(session: aiohttp.ClientSession) -> None:
    async with ChatServer.start(scripted(" a red fox\n"), key=KEY) as server:
        chat = ChatModel(url=server.url, model="small", api_key=KEY)
        assert await chat.answer(session, "Translate.", "рыжая лиса", temperature=0.7) == "a red fox"
    (body,) = server.asked
    assert body["messages"] == [
        {"role": "system", "content": "Translate."},
        {"role": "user", "content": "рыжая лиса"},
    ]
    assert (body["model"], body["stream"], body["temperature"]) == ("small", False, 0.7)


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
async def test_the_address_may_be_written_in_any_usual_way(session: aiohttp.ClientSession, path: str) -> None:
    async with ChatServer.start(scripted("ready")) as server:
        await ChatModel(url=server.url.removesuffix("/v1") + path, model="small").check(session)
    assert server.paths == ["/v1/chat/completions"]


async def test_a_picture_goes_along_inline(session: aiohttp.ClientSession) -> None:
    async with ChatServer.start(scripted("a teal square")) as server:
        chat = ChatModel(url=server.url, model="small")
        assert await chat.answer(session, "Describe.", "this", picture=picture_bytes("JPEG")) == "a teal square"
    text, picture = server.asked[0]["messages"][1]["content"]
    assert text == {"type": "text", "text": "this"}
    assert picture["image_url"]["url"].startswith("data:image/jpeg;base64,/9j/")


async def test_parameters_that_a_model_refuses_are_said_otherwise_and_that_is_remembered(
    session: aiohttp.ClientSession,
) -> None:
    async with ChatServer.start(scripted("ready")) as server:
        server.refused = {"max_tokens": None, "temperature": None, "reasoning_effort": "none"}
        chat = ChatModel(url=server.url, model="small")
        assert await chat.answer(session, "Say.", "so") == "ready"
        assert len(server.paths) == 4
        assert await chat.answer(session, "Say.", "so") == "ready"
        assert len(server.paths) == 5
    assert server.asked[-1].keys() == {"model", "messages", "stream", "max_completion_tokens", "reasoning_effort"}
    assert server.asked[-1]["reasoning_effort"] == "low"


async def test_another_refusal_is_no_matter_of_parameters(session: aiohttp.ClientSession) -> None:
    said = web.json_response({"error": {"message": "context too long", "code": "context_length_exceeded"}}, status=400)
    async with ChatServer.start(scripted(said)) as server:
        with pytest.raises(InvalidParameter, match="context too long"):
            await ChatModel(url=server.url, model="small").answer(session, "Say.", "so")
        assert len(server.asked) == 1


def choice(content: Any, **fields: Any) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": content, **fields.pop("message", {})}, **fields}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("<think>A fox? In snow?\nYes.</think>\n\na fox", "a fox"),
        (choice([{"type": "text", "text": "a "}, {"type": "text", "text": "fox"}]), "a fox"),
        (choice("a fox", finish_reason=None), "a fox"),
        (choice("x" * 20_000), "x" * 8000),
    ],
)
async def test_answers_of_many_servers(session: aiohttp.ClientSession, said: Any, words: str) -> None:
    async with ChatServer.start(scripted(said)) as server:
        assert await ChatModel(url=server.url, model="small").answer(session, "Say.", "so") == words


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("", BadAnswer),
        (" \n", BadAnswer),
        ("<think>and nothing else</think>", BadAnswer),
        (choice(None), BadAnswer),
        (choice("a fo", finish_reason="length"), BadAnswer),
        (choice("a fox", finish_reason={"why": 1}), BadAnswer),
        (choice(None, finish_reason="tool_calls"), BadAnswer),
        (choice("no", finish_reason="content_filter"), ContentRejected),
        (choice(None, message={"refusal": "I'm sorry"}), ContentRejected),
        (choice("", error={"message": "the upstream is down"}, finish_reason="error"), Unavailable),
        (web.json_response({"error": {"message": "Rate limited"}}), Unavailable),
        (web.json_response({"choices": "none"}), BadAnswer),
        (web.json_response([1, 2]), BadAnswer),
        (web.Response(text="<html>busy</html>", content_type="text/html"), BadAnswer),
        (web.Response(body=b"x" * (MAX_ANSWER + 1)), BadAnswer),
        (web.Response(status=503, text="loading"), Unavailable),
        (web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}), BadAnswer),
        (web.json_response({"error": {"message": "slow down"}}, status=429), QuotaExceeded),
        (web.json_response({"error": {"message": "no", "code": "content_filter"}}, status=400), ContentRejected),
    ],
)
async def test_answers_that_are_none(session: aiohttp.ClientSession, said: Any, error: type[ProviderError]) -> None:
    async with ChatServer.start(scripted(said)) as server:
        with pytest.raises(error):
            await ChatModel(url=server.url, model="small").answer(session, "Say.", "so")


async def test_a_wrong_key_and_a_wrong_model_are_told_without_the_key(session: aiohttp.ClientSession) -> None:
    async with ChatServer.start(scripted("ready"), key="another") as server:
        with pytest.raises(Unauthorized) as refused:
            await ChatModel(url=server.url, model="small", api_key=KEY).check(session)
        assert KEY not in str(refused.value)
        with pytest.raises(ResponseError, match="not found") as unknown:
            await ChatModel(url=server.url, model="large", api_key="another").check(session)
        assert isinstance(unknown.value, ModelNotFound)


async def test_a_model_that_does_not_see_says_so(session: aiohttp.ClientSession) -> None:
    async with ChatServer.start(scripted("a fox"), sees=False) as server:
        with pytest.raises(Unavailable, match="image input is not supported"):
            await ChatModel(url=server.url, model="small").answer(session, "S.", "so", picture=picture_bytes("PNG"))


async def test_nobody_waits_longer_than_the_deadline(session: aiohttp.ClientSession) -> None:
    async with ChatServer.start(scripted("ready")) as server:
        server.delay = 60
        with pytest.raises(DeadlineExceeded):
            await ChatModel(url=server.url, model="small", timeout=0.2).answer(session, "Say.", "so")
    with pytest.raises(Unreachable):
        await ChatModel(url="http://127.0.0.1:1/v1", model="small").answer(session, "Say.", "so")
