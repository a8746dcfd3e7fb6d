"""What is written by hand says the same as what aiogram writes, and only sound answers are read in short."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    EditMessageMedia,
    EditMessageText,
    GetMe,
    SendAnimation,
    SendChatAction,
    SendMessage,
    SendPhoto,
    SendVideo,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from aiohttp import BodyPartReader, FormData
from aiohttp.test_utils import make_mocked_request

from bot.telegram.encoding import IN_ONE_PIECE, answer, written
from bot.telegram.outbox.messages import Sent
from bot.telegram.updates.inbox import GetUpdates

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Ещё \U0001f98a", callback_data="p:a:1")], []]
)
WITHOUT_FILES: list[TelegramMethod[Any]] = [
    SendMessage(
        chat_id=-100,
        message_thread_id=7,
        text="a <b>fox</b> & «снег»\n",
        reply_parameters=ReplyParameters(message_id=1, allow_sending_without_reply=True),
        reply_markup=BUTTONS,
    ),
    SendMessage(chat_id="@channel", text="plain", parse_mode=None, disable_notification=False),
    EditMessageText(chat_id=1, message_id=2, text="x", parse_mode=ParseMode.MARKDOWN),
    SendPhoto(chat_id=1, photo="AgAC-file-id", has_spoiler=True),
    SendAnimation(chat_id=1, animation="CgAC-file-id", width=640, height=360, duration=5),
    SendVideo(chat_id=1, video="BAAC-file-id", supports_streaming=True),
    SendChatAction(chat_id=1, action=ChatAction.UPLOAD_PHOTO),
    GetUpdates(offset=5, timeout=30, allowed_updates=["message"]),
    GetMe(),
]


def as_aiogram(method: TelegramMethod[Any], bot: Bot) -> dict[str, Any]:
    """The fields of the form that aiogram makes of it, by name."""
    form: Any = bot.session.build_form_data(bot, method)  # type: ignore[attr-defined]
    assert isinstance(form, FormData)
    return {about["name"]: value for about, _, value in form._fields}


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("method", WITHOUT_FILES, ids=lambda method: type(method).__name__)
async def test_a_call_without_files(method: TelegramMethod[Any], bot: Bot) -> None:
    body = written(method, bot)
    assert body is not None
    assert body.headers["Content-Type"] == "application/json"
    expected = as_aiogram(method, bot)
    fields = json.loads(body.data)
    assert fields.keys() == expected.keys()
    for name, value in fields.items():
        if isinstance(value, dict | list):
            assert value == json.loads(expected[name])
        else:
            assert as_text(value) == expected[name]


@pytest.mark.parametrize("data", [b"\r\n--\r\n\x00", b"x" * 70_000])
async def test_a_call_with_a_file(bot: Bot, data: bytes) -> None:
    media = InputMediaPhoto(media=BufferedInputFile(data, "imagine-1.png"), caption='"quoted"\r\nснег')
    method = EditMessageMedia(chat_id=1, message_id=2, media=media, reply_markup=BUTTONS)
    body = written(method, bot)
    assert body is not None
    fields, files = await parts(body.data, body.headers["Content-Type"])
    expected = as_aiogram(method, bot)
    [(name, (filename, content))] = files.items()
    assert (filename, content) == ("imagine-1.png", data)
    sent = json.loads(fields.pop("media"))
    assert sent.pop("media") == f"attach://{name}"
    like = json.loads(expected["media"])
    del like["media"]
    assert sent == like
    assert fields == {key: expected[key] for key in ("chat_id", "message_id", "reply_markup")}


async def parts(data: bytes, content_type: str) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """As aiohttp's own server reads it."""
    import asyncio
    from unittest.mock import Mock

    from aiohttp import StreamReader

    stream = StreamReader(Mock(_reading_paused=False), 2**20, loop=asyncio.get_running_loop())
    stream.feed_data(data)
    stream.feed_eof()
    request = make_mocked_request("POST", "/", {"Content-Type": content_type}, payload=stream)
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name is not None
        body = bytes(await part.read())
        if part.filename:
            files[part.name] = (part.filename, body)
        else:
            fields[part.name] = body.decode()
    return fields, files


@pytest.mark.parametrize(
    "file",
    [
        BufferedInputFile(b"x" * IN_ONE_PIECE, "large.png"),
        BufferedInputFile(b"x", 'quo"ted.png'),
        BufferedInputFile(b"x", "имя.png"),
        FSInputFile(__file__),
    ],
    ids=["large", "quoted", "not ascii", "from disk"],
)
def test_other_files_are_left_to_aiogram(bot: Bot, file: Any) -> None:
    assert written(SendPhoto(chat_id=1, photo=file), bot) is None


def test_other_values_are_left_to_aiogram(bot: Bot) -> None:
    assert written(SetWebhook(url="https://x", certificate=FSInputFile(__file__)), bot) is None
    assert written(SendMessage(chat_id=1, text="x", new_in_a_later_api=1), bot) is None


MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (MESSAGE | {"text": "x"}, Sent(5)),
        (MESSAGE | {"photo": [{"file_id": "small"}, {"file_id": "large"}]}, Sent(5, photo="large")),
        (MESSAGE | {"document": {"file_id": "d"}}, Sent(5, document="d")),
        (MESSAGE | {"animation": {"file_id": "a"}, "document": {"file_id": "a"}}, Sent(5, None, "a", animation="a")),
        (MESSAGE | {"video": {"file_id": "v"}}, Sent(5, video="v")),
        (MESSAGE | {"ephemeral_message_id": 9}, Sent(5, ephemeral=9)),
        (True, True),
    ],
)
def test_answers_in_short(message: object, expected: object) -> None:
    content = json.dumps({"ok": True, "result": message}).encode()
    assert answer(EditMessageText(text="x"), 200, content) == expected


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (400, b'{"ok": false, "error_code": 400, "description": "Bad Request"}'),
        (200, b'{"ok": false, "error_code": 400, "description": "Bad Request"}'),
        (200, b"<html>502</html>"),
        (200, b'{"ok": true, "result": {}}'),
        (200, b'{"ok": true, "result": {"message_id": 1, "photo": [{}]}}'),
        (200, b'{"ok": true}'),
        (200, b"[]"),
        (200, b"\xff"),
    ],
)
def test_anything_else_is_for_aiogram_to_judge(status: int, content: bytes) -> None:
    assert answer(SendMessage(chat_id=1, text="x"), status, content) is None


def test_updates_stay_as_they_are() -> None:
    get = GetUpdates(timeout=0, allowed_updates=[])
    assert answer(get, 200, b'{"ok": true, "result": []}') == []
    assert answer(get, 200, b'{"ok": true, "result": [{"update_id": 1, "later": {}}]}') == [
        {"update_id": 1, "later": {}}
    ]
    assert answer(get, 200, b'{"ok": true, "result": true}') is None


def test_what_says_only_that_it_was_done() -> None:
    action = SendChatAction(chat_id=1, action=ChatAction.UPLOAD_PHOTO)
    assert answer(action, 200, b'{"ok": true, "result": true}') is True
    assert answer(action, 200, b'{"ok": true, "result": false}') is None
    assert answer(action, 200, b'{"ok": true, "result": {"message_id": 1}}') is None
