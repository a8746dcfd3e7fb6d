"""Messages for one member's eyes: who may send them when, and how they are edited."""

from typing import Any

import pytest

from bot.sandbox import SandboxServer
from bot.sandbox.page_views import EPHEMERAL_BASE
from bot.sandbox.people import Refused
from bot.sandbox.seed import ALICE, BORIS, GROUP, YOU
from bot.sandbox.state import Status
from tests.bot.sandbox.conftest import Raw
from tests.clock import FakeClock

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def press(server: SandboxServer, raw: Raw, by: int = BORIS) -> str:
    _, body = await raw("sendMessage", chat_id=GROUP, text="menu", reply_markup=KEYBOARD)
    return server.people.press(by, GROUP, body["result"]["message_id"], "a").id


async def send(raw: Raw, to: int = BORIS, **params: Any) -> tuple[int, Any]:
    wanted = {"receiver_user_id": to} | params.pop("ephemeral", {})
    return await raw(
        "sendMessage", **{"chat_id": GROUP, "text": "for you"} | params, ephemeral_message_parameters=wanted
    )


async def test_after_a_press(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    query = await press(server, raw)
    status, body = await send(raw, ephemeral={"callback_query_id": query}, reply_markup=KEYBOARD)
    assert status == 200
    sent = body["result"]
    assert (sent["message_id"], sent["receiver_user"]["id"]) == (0, BORIS)
    number = sent["ephemeral_message_id"]
    where = {"chat_id": GROUP, "receiver_user_id": BORIS, "ephemeral_message_id": number}
    assert (await raw("editEphemeralMessageText", **where, text="changed", reply_markup=KEYBOARD))[1]["result"] is True
    assert server.state.chats[GROUP].ephemeral[number].text == "changed"
    assert number not in server.state.chats[GROUP].messages or server.state.chats[GROUP].messages[number].text == "menu"
    again = server.people.press(BORIS, GROUP, EPHEMERAL_BASE + number, "a")
    with pytest.raises(Refused, match="gone"):
        server.people.press(ALICE, GROUP, EPHEMERAL_BASE + number, "a")
    assert (await send(raw, ephemeral={"callback_query_id": again.id}))[0] == 200
    assert (await raw("deleteEphemeralMessage", **where))[1]["result"] is True
    assert (await raw("deleteEphemeralMessage", **where))[0] == 400
    await clock.advance(16)
    assert (await send(raw, ephemeral={"callback_query_id": query}))[0] == 400


async def test_where_they_are_refused(server: SandboxServer, raw: Raw) -> None:
    assert (await send(raw))[1][
        "description"
    ] == "Bad Request: not enough rights to send ephemeral messages to the user"
    query = await press(server, raw, by=ALICE)
    assert (await send(raw, ephemeral={"callback_query_id": query}))[0] == 400
    stranger = server.admin.add_person("Stranger")
    assert (await send(raw, to=stranger.id))[0] == 400
    server.people.send(YOU, YOU, "/start")
    assert (await send(raw, to=YOU, chat_id=YOU))[0] == 400
    server.admin.set_bot(GROUP, Status.ADMINISTRATOR, by=YOU)
    assert (await send(raw))[0] == 200
    server.admin.deny(GROUP, "ephemeral")
    assert (await send(raw))[0] == 400


async def test_commands_that_are_marked_so(server: SandboxServer, raw: Raw, clock: FakeClock) -> None:
    commands = [{"command": "settings", "description": "Yours", "is_ephemeral": True}]
    await raw("setMyCommands", commands=commands, scope={"type": "all_group_chats"})
    asked = server.people.send(BORIS, GROUP, "/settings@imagine_sandbox_bot")
    assert asked.ephemeral_for == BORIS
    assert server.people.send(BORIS, GROUP, "/imagine a fox").ephemeral_for is None
    assert server.people.send(YOU, YOU, "/settings").ephemeral_for is None
    _, body = await raw("getUpdates")
    received = body["result"][0]["message"]
    assert (received["message_id"], received["receiver_user"]["is_bot"]) == (0, True)
    answer: dict[str, Any] = {"reply_parameters": {"ephemeral_message_id": received["ephemeral_message_id"]}}
    status, body = await send(raw, **answer)
    assert (status, body["result"]["reply_to_message"]["text"]) == (200, "/settings@imagine_sandbox_bot")
    public = await raw("sendMessage", chat_id=GROUP, text="x", **answer)
    assert public[1]["description"] == "Bad Request: a reply to an ephemeral message must be an ephemeral message"
    assert (await send(raw, to=ALICE, **answer))[0] == 400
    number = EPHEMERAL_BASE + body["result"]["ephemeral_message_id"]
    reply = server.people.send(BORIS, GROUP, "16:9", reply_to=number)
    assert (reply.ephemeral_for, reply.reply_ephemeral) == (BORIS, number - EPHEMERAL_BASE)
    await clock.advance(16)
    assert (await send(raw, **answer))[0] == 400
