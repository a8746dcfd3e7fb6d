"""What the page is served: state, events, sending, pressing, pictures; and that nobody else gets any of it."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BufferedInputFile
from aiohttp import ClientResponse, ClientSession, FormData

from bot.sandbox import SandboxServer
from bot.sandbox.menus import menus
from bot.sandbox.seed import ALICE, BORIS, GROUP, YOU
from tests.scenarios.language import sample_photo

KEYBOARD = {
    "inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "danger"}, {"text": "B", "url": "http://a.b"}]]
}


async def state(web: ClientSession) -> Any:
    async with web.get("/api/state") as response:
        assert response.status == 200
        return await response.json()


async def event(stream: ClientResponse) -> Any:
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))


def chat_of(body: Any, chat_id: int) -> Any:
    return next(chat for chat in body["chats"] if chat["id"] == chat_id)


async def test_the_bots_description_comes_along(server: SandboxServer, bot: Bot, web: ClientSession) -> None:
    await bot.set_my_description("I draw.")
    await bot.set_my_description("Я рисую.", language_code="ru")
    assert (await state(web))["bot"]["descriptions"] == {"": "I draw.", "ru": "Я рисую."}


async def test_hints_of_the_welcome_come_along(server: SandboxServer, web: ClientSession) -> None:
    assert (await state(web))["hints"] == []
    server.hints = ["a key: in .env"]
    assert (await state(web))["hints"] == ["a key: in .env"]


async def test_the_whole_state(server: SandboxServer, bot: Bot, web: ClientSession) -> None:
    await bot.set_my_commands([BotCommand(command="imagine", description="Draw")])
    await bot.set_my_commands(
        [BotCommand(command="cancel", description="Stop")], scope=BotCommandScopeAllGroupChats(), language_code="en"
    )
    asked = server.people.send(YOU, GROUP, "/imagine <b>")
    await bot.send_photo(GROUP, BufferedInputFile(sample_photo(), "x.png"), reply_parameters={"message_id": asked.id})  # type: ignore[arg-type]  # as JSON
    body = await state(web)
    assert body["me"] == YOU
    assert body["commands"] == {
        "private": [{"command": "imagine", "description": "Draw"}],
        "group": [{"command": "cancel", "description": "Stop"}],
    }
    assert {person["id"] for person in body["people"]} >= {YOU, ALICE, BORIS}
    chat = chat_of(body, GROUP)
    assert {"id": ALICE, "status": "administrator"} in chat["members"]
    text, photo = chat["messages"]
    assert (text["html"], text["from"]["name"]) == ("/imagine &lt;b&gt;", "You")
    assert photo["reply_to"] == {"id": asked.id, "name": "You", "text": "/imagine <b>"}
    assert (photo["photo"]["width"], photo["from"]["is_bot"]) == (96, True)
    async with web.get(photo["photo"]["url"]) as response:
        assert (response.content_type, await response.read()) == ("image/png", sample_photo())


async def test_a_conversation_over_the_page(server: SandboxServer, bot: Bot, web: ClientSession) -> None:
    cursor = (await state(web))["cursor"]
    async with web.get(f"/api/events?cursor={cursor}") as stream:
        assert stream.content_type == "text/event-stream"
        async with web.post("/api/send", json={"person": YOU, "chat_id": YOU, "text": "/imagine"}) as response:
            sent = await response.json()
        assert (await event(stream))["message"]["id"] == sent["id"]
        answer = await bot.send_message(YOU, "press", reply_markup=KEYBOARD)  # type: ignore[arg-type]  # as JSON
        shown = await event(stream)
        assert (shown["type"], shown["message"]["keyboard"]) == (
            "message",
            [
                [
                    {"text": "A", "kind": "callback", "data": "a", "style": "danger"},
                    {"text": "B", "kind": "url", "url": "http://a.b"},
                ]
            ],
        )
        press = {"person": YOU, "chat_id": YOU, "message_id": answer.message_id, "data": "a"}
        async with web.post("/api/press", json=press) as response:
            query = (await response.json())["query_id"]
        await bot.answer_callback_query(query, "Done")
        toast = await event(stream)
        assert (toast["type"], toast["text"], toast["query_id"]) == ("toast", "Done", query)
        assert (await event(stream))["type"] == "answered"
        await bot.edit_message_text("pressed", chat_id=YOU, message_id=answer.message_id)
        edit = await event(stream)
        assert (edit["type"], edit["message"]["text"], "keyboard" in edit["message"]) == ("edit", "pressed", False)
        await bot.send_chat_action(YOU, "upload_photo")
        assert (await event(stream))["action"] == "upload_photo"
        await bot.delete_message(YOU, answer.message_id)
        assert (await event(stream))["id"] == answer.message_id
        await bot.set_my_commands([BotCommand(command="help", description="Help")])
        assert (await event(stream))["commands"]["private"] == [{"command": "help", "description": "Help"}]
    server.box.events.cursor += 5000
    async with web.get("/api/events?cursor=0") as stream:
        assert b"data" not in await stream.read()


async def test_a_photo_with_a_caption(bot: Bot, web: ClientSession) -> None:
    form = FormData({"person": str(BORIS), "chat_id": str(GROUP), "caption": "/imagine like this"})
    form.add_field("photo", sample_photo(), filename="x.png", content_type="image/png")
    async with web.post("/api/send", data=form) as response:
        assert response.status == 200
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.caption, bool(message.photo)) == ("/imagine like this", True)
    form = FormData({"person": str(BORIS), "chat_id": str(GROUP)})
    form.add_field("photo", b"no picture", filename="x.png")
    async with web.post("/api/send", data=form) as response:
        assert (response.status, await response.json()) == (400, {"error": "IMAGE_PROCESS_FAILED"})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"person": YOU, "chat_id": YOU}, "The message is empty."),
        ({"person": YOU, "chat_id": 5, "text": "x"}, "There is no such chat."),
        ({"person": 5, "chat_id": YOU, "text": "x"}, "There is no such person."),
        ({"person": ALICE, "chat_id": YOU, "text": "x"}, "This is somebody else's private chat."),
    ],
)
async def test_what_a_client_would_not_do(web: ClientSession, body: dict[str, Any], error: str) -> None:
    async with web.post("/api/send", json=body) as response:
        assert (response.status, await response.json()) == (400, {"error": error})


async def test_the_pages_own_files(web: ClientSession) -> None:
    async with web.get("/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    async with web.get("/page/main.js") as response:
        assert (response.status, response.content_type) == (200, "text/javascript")
    for path in ("/page/..%2Fserver.py", "/page/%2Fetc%2Fpasswd", "/page/nothing.js", "/files/nothing"):
        async with web.get(path) as response:
            assert response.status == 404


async def test_a_document_cannot_run_in_the_page(bot: Bot, server: SandboxServer, web: ClientSession) -> None:
    server.people.send(YOU, YOU, "/start")
    await bot.send_document(YOU, BufferedInputFile(b"<script>1</script>", "x.html"))
    document = chat_of(await state(web), YOU)["messages"][-1]["document"]
    async with web.get(document["url"]) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "sandbox.example"},
        {"Host": "sandbox.example:8081"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_other_sites_are_kept_out(web: ClientSession, headers: dict[str, str]) -> None:
    async with web.post("/api/send", json={"person": YOU, "chat_id": YOU, "text": "x"}, headers=headers) as response:
        assert response.status == 403
    async with web.get("/api/state", headers=headers) as response:
        assert response.status == 403


async def test_the_page_itself_is_let_in(server: SandboxServer, web: ClientSession) -> None:
    body = {"person": YOU, "chat_id": YOU, "text": "x"}
    headers = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
    async with web.post("/api/send", json=body, headers=headers) as response:
        assert response.status == 200
    async with web.get("/", headers={"Host": "localhost:8081", "Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 200


async def test_a_region_of_a_language_sees_that_languages_commands(server: SandboxServer, bot: Bot) -> None:
    """Telegram keeps lists by two letters; a client's language may have a script or a region behind them."""
    await bot.set_my_commands([BotCommand(command="help", description="Help")])
    await bot.set_my_commands([BotCommand(command="help", description="帮助")], language_code="zh")
    shown = {code: menus(server.state, code)["private"][0]["description"] for code in ("zh-hans", "zh", "pt-br", "")}
    assert shown == {"zh-hans": "帮助", "zh": "帮助", "pt-br": "Help", "": "Help"}
