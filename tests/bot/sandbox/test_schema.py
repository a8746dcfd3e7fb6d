"""Calls that do not fit the Bot API are refused in Telegram's words, whatever way their parameters come."""

import json

import pytest
from aiohttp import ClientSession, FormData

from bot.sandbox import SandboxServer
from bot.sandbox.methods import METHODS
from bot.sandbox.schema import Schema
from bot.sandbox.seed import YOU
from tests.bot.sandbox.conftest import Raw


@pytest.fixture(autouse=True)
def started(server: SandboxServer) -> None:
    server.people.send(YOU, YOU, "/start")


def keyboard(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "A", **button}]]}


def test_what_is_implemented_is_in_the_schema() -> None:
    schema = Schema.load()
    assert [name for name in METHODS if schema.method(name) != name] == []


async def test_methods_and_tokens(server: SandboxServer, web: ClientSession, raw: Raw) -> None:
    assert await raw("drawFox") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    assert (await raw("GETME"))[0] == 200
    status, body = await raw("sendDice", chat_id=YOU)
    assert (status, body["description"]) == (501, "Not Implemented: the sandbox has no sendDice")
    async with web.get("/bot123:wrong/getMe") as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"


async def test_every_way_of_passing_parameters(server: SandboxServer, web: ClientSession) -> None:
    address = f"/bot{server.token}/sendMessage"
    markup = json.dumps(keyboard(callback_data="x"))
    params = {"chat_id": str(YOU), "text": "hello", "reply_markup": markup}
    multipart = FormData(params, default_to_multipart=True)
    bodies = []
    async with web.get(address, params=params) as response:
        bodies.append(await response.json())
    async with web.post(address, data=params) as response:
        bodies.append(await response.json())
    async with web.post(address, data=multipart) as response:
        bodies.append(await response.json())
    async with web.post(address, json=params | {"chat_id": YOU, "reply_markup": keyboard(callback_data="x")}) as r:
        bodies.append(await r.json())
    for body in bodies:
        assert body["result"]["text"] == "hello"
        assert body["result"]["reply_markup"] == keyboard(callback_data="x")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": YOU}, "message text is empty"),
        ({"chat_id": YOU, "text": "  \n "}, "message text is empty"),
        ({"chat_id": 17, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": YOU, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": YOU, "text": "🦊" * 2049}, "message is too long"),
        ({"chat_id": YOU, "text": "x", "colour": "red"}, 'sendMessage has no parameter "colour"'),
        ({"chat_id": YOU, "text": "x", "message_thread_id": "y"}, "message_thread_id must be of type Integer"),
        ({"chat_id": YOU, "text": "x", "protect_content": "maybe"}, "protect_content must be of type Boolean"),
        ({"chat_id": YOU, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"chat_id": YOU, "text": "x", "reply_parameters": []}, "object expected as reply_parameters"),
        ({"chat_id": YOU, "text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"chat_id": YOU, "text": "x", "reply_markup": keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"chat_id": YOU, "text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
        (
            {"chat_id": YOU, "text": "x", "reply_markup": keyboard()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"chat_id": YOU, "text": "x", "reply_markup": keyboard(url="javascript:x")},
            "inline keyboard button URL 'javascript:x' is invalid: Wrong HTTP URL",
        ),
        ({"chat_id": YOU, "text": "x", "reply_markup": keyboard(style="pink", url="http://a.b")}, None),
        ({"chat_id": YOU, "text": "x", "reply_markup": {"inline_keyboard": [[{}]]}}, None),
        ({"chat_id": YOU, "text": "x", "entities": [{"type": "bold"}]}, 'can\'t find field "offset"'),
        ({"chat_id": YOU, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"chat_id": YOU, "text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
async def test_what_is_refused(raw: Raw, params: dict[str, object], description: str | None) -> None:
    status, body = await raw("sendMessage", **params)
    assert status == body["error_code"] == 400
    if description is not None:
        assert body["description"] == f"Bad Request: {description}"


async def test_what_just_fits(raw: Raw) -> None:
    assert (await raw("sendMessage", chat_id=YOU, text="x" * 4096))[0] == 200
    marked_up = "<b>" + "x" * 4096 + "</b>"
    assert (await raw("sendMessage", chat_id=YOU, text=marked_up, parse_mode="HTML"))[0] == 200
    assert (await raw("sendMessage", chat_id=YOU, text="x", reply_markup=keyboard(callback_data="é" * 32)))[0] == 200
    optional = {"message_id": 99, "allow_sending_without_reply": True}
    status, body = await raw("sendMessage", chat_id=YOU, text="x", reply_parameters=optional)
    assert status == 200
    assert "reply_to_message" not in body["result"]


async def test_a_hundred_buttons(raw: Raw) -> None:
    button = {"text": "A", "callback_data": "x"}
    for rows, per_row, status in ((12, 8, 200), (13, 8, 400), (1, 9, 400)):
        markup = {"inline_keyboard": [[button] * per_row] * rows}
        assert (await raw("sendMessage", chat_id=YOU, text="x", reply_markup=markup))[0] == status
