"""The command menus of people's clients, out of the lists that the bot has set."""

from bot.sandbox.errors import JsonObject
from bot.sandbox.state import World

# Where Telegram looks first (Bot API, "Determining list of commands").
_PRIVATE = ("all_private_chats", "default")
_GROUP = ("all_group_chats", "default")


def menus(world: World, language: str | None, person: int | None = None) -> JsonObject:
    """What the command menu of a client in this language shows, in private chats and in groups."""
    private = _PRIVATE if person is None else (f"chat:{person}", *_PRIVATE)
    return {"private": _menu(world, private, language), "group": _menu(world, _GROUP, language)}


def _menu(world: World, scopes: tuple[str, ...], language: str | None) -> list[JsonObject]:
    for scope in scopes:
        for code in ((language or "").partition("-")[0], ""):
            if found := world.bot.commands.get(f"{scope}:{code}"):
                return found
    return []
