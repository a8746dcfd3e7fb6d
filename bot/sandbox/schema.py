"""Every call checked against the Bot API's schema: names, types, nested objects, lengths.

`bot_api.json` is the schema of Bot API 10.3, all 185 methods. A value arrives as text (query, form) or as JSON;
what leaves `Schema.check` has the declared types: integers are int, objects are dicts, and nothing unknown is in it.
Lengths that count after entity parsing are left to whoever parses the entities.
"""

import json
from collections.abc import Container, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bot.sandbox import errors
from bot.sandbox.errors import Json, JsonObject, Refusal, bad
from bot.sandbox.scalars import SCALARS, MismatchError


def _bad(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


# What Telegram says when a required parameter is missing or empty, where it does not say something general.
_MISSING: Mapping[str, Refusal] = {
    "text": errors.TEXT_EMPTY,
    "chat_id": _bad("chat_id is empty"),
    "message_id": errors.MESSAGE_NOT_GIVEN,
    "photo": _bad("there is no photo in the request"),
    "document": _bad("there is no document in the request"),
    "animation": _bad("there is no animation in the request"),
    "video": _bad("there is no video in the request"),
    "callback_query_id": errors.QUERY_TOO_OLD,
    "file_id": _bad("file_id not specified"),
    "action": _bad("wrong parameter action in request"),
    "user_id": _bad("invalid user_id specified"),
}
_TOO_LONG: Mapping[str, Refusal] = {
    "text": errors.TEXT_TOO_LONG,
    "caption": errors.CAPTION_TOO_LONG,
    "callback_data": errors.BUTTON_DATA_INVALID,
    "command": _bad("BOT_COMMAND_INVALID"),
    "description": _bad("BOT_COMMAND_DESCRIPTION_INVALID"),
    "commands": _bad("BOT_COMMANDS_TOO_MUCH"),
}
_MAX_BUTTONS, _MAX_PER_ROW = 100, 8  # undocumented, see file_rules in bot_api.json


class Schema:
    """The methods, their parameters and the types that these are made of."""

    def __init__(self, methods: JsonObject, types: JsonObject, file_rules: Mapping[str, int]) -> None:
        self._types = types
        self._params = {name.lower(): _by_name(method["params"]) for name, method in methods.items()}
        self._names = {name.lower(): name for name in methods}
        self.file_rules = file_rules

    @staticmethod
    @cache
    def load() -> "Schema":
        """The built-in schema, read once; what describes answers alone is not kept."""
        whole = json.loads((files("bot.sandbox") / "bot_api.json").read_text(encoding="utf-8"))
        return Schema(whole["methods"], whole["request_types"], whole["file_rules"])

    def method(self, name: str) -> str:
        """The method as the schema spells it (Telegram ignores the case). Raises 404 for an unknown one."""
        try:
            return self._names[name.lower()]
        except KeyError:
            raise errors.NOT_FOUND() from None

    def check(self, method: str, raw: Mapping[str, Json], uploads: Container[str] = ()) -> JsonObject:
        """The parameters of one call, typed. `uploads`: names of the parts that are files. Raises ApiError."""
        declared = self._params[method.lower()]
        for name in raw:
            if name not in declared:
                raise bad(f'{method} has no parameter "{name}"')
        checked: JsonObject = {}
        for name, param in declared.items():
            value = f"attach://{name}" if name in uploads else raw.get(name)
            if value is None or (value == "" and not (param.get("min_len") == 0 or name == "url")):
                if param["required"]:
                    raise _MISSING.get(name, _bad(f'parameter "{name}" is required'))()
                continue
            checked[name] = self._parameter(name, value, param)
        return checked

    def _parameter(self, name: str, value: Json, param: JsonObject) -> Json:
        if isinstance(value, str) and not _takes_text(param["types"]):
            value = _parse(name, value, param["types"])
        try:
            typed = self._any_of(value, param["types"], name)
        except MismatchError as error:
            raise bad(str(error)) from None
        _check_bounds(name, typed, param)
        if isinstance(typed, dict) and "inline_keyboard" in typed:
            _check_keyboard(typed["inline_keyboard"])
        return typed

    def _any_of(self, value: Json, types: list[Any], where: str) -> Json:
        """The first declared type that fits; if none does, the first one's complaint."""
        complaint: MismatchError | None = None
        for kind in types:
            try:
                return self._typed(value, kind, where)
            except MismatchError as error:
                complaint = complaint or error
        raise complaint or MismatchError(f"wrong type of {where}")

    def _typed(self, value: Json, kind: Json, where: str) -> Json:
        if isinstance(kind, dict):
            if not isinstance(value, list):
                raise MismatchError(f"expected an Array as {where}")
            return [self._any_of(item, kind["array_of"], where) for item in value]
        if kind in SCALARS:
            return SCALARS[kind](value, where)
        declared = self._types[kind]
        if "one_of" in declared:
            return self._union(value, declared["one_of"], where)
        if not isinstance(value, dict):
            raise MismatchError(f"object expected as {where}")
        return self._object(value, declared["fields"])

    def _union(self, value: Json, members: list[str], where: str) -> Json:
        """The member whose `type` the value names; where members have none, the first that fits."""
        named = value.get("type") if isinstance(value, dict) else None
        for member in members:
            fields = self._types.get(member, {"fields": []})["fields"]
            kinds = next((field.get("enum") for field in fields if field["name"] == "type"), None)
            if named is not None and kinds and named in kinds:
                return self._typed(value, member, where)
        return self._any_of(value, members, where)

    def _object(self, value: JsonObject, fields: list[JsonObject]) -> JsonObject:
        checked: JsonObject = {}
        for field in fields:
            name = field["name"]
            if value.get(name) is None:
                if field["required"]:
                    raise MismatchError(f'can\'t find field "{name}"')
                continue
            typed = self._any_of(value[name], field["types"], f'field "{name}"')
            if "enum" in field and typed not in field["enum"]:
                raise MismatchError(f'field "{name}" must be one of {", ".join(field["enum"])}')
            _check_bounds(name, typed, field)
            checked[name] = typed
        return checked


def _by_name(params: list[JsonObject]) -> dict[str, JsonObject]:
    by_name = {param["name"]: param for param in params}
    if "parse_mode" in by_name and "text" in by_name:
        by_name["text"]["after_entities"] = True  # the schema forgets to say it of editMessageText
    return by_name


def _takes_text(types: list[Any]) -> bool:
    return any(kind in ("String", "InputFile") for kind in types if isinstance(kind, str))


def _parse(name: str, text: str, types: list[Any]) -> Json:
    """Text from a form for a parameter that is no string: a number or a flag as it stands, else JSON."""
    if all(isinstance(kind, str) and kind in SCALARS for kind in types):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _check_bounds(name: str, value: Json, declared: JsonObject) -> None:
    if isinstance(value, list):
        if len(value) > declared.get("max_items", len(value)):
            raise _TOO_LONG.get(name, _bad(f"too many {name} specified"))()
        if len(value) < declared.get("min_items", 0):
            raise bad(f"too few {name} specified")
    if not isinstance(value, str) or declared.get("after_entities"):
        return
    size = len(value.encode()) if declared.get("unit") == "bytes" else len(value)
    if not declared.get("min_len", 0) <= size <= declared.get("max_len", size):
        raise _TOO_LONG.get(name, _bad(f"the length of {name} is wrong"))()


def _check_keyboard(rows: list[list[JsonObject]]) -> None:
    if sum(len(row) for row in rows) > _MAX_BUTTONS or any(len(row) > _MAX_PER_ROW for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            actions = [key for key in button if key not in ("text", "style", "icon_custom_emoji_id")]
            if not actions:
                raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
            if len(actions) > 1:
                raise bad("can't parse inline keyboard button: exactly one action is expected")
            url = button.get("url")
            if url is not None and not url.startswith(("http://", "https://", "tg://", "mailto:")):
                raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
