"""A program: what every model and method of aiogram is like, as JSON; `lean` or `plain` says how aiogram is imported.

For each a digest of its fields, of its core schema, and of what it makes of an empty value and of one with some good
and some bad fields; and first, when no model was used yet, what a refusal is taken for. An update to read comes on the
standard input.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

if sys.argv[1] == "lean":
    from bot.telegram.lean_import import load_aiogram

    assert load_aiogram()
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import EditMessageText, SendMessage, SendPhoto
from aiogram.methods.base import TelegramMethod
from aiogram.types import Update
from aiogram.types.base import TelegramObject
from pydantic import ValidationError

from bot.telegram.session import Session


def plain(value: object) -> str:
    """Without what differs from process to process: addresses, and the ids in references of models."""
    return re.sub(r":\d{6,}|0x[0-9a-f]+", "#", value if isinstance(value, str) else repr(value))


def schema_of(cls: Any) -> object:
    """The core schema of one model, in which each model below it stands by its name."""

    def walk(value: Any, *, top: bool = False) -> object:
        if isinstance(value, dict):
            if value.get("type") == "model" and not top:
                return value["cls"].__qualname__
            if value.get("type") == "definition-ref":
                return plain(value["schema_ref"]).rpartition(".")[2].partition("#")[0]
            if value.get("type") == "definitions":
                inner = value["schema"]
                if inner["type"] == "definition-ref":
                    inner = next(one for one in value["definitions"] if one.get("ref") == inner["schema_ref"])
                return walk(inner, top=top)
            hidden = ("ref", "metadata")
            return {key: walk(one, top=top and key == "schema") for key, one in value.items() if key not in hidden}
        if isinstance(value, list | tuple):
            return [walk(one) for one in value]
        return getattr(value, "__qualname__", None) or plain(repr(value))

    return walk(cls.__pydantic_core_schema__, top=True)


def below(cls: type[Any]) -> Iterator[type[Any]]:
    for one in cls.__subclasses__():
        if one.__module__.startswith("aiogram."):
            yield one
        yield from below(one)


def refused() -> str:
    """A worker edits messages and reads none."""
    bot, method = Bot("1:" + "A" * 35), EditMessageText(chat_id=1, message_id=1, text="x")
    content = json.dumps({"ok": False, "error_code": 429, "description": "later", "parameters": {"retry_after": 7}})
    try:
        Session().check_response(bot, method, 429, content)
    except TelegramAPIError as error:
        return repr(error)
    raise AssertionError(content)


found: dict[str, object] = {"refused": refused()}
for cls in sorted({*below(TelegramObject), *below(TelegramMethod)}, key=lambda one: (one.__module__, one.__name__)):
    if "[" in cls.__name__:
        continue
    assert cls.model_rebuild() is not False  # those that nobody has used yet
    fields = {
        name: (plain(repr(field.annotation)), plain(repr(field.default)), field.alias, field.is_required())
        for name, field in cls.model_fields.items()
    }
    validator = cls.__pydantic_validator__
    assert type(validator).__name__ == "SchemaValidator", cls
    outcome: list[object] = []
    for given in ({}, {"id": 1, "type": "photo", "chat_id": "@x", "text": 5, "message_id": "1", "date": 0}):
        try:
            outcome.append(plain(repr(cls.model_validate(given))))
        except ValidationError as error:
            outcome.append([(one["type"], [str(part) for part in one["loc"]]) for one in error.errors()])
    text = json.dumps([fields, outcome, schema_of(cls)], sort_keys=True)
    found[f"{cls.__module__}.{cls.__name__}"] = hashlib.sha256(text.encode()).hexdigest()

update = Update.model_validate(json.loads(sys.stdin.read()))
found["update"] = plain(repr(update))
found["message"] = SendMessage(chat_id=1, text="x", reply_markup=None).model_dump_json(
    exclude_none=True, exclude_unset=True
)
found["photo"] = sorted(SendPhoto(chat_id="@x", photo="file").model_dump(exclude_unset=True))
json.dump(found, sys.stdout)
