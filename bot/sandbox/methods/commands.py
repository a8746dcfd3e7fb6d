"""The bot's command lists: by scope and by language."""

import re

from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import Call

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


async def set_my_commands(box: Sandbox, call: Call) -> Json:
    commands: list[JsonObject] = call.params["commands"]
    for command in commands:
        command["command"] = command["command"].removeprefix("/").lower()
        if not _COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
    box.world.bot.commands[_key(call.params)] = commands
    _tell(box)
    return True


async def get_my_commands(box: Sandbox, call: Call) -> Json:
    return box.world.bot.commands.get(_key(call.params), [])


async def delete_my_commands(box: Sandbox, call: Call) -> Json:
    box.world.bot.commands.pop(_key(call.params), None)
    _tell(box)
    return True


def _key(params: JsonObject) -> str:
    scope = params.get("scope") or {"type": "default"}
    where = ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)
    return f"{where}:{params.get('language_code', '')}"


def _tell(box: Sandbox) -> None:
    box.events.add("commands")  # the server adds the lists, in the language of whoever looks
    box.on_change()
