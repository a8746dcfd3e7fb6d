"""What the server answers fits the Bot API's response types, field by field: another library would read it too."""

import io
import json
from importlib.resources import files
from typing import Any

import pytest
from PIL import Image

from bot.sandbox import SandboxServer, views
from bot.sandbox.seed import FORUM, GROUP, YOU
from bot.sandbox.state import Status
from tests.bot.sandbox.conftest import Raw

SCHEMA = json.loads((files("bot.sandbox") / "bot_api.json").read_text(encoding="utf-8"))
TYPES = {**SCHEMA["request_types"], **SCHEMA["response_types"]}
SCALARS = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}
# Types of one_of that are told apart by a field.
BY_STATUS = {
    "creator": "ChatMemberOwner",
    "administrator": "ChatMemberAdministrator",
    "member": "ChatMemberMember",
    "restricted": "ChatMemberRestricted",
    "left": "ChatMemberLeft",
    "kicked": "ChatMemberBanned",
}


def check(value: Any, kind: Any, where: str = "result") -> None:
    if isinstance(kind, list):
        kind = "ChatMember"  # the one union that the schema writes out
    if isinstance(kind, dict):
        assert isinstance(value, list), where
        for item in value:
            check(item, kind["array_of"][0], where)
    elif kind in SCALARS:
        assert type(value) is SCALARS[kind], f"{where} is {value!r}"
    elif kind in ("ChatMember", "MaybeInaccessibleMessage"):
        check(value, BY_STATUS[value["status"]] if kind == "ChatMember" else "Message", where)
    elif kind in TYPES and TYPES[kind]["fields"]:
        fields = {field["name"]: field for field in TYPES[kind]["fields"]}
        assert set(value) <= set(fields), f"{where} has unknown {set(value) - set(fields)}"
        missing = {name for name, field in fields.items() if field["required"]} - set(value)
        assert not missing, f"{where} ({kind}) lacks {missing}"
        for name, item in value.items():
            check(item, fields[name]["types"][0], f"{where}.{name}")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 1000), "teal").save(out, "PNG")
    return out.getvalue()


async def test_every_update(server: SandboxServer, raw: Raw) -> None:
    await raw(
        "getUpdates", allowed_updates=["message", "edited_message", "channel_post", "callback_query", "my_chat_member"]
    )
    server.people.send(YOU, YOU, "/start")
    await server.people.send_album(YOU, YOU, [png(), png()], "/imagine these")
    await server.people.send_document(YOU, YOU, b"bytes", "notes.txt")
    server.people.send(YOU, GROUP, "/imagine", as_chat=GROUP)
    server.people.send(YOU, FORUM, "/imagine", topic_id=2)
    server.people.edit(YOU, YOU, 1, "/help")
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "x", "style": "danger"}]]}
    _, sent = await raw("sendMessage", chat_id=GROUP, text="hi", reply_markup=markup)
    server.people.press(YOU, GROUP, sent["result"]["message_id"], "x")
    server.people.send(YOU, GROUP, "nice", reply_to=sent["result"]["message_id"])
    server.admin.block(YOU)
    server.admin.set_bot(GROUP, Status.ADMINISTRATOR, by=YOU)
    server.admin.close_topic(FORUM, 2, by=YOU)
    _, body = await raw("getUpdates")
    kinds = {kind for update in body["result"] for kind in update}
    assert kinds == {"update_id", "message", "edited_message", "callback_query", "my_chat_member"}
    check(body["result"], {"array_of": ["Update"]})


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getMe", {}),
        ("getWebhookInfo", {}),
        ("getChat", {"chat_id": YOU}),
        ("getChat", {"chat_id": GROUP}),
        ("getChatMember", {"chat_id": GROUP, "user_id": YOU}),
        ("getChatAdministrators", {"chat_id": GROUP}),
        ("getChatMemberCount", {"chat_id": GROUP}),
        ("getMyCommands", {}),
        ("getMyName", {}),
        ("getMyDescription", {}),
        ("getMyShortDescription", {}),
        ("sendMessage", {"chat_id": GROUP, "text": "<b>/help</b> @you", "parse_mode": "HTML"}),
    ],
)
async def test_every_result(raw: Raw, method: str, params: dict[str, Any]) -> None:
    status, body = await raw(method, **params)
    assert status == 200
    check(body["result"], SCHEMA["methods"][method]["returns"][0])


@pytest.mark.parametrize("status", list(Status))
def test_every_member(server: SandboxServer, status: Status) -> None:
    check(views.member(server.state, YOU, status), "ChatMember")
