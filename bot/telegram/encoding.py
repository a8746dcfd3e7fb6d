"""Calls as bytes, and of their answers what is used: a third of what aiogram's own ways cost, which do for the rest.

A call without files goes as JSON, one with files as multipart/form-data written in one piece.
https://core.telegram.org/bots/api#making-requests
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_args

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, TelegramObject

from bot.telegram.outbox.messages import Sent
from bot.telegram.outbox.send_request import Method
from bot.telegram.updates.inbox import GetUpdates

IN_ONE_PIECE = 1_000_000  # bytes; a larger file is streamed by aiogram, not copied
_JSON = {"Content-Type": "application/json"}
_SHOWING = frozenset(get_args(Method))
_PLAIN = frozenset({str, int, float, bool})
_BOUNDARY = secrets.token_hex(16)  # between the parts of a form; nobody who sends a file learns it
_FORM = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}


@dataclass(frozen=True, slots=True)
class Body:
    data: bytes
    headers: Mapping[str, str]


class _Unknown(Exception):  # noqa: N818 - what it is
    """A kind of value that is left to aiogram."""


def written(method: TelegramMethod[Any], bot: Bot) -> Body | None:  # Any: of any answer
    """None: something that only aiogram knows to write."""
    files: dict[str, BufferedInputFile] = {}
    try:
        fields = _fields(method, bot, files)
    except _Unknown:
        return None
    if not files:
        return Body(json.dumps(fields).encode(), _JSON)
    return _multipart(fields, files)


def answer(method: TelegramMethod[Any], status: int, content: bytes) -> Any:  # Any: what the method returns
    """What the method returns, a `Sent` where that is a message; None when it is a refusal or unexpected."""
    only_true = method.__returning__ is bool
    if status != 200 or not (only_true or type(method) in _QUICK):
        return None
    try:
        read = json.loads(content)
    except ValueError:
        return None
    if not isinstance(read, dict) or read.get("ok") is not True:
        return None
    result = read.get("result")
    if isinstance(method, GetUpdates):
        return result if isinstance(result, list) else None
    if isinstance(result, dict) and not only_true:
        return _sent(result)
    return result if result is True else None


_QUICK = _SHOWING | {GetUpdates}


def _sent(message: dict[str, Any]) -> Sent | None:
    try:
        photo, document = message.get("photo"), message.get("document")
        return Sent(
            message_id=int(message["message_id"]),
            photo=str(photo[-1]["file_id"]) if photo else None,
            document=_file_id(document),
            ephemeral=message.get("ephemeral_message_id"),
            animation=_file_id(message.get("animation")),
            video=_file_id(message.get("video")),
        )
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _file_id(file: Any) -> str | None:  # Any: JSON
    return str(file["file_id"]) if file else None


def _fields(thing: TelegramObject | TelegramMethod[Any], bot: Bot, files: dict[str, BufferedInputFile]) -> Any:
    """Without what is None: the Bot API takes what is missing for not given."""
    found = {}
    for name, value in thing.__dict__.items():
        if type(value) in _PLAIN:
            found[name] = value
        elif value is not None and (plain := _value(value, bot, files)) is not None:
            found[name] = plain
    if thing.__pydantic_extra__:
        raise _Unknown
    return found


def _value(value: Any, bot: Bot, files: dict[str, BufferedInputFile]) -> Any:  # Any: JSON's own type
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Default):
        return _value(bot.default[value.name], bot, files)
    if isinstance(value, list):
        return [_value(item, bot, files) for item in value]
    if isinstance(value, TelegramObject):
        return _fields(value, bot, files)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BufferedInputFile) and value.data and len(value.data) < IN_ONE_PIECE:
        name = f"file{len(files)}"
        files[name] = value
        return f"attach://{name}"
    raise _Unknown


def _multipart(fields: dict[str, Any], files: dict[str, BufferedInputFile]) -> Body | None:
    parts = []
    for name, value in fields.items():
        text = value if isinstance(value, str) else json.dumps(value)
        parts += [_head(f'name="{name}"'), text.encode("utf-8", "replace")]
    for name, file in files.items():
        if not file.filename or not file.filename.isascii() or not file.filename.isprintable() or '"' in file.filename:
            return None
        parts += [_head(f'name="{name}"; filename="{file.filename}"'), file.data]
    parts.append(f"\r\n--{_BOUNDARY}--\r\n".encode())
    parts[0] = parts[0].removeprefix(b"\r\n")
    return Body(b"".join(parts), _FORM)


def _head(disposition: str) -> bytes:
    return f"\r\n--{_BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode()
